"""Linear regressions by statsmodels, written to statsmodels.json beside this script: python3 regression.py

OLS with HC and HAC covariances, RLM (Huber and Tukey with the scale that R takes, MAD/0.6745) and QuantReg on the data of
regression.json. RLM's standard errors are left out: their correction divides by n where R divides by n - 1."""
import json, pathlib, warnings
import numpy as np, scipy, statsmodels, statsmodels.api as sm
from statsmodels.regression.quantile_regression import QuantReg

warnings.simplefilter("ignore")


class MedianScale(sm.robust.scale.HuberScale):
    """R's scale: the median of |e| over 0.6745."""

    def __call__(self, df_resid, nobs, resid):
        return np.median(np.abs(resid)) / 0.6745


def robust(y, X, norm):
    return sm.RLM(y, X, M=norm).fit(scale_est=MedianScale(), maxiter=5000, tol=1e-14, conv="coefs").params.tolist()


here = pathlib.Path(__file__).parent
r = json.loads((here / "regression.json").read_text())
out = {"versions": {"statsmodels": statsmodels.__version__, "scipy": scipy.__version__, "numpy": np.__version__}, "cases": []}
cases = [(d["name"], np.array(d["y"]), np.array(d["x"]).T) for d in r["external"] if d["name"] != "longley"]
cases.append(("lake", np.array(r["lake"]["y"]), np.arange(98.0)[:, None]))
for name, y, x in cases:
    X = sm.add_constant(x)
    ols = sm.OLS(y, X).fit()
    case = {"name": name, "y": y.tolist(), "x": x.T.tolist(), "coefficients": ols.params.tolist(),
        "standardErrors": ols.bse.tolist(), "rSquared": ols.rsquared, "f": ols.fvalue, "logLikelihood": ols.llf,
        "hc": [getattr(ols, f"HC{k}_se").tolist() for k in range(4)],
        "hac": ols.get_robustcov_results("HAC", maxlags=4).bse.tolist(),
        "durbinWatson": sm.stats.durbin_watson(ols.resid), "jarqueBera": float(sm.stats.jarque_bera(ols.resid)[0]),
        "ljungBox": float(sm.stats.acorr_ljungbox(ols.resid, [4])["lb_stat"].iloc[0]),
        "breuschPagan": float(sm.stats.het_breuschpagan(ols.resid, X)[0]),
        "huber": robust(y, X, sm.robust.norms.HuberT(1.345)), "tukey": robust(y, X, sm.robust.norms.TukeyBiweight(4.685)),
        "objectives": []}
    for tau in (0.25, 0.5, 0.75):
        e = y - X @ QuantReg(y, X).fit(q=tau, p_tol=1e-12, max_iter=100000).params
        case["objectives"].append(float(np.sum(np.where(e < 0, (tau - 1) * e, tau * e))))
    out["cases"].append(case)
(here / "statsmodels.json").write_text(json.dumps(out, indent=1) + "\n")

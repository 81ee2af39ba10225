"""Exponential growth by statsmodels and scipy, written to statsmodels.json beside this script: python3 growth.py

OLS of the logarithms, least squares of the curve (scipy, exact Jacobian) and the quasi-Poisson GLM with log link (dispersion
by Pearson's X²) on the data of growth.json, tolerances at 1e-12 or the limit of the arithmetic."""
import json, pathlib
import numpy as np, scipy, statsmodels, statsmodels.api as sm
from scipy.optimize import least_squares

here = pathlib.Path(__file__).parent
r = json.loads((here / "growth.json").read_text())
out = {"versions": {"statsmodels": statsmodels.__version__, "scipy": scipy.__version__, "numpy": np.__version__}, "cases": []}
for item in r["exponential"]:
    y = np.array(item["y"])
    t = np.arange(len(y), dtype=float)
    X = sm.add_constant(t)
    line = sm.OLS(np.log(y), X).fit()
    curve = lambda p: np.exp(p[0] + p[1] * t)
    fit = least_squares(
        lambda p: curve(p) - y, line.params, jac=lambda p: curve(p)[:, None] * X, method="lm", xtol=1e-15, ftol=1e-15, gtol=1e-15)
    p = fit.x
    for _ in range(3):  # Gauss–Newton steps take off what the stopping rule leaves
        p = p - np.linalg.lstsq(curve(p)[:, None] * X, curve(p) - y, rcond=None)[0]
    J = curve(p)[:, None] * X
    variance = np.sum((curve(p) - y) ** 2) / (len(y) - 2)
    start = None
    for _ in range(2):  # standard errors come from the weights before the last step
        glm = sm.GLM(y, X, family=sm.families.Poisson()).fit(scale="X2", tol=1e-14, maxiter=200, start_params=start)
        start = glm.params
    out["cases"].append({"name": item["name"], "y": y.tolist(),
        "multiplicative": {"coefficients": line.params.tolist(), "standardErrors": line.bse.tolist()},
        "additive": {"coefficients": p.tolist(), "standardErrors": np.sqrt(variance * np.diag(np.linalg.inv(J.T @ J))).tolist()},
        "poisson": {"coefficients": glm.params.tolist(), "standardErrors": glm.bse.tolist()}})
(here / "statsmodels.json").write_text(json.dumps(out, indent=1) + "\n")

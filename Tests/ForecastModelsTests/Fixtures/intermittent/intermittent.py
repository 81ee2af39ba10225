"""statsforecast's forecasts of intermittent demand, written to intermittent.json beside this script: python3 intermittent.py"""
import json, os
import numpy as np, statsforecast
from statsforecast.models import ADIDA, IMAPA, TSB, CrostonClassic, CrostonOptimized, CrostonSBA

def series(seed, n, share, most):
    rng = np.random.default_rng(seed)
    return np.where(rng.random(n) < share, rng.integers(1, most + 1, n), 0).astype(float)

cases = {"slow": series(1, 60, 0.25, 5), "lumpy": series(2, 91, 0.12, 40), "frequent": series(3, 48, 0.7, 9),
         "late": np.r_[np.zeros(20), series(4, 30, 0.3, 6)]}
models = {"croston": CrostonClassic(), "sba": CrostonSBA(), "croston-estimated": CrostonOptimized(),
          "tsb": TSB(alpha_d=0.2, alpha_p=0.1), "adida": ADIDA(), "imapa": IMAPA()}
out = {"versions": {"statsforecast": statsforecast.__version__, "numpy": np.__version__}, "cases": []}
for name, y in cases.items():
    out["cases"].append({"name": name, "y": y.tolist(),
        "means": {m: float(model.forecast(y=y, h=1)["mean"][0]) for m, model in models.items()}})
path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "intermittent.json")
json.dump(out, open(path, "w"))

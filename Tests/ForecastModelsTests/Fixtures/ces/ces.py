"""Writes ces.json: statsforecast's fits of complex exponential smoothing to the series in ../exponential-smoothing/ets.json.

Run as: python ces.py, with statsforecast 2.1.1 and numpy.
"""
import json
import pathlib

import numpy
import statsforecast
from statsforecast.ces import auto_ces, forecast_ces

here = pathlib.Path(__file__).parent
series = json.loads((here / "../exponential-smoothing/ets.json").read_text())["series"]
fits = []
for name, data in sorted(series.items()):
    y = numpy.array(data["y"], dtype=float)
    m = data["period"]
    for form in ["N", "S", "P", "F"] if m > 1 else ["N"]:
        fit = auto_ces(y, m=m, model=form)
        lags = 1 if form == "N" else m
        par = {key: float(value) for key, value in fit["par"].items() if not numpy.isnan(value)}
        fits.append({
            "series": name, "form": form, "par": par, "states": fit["states"][:lags].tolist(),
            "fitted": [float(v) for v in fit["fitted"]], "mean": [float(v) for v in forecast_ces(fit, 2 * m)["mean"]],
        })
(here / "ces.json").write_text(
    json.dumps({"statsforecast": statsforecast.__version__, "fits": fits}, indent=1) + "\n")

"""Writes theta.json: statsforecast's theta fits and forecasts of the series in ../exponential-smoothing/ets.json.

Run as: python theta.py, with statsforecast 2.1.1 and numpy.
"""
import json
import pathlib

import numpy
import statsforecast
from statsforecast.theta import auto_theta, forecast_theta

here = pathlib.Path(__file__).parent
series = json.loads((here / "../exponential-smoothing/ets.json").read_text())["series"]
fits = []
for name, data in sorted(series.items()):
    y = numpy.array(data["y"], dtype=float)
    for model in ["STM", "OTM", "DSTM", "DOTM"]:
        fit = auto_theta(y=y, m=1, model=model)
        par = fit["par"]
        mean = forecast_theta(fit, 6)["mean"]
        fits.append({
            "series": name, "model": model, "alpha": float(par["alpha"]), "theta": float(par["theta"]),
            "initialSmoothed": float(par["initial_smoothed"]), "mean": [float(v) for v in mean],
            "residuals": [float(v) for v in fit["residuals"]],
        })
(here / "theta.json").write_text(
    json.dumps({"statsforecast": statsforecast.__version__, "fits": fits}, indent=1) + "\n")

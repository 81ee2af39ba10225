"""Fits every form of exponential smoothing to every n-th series of a competition with statsforecast, for
`Competitions optimum`: unique_id, seconds, error, form, log-likelihood, …, parameters.

  ets_forms.py DIRECTORY NAME STRIDE OUT.csv      (statsforecast 2.1.1)
"""

import csv
import pathlib
import sys
import time

import numpy as np
from statsforecast.ets import ets_f

HEADER = "unique_id,cpu_s,err,model,loglik,aicc,aic,bic,sigma2,mse,npar,par,components,period".split(",")


def main():
    directory, name, stride = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    meta = list(csv.DictReader(open(directory / f"{name}_meta.csv")))[::stride]
    wanted = {row["unique_id"] for row in meta}
    training = {}
    for row in csv.DictReader(open(directory / f"{name}.csv")):
        if row["split"] == "train" and row["unique_id"] in wanted:
            training.setdefault(row["unique_id"], []).append(float(row["y"]))
    with open(sys.argv[4], "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(HEADER)
        for row in meta:
            y, m = np.array(training[row["unique_id"]]), int(row["season"])
            for error in "AM":
                for trend, damped in [("N", False), ("A", False), ("A", True), ("M", False), ("M", True)]:
                    for season in "NAM" if m > 1 else "N":
                        started = time.process_time()
                        try:
                            fit = ets_f(y, m, model=error + trend + season, damped=damped, restrict=False,
                                        allow_multiplicative_trend=True)
                        except Exception:
                            continue
                        if not np.isfinite(fit["loglik"]):
                            continue
                        par = ", ".join("null" if np.isnan(v) else f"{v:.10g}" for v in fit["par"])
                        form = f"ETS({error},{trend}{'d' if damped else ''},{season})"
                        seconds = round(time.process_time() - started, 6)
                        out.writerow([row["unique_id"], seconds, "", form, f"{fit['loglik']:.12g}"] + [""] * 5
                                     + [len(fit["par"]), f"[{par}]", "", row["period"]])


main()

"""Forecasts of statsforecast's automatic models, each with its defaults, over the test part of every n-th series of a
competition, for `Competitions accuracy`: a file OUT/statsforecast-MODEL.csv of unique_id, h, mean, lo80, hi80, lo95, hi95 for
each model. SCUM is the median of the other four, for means and bounds.

  forecasts.py DIRECTORY NAME STRIDE CORES OUT      (statsforecast 2.1.1)
"""

import csv
import gzip
import multiprocessing
import os
import pathlib
import sys

for name in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = "1"

import numpy as np
from statsforecast.models import AutoARIMA, AutoCES, AutoETS, DynamicOptimizedTheta

MODELS = {"AutoETS": AutoETS, "DynamicOptimizedTheta": DynamicOptimizedTheta, "AutoCES": AutoCES, "AutoARIMA": AutoARIMA}
KEYS = ["mean", "lo-80", "hi-80", "lo-95", "hi-95"]


def read(directory, name, stride):
    meta = list(csv.DictReader(open(directory / f"{name}_meta.csv")))[::stride]
    data = directory / f"{name}.csv"
    training = {row["unique_id"]: [] for row in meta}
    for row in csv.DictReader(open(data) if data.exists() else gzip.open(f"{data}.gz", "rt")):
        if row["split"] == "train" and row["unique_id"] in training:
            training[row["unique_id"]].append(float(row["y"]))
    return [(row["unique_id"], int(row["season"]), int(row["horizon"]), np.array(training[row["unique_id"]])) for row in meta]


def forecasts(series):
    _, season, horizon, y = series
    result = {}
    for name, model in MODELS.items():
        forecast = model(season_length=season).forecast(y=y, h=horizon, level=[80, 95])
        result[name] = np.array([forecast[key] for key in KEYS]).T
    result["SCUM"] = np.median(list(result.values()), axis=0)
    return result


def main():
    series = read(pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    with multiprocessing.Pool(int(sys.argv[4])) as pool:
        results = pool.map(forecasts, series, chunksize=1)
    for name in results[0]:
        with open(pathlib.Path(sys.argv[5]) / f"statsforecast-{name}.csv", "w") as file:
            file.write("unique_id,h,mean,lo80,hi80,lo95,hi95\n")
            for (unique_id, *_), result in zip(series, results):
                for h, row in enumerate(result[name], 1):
                    file.write(",".join([unique_id, str(h)] + [f"{figure:.7g}" for figure in row]) + "\n")


if __name__ == "__main__":
    main()

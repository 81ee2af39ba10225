"""Measures automatic models on every 14th monthly series of a competition (ARIMA: every 56th), fit and mean forecast: series per
CPU-second of this library and of statsforecast, one after another in one run on one thread.

  competition_speed.py COMPETITIONS DIRECTORY NAME

COMPETITIONS is the built benchmark program. Ours is measured before and after the peer, and the slower of the two counts. Exits with 1
if a target is missed: AutoETS 50 times, AutoARIMA 30, DOT and CES 20 times the peer.
"""

import csv
import gzip
import os
import pathlib
import subprocess
import sys
import time

for name in ["OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[name] = "1"

import numpy as np
import statsforecast
from statsforecast.models import AutoARIMA, AutoCES, AutoETS, DynamicOptimizedTheta

# Ours, the peer's model, every n-th series, the target.
CASES = [
    ("auto-ets", lambda: AutoETS(season_length=12), 14, 50),
    ("auto-ets:estimation=maximum-likelihood", lambda: AutoETS(season_length=12), 14, 50),
    ("auto-arima", lambda: AutoARIMA(season_length=12), 56, 30),
    ("dotm", lambda: DynamicOptimizedTheta(season_length=12), 14, 20),
    ("dotm:estimation=least-squares", lambda: DynamicOptimizedTheta(season_length=12), 14, 20),
    ("auto-ces", lambda: AutoCES(season_length=12), 14, 20),
    ("auto-ces:estimation=least-squares", lambda: AutoCES(season_length=12), 14, 20),
]


def read(directory, name):
    meta = list(csv.DictReader(open(directory / f"{name}_meta.csv")))
    data = directory / f"{name}.csv"
    lines = open(data) if data.exists() else gzip.open(f"{data}.gz", "rt")
    training = {}
    for row in csv.DictReader(lines):
        if row["split"] == "train":
            training.setdefault(row["unique_id"], []).append(float(row["y"]))
    ids = [row["unique_id"] for row in meta if row["period"] == "Monthly" and row["unique_id"] in training]
    return [np.array(training[unique_id]) for unique_id in ids]


def ours(program, directory, name, choice, stride):
    command = [program, "speed", str(directory), name, "Monthly", str(stride), choice]
    line = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\t")
    return float(line[2])


def peers(make, series):
    make().forecast(y=series[0], h=18)
    best = np.inf
    for _ in range(2):
        started = time.process_time()
        for y in series:
            make().forecast(y=y, h=18)
        best = min(best, time.process_time() - started)
    return len(series) / best


def main():
    program, directory, name = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3]
    monthly = read(directory, name)
    print(f"statsforecast {statsforecast.__version__}, {name}, monthly, one thread")
    print("| model | series | ours per CPU-second | statsforecast | ratio | target |")
    print("|---|---|---|---|---|---|")
    missed = False
    known = {}
    for choice, make, stride, bar in CASES:
        sample = monthly[::stride]
        before = ours(program, directory, name, choice, stride)
        peer = type(make()).__name__
        if peer not in known:
            known[peer] = peers(make, sample)
        speed = min(before, ours(program, directory, name, choice, stride))
        ratio = speed / known[peer]
        missed |= ratio < bar
        print(f"| {choice} | {len(sample)} | {speed:.1f} | {known[peer]:.2f} | {ratio:.1f} | {bar} |", flush=True)
    sys.exit(1 if missed else 0)


main()

"""Prints one table of fits per CPU-second, ratios and agreement; exits with 1 if a target is missed.

usage: compare.py FOLDER
"""

import json
import sys
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1])
ours = {row["loop"]: row for row in json.loads((folder / "foresight.json").read_text())["rows"]}
reports = [json.loads((folder / name).read_text()) for name in ("python.json", "r.json") if (folder / name).exists()]
coefficients_of = {"least-squares": 4, "least-squares-shared": 4}

# What this library promises: at least so many times the peer.
bars = {
    ("least-squares", "numpy batched QR"): 1,
    ("exponential-nonlinear", "scipy curve_fit"): 20,
}


def speed(row):
    return row["fits"] / row["secondsOfCPU"]


def agreement(loop, row):
    """The largest difference of a coefficient, relative to the root mean square of that coefficient."""
    width = coefficients_of.get(loop, 2)
    mine = np.fromfile(folder / f"foresight-{loop}.f64", dtype="<f8").reshape(-1, width)
    theirs = np.fromfile(folder / row["coefficients"], dtype="<f8").reshape(-1, width)
    mine = mine[: len(theirs)]
    return np.max(np.abs(mine - theirs) / np.sqrt(np.mean(mine**2, axis=0)))


print(f"{'loop':24} {'library':32} {'fits':>8} {'fits/CPU-s':>12} {'ratio':>8}  {'largest difference':>18}")
missed = []
for loop, mine in ours.items():
    print(f"{loop:24} {'foresight':32} {mine['fits']:8d} {speed(mine):12,.0f} {'1':>8}")
    for row in (row for report in reports for row in report["rows"] if row["loop"] == loop):
        ratio = speed(mine) / speed(row)
        print(f"{loop:24} {row['peer']:32} {row['fits']:8d} {speed(row):12,.0f} {ratio:8,.1f}"
              f"  {agreement(loop, row):18.1e}")
        if ratio < bars.get((loop, row["peer"]), 0):
            missed.append(f"{loop}: {ratio:.2f} times {row['peer']}, the bar is {bars[loop, row['peer']]}")
print()
for report in reports:
    print(", ".join(f"{name} {version}" for name, version in report["versions"].items()))
print("One thread each; CPU-seconds, the fastest of several windows; ratio: the speed of foresight divided by that of the peer.")
for line in missed:
    print("missed:", line)
sys.exit(1 if missed else 0)

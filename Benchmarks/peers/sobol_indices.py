"""Sobol' indices of Ishigami's function and Sobol's g: the largest error over all inputs, median of 20 scrambles, of
`foresight scenario sensitivity` and of SALib at the same number of points N and of evaluations N (d + 2).

  sobol_indices.py FORESIGHT [SCRAMBLES]

Exits with 1 if a median exceeds 1.2 times SALib's.
"""

import json
import math
import subprocess
import sys
import tempfile
import warnings

import numpy as np
from SALib.analyze import sobol as analyze
from SALib.sample import sobol as sample

BAR = 1.2
SIZES = [2**m for m in range(8, 15)]


def ishigami(x):
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def ishigami_indices():
    a, b = 7.0, 0.1
    v1 = 0.5 * (1 + b * math.pi**4 / 5) ** 2
    v2 = a**2 / 8
    v13 = b**2 * math.pi**8 * (1 / 18 - 1 / 50)
    v = v1 + v2 + v13
    return [v1 / v, v2 / v, 0.0], [(v1 + v13) / v, v2 / v, v13 / v]


G = [0, 1, 4.5, 9, 99, 99, 99, 99]


def g(x):
    return np.prod([(np.abs(4 * x[:, i] - 2) + a) / (1 + a) for i, a in enumerate(G)], axis=0)


def g_indices():
    v = [1 / (3 * (1 + a) ** 2) for a in G]
    everything = math.prod(1 + w for w in v)
    total = everything - 1
    return [w / total for w in v], [w * everything / (1 + w) / total for w in v]


FUNCTIONS = {
    "Ishigami": {
        "call": ishigami,
        "exact": ishigami_indices(),
        "bounds": [[-math.pi, math.pi]] * 3,
        "expression": "sin(x1) + 7 * sin(x2)^2 + 0.1 * x3^4 * sin(x1)",
    },
    "Sobol' g": {
        "call": g,
        "exact": g_indices(),
        "bounds": [[0, 1]] * len(G),
        "expression": " * ".join(f"((abs(4 * x{i + 1} - 2) + {a}) / {1 + a})" for i, a in enumerate(G)),
    },
}


def scenario(function):
    inputs = "\n".join(
        f"  x{i + 1}: {{unit: '1', basis: judgement, dim: {i + 1}, uniform: [{low!r}, {high!r}]}}"
        for i, (low, high) in enumerate(function["bounds"])
    )
    return f"""schema: scenario/1
id: test-function
horizon: {{from: 2026, to: 2027}}
run: {{method: sobol-owen, draws: 1024, replicates: 1, seed: 1}}
inputs:
{inputs}
derived:
  y: {{expr: "{function["expression"]}", unit: "1"}}
questions:
  y: {{of: y, mean: true}}
"""


def ours(tool, path, function, points, seed):
    call = [tool, "scenario", "sensitivity", path, "--question", "y", "--format", "json"]
    output = subprocess.run(
        call + ["--draws", str(points), "--seed", str(seed)], check=True, capture_output=True, text=True
    ).stdout
    rows = {row["name"]: row for row in json.loads(output)["findings"]}
    names = [f"x{i + 1}" for i in range(len(function["bounds"]))]
    return [rows[name]["first"] for name in names], [rows[name]["total"] for name in names]


def salib(function, points, seed):
    d = len(function["bounds"])
    problem = {"num_vars": d, "names": [f"x{i + 1}" for i in range(d)], "bounds": function["bounds"]}
    x = sample.sample(problem, points, calc_second_order=False, scramble=True, seed=seed)
    found = analyze.analyze(problem, function["call"](x), calc_second_order=False, num_resamples=2, seed=seed)
    return list(found["S1"]), list(found["ST"])


def error(found, exact):
    return max(abs(a - b) for a, b in zip(found, exact))


def main():
    tool = sys.argv[1]
    scrambles = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    warnings.filterwarnings("ignore")
    failed = False
    print(f"{'function':<10} {'N':>6}  {'first: ours':>11} {'SALib':>9} {'ratio':>6}  {'total: ours':>11} {'SALib':>9} {'ratio':>6}")
    for name, function in FUNCTIONS.items():
        with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
            file.write(scenario(function))
            file.flush()
            for points in SIZES:
                errors = {}
                for who in ["ours", "salib"]:
                    runs = [
                        ours(tool, file.name, function, points, seed)
                        if who == "ours"
                        else salib(function, points, seed)
                        for seed in range(1, scrambles + 1)
                    ]
                    errors[who] = [
                        float(np.median([error(run[order], function["exact"][order]) for run in runs]))
                        for order in range(2)
                    ]
                ratios = [errors["ours"][order] / errors["salib"][order] for order in range(2)]
                failed |= max(ratios) > BAR
                cells = "  ".join(
                    f"{errors['ours'][order]:>11.6f} {errors['salib'][order]:>9.6f} {ratios[order]:>6.2f}"
                    for order in range(2)
                )
                print(f"{name:<10} {points:>6}  {cells}", flush=True)
    if failed:
        sys.exit(f"a median error exceeds {BAR} times SALib's")


main()

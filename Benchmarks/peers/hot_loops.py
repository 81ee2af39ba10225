"""Times numpy, scipy and statsmodels on the data that PeerRun wrote, on one thread, and saves the results next to it.

usage: hot_loops.py FOLDER COUNT

A loop that accepts one series per call runs on the first few thousand series; the result is fits per CPU-second.
Every peer is called in its fastest documented form.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import scipy
import scipy.linalg
import scipy.optimize
import statsmodels
import statsmodels.api as sm
from threadpoolctl import threadpool_info

folder, count = Path(sys.argv[1]), int(sys.argv[2])
length, columns = 60, 4
times = np.arange(length, dtype=float)
rows = []


def read(name, *shape):
    return np.fromfile(folder / f"{name}.f64", dtype="<f8").reshape(shape)


def timed(loop, peer, fits, body, windows=5):
    """The fastest of a few windows, in CPU-seconds; coefficients are kept for the comparison."""
    best = float("inf")
    for _ in range(windows):
        begun = time.process_time()
        coefficients = body()
        best = min(best, time.process_time() - begun)
    name = f"{loop}--{peer}".replace(" ", "-")
    np.ascontiguousarray(coefficients, dtype="<f8").tofile(folder / f"{name}.f64")
    rows.append(dict(loop=loop, peer=peer, fits=fits, secondsOfCPU=best, coefficients=f"{name}.f64"))


def exponential(t, level, rate):
    return level * np.exp(rate * t)


def exponential_jacobian(t, level, rate):
    growth = np.exp(rate * t)
    return np.stack([growth, level * t * growth], axis=1)


additive = read("additive", count, length)
multiplicative = read("multiplicative", count, length)

# Nonlinear exponential fits. The starts come from log-linear fits, outside the clock.
sample = min(count, 2_000)
positive = np.maximum(additive[:sample], 1e-3)
slope, intercept = np.polyfit(times, np.log(positive).T, 1)
starts = np.stack([np.exp(intercept), slope], axis=1)


def curve_fit(jacobian):
    options = dict(ftol=1e-12, xtol=1e-12, gtol=1e-12) if jacobian else {}
    return lambda: np.array([
        scipy.optimize.curve_fit(exponential, times, y, p0=start, jac=jacobian, **options)[0]
        for y, start in zip(additive[:sample], starts)
    ])


timed("exponential-nonlinear", "scipy curve_fit", sample, curve_fit(None), windows=3)
timed("exponential-nonlinear", "scipy curve_fit exact Jacobian", sample, curve_fit(exponential_jacobian), windows=3)

design = np.column_stack([np.ones(length), times])
few = min(count, 500)
family = sm.families.Gaussian(sm.families.links.Log())


def gaussian_glm():
    fits = (sm.GLM(y, design, family=family).fit(start_params=[np.log(s[0]), s[1]], tol=1e-12)
            for y, s in zip(additive[:few], starts))
    return np.array([[np.exp(fit.params[0]), fit.params[1]] for fit in fits])


timed("exponential-nonlinear", "statsmodels GLM", few, gaussian_glm, windows=3)

# Log-linear exponential fits.
timed("exponential-log-linear", "numpy lstsq all at once", count,
      lambda: np.linalg.lstsq(design, np.log(multiplicative).T, rcond=None)[0].T)


def closed_form():
    centred = times - times.mean()
    logs = np.log(multiplicative)
    rate = logs @ centred / (centred @ centred)
    return np.stack([logs.mean(axis=1) - rate * times.mean(), rate], axis=1)


timed("exponential-log-linear", "numpy closed form", count, closed_form)
some = min(count, 2_000)
timed("exponential-log-linear", "statsmodels OLS", some,
      lambda: np.array([sm.OLS(np.log(y), design).fit().params for y in multiplicative[:some]]), windows=3)

# Least squares, a design a fit. LAPACK takes columns: the file holds them column by column.
designs = read("designs", count, columns, length).transpose(0, 2, 1)
responses = read("responses", count, length)
shared = read("shared-responses", count, length)

def batched_qr():
    q, r = np.linalg.qr(designs)
    return np.linalg.solve(r, np.einsum("nij,ni->nj", q, responses)[..., None])[..., 0]

def normal_equations():
    transposed = designs.transpose(0, 2, 1)
    return np.linalg.solve(transposed @ designs, transposed @ responses[..., None])[..., 0]

timed("least-squares", "numpy batched QR", count, batched_qr, windows=3)
timed("least-squares", "numpy normal equations", count, normal_equations, windows=3)
timed("least-squares", "scipy lstsq", some,
      lambda: np.array([scipy.linalg.lstsq(x, y, check_finite=False)[0]
                        for x, y in zip(designs[:some], responses)]), windows=3)
timed("least-squares", "statsmodels OLS", some,
      lambda: np.array([sm.OLS(y, x).fit().params for x, y in zip(designs[:some], responses)]), windows=3)
timed("least-squares-shared", "numpy lstsq all at once", count,
      lambda: np.linalg.lstsq(designs[0], shared.T, rcond=None)[0].T)

blas = next((p for p in threadpool_info() if p["user_api"] == "blas"), {})
versions = dict(numpy=np.__version__, scipy=scipy.__version__, statsmodels=statsmodels.__version__,
                python=sys.version.split()[0],
                blas=f"{blas.get('internal_api')} {blas.get('version')} {blas.get('architecture')}, "
                     f"{blas.get('num_threads')} thread")
(folder / "python.json").write_text(json.dumps(dict(rows=rows, versions=versions)))

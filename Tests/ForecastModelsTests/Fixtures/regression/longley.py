"""Longley's regression in 60-digit arithmetic, written to longley.json beside this script: python3 longley.py

R's own figures on this near-collinear design carry about 8 digits; these carry all. HC0-HC3 and Newey-West standard errors
by their definitions (sandwich, prewhite = FALSE); the least quantile objective over every vertex of 7 observations.
Needs mpmath; data from regression.json (R's `longley`)."""
import itertools, json, pathlib, sys
import mpmath as mp

mp.mp.dps = 60
here = pathlib.Path(__file__).parent
data = next(d for d in json.loads((here / "regression.json").read_text(), parse_float=str, parse_int=str)["external"]
            if d["name"] == "longley")
y = mp.matrix([mp.mpf(float(v)) for v in data["y"]])
n, p = len(y), len(data["x"]) + 1
X = mp.matrix(n, p)
for i in range(n):
    X[i, 0] = 1
    for j in range(p - 1):
        X[i, j + 1] = mp.mpf(float(data["x"][j][i]))
B = (X.T * X) ** -1
beta = B * (X.T * y)
e = y - X * beta
h = [(X[i, :] * B * X[i, :].T)[0] for i in range(n)]
se = lambda M: [float(mp.sqrt(V)) for V in [(B * M * B)[k, k] for k in range(p)]]
def hc(weight):
    M = mp.matrix(p, p)
    for i in range(n):
        M += weight(i) * (X[i, :].T * X[i, :])
    return se(M)
def newey_west(lags):
    M = mp.matrix(p, p)
    u = [X[i, :] * e[i] for i in range(n)]
    for t in range(n):
        M += u[t].T * u[t]
    for l in range(1, lags + 1):
        w = 1 - mp.mpf(l) / (lags + 1)
        for t in range(l, n):
            G = u[t].T * u[t - l]
            M += w * (G + G.T)
    return se(M)
taus = [0.1, 0.25, 0.5, 0.75, 0.9]
best = [mp.inf] * len(taus)
import numpy as np
Xf = np.array(X.tolist(), dtype=float); yf = np.array(y.tolist(), dtype=float).ravel()
scale = np.abs(Xf).max(axis=0)
near = [[] for _ in taus]
for rows in itertools.combinations(range(n), p):  # doubles find the candidates, 60 digits judge them
    try:
        b = np.linalg.solve(Xf[list(rows)] / scale, yf[list(rows)])
    except np.linalg.LinAlgError:
        continue
    r = yf - (Xf / scale) @ b
    for k, tau in enumerate(taus):
        near[k].append((float(np.sum(np.where(r < 0, (tau - 1) * r, tau * r))), rows))
for k, tau in enumerate(taus):
    for _, rows in sorted(near[k])[:20]:
        A = mp.matrix([[X[i, j] for j in range(p)] for i in rows])
        r = y - X * mp.lu_solve(A, mp.matrix([y[i] for i in rows]))
        best[k] = min(best[k], sum((v * (mp.mpf(tau) - 1 if v < 0 else mp.mpf(tau)) for v in r), mp.mpf(0)))
out = {"versions": {"python": sys.version.split()[0], "mpmath": mp.__version__},
  "coefficients": [float(b) for b in beta],
  "standardErrors": [float(mp.sqrt(B[k, k] * (e.T * e)[0] / (n - p))) for k in range(p)],
  "hc": [hc(lambda i: e[i] ** 2), hc(lambda i: e[i] ** 2 * n / (n - p)), hc(lambda i: e[i] ** 2 / (1 - h[i])),
         hc(lambda i: e[i] ** 2 / (1 - h[i]) ** 2)],
  "neweyWest": [newey_west(l) for l in (0, 1, 4)], "objectives": [float(b) for b in best]}
(here / "longley.json").write_text(json.dumps(out, indent=1) + "\n")
r = json.loads((here / "regression.json").read_text())
r = next(d for d in r["external"] if d["name"] == "longley")
d = lambda a, b: min(-np.log10(max(abs(u - v) / abs(v), 1e-17)) for u, v in zip(a, b))
print("R's digits: hc", [round(d(a, b), 1) for a, b in zip(r["ordinary"]["hc"], out["hc"])], "nw",
  [round(d(a, b), 1) for a, b in zip(r["ordinary"]["neweyWest"], out["neweyWest"])], "rq",
  [round(d([q["objective"]], [b]), 1) for q, b in zip(r["quantiles"], out["objectives"])], "se", d(r["ordinary"]["standardErrors"], out["standardErrors"]))

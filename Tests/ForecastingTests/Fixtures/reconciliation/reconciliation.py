"""Writes reconciliation.json: projections of hierarchical forecasts by two independent routes.

`numpy`: P = S (S'W^-1 S)^-1 S'W^-1 with 60-digit W from the formulas of shrink.estim of R's hts 6.0.3 (uncentred residuals,
T in the divisor). `peer`: P of hierarchicalforecast's MinTrace on the same residuals with their means taken off, where its
divisor T - 1 changes no projection; its ridge is put to 0.
Run: python reconciliation.py > reconciliation.json   (numpy, mpmath, hierarchicalforecast)
"""
import importlib.metadata as meta
import json
import sys

import mpmath as mp
import numpy as np
from hierarchicalforecast.methods import MinTrace

mp.mp.dps = 60
# total = north + south, north = a + b, south = c + d + e; bottom series in this order
names = ["total", "north", "south", "a", "b", "c", "d", "e"]
S = np.vstack([[1, 1, 1, 1, 1], [1, 1, 0, 0, 0], [0, 0, 1, 1, 1], np.eye(5)])
T = 40
t = np.arange(T)
bottom = np.array([(1 + 0.4 * i) * np.sin((0.7 + 0.31 * i) * t + i) + 0.3 * np.cos(0.05 * (i + 1) * t**2) for i in range(5)])
own = np.array([0.8 * np.sin(0.013 * (i + 2) * t**2 + 0.5 * i) for i in range(8)])
residuals = S @ bottom + own + 0.2


def estimate(x):
    """W and lambda as hts::shrink.estim has them, in 60 digits."""
    n, k = x.shape[1], x.shape[0]
    x = mp.matrix(x.tolist())
    cov = x * x.T / n
    z = mp.matrix(k, n)
    for i in range(k):
        for s in range(n):
            z[i, s] = x[i, s] / mp.sqrt(cov[i, i])
    top = bottom = mp.mpf(0)
    for i in range(k):
        for j in range(k):
            if i != j:
                m1 = mp.fsum(z[i, s] * z[j, s] for s in range(n))
                m2 = mp.fsum((z[i, s] * z[j, s]) ** 2 for s in range(n))
                top += (m2 - m1 * m1 / n) / (mp.mpf(n) * (n - 1))
                bottom += (m1 / n) ** 2
    share = max(mp.mpf(0), min(mp.mpf(1), top / bottom))
    W = mp.matrix(k, k)
    for i in range(k):
        for j in range(k):
            W[i, j] = cov[i, j] * (1 if i == j else 1 - share)
    return W, share


def projection(W):
    s = mp.matrix(S.tolist())
    inverse = W**-1
    P = s * (s.T * inverse * s) ** -1 * s.T * inverse
    return [[float(P[i, j]) for j in range(P.cols)] for i in range(P.rows)]


def diagonal(W):
    return mp.diag([W[i, i] for i in range(W.rows)])


def peer(method, x):
    model = MinTrace(method, mint_shr_ridge=0.0) if method == "mint_shrink" else MinTrace(method)
    P, W = model._get_PW_matrices(S=S, y_hat=np.zeros((8, 1)), y_insample=-x, y_hat_insample=0 * x)
    return (S @ P).tolist()


# The peer refuses residuals that sum to nothing.
centred = residuals - residuals.mean(axis=1, keepdims=True) + 1e-5
W, share = estimate(residuals)
Wc, sharec = estimate(centred)
json.dump(
    {
        "madeBy": "numpy %s, mpmath %s, hierarchicalforecast %s"
        % (np.__version__, mp.__version__, meta.version("hierarchicalforecast")),
        "names": names,
        "residuals": residuals.tolist(),
        "centred": centred.tolist(),
        "shrinkage": float(share),
        "numpy": {
            "ols": projection(mp.eye(8)),
            "wls": projection(diagonal(W)),
            "mint-shrink": projection(W),
        },
        "peer": {
            "ols": peer("ols", centred),
            "wls": peer("wls_var", centred),
            "mint-shrink": peer("mint_shrink", centred),
        },
    },
    sys.stdout,
)
own = np.array(projection(Wc))
print(float(share), float(sharec), abs(own - np.array(peer("mint_shrink", centred))).max(),
      abs(np.array(projection(diagonal(Wc))) - np.array(peer("wls_var", centred))).max(), file=sys.stderr)

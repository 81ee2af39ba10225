"""Writes sobol-reference.json: unscrambled Sobol' points and Philox blocks for the tests of Random/.

Run with Python 3.11, numpy 2.4.6, scipy 1.17.1. Points are 30-bit integers (point times 2^30), in scipy's order.
"""
import json
import pathlib

import numpy as np
from scipy.stats import qmc

dimensions, count = 256, 4096
engine = qmc.Sobol(dimensions, scramble=False, bits=30)
points = (engine.random(count) * 2.0**30).astype(np.int64)
chosen = [0, 1, 2, 3, 4, 5, 6, 7, 8, 100, 511, 1000, 2047, 2048, 3333, 4095]


def philox(key, counter):
    # numpy steps the counter before a block.
    value = sum(word << (64 * i) for i, word in enumerate(counter))
    value = (value - 1) % 2**256
    words = np.array([(value >> (64 * i)) & (2**64 - 1) for i in range(4)], dtype=np.uint64)
    generator = np.random.Philox(key=np.array(key, dtype=np.uint64), counter=words)
    return [f"{int(w):016x}" for w in generator.random_raw(4)]


rng = np.random.default_rng(1)
blocks = []
for _ in range(16):
    words = [int(w) for w in rng.integers(0, 2**64, size=6, dtype=np.uint64)]
    blocks.append({
        "key": [f"{w:016x}" for w in words[:2]],
        "counter": [f"{w:016x}" for w in words[2:]],
        "block": philox(words[:2], words[2:]),
    })
# One sum a dimension fixes all 4096 points of it nearly surely.
weights = np.arange(1, count + 1, dtype=object)
checks = [int((points[:, d].astype(object) * weights).sum()) % 2**61 for d in range(dimensions)]
out = {
    "bits": 30,
    "points": {str(k): points[k].tolist() for k in chosen},
    "weightedSums": [str(c) for c in checks],
    "philox": blocks,
}
pathlib.Path(__file__).with_name("sobol-reference.json").write_text(json.dumps(out))

"""Quantiles, cdfs and log densities of the distributions to 30 digits, by mpmath.

Run: python3 distributions.py > distributions.json   (Python 3.11, mpmath 1.3.0)
Every input is the exact value of the double that Swift reads.
"""
import json
from mpmath import mp, mpf, betainc, gammainc, loggamma, log, exp, sqrt, pi, erfc, erfinv, findroot, quad, inf

mp.dps = 50
P = [1e-12, 1e-6, 0.001, 0.025, 0.1, 0.3, 0.5, 0.7, 0.9, 0.975, 0.999, 1 - 2.0**-30]


def invert(cdf, p, lo, hi):
    """The root of cdf(x) = p on (lo, hi) by bisection to the working precision (Illinois steps)."""
    flo, fhi = cdf(lo) - p, cdf(hi) - p
    for _ in range(400):
        x = (lo * fhi - hi * flo) / (fhi - flo)
        if not lo < x < hi:
            x = (lo + hi) / 2
        f = cdf(x) - p
        if abs(f) < p * mpf(10) ** -32 or hi - lo < abs(x) * mpf(10) ** -34:
            return x
        if (f < 0) == (flo < 0):
            lo, flo = x, f
            fhi /= 2
        else:
            hi, fhi = x, f
            flo /= 2
    raise ValueError("no convergence")


def beta(a, b):
    a, b = mpf(a), mpf(b)
    cdf = lambda x: betainc(a, b, 0, x, regularized=True)
    logd = lambda x: (a - 1) * log(x) + (b - 1) * log(1 - x) + loggamma(a + b) - loggamma(a) - loggamma(b)

    def quantile(p):
        # In u = x^a the lower tail is straight.
        u = invert(lambda u: cdf(u ** (1 / a)) if u > 0 else mpf(0), mpf(p), mpf(0), mpf(1))
        return u ** (1 / a)

    return cdf, logd, quantile


def gamma(k):
    k = mpf(k)
    cdf = lambda x: gammainc(k, 0, x, regularized=True)
    logd = lambda x: (k - 1) * log(x) - x - loggamma(k)

    def quantile(p):
        top = (k + 200 * sqrt(k) + 200) ** k
        u = invert(lambda u: cdf(u ** (1 / k)) if u > 0 else mpf(0), mpf(p), mpf(0), top)
        return u ** (1 / k)

    return cdf, logd, quantile


def student(nu):
    nu = mpf(nu)

    def cdf(z):
        tail = betainc(nu / 2, mpf(1) / 2, 0, nu / (nu + z * z), regularized=True) / 2
        return 1 - tail if z > 0 else tail

    logd = lambda z: loggamma((nu + 1) / 2) - loggamma(nu / 2) - log(nu * pi) / 2 - (nu + 1) / 2 * log(1 + z * z / nu)

    def quantile(p):
        p = mpf(p)
        if p == mpf(1) / 2:
            return mpf(0)
        tail = min(p, 1 - p)
        x = beta(nu / 2, mpf(1) / 2)[2](2 * tail)
        z = sqrt(nu * (1 - x) / x)
        return -z if p < mpf(1) / 2 else z

    return cdf, logd, quantile


def z(p):
    return sqrt(mpf(2)) * erfinv(2 * mpf(p) - 1)


def shifted(p10, p50, p90):
    p10, p50, p90 = mpf(p10), mpf(p50), mpf(p90)
    s = (p10 * p90 - p50**2) / (p10 + p90 - 2 * p50)
    m = p50 - s
    sigma = log((p90 - s) / m) / z(mpf(9) / 10)
    quantile = lambda p: s + m * exp(sigma * z(p))
    cdf = lambda x: erfc(-log((x - s) / m) / sigma / sqrt(mpf(2))) / 2
    logd = lambda x: -((log((x - s) / m) / sigma) ** 2) / 2 - log(2 * pi) / 2 - log(sigma * (x - s))
    return cdf, logd, quantile


def pert(lo, mode, hi):
    lo, mode, hi = mpf(lo), mpf(mode), mpf(hi)
    cdf, logd, quantile = beta(1 + 4 * (mode - lo) / (hi - lo), 1 + 4 * (hi - mode) / (hi - lo))
    w = hi - lo
    return lambda x: cdf((x - lo) / w), lambda x: logd((x - lo) / w) - log(w), lambda p: lo + w * quantile(p)


laws = []
for a, b in [(2, 3), (1, 5), (5, 1), (0.5, 0.5), (3.75, 2.25), (20, 40), (1000, 2500), (0.125, 3)]:
    laws.append(("beta", [a, b], beta(a, b)))
for k in [0.125, 0.5, 1, 2.5, 30, 1000]:
    laws.append(("gamma", [k], gamma(k)))
for nu in [1, 2.5, 5, 30, 1000]:
    laws.append(("studentT", [nu], student(nu)))
for q in [(10, 20, 40), (1, 2, 3.125), (2, 4, 6.03125)]:
    laws.append(("shiftedLogNormal", list(q), shifted(*q)))
for q in [(0, 1, 4), (8, 12, 12), (8, 8, 12), (-3, 5, 6)]:
    laws.append(("pert", list(q), pert(*q)))

out = []
for name, parameters, (cdf, logd, quantile) in laws:
    points = []
    for p in P:
        x = quantile(p)
        near = mpf(float(x))
        if near in (0, 1) or (name == "pert" and near in parameters):
            continue
        points.append([repr(p), mp.nstr(x, 25), repr(float(near)), mp.nstr(cdf(near), 25), mp.nstr(logd(near), 25)])
    out.append({"law": name, "parameters": parameters, "points": points})
print(json.dumps(out, indent=0))

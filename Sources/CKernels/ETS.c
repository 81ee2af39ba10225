#include "ETS.h"
#include "Lanes.h"

#include <math.h>

// One recursion serves both kinds of error (Hyndman, Koehler, Ord and Snyder 2008, tables 2.1–2.3, where the
// multiplicative error is ε = e/ŷ):
//   p = φb or b^φ,  q = l, l + p or l·p,  ŷ = q, q + s or q·s,  e = y − ŷ,  δ = e or e/s,
//   l ← q + αδ,  b ← p + βδ or p + βδ/l,  s ← s + γe or s + γe/q.

#define N FS_ETS_NONE
#define A FS_ETS_ADDITIVE
#define M FS_ETS_MULTIPLICATIVE

// Σ log x as exponents and a running product of mantissas: one logarithm for a whole pass.
typedef struct {
  double product;
  int64_t exponent;
} log_sum;

ALWAYS_INLINE void log_add(log_sum *sum, double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  int64_t biased = (int64_t)(bits >> 52 & 0x7FF);
  bits = (bits & 0x000FFFFFFFFFFFFFull) | 0x3FF0000000000000ull;
  double mantissa;
  memcpy(&mantissa, &bits, sizeof mantissa);
  sum->exponent += biased - 1023;
  sum->product *= mantissa;
}

ALWAYS_INLINE void log_settle(log_sum *sum) {
  double rest = sum->product;
  sum->product = 1;
  log_add(sum, rest);
}

ALWAYS_INLINE double log_total(log_sum sum) { return log(sum.product) + (double)sum.exponent * M_LN2; }

typedef struct {
  double p, q, f, e, d;
} step;

ALWAYS_INLINE step predict(const int trend, const int season, double l, double b, double s, double damping) {
  step v = {0};
  if (trend == N) v.q = l;
  if (trend == A) v.p = damping * b, v.q = l + v.p;
  if (trend == M) v.p = damping == 1 ? b : pow(b, damping), v.q = l * v.p;
  v.f = season == N ? v.q : season == A ? v.q + s : v.q * s;
  return v;
}

// The state after an observed value, with e and δ in `v`. A pass with derivatives has 1/l at hand; the others divide.
ALWAYS_INLINE void advance(const int trend, const int season, double alpha, double beta, double gamma, const step *v,
                           const int is_inverted, double inverse_l, double *l, double *b, double *s) {
  if (trend == A) *b = v->p + beta * v->d;
  if (trend == M) *b = is_inverted ? v->p + beta * v->d * inverse_l : v->p + beta * v->d / *l;
  *l = v->q + alpha * v->d;
  if (season == A) *s = *s + gamma * v->e;
  if (season == M) *s = *s + gamma * v->e / v->q;
}

// The state after a missing value.
ALWAYS_INLINE void pass_over(const int trend, const step *v, double *l, double *b) {
  if (trend != N) *b = v->p;
  *l = v->q;
}

ALWAYS_INLINE int is_valid(const int error, const int trend, const int season, double f, double l, double b, double s) {
  return (error != M || f > 0) & (trend != M || (b > 0 && l > 0)) & (season != M || s > 0);
}

ALWAYS_INLINE void settle(fs_ets_sums *sums, const int error, double squares, log_sum scale, int64_t observed,
                          int valid) {
  sums->squares = squares;
  sums->log_scale = error == M ? log_total(scale) : 0;
  sums->observed = observed;
  sums->valid = valid;
}

// One pass forward: the predictions go to `fitted`, the states before each value to `history`, three numbers per
// value; either may be null.
ALWAYS_INLINE void pass_body(const fs_ets_series *series, const double *parameters, double *state, double *fitted,
                             double *history, fs_ets_sums *sums, const int error, const int trend, const int season) {
  const double alpha = parameters[0], beta = parameters[1], gamma = parameters[2], damping = parameters[3];
  double l = state[0], b = state[1], squares = 0;
  log_sum scale = {1, 0};
  int valid = 1;
  int64_t observed = 0, phase = 0;
  for (int64_t t = 0; t < series->count; t++) {
    double s = season == N ? 0 : state[2 + phase];
    if (history) {
      history[3 * t] = l;
      history[3 * t + 1] = b;
      history[3 * t + 2] = s;
    }
    step v = predict(trend, season, l, b, s, damping);
    if (fitted) fitted[t] = v.f;
    valid &= is_valid(error, trend, season, v.f, l, b, s);
    const double y = series->y[t];
    if (y == y) {
      v.e = y - v.f;
      v.d = season == M ? v.e / s : v.e;
      double r = error == M ? v.e / v.f : v.e;
      squares += r * r;
      observed++;
      if (error == M) {
        log_add(&scale, v.f);
        if ((observed & 255) == 0) log_settle(&scale);
      }
      advance(trend, season, alpha, beta, gamma, &v, 0, 0, &l, &b, &s);
      if (season != N) state[2 + phase] = s;
    } else {
      pass_over(trend, &v, &l, &b);
    }
    if (season != N && ++phase == series->period) phase = 0;
  }
  state[0] = l;
  state[1] = b;
  settle(sums, error, squares, scale, observed, valid);
}

// The derivatives of one step for one block of directions; `row` takes dŷ, scaled by the caller.
ALWAYS_INLINE void normal_body(const fs_ets_series *series, const double *parameters, double *state,
                               const int64_t blocks, double *directions, double *rows, double *gradient,
                               double *drift, fs_ets_sums *sums, const int error, const int trend,
                               const int season) {
  const double alpha = parameters[0], beta = parameters[1], gamma = parameters[2], damping = parameters[3];
  const unaligned_lanes *dAlpha = (const unaligned_lanes *)directions, *dBeta = dAlpha + blocks,
                        *dGamma = dBeta + blocks, *dDamping = dGamma + blocks;
  unaligned_lanes *dl = (unaligned_lanes *)(dDamping + blocks), *db = dl + blocks, *ds = db + blocks;
  unaligned_lanes *g = (unaligned_lanes *)gradient, *mean = (unaligned_lanes *)drift;
  double l = state[0], b = state[1], squares = 0;
  log_sum scale = {1, 0};
  int valid = 1;
  int64_t observed = 0, phase = 0;
  const lanes zero = {0};
  for (int64_t k = 0; k < blocks; k++) g[k] = zero, mean[k] = zero;
  for (int64_t t = 0; t < series->count; t++) {
    double s = season == N ? 0 : state[2 + phase];
    step v = predict(trend, season, l, b, s, damping);
    valid &= is_valid(error, trend, season, v.f, l, b, s);
    const double y = series->y[t];
    const int seen = y == y;
    unaligned_lanes *row = (unaligned_lanes *)rows + t * blocks, *season_row = ds + phase * blocks;
    const double slope = trend == M ? (damping == 1 ? 1 : damping * v.p / b) : damping;
    const double power = trend == M ? (damping == 1 ? 0 : v.p * log(b)) : b;
    double r = 0, w = 0, inverse = 0, ratio = 0, inverse_l = 0, inverse_s = 0;
    if (seen) {
      v.e = y - v.f;
      if (season == M) inverse_s = 1 / s, ratio = y / v.q;
      if (trend == M) inverse_l = 1 / l;
      v.d = season == M ? v.e * inverse_s : v.e;
      if (error == M) {
        inverse = 1 / v.f;
        r = v.e * inverse;
        w = 1 + r;
        log_add(&scale, v.f);
        if ((observed & 255) == 255) log_settle(&scale);
      } else {
        r = v.e;
      }
      squares += r * r;
      observed++;
    }
    for (int64_t k = 0; k < blocks; k++) {
      lanes dp = zero, dq = dl[k], df;
      if (trend != N) dp = slope * db[k] + power * dDamping[k];
      if (trend == A) dq += dp;
      if (trend == M) dq = v.p * dl[k] + l * dp;
      if (season == N) df = dq;
      if (season == A) df = dq + season_row[k];
      if (season == M) df = s * dq + v.q * season_row[k];
      if (!seen) {
        row[k] = zero;
        if (trend != N) db[k] = dp;
        dl[k] = dq;
        continue;
      }
      lanes dd = -df;
      if (season == M) dd = -(y * inverse_s * inverse_s) * season_row[k] - dq;
      if (season == A) season_row[k] += v.e * dGamma[k] - gamma * df;
      if (season == M)
        season_row[k] = (1 - gamma) * season_row[k] - (gamma * ratio / v.q) * dq + (ratio - s) * dGamma[k];
      if (trend == A) db[k] = dp + beta * dd + v.d * dBeta[k];
      if (trend == M)
        db[k] = dp + (beta * inverse_l) * dd + (v.d * inverse_l) * dBeta[k] -
                (beta * v.d * inverse_l * inverse_l) * dl[k];
      dl[k] = dq + alpha * dd + v.d * dAlpha[k];
      if (error == M) {
        lanes relative = inverse * df;
        mean[k] += relative;
        lanes weighted = w * relative;
        row[k] = weighted;
        g[k] += r * weighted;
      } else {
        row[k] = -df;
        g[k] -= r * df;
      }
    }
    if (seen) {
      advance(trend, season, alpha, beta, gamma, &v, 1, inverse_l, &l, &b, &s);
      if (season != N) state[2 + phase] = s;
    } else {
      pass_over(trend, &v, &l, &b);
    }
    if (season != N && ++phase == series->period) phase = 0;
  }
  state[0] = l;
  state[1] = b;
  settle(sums, error, squares, scale, observed, valid);
}

// Σ w wᵀ in blocks of 4 rows by 8 columns, from the diagonal on.
ALWAYS_INLINE void outer_products(const double *rows, int64_t count, const int64_t blocks, double *normal) {
  const int64_t width = blocks * LANES;
  for (int64_t i = 0; i < width; i += 4) {
    for (int64_t k = i / LANES; k < blocks; k++) {
      lanes s0 = {0}, s1 = {0}, s2 = {0}, s3 = {0};
      for (int64_t t = 0; t < count; t++) {
        const double *row = rows + t * width;
        const lanes column = AT(row + LANES * k);
        s0 += row[i] * column;
        s1 += row[i + 1] * column;
        s2 += row[i + 2] * column;
        s3 += row[i + 3] * column;
      }
      AT(normal + i * width + LANES * k) = s0;
      AT(normal + (i + 1) * width + LANES * k) = s1;
      AT(normal + (i + 2) * width + LANES * k) = s2;
      AT(normal + (i + 3) * width + LANES * k) = s3;
    }
  }
}

ALWAYS_INLINE void adjoint_body(const fs_ets_series *series, const double *parameters, double *state,
                                double *history, double *gradient, fs_ets_sums *sums, const int error,
                                const int trend, const int season) {
  const double alpha = parameters[0], beta = parameters[1], gamma = parameters[2], damping = parameters[3];
  pass_body(series, parameters, state, 0, history, sums, error, trend, season);
  const double squares = sums->squares;
  const int64_t observed = sums->observed, count = series->count;
  int64_t phase = season == N ? 0 : count % series->period;
  double l, b;
  const double weight = (double)observed / (squares + series->floor);
  double gAlpha = 0, gBeta = 0, gGamma = 0, gDamping = 0, al = 0, ab = 0;
  double *as = gradient + 6;
  if (season != N) memset(as, 0, (size_t)series->period * sizeof(double));
  for (int64_t t = count - 1; t >= 0; t--) {
    if (season != N && --phase < 0) phase = series->period - 1;
    l = history[3 * t];
    b = history[3 * t + 1];
    const double s = history[3 * t + 2], y = series->y[t];
    step v = predict(trend, season, l, b, s, damping);
    double ap = ab, aq = al, extra = 0, aseason = season == N ? 0 : as[phase];
    if (y == y) {
      v.e = y - v.f;
      v.d = season == M ? v.e / s : v.e;
      double ad = alpha * al, ae = 0, af;
      gAlpha += al * v.d;
      if (trend == A) ad += beta * ab, gBeta += ab * v.d;
      if (trend == M) {
        double over = ab / l;
        ad += beta * over;
        gBeta += over * v.d;
        extra = -beta * over * v.d / l;
      }
      if (season == N) ae = ad;
      if (season == A) {
        ae = ad + gamma * aseason;
        gGamma += aseason * v.e;
      }
      if (season == M) {
        gGamma += aseason * (y / v.q - s);
        aq -= gamma * y / (v.q * v.q) * aseason + ad;
        aseason = (1 - gamma) * aseason - ad * y / (s * s);
      }
      if (error == M) {
        double r = v.e / v.f;
        af = (1 - weight * r * (1 + r)) / v.f - ae;
      } else {
        af = -weight * v.e - ae;
      }
      if (season == N) aq += af;
      if (season == A) aq += af, aseason += af;
      if (season == M) aq += af * s, aseason += af * v.q;
    }
    al = aq;
    if (trend == A) {
      ap += aq;
      ab = damping * ap;
      gDamping += b * ap;
    }
    if (trend == M) {
      al = aq * v.p + extra;
      ap += aq * l;
      ab = damping == 1 ? ap : ap * damping * v.p / b;
      if (damping != 1) gDamping += ap * v.p * log(b);
    }
    if (season != N) as[phase] = aseason;
  }
  gradient[0] = gAlpha;
  gradient[1] = gBeta;
  gradient[2] = gGamma;
  gradient[3] = gDamping;
  gradient[4] = al;
  gradient[5] = ab;
}

// Compiles a body for each of the 18 forms (two errors, three trends, three seasons).
#define FORM(e, t, s, CALL) \
  case ((e) * 3 + (t)) * 3 + (s): CALL(e, t, s); break;
#define FORMS_OF(e, t, CALL) FORM(e, t, N, CALL) FORM(e, t, A, CALL) FORM(e, t, M, CALL)
#define FORMS(CALL)                                                             \
  switch ((series->error * 3 + series->trend) * 3 + series->season) {           \
    FORMS_OF(A, N, CALL) FORMS_OF(A, A, CALL) FORMS_OF(A, M, CALL)              \
    FORMS_OF(M, N, CALL) FORMS_OF(M, A, CALL) FORMS_OF(M, M, CALL)              \
  }

FS_MULTIVERSION
void fs_ets_filter(const fs_ets_series *series, const double *parameters, double *state, double *fitted,
                   fs_ets_sums *sums) {
#define FILTER(e, t, s) pass_body(series, parameters, state, fitted, 0, sums, e, t, s)
  FORMS(FILTER)
}

// A seasonal form has more directions: one block holds all of a form without season.
FS_MULTIVERSION
void fs_ets_normal(const fs_ets_series *series, const double *parameters, double *state, int64_t width,
                   double *directions, double *rows, double *normal, double *gradient, double *drift,
                   fs_ets_sums *sums) {
  const int64_t blocks = width / LANES;
#define NORMAL(count) normal_body(series, parameters, state, count, directions, rows, gradient, drift, sums,
#define NORMAL_FORM(e, t, s)                \
  switch (blocks) {                         \
    case 1: NORMAL(1) e, t, s); break;      \
    case 2: NORMAL(2) e, t, s); break;      \
    case 3: NORMAL(3) e, t, s); break;      \
    default: NORMAL(blocks) e, t, s);       \
  }
  FORMS(NORMAL_FORM)
  switch (blocks) {
    case 1: outer_products(rows, series->count, 1, normal); break;
    case 2: outer_products(rows, series->count, 2, normal); break;
    case 3: outer_products(rows, series->count, 3, normal); break;
    default: outer_products(rows, series->count, blocks, normal);
  }
}

FS_MULTIVERSION
void fs_ets_adjoint(const fs_ets_series *series, const double *parameters, double *state, double *history,
                    double *gradient, fs_ets_sums *sums) {
#define ADJOINT(e, t, s) adjoint_body(series, parameters, state, history, gradient, sums, e, t, s)
  FORMS(ADJOINT)
}

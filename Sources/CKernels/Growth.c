#include "Growth.h"
#include "Elementary.h"
#include "Lanes.h"

#define BLOCK 64

static const double lane_index[LANES] = {0, 1, 2, 3, 4, 5, 6, 7}, every_lane[LANES] = {1, 1, 1, 1, 1, 1, 1, 1};

ALWAYS_INLINE double total(const lanes *v) {
  lanes a = *v;
  return ((a[0] + a[4]) + (a[2] + a[6])) + ((a[1] + a[5]) + (a[3] + a[7]));
}

// exp(u·(lane − centre)) in each lane, and the factor that moves all lanes on by one block.
ALWAYS_INLINE void powers(double u, double centre, lanes *first, double *block) {
  double r = exp(u), r2 = r * r, r4 = r2 * r2;
  lanes p = {1, r, r2, r2 * r, r4, r4 * r, r4 * r2, r4 * (r2 * r)};
  *first = p * exp(-u * centre);
  *block = exp(8 * u);
}

// Σ y e, Σ k y e, Σ k² y e and Σ e², Σ k e², Σ k² e², with e = exp(u k) and k counted from the center.
typedef struct {
  double p0, p1, p2, q0, q1, q2;
} moments;

ALWAYS_INLINE moments moments_at(const double *y, int64_t count, double u) {
  double centre = 0.5 * (double)(count - 1), block;
  lanes e, k, p0 = {0}, p1 = {0}, p2 = {0}, q0 = {0}, q1 = {0}, q2 = {0};
  powers(u, centre, &e, &block);
  k = AT(lane_index);
  k -= centre;
  int64_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    lanes v;
    v = AT(y + i);
    lanes ye = v * e, ee = e * e, kye = k * ye, kee = k * ee;
    p0 += ye;
    p1 += kye;
    p2 += k * kye;
    q0 += ee;
    q1 += kee;
    q2 += k * kee;
    e *= block;
    k += 8.0;
  }
  if (i < count) {
    double rest[LANES] = {0}, mask[LANES] = {0};
    for (int64_t j = i; j < count; j++) {
      rest[j - i] = y[j];
      mask[j - i] = 1;
    }
    lanes v, m;
    v = AT(rest);
    m = AT(mask);
    e *= m;
    lanes ye = v * e, ee = e * e, kye = k * ye, kee = k * ee;
    p0 += ye;
    p1 += kye;
    p2 += k * kye;
    q0 += ee;
    q1 += kee;
    q2 += k * kee;
  }
  moments s = {total(&p0), total(&p1), total(&p2), total(&q0), total(&q1), total(&q2)};
  return s;
}

ALWAYS_INLINE double residual_sum(const double *y, int64_t count, double u, double a) {
  double centre = 0.5 * (double)(count - 1), block;
  lanes e, sum = {0};
  powers(u, centre, &e, &block);
  e *= a;
  int64_t i = 0;
  for (; i + LANES <= count; i += LANES) {
    lanes v;
    v = AT(y + i);
    v -= e;
    sum += v * v;
    e *= block;
  }
  double rss = total(&sum);
  for (int64_t j = i; j < count; j++) {
    double d = y[j] - e[j - i];
    rss += d * d;
  }
  return rss;
}

// The scale is eliminated: Σ(y − a e)² is least where P(u)² / Q(u) is greatest, P = Σ y e, Q = Σ e². Newton on the
// derivative of its logarithm, 2 P′/P − Q′/Q, kept ascending by halving.
FS_MULTIVERSION
void fs_fit_exponential(const double *y, int64_t series, int64_t count, double origin, double step, double *out,
                        int32_t *passes, uint8_t *status) {
  double n = (double)count, centre = 0.5 * (n - 1), limit = centre > 0 ? 300 / centre : 0;
  int64_t half = count / 2;
  for (int64_t row = 0; row < series; row++, y += count, out += 5) {
    double head = 0, tail = 0, square = 0;
    for (int64_t i = 0; i < half; i++) {
      head += y[i];
      tail += y[count - half + i];
    }
    for (int64_t i = 0; i < count; i++) square += y[i] * y[i];
    int32_t pass = 0;
    memset(out, 0, 5 * sizeof(double));
    if (!(square < INFINITY)) {
      passes[row] = 0;
      status[row] = FS_FIT_BAD_DATA;
      continue;
    }
    if (square == 0) {
      passes[row] = 0;
      status[row] = FS_FIT_NOT_CONVERGED;
      out[4] = INFINITY;
      continue;
    }
    double u = 0;
    if (head * tail > 0) {
      u = log(tail / head) / (double)(count - half);
      u = u > limit ? limit : u < -limit ? -limit : u;
    } else {
      double best = -1;
      for (int j = -4; j <= 4; j++) {
        double trial = 2 * j / n;
        moments s = moments_at(y, count, trial);
        pass++;
        if (s.p0 * s.p0 > best * s.q0) {
          best = s.p0 * s.p0 / s.q0;
          u = trial;
        }
      }
    }
    double previous = u, move = 0, height = -1;
    uint8_t code = FS_FIT_NOT_CONVERGED;
    moments s = moments_at(y, count, u);
    pass++;
    for (int round = 0; round < 100 && s.p0 != 0; round++) {
      double value = s.p0 * s.p0 / s.q0;
      if (height >= 0 && value < height * (1 - 1e-12)) {
        move *= 0.5;
        if (fabs(move) * n < 1e-13) break;
        u = previous + move;
      } else {
        double a = s.p1 / s.p0, b = s.q1 / s.q0;
        double slope = 2 * (a - b), curvature = 2 * (s.p2 / s.p0 - a * a) - 4 * (s.q2 / s.q0 - b * b);
        double longest = 4 / n;
        move = curvature < 0 ? -slope / curvature : slope > 0 ? longest : slope < 0 ? -longest : 0;
        move = move > longest ? longest : move < -longest ? -longest : move;
        previous = u;
        height = value;
        u += move;
        if (u >= limit || u <= -limit) {
          u = u > 0 ? limit : -limit;
          s = moments_at(y, count, u);
          pass++;
          break;
        }
        if (curvature < 0 && fabs(move) * n < 1e-7) code = FS_FIT_CONVERGED;
      }
      s = moments_at(y, count, u);
      pass++;
      if (code == FS_FIT_CONVERGED) break;
    }
    double a = s.p0 / s.q0, rss = residual_sum(y, count, u, a);
    double shift = origin + centre * step, b = u / step, factor = exp(-b * shift);
    // A level so far from the data that it leaves the range of doubles is no answer.
    if (!(factor >= DBL_MIN && factor <= DBL_MAX)) code = FS_FIT_NOT_CONVERGED;
    double freedom = n - 2, variance = freedom > 0 ? rss / freedom : 0;
    double q1 = s.q1 * step, q2 = s.q2 * step * step, determinant = s.q0 * q2 - q1 * q1;
    out[0] = a * factor;
    out[1] = b;
    out[2] = rss;
    out[3] = factor * sqrt(variance * (q2 + shift * (2 * q1 + shift * s.q0)) / determinant);
    out[4] = a != 0 ? sqrt(variance * s.q0 / determinant) / fabs(a) : INFINITY;
    passes[row] = pass;
    status[row] = code;
  }
}

// Residuals are summed in a second pass with the logarithms taken anew: that costs less than their cancellation.
FS_MULTIVERSION
void fs_fit_log_linear(const double *y, int64_t series, int64_t count, double origin, double step, double *out,
                       uint8_t *status) {
  double n = (double)count, centre = 0.5 * (n - 1), spread = n * (n * n - 1) / 12 * step * step;
  double shift = origin + centre * step, freedom = n - 2;
  for (int64_t row = 0; row < series; row++, y += count, out += 5) {
    int good = 1, normal = 1;
    for (int64_t i = 0; i < count; i++) {
      good &= (y[i] > 0) & (y[i] <= DBL_MAX);
      normal &= y[i] >= DBL_MIN;
    }
    memset(out, 0, 5 * sizeof(double));
    status[row] = good ? FS_FIT_CONVERGED : FS_FIT_BAD_DATA;
    if (!good) continue;
    double mean = 0, slope = 0, rss = 0;
    lanes first = {0}, weighted = {0}, k;
    for (int pass = 0; pass < 2; pass++) {
      lanes sum = {0};
      k = AT(lane_index);
      k -= centre;
      for (int64_t start = 0; start < count; start += BLOCK) {
        int64_t length = count - start < BLOCK ? count - start : BLOCK;
        double logs[BLOCK];
        if (normal) {
          for (int64_t i = 0; i < length; i++) logs[i] = logarithm(y[start + i]);
        } else {
          for (int64_t i = 0; i < length; i++) logs[i] = log(y[start + i]);
        }
        for (int64_t i = 0; i < length; i += LANES, k += 8.0) {
          lanes present = AT(every_lane);
          for (int64_t j = length - i; j < LANES; j++) logs[i + j] = present[j] = 0;
          lanes l = AT(logs + i);
          if (pass == 0) {
            first += l;
            weighted += k * l;
          } else {
            lanes d = l - mean - slope * k;
            if (length - i < LANES) d *= present;
            sum += d * d;
          }
        }
      }
      if (pass == 0) {
        mean = total(&first) / n;
        slope = spread > 0 ? total(&weighted) * step * step / spread : 0;
      } else {
        rss = total(&sum);
      }
    }
    double variance = freedom > 0 ? rss / freedom : 0, rate = slope / step;
    out[0] = mean - rate * shift;
    out[1] = rate;
    out[2] = rss;
    out[3] = sqrt(variance * (1 / n + shift * shift / spread));
    out[4] = sqrt(variance / spread);
  }
}

#include "CKernels.h"

#include <math.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define EACH(expression)                                                                                       \
  for (size_t i = 0; i < count; i++) out[i] = (expression);                                                    \
  break;

// minpd and maxpd return the second operand when one is NaN; adding the first back hands a NaN on.
static inline __attribute__((always_inline)) double smaller(double a, double b) {
  return a != a ? a : (a < b ? a : b);
}
static inline __attribute__((always_inline)) double larger(double a, double b) {
  return a != a ? a : (a > b ? a : b);
}

FS_MULTIVERSION
void fs_column_binary(int32_t operation, const double *a, const double *b, double *out, size_t count) {
  switch (operation) {
  case FS_ADD: EACH(a[i] + b[i])
  case FS_SUBTRACT: EACH(a[i] - b[i])
  case FS_MULTIPLY: EACH(a[i] * b[i])
  case FS_DIVIDE: EACH(a[i] / b[i])
  case FS_MINIMUM: EACH(smaller(a[i], b[i]))
  case FS_MAXIMUM: EACH(larger(a[i], b[i]))
  case FS_LESS: EACH(a[i] < b[i] ? 1.0 : 0.0)
  case FS_LESS_EQUAL: EACH(a[i] <= b[i] ? 1.0 : 0.0)
  case FS_EQUAL: EACH(a[i] == b[i] ? 1.0 : 0.0)
  default: EACH(a[i] != b[i] ? 1.0 : 0.0)
  }
}

FS_MULTIVERSION
void fs_column_scalar(int32_t operation, const double *a, double s, double *out, size_t count) {
  switch (operation) {
  case FS_ADD: EACH(a[i] + s)
  case FS_SUBTRACT: EACH(a[i] - s)
  case FS_MULTIPLY: EACH(a[i] * s)
  case FS_DIVIDE: EACH(a[i] / s)
  case FS_MINIMUM: EACH(smaller(a[i], s))
  case FS_MAXIMUM: EACH(larger(a[i], s))
  case FS_LESS: EACH(a[i] < s ? 1.0 : 0.0)
  case FS_LESS_EQUAL: EACH(a[i] <= s ? 1.0 : 0.0)
  case FS_EQUAL: EACH(a[i] == s ? 1.0 : 0.0)
  default: EACH(a[i] != s ? 1.0 : 0.0)
  }
}

FS_MULTIVERSION
void fs_scalar_column(int32_t operation, double s, const double *a, double *out, size_t count) {
  switch (operation) {
  case FS_SUBTRACT: EACH(s - a[i])
  case FS_DIVIDE: EACH(s / a[i])
  case FS_LESS: EACH(s < a[i] ? 1.0 : 0.0)
  case FS_LESS_EQUAL: EACH(s <= a[i] ? 1.0 : 0.0)
  default: fs_column_scalar(operation, a, s, out, count);
  }
}

void fs_column_fill(double s, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = s;
}

FS_MULTIVERSION
void fs_column_select(const double *condition, const double *a, const double *b, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = condition[i] != 0.0 ? a[i] : b[i];
}

FS_MULTIVERSION
void fs_column_between(const double *a, const double *b, double w, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = a[i] + w * (b[i] - a[i]);
}

FS_MULTIVERSION
void fs_column_absolute(const double *a, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = fabs(a[i]);
}

FS_MULTIVERSION
void fs_column_root(const double *a, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = __builtin_elementwise_sqrt(a[i]);
}

// exp x: x = k log 2 + r with |r| ≤ log 2 / 2, a Taylor polynomial of degree 13 in r, and 2^k in two steps, so that
// denormal and overflowing results come out right.
static inline __attribute__((always_inline)) double exponential(double x) {
  double bounded = x < -750.0 ? -750.0 : (x > 710.0 ? 710.0 : x);
  double shifted = bounded * 1.44269504088896338700 + 6755399441055744.0;
  int64_t bits;
  memcpy(&bits, &shifted, sizeof bits);
  double k = shifted - 6755399441055744.0;
  double r = (bounded - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
  double p = 1.6059043836821613e-10;
  p = p * r + 2.0876756987868099e-09;
  p = p * r + 2.5052108385441719e-08;
  p = p * r + 2.7557319223985893e-07;
  p = p * r + 2.7557319223985888e-06;
  p = p * r + 2.4801587301587302e-05;
  p = p * r + 1.9841269841269841e-04;
  p = p * r + 1.3888888888888889e-03;
  p = p * r + 8.3333333333333332e-03;
  p = p * r + 4.1666666666666664e-02;
  p = p * r + 1.6666666666666666e-01;
  p = p * r + 0.5;
  p = (p * r) * r + r + 1.0;
  int64_t exponent = (int64_t)((uint64_t)bits << 32) >> 32;
  int64_t half = exponent / 2;
  uint64_t first_bits = (uint64_t)(half + 1023) << 52;
  uint64_t second_bits = (uint64_t)(exponent - half + 1023) << 52;
  double first, second;
  memcpy(&first, &first_bits, sizeof first);
  memcpy(&second, &second_bits, sizeof second);
  double value = p * first * second;
  return x != x ? x : value;
}

FS_MULTIVERSION
void fs_column_exponential(const double *a, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = exponential(a[i]);
}

void fs_column_logarithm(const double *a, double *out, size_t count) {
  for (size_t start = 0; start < count; start += 64) {
    size_t length = count - start < 64 ? count - start : 64;
    double block[64];
    memcpy(block, a + start, length * sizeof *block);
    fs_log(block, (int64_t)length, out + start);
    for (size_t i = 0; i < length; i++) {
      if (!(block[i] >= 0x1p-1022 && block[i] < INFINITY)) out[start + i] = log(block[i]);
    }
  }
}

void fs_column_sine(const double *a, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = sin(a[i]);
}

void fs_column_cosine(const double *a, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = cos(a[i]);
}

FS_MULTIVERSION
void fs_column_power(const double *a, const double *b, double *out, size_t count) {
  for (size_t start = 0; start < count; start += 64) {
    size_t length = count - start < 64 ? count - start : 64;
    double base[64], power[64], logs[64];
    memcpy(base, a + start, length * sizeof *base);
    memcpy(power, b + start, length * sizeof *power);
    fs_log(base, (int64_t)length, logs);
    for (size_t i = 0; i < length; i++) out[start + i] = exponential(power[i] * logs[i]);
    for (size_t i = 0; i < length; i++) {
      if (!(base[i] >= 0x1p-1022 && base[i] < INFINITY && fabs(power[i]) < INFINITY)) {
        out[start + i] = pow(base[i], power[i]);
      }
    }
  }
}

void fs_column_normal_cdf(const double *a, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = 0.5 * erfc(-a[i] * 0.70710678118654752440);
}

FS_MULTIVERSION
double fs_column_sum(const double *a, size_t count) {
  double lanes[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    for (int k = 0; k < 8; k++) lanes[k] += a[i + k];
  }
  for (int k = 0; i < count; i++, k++) lanes[k] += a[i];
  return ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));
}

FS_MULTIVERSION
double fs_column_sum_where(const double *a, const double *condition, size_t count) {
  double lanes[8] = {0, 0, 0, 0, 0, 0, 0, 0};
  size_t i = 0;
  for (; i + 8 <= count; i += 8) {
    for (int k = 0; k < 8; k++) lanes[k] += condition[i + k] != 0.0 ? a[i + k] : 0.0;
  }
  for (int k = 0; i < count; i++, k++) lanes[k] += condition[i] != 0.0 ? a[i] : 0.0;
  return ((lanes[0] + lanes[4]) + (lanes[1] + lanes[5])) + ((lanes[2] + lanes[6]) + (lanes[3] + lanes[7]));
}

FS_MULTIVERSION
void fs_column_branch(const double *u, const double *cumulative, int32_t branches, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = 0.0;
  for (int32_t b = 0; b + 1 < branches; b++) {
    double threshold = cumulative[b];
    for (size_t i = 0; i < count; i++) out[i] += u[i] >= threshold ? 1.0 : 0.0;
  }
}

size_t fs_column_gather(const double *branch, uint64_t mask, const double *values, int32_t *positions, double *out,
                        size_t count) {
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    positions[kept] = (int32_t)i;
    out[kept] = values[i];
    kept += (mask >> (uint64_t)branch[i]) & 1;
  }
  return kept;
}

void fs_column_scatter(const double *values, const int32_t *positions, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[positions[i]] = values[i];
}

FS_MULTIVERSION
void fs_quantile_uniform(const double *u, double low, double width, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = low + width * u[i];
}

FS_MULTIVERSION
void fs_quantile_triangular(const double *u, double low, double mode, double high, double *out, size_t count) {
  double width = high - low;
  double left = width * (mode - low);
  double right = width * (high - mode);
  double split = (mode - low) / width;
  for (size_t i = 0; i < count; i++) {
    double rising = low + __builtin_elementwise_sqrt(u[i] * left);
    double falling = high - __builtin_elementwise_sqrt((1.0 - u[i]) * right);
    out[i] = u[i] < split ? rising : falling;
  }
}

FS_MULTIVERSION
void fs_quantile_lognormal(const double *z, double shift, double scale, double sigma, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = shift + scale * exponential(sigma * z[i]);
}

FS_MULTIVERSION
void fs_quantile_tabulated(const double *z, const double *table, int32_t points, double first, double inverse_step,
                           double *out, size_t count) {
  double last = (double)(points - 2);
  for (size_t i = 0; i < count; i++) {
    double place = (z[i] - first) * inverse_step;
    place = place > 0.0 ? place : 0.0;
    place = place < last + 1.0 ? place : last + 1.0;
    double whole = __builtin_elementwise_trunc(place);
    whole = whole < last ? whole : last;
    double t = place - whole;
    const double *cell = table + 2 * (int64_t)whole;
    double y0 = cell[0], d0 = cell[1], y1 = cell[2], d1 = cell[3];
    double rise = y1 - y0;
    out[i] = y0 + t * (d0 + t * ((3.0 * rise - 2.0 * d0 - d1) + t * (d0 + d1 - 2.0 * rise)));
  }
}

void fs_column_waiting_time(const double *u, double inverse_hazard, double *out, size_t count) {
  double survival[64];
  for (size_t start = 0; start < count; start += 64) {
    size_t length = count - start < 64 ? count - start : 64;
    for (size_t i = 0; i < length; i++) survival[i] = 1.0 - u[start + i];
    fs_column_logarithm(survival, survival, length);
    for (size_t i = 0; i < length; i++) out[start + i] = -survival[i] * inverse_hazard;
  }
}

FS_MULTIVERSION
void fs_ramp_integral(const double *start, const double *years, const double *half, double t, double *out,
                      size_t count) {
  for (size_t i = 0; i < count; i++) {
    double since = t - start[i];
    since = since > 0.0 ? since : 0.0;
    double rising = since < years[i] ? since : years[i];
    double full = since > years[i] ? since - years[i] : 0.0;
    out[i] = rising * rising * half[i] + full;
  }
}

FS_MULTIVERSION
void fs_interrupt(const double *a, const double *begin, const double *factor, double lasts, double t, double *out,
                  size_t count) {
  for (size_t i = 0; i < count; i++) {
    double end = begin[i] + lasts;
    double cut = a[i] * factor[i];
    out[i] = ((begin[i] <= t) & (t < end)) ? cut : a[i];
  }
}

// Hoare's FIND (Algorithm 65, CACM 4, 1961).
double fs_select(double *values, size_t count, size_t k) {
  ptrdiff_t low = 0, high = (ptrdiff_t)count - 1, wanted = (ptrdiff_t)k;
  while (low < high) {
    double pivot = values[wanted];
    ptrdiff_t i = low, j = high;
    do {
      while (values[i] < pivot) i++;
      while (pivot < values[j]) j--;
      if (i <= j) {
        double held = values[i];
        values[i++] = values[j];
        values[j--] = held;
      }
    } while (i <= j);
    if (j < wanted) low = i;
    if (wanted < i) high = j;
  }
  return values[wanted];
}

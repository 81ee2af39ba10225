#include "Columns.h"
#include "Elementary.h"

#define EACH(expression)                                                                                       \
  for (size_t i = 0; i < count; i++) out[i] = (expression);                                                    \
  break;

// minpd and maxpd return the second operand when one is NaN; adding the first back hands a NaN on.
ALWAYS_INLINE double smaller(double a, double b) {
  return a != a ? a : (a < b ? a : b);
}
ALWAYS_INLINE double larger(double a, double b) {
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

FS_MULTIVERSION
void fs_column_exponential(const double *a, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = exponential(a[i]);
}

// Whether `logarithm` serves a number: it is positive and normal. The rest go through the library.
ALWAYS_INLINE uint64_t is_usual(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits - 0x0010000000000000u < 0x7FE0000000000000u;
}

ALWAYS_INLINE int are_usual(const double *x, size_t count) {
  uint64_t all = 1;
  for (size_t i = 0; i < count; i++) all &= is_usual(x[i]);
  return all != 0;
}

ALWAYS_INLINE int are_finite(const double *x, size_t count) {
  uint64_t all = 1;
  for (size_t i = 0; i < count; i++) {
    uint64_t bits;
    memcpy(&bits, &x[i], sizeof bits);
    all &= bits << 1 < 0xFFE0000000000000u;
  }
  return all != 0;
}

FS_MULTIVERSION
void fs_column_logarithm(const double *a, double *out, size_t count) {
  for (size_t start = 0; start < count; start += 64) {
    size_t length = count - start < 64 ? count - start : 64;
    double block[64];
    memcpy(block, a + start, length * sizeof *block);
    for (size_t i = 0; i < length; i++) out[start + i] = logarithm(block[i]);
    if (are_usual(block, length)) continue;
    for (size_t i = 0; i < length; i++) {
      if (!is_usual(block[i])) out[start + i] = log(block[i]);
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
    double base[64], power[64];
    memcpy(base, a + start, length * sizeof *base);
    memcpy(power, b + start, length * sizeof *power);
    for (size_t i = 0; i < length; i++) out[start + i] = exponential(power[i] * logarithm(base[i]));
    if (are_usual(base, length) && are_finite(power, length)) continue;
    for (size_t i = 0; i < length; i++) {
      if (!(is_usual(base[i]) && fabs(power[i]) < INFINITY)) out[start + i] = pow(base[i], power[i]);
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

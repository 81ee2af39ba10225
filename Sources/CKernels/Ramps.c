#include "Ramps.h"
#include "Elementary.h"

// Comparisons are written so that a NaN goes through.

ALWAYS_INLINE double at_least(double a, double low) { return a < low ? low : a; }
ALWAYS_INLINE double at_most(double a, double high) { return a > high ? high : a; }

// The share of the way, 1 of a step.
ALWAYS_INLINE double way(double since, double years) {
  return years > 0.0 ? at_most(since / years, 1.0) : 1.0;
}

// `years` times the integral of the shape over the way gone, then the whole.
ALWAYS_INLINE double filled(double since, double years, double x, double area) {
  double rising = ((years > 0.0) & (x != 0.0)) ? years * area : 0.0;
  return rising + at_least(since - at_least(years, 0.0), 0.0);
}

// w^k on [0, 1].
ALWAYS_INLINE double power(double w, double k) {
  double p = exponential(k * logarithm(w));
  return w > 0.0 ? p : 0.0;
}

FS_MULTIVERSION
void fs_linear_integral(const double *since, const double *years, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double age = at_least(since[i], 0.0);
    double x = way(age, years[i]);
    out[i] = filled(age, years[i], x, 0.5 * x * x);
  }
}

FS_MULTIVERSION
void fs_linear_share(const double *since, const double *years, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double x = way(at_least(since[i], 0.0), years[i]);
    out[i] = since[i] < 0.0 ? 0.0 : x;
  }
}

FS_MULTIVERSION
void fs_concave_integral(const double *since, const double *years, double k, double *out, size_t count) {
  double inverse = 1.0 / (k + 1.0);
  for (size_t i = 0; i < count; i++) {
    double age = at_least(since[i], 0.0);
    double x = way(age, years[i]);
    out[i] = filled(age, years[i], x, x - (1.0 - power(1.0 - x, k + 1.0)) * inverse);
  }
}

FS_MULTIVERSION
void fs_concave_share(const double *since, const double *years, double k, double *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double x = way(at_least(since[i], 0.0), years[i]);
    double share = 1.0 - power(1.0 - x, k);
    out[i] = since[i] < 0.0 ? 0.0 : share;
  }
}

FS_MULTIVERSION
void fs_logistic_integral(const double *since, const double *years, double s, double *out, size_t count) {
  double edge = exponential(-0.5 * s);
  double low = edge / (1.0 + edge);
  double inverse = (1.0 + edge) / (1.0 - edge);
  double first = logarithm(1.0 + edge);
  for (size_t i = 0; i < count; i++) {
    double age = at_least(since[i], 0.0);
    double x = way(age, years[i]);
    double z = s * (x - 0.5);
    // log(1 + e^z) without overflow; its error is absolute, as that of the sum it enters.
    double whole = at_least(z, 0.0) + logarithm(1.0 + exponential(z > 0.0 ? -z : z));
    out[i] = filled(age, years[i], x, ((whole - first) / s - low * x) * inverse);
  }
}

FS_MULTIVERSION
void fs_logistic_share(const double *since, const double *years, double s, double *out, size_t count) {
  double edge = exponential(-0.5 * s);
  double low = edge / (1.0 + edge);
  double inverse = (1.0 + edge) / (1.0 - edge);
  for (size_t i = 0; i < count; i++) {
    double x = way(at_least(since[i], 0.0), years[i]);
    double z = s * (x - 0.5);
    double e = exponential(z > 0.0 ? -z : z);
    double value = (z > 0.0 ? 1.0 : e) / (1.0 + e);
    double share = x < 1.0 ? (value - low) * inverse : x;
    out[i] = since[i] < 0.0 ? 0.0 : share;
  }
}

FS_MULTIVERSION
void fs_table_integral(const double *since, const double *left, const double *slope, int32_t entries, double *out,
                       size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = 0.0;
  for (int32_t n = 0; n < entries; n++) {
    double longest = n + 1 < entries ? 1.0 : INFINITY;
    double value = left[n], half = 0.5 * slope[n];
    for (size_t i = 0; i < count; i++) {
      double part = at_most(at_least(since[i] - n, 0.0), longest);
      out[i] += part * (value + half * part);
    }
  }
}

FS_MULTIVERSION
void fs_table_share(const double *since, const double *left, const double *slope, int32_t entries, double *out,
                    size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = since[i] < 0.0 ? 0.0 : left[0];
  for (int32_t n = 0; n < entries; n++) {
    double value = left[n], rise = slope[n];
    for (size_t i = 0; i < count; i++) {
      double share = value + rise * at_most(since[i] - n, 1.0);
      out[i] = since[i] < n ? out[i] : share;
    }
  }
}

FS_MULTIVERSION
void fs_schedule_integral(const double *since, const double *capacity, const double *quantities, int32_t entries,
                          double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = 0.0;
  for (int32_t n = 0; n < entries; n++) {
    double longest = n + 1 < entries ? 1.0 : INFINITY;
    for (size_t i = 0; i < count; i++) {
      double part = at_most(at_least(since[i] - n, 0.0), longest);
      out[i] += part * at_most(capacity[i], quantities[n]);
    }
  }
}

FS_MULTIVERSION
void fs_schedule_rate(const double *since, const double *capacity, const double *quantities, int32_t entries,
                      double *out, size_t count) {
  for (size_t i = 0; i < count; i++) out[i] = 0.0;
  for (int32_t n = 0; n < entries; n++) {
    for (size_t i = 0; i < count; i++) {
      double rate = at_most(capacity[i], quantities[n]);
      out[i] = since[i] < n ? out[i] : rate;
    }
  }
}

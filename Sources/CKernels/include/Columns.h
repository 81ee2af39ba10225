#ifndef FORESIGHT_COLUMNS_H
#define FORESIGHT_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

// Operations on columns of draws. No fused multiply-adds and no reassociation: the same bits on every instruction set.
// `out` may be one of the operands.

/// What a binary kernel does to a pair.
enum {
  FS_ADD = 0,
  FS_SUBTRACT = 1,
  FS_MULTIPLY = 2,
  FS_DIVIDE = 3,
  FS_MINIMUM = 4,
  FS_MAXIMUM = 5,
  FS_LESS = 6,
  FS_LESS_EQUAL = 7,
  FS_EQUAL = 8,
  FS_NOT_EQUAL = 9
};

/// out = a ∘ b, element by element; comparisons give 1 or 0, NaN operands of a minimum or maximum give NaN.
void fs_column_binary(int32_t operation, const double *a, const double *b, double *out, size_t count);
/// out = a ∘ s for one number s.
void fs_column_scalar(int32_t operation, const double *a, double s, double *out, size_t count);
/// out = s ∘ a for one number s.
void fs_scalar_column(int32_t operation, double s, const double *a, double *out, size_t count);

/// out = s.
void fs_column_fill(double s, double *out, size_t count);
/// out = condition ≠ 0 ? a : b.
void fs_column_select(const double *condition, const double *a, const double *b, double *out, size_t count);
/// out = a + w (b − a).
void fs_column_between(const double *a, const double *b, double w, double *out, size_t count);
/// out = |a|.
void fs_column_absolute(const double *a, double *out, size_t count);
/// out = √a.
void fs_column_root(const double *a, double *out, size_t count);
/// out = eᵃ, within one unit in the last place.
void fs_column_exponential(const double *a, double *out, size_t count);
/// out = log a; −∞ at 0, NaN below.
void fs_column_logarithm(const double *a, double *out, size_t count);
/// out = sin a.
void fs_column_sine(const double *a, double *out, size_t count);
/// out = cos a.
void fs_column_cosine(const double *a, double *out, size_t count);
/// out = a to the power b.
void fs_column_power(const double *a, const double *b, double *out, size_t count);
/// out = Φ(a).
void fs_column_normal_cdf(const double *a, double *out, size_t count);

/// Sum with eight interleaved accumulators, in a fixed order.
double fs_column_sum(const double *a, size_t count);
/// Sum of the elements of a where the condition is not 0.
double fs_column_sum_where(const double *a, const double *condition, size_t count);

/// The number of the branch that each uniform picks: how many of the first `branches − 1` cumulative weights are ≤ u.
void fs_column_branch(const double *u, const double *cumulative, int32_t branches, double *out, size_t count);
/// The positions whose branch is in the mask, and the values there, packed; returns how many.
size_t fs_column_gather(const double *branch, uint64_t mask, const double *values, int32_t *positions, double *out,
                        size_t count);
/// The inverse of gather.
void fs_column_scatter(const double *values, const int32_t *positions, double *out, size_t count);

/// out = low + width · u.
void fs_quantile_uniform(const double *u, double low, double width, double *out, size_t count);
/// The inverse of the triangular distribution function.
void fs_quantile_triangular(const double *u, double low, double mode, double high, double *out, size_t count);
/// out = shift + scale · exp(sigma · z).
void fs_quantile_lognormal(const double *z, double shift, double scale, double sigma, double *out, size_t count);
/// Cubic Hermite interpolation of a quantile tabulated on equidistant normal scores; value and slope · step
/// interleaved.
void fs_quantile_tabulated(const double *z, const double *table, int32_t points, double first, double inverse_step,
                           double *out, size_t count);

/// Waiting time −log(1 − u)/h.
void fs_column_waiting_time(const double *u, double inverse_hazard, double *out, size_t count);
/// ∫ clip((s − start)/years, 0, 1) ds from −∞ to t, `half` = 1/(2 years), or 0 for a step.
void fs_ramp_integral(const double *start, const double *years, const double *half, double t, double *out,
                      size_t count);
/// out = a · (begin ≤ t < begin + lasts ? factor : 1).
void fs_interrupt(const double *a, const double *begin, const double *factor, double lasts, double t, double *out,
                  size_t count);

/// Moves the k-th smallest (from 0) of the values to its place, smaller ones before it, larger ones after; returns it.
double fs_select(double *values, size_t count, size_t k);

#endif

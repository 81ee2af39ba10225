#ifndef FORESIGHT_ETS_H
#define FORESIGHT_ETS_H

#include <stdint.h>

/// The components of an innovations state space model of exponential smoothing.
enum { FS_ETS_NONE = 0, FS_ETS_ADDITIVE = 1, FS_ETS_MULTIPLICATIVE = 2 };

/// A series and the form fitted to it; a value that is NaN is missing.
///
/// A state is held as level, slope and `period` seasonal indices, the one of phase t mod period at place 2 + phase.
typedef struct {
  const double *y;
  int64_t count;
  int64_t period;
  /// Added to Σ r² in the adjoint's objective, so that a perfect fit stays finite.
  double floor;
  int32_t error;
  int32_t trend;
  int32_t season;
} fs_ets_series;

/// What one pass over a series finds.
typedef struct {
  /// Σ e² for additive errors, Σ (e/ŷ)² for multiplicative ones.
  double squares;
  /// Σ log|ŷ| for multiplicative errors, else 0.
  double log_scale;
  /// Observed values.
  int64_t observed;
  /// 0 where a component that must be positive was not.
  int32_t valid;
} fs_ets_sums;

/// Runs the recursions from `state`, which becomes the state after the last value.
///
/// `parameters` are α, β, γ, φ; `fitted` takes the one-step predictions and may be null.
void fs_ets_filter(const fs_ets_series *series, const double *parameters, double *state, double *fitted,
                   fs_ets_sums *sums);

/// Runs the recursions with their derivatives in `width` directions, a multiple of 8.
///
/// `directions` holds 6 + period rows of `width`: of α, β, γ, φ, level, slope and the seasonal indices; the last 2 +
/// period rows become the derivatives of the final state. `rows` is scratch of count × width. Writes Σ w wᵀ (its upper
/// triangle by blocks of 8 columns), Σ r w and Σ v to `normal`, `gradient` and `drift`, where for additive errors r = e
/// and w = de, and for multiplicative errors r = ε = e/ŷ, v = dŷ/ŷ and w = (1 + ε) v.
void fs_ets_normal(const fs_ets_series *series, const double *parameters, double *state, int64_t width,
                   double *directions, double *rows, double *normal, double *gradient, double *drift,
                   fs_ets_sums *sums);

/// Runs the recursions forward and back: the gradient of F = (n/2) log(Σ r² + floor) + Σ log|ŷ| in 6 + period entries.
///
/// `history` is scratch of 3 × count.
void fs_ets_adjoint(const fs_ets_series *series, const double *parameters, double *state, double *history,
                    double *gradient, fs_ets_sums *sums);

#endif

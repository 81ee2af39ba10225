#ifndef FORESIGHT_CES_H
#define FORESIGHT_CES_H

#include <stdint.h>

/// The forms of complex exponential smoothing.
enum { FS_CES_NONE = 0, FS_CES_SIMPLE = 1, FS_CES_PARTIAL = 2, FS_CES_FULL = 3 };

/// The numbers side by side: a value, then its derivatives by level, potential and up to four gains.
enum { FS_CES_LANES = 8, FS_CES_SUMS = 7 };

/// A state of complex exponential smoothing, each number with its derivatives.
typedef struct {
  /// The level and its potential, FS_CES_LANES each.
  double *level, *potential;
  /// A level or index, and for all but the partial form a potential, for each period of the cycle.
  double *season_levels, *season_potentials;
  int64_t cycle;
  /// The place in the cycle of the next period.
  int64_t place;
} fs_ces_state;

/// Runs over values in which NaN is missing, whose innovation is zero, and moves the state.
///
/// `gains` holds α₀ and α₁, then b or β₀ and β₁. Adds to `sums` the FS_CES_SUMS rows Σ e·e_i over the lanes i; writes
/// the one-step predictions with derivatives to `predictions` where that is not null.
void fs_ces_run(const double *values, int64_t count, int form, const double *gains, fs_ces_state *state, double *sums,
                double *predictions);

#endif

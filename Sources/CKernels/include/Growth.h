#ifndef FORESIGHT_GROWTH_H
#define FORESIGHT_GROWTH_H

#include <stdint.h>

/// What became of one fit of a batch.
enum { FS_FIT_CONVERGED = 0, FS_FIT_NOT_CONVERGED = 1, FS_FIT_BAD_DATA = 2 };

/// Least squares of y = a·exp(b·t), t = origin + i·step, for `series` rows of `count` values each.
///
/// Writes five values a row to `out`: a, b, residual sum of squares, standard error of a, standard error of b;
/// to `passes` the number of passes over the data that the search took, and to `status` one of the codes above.
void fs_fit_exponential(const double *y, int64_t series, int64_t count, double origin, double step, double *out,
                        int32_t *passes, uint8_t *status);

/// Least squares of log y = α + β·t, t = origin + i·step, for `series` rows of `count` values each.
///
/// Writes five values a row to `out`: α, β, residual sum of squares of log y, standard errors of α and of β;
/// a row with a value that is not positive and finite has the bad-data code in `status`.
void fs_fit_log_linear(const double *y, int64_t series, int64_t count, double origin, double step, double *out,
                       uint8_t *status);

#endif

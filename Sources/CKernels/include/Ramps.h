#ifndef FORESIGHT_RAMPS_H
#define FORESIGHT_RAMPS_H

#include <stddef.h>
#include <stdint.h>

// How an asset fills from its start, on columns of draws. `since` is years since the start, negative before it. An
// integral is taken from the start to `since`; a share is the value then. Ramps that last `years` are a step where
// years ≤ 0. No fused multiply-adds: the same bits on every instruction set.

/// x on the way, 1 after it, x = since/years: the integral is years x²/2 + max(since − years, 0).
void fs_linear_integral(const double *since, const double *years, double *out, size_t count);
void fs_linear_share(const double *since, const double *years, double *out, size_t count);
/// 1 − (1 − x)^k: the integral on the way is years (x − (1 − (1 − x)^(k + 1))/(k + 1)).
void fs_concave_integral(const double *since, const double *years, double k, double *out, size_t count);
void fs_concave_share(const double *since, const double *years, double k, double *out, size_t count);
/// (L(x) − L(0))/(L(1) − L(0)) with L(x) = 1/(1 + e^(−s (x − ½))): the integral of L is log(1 + e^(s (x − ½)))/s.
void fs_logistic_integral(const double *since, const double *years, double s, double *out, size_t count);
void fs_logistic_share(const double *since, const double *years, double s, double *out, size_t count);
/// left[n] + slope[n] (since − n) in year n of operation, n from 0; the last entry, of slope 0, holds from then on.
void fs_table_integral(const double *since, const double *left, const double *slope, int32_t entries, double *out,
                       size_t count);
void fs_table_share(const double *since, const double *left, const double *slope, int32_t entries, double *out,
                    size_t count);
/// min(quantities[n], capacity) in contract year n; the last quantity holds from then on.
void fs_schedule_integral(const double *since, const double *capacity, const double *quantities, int32_t entries,
                          double *out, size_t count);
void fs_schedule_rate(const double *since, const double *capacity, const double *quantities, int32_t entries,
                      double *out, size_t count);

#endif

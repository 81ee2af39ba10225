#ifndef FORESIGHT_GAP_H
#define FORESIGHT_GAP_H

#include <stdint.h>

/// Moves the symmetric covariance of a state of `size` entries by a period.
///
/// Entry `head` is added to those at `places` with `weights` and becomes zero. Then `added` times the square of `shock` is added
/// to the leading `width` rows and columns, and `removed` times the square of `gain` is subtracted from all. `first` is scratch.
void fs_gap_update(double *matrix, int64_t size, int64_t width, int64_t head, int64_t count, const int64_t *places,
                   const double *weights, double *first, const double *shock, double added, const double *gain,
                   double removed);

#endif

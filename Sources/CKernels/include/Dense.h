#ifndef FORESIGHT_DENSE_H
#define FORESIGHT_DENSE_H

#include <stdint.h>

/// y = b + x W for rows of inputs, four rows at a time.
///
/// `weights` holds a row of `outputs` numbers for each input, `x` a row of `inputs` for each case and `y` a row of `outputs`.
/// `rows` is a multiple of 4 and `outputs` one of 8. A sum goes through the inputs in order, so that a row of `y` does
/// not depend on the others.
void fs_dense(const double *weights, const double *bias, int64_t inputs, int64_t outputs, const double *x, int64_t rows,
              double *y);

/// Replaces each x with x/(1 + exp(−x)).
void fs_swish(double *values, int64_t count);

#endif

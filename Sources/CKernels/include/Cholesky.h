#ifndef FORESIGHT_CHOLESKY_H
#define FORESIGHT_CHOLESKY_H

#include <stdint.h>

/// Solves A x = b for a symmetric positive definite A of `size` rows of `stride`, given by its upper triangle, in
/// place.
///
/// The triangle becomes R with A = RᵀR. Returns 0 where a pivot is not positive.
int fs_cholesky_solve(double *matrix, int64_t size, int64_t stride, double *right);

#endif

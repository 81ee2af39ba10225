#ifndef FORESIGHT_LEAST_SQUARES_H
#define FORESIGHT_LEAST_SQUARES_H

#include <stddef.h>
#include <stdint.h>

/// The most columns a design of the kernels may have.
enum { FS_LEAST_SQUARES_COLUMNS = 16 };

/// The doubles of scratch that either kernel needs.
size_t fs_least_squares_scratch(int64_t rows, int64_t columns);

/// Least squares of `problems` responses of `rows` values on as many designs, each `rows` × `columns` in column-major
/// order.
///
/// By modified Gram–Schmidt on the design with the response appended. Writes per problem `columns` coefficients and
/// standard errors and one residual sum of squares; `careful` is 1 for a problem that needs a better method: badly
/// conditioned, badly scaled or not finite.
void fs_least_squares(const double *designs, const double *responses, int64_t problems, int64_t rows, int64_t columns,
                      double *scratch, double *coefficients, double *errors, double *rss, uint8_t *careful);

/// Least squares of `problems` responses on one design given by orthonormal columns `q` (rows × columns, row-major) and
/// the inverse of its triangular factor (column-major).
///
/// `spread` are the square roots of the diagonal of the inverse Gram matrix.
void fs_least_squares_shared(const double *q, const double *inverse, const double *spread, const double *responses,
                             int64_t problems, int64_t rows, int64_t columns, double *scratch, double *coefficients,
                             double *errors, double *rss, uint8_t *careful);

#endif

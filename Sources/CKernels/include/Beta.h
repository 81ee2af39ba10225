#ifndef FORESIGHT_BETA_H
#define FORESIGHT_BETA_H

#include <stddef.h>
#include <stdint.h>

/// One tail of a beta law as piecewise polynomials: x / w over w = p^(1/shape), p from 0 to 1/2, x the lower quantile.
typedef struct {
  /// 1 / shape.
  double power;
  /// The number of pieces over the greatest w.
  double scale;
  /// The number of pieces of equal width.
  int64_t pieces;
  /// Per piece FS_BETA_TERMS monomial coefficients in the piece's own coordinate, -1 to 1, lowest first.
  const double *terms;
} fs_beta_tail;

enum { FS_BETA_TERMS = 12 };

/// Replaces each probability by the quantile of a beta law from its two tails.
void fs_beta_quantiles(double *values, size_t count, fs_beta_tail lower, fs_beta_tail upper);

#endif

#include "Cholesky.h"
#include "Multiversion.h"

#include <math.h>

FS_MULTIVERSION
int fs_cholesky_solve(double *matrix, int64_t size, int64_t stride, double *right) {
  for (int64_t k = 0; k < size; k++) {
    double *pivot = matrix + k * stride;
    if (!(pivot[k] > 0)) return 0;
    const double root = sqrt(pivot[k]), inverse = 1 / root;
    for (int64_t j = k; j < size; j++) pivot[j] *= inverse;
    right[k] *= inverse;
    for (int64_t i = k + 1; i < size; i++) {
      const double factor = pivot[i];
      double *row = matrix + i * stride;
      for (int64_t j = i; j < size; j++) row[j] -= factor * pivot[j];
      right[i] -= factor * right[k];
    }
  }
  for (int64_t k = size - 1; k >= 0; k--) {
    const double *row = matrix + k * stride;
    double sum = right[k];
    for (int64_t j = k + 1; j < size; j++) sum -= row[j] * right[j];
    right[k] = sum / row[k];
  }
  return 1;
}

#include "Dense.h"
#include "Elementary.h"
#include "Lanes.h"

FS_MULTIVERSION
void fs_dense(const double *weights, const double *bias, int64_t inputs, int64_t outputs, const double *x, int64_t rows,
              double *y) {
  for (int64_t row = 0; row < rows; row += 4) {
    const double *x0 = x + row * inputs, *x1 = x0 + inputs, *x2 = x1 + inputs, *x3 = x2 + inputs;
    for (int64_t j = 0; j < outputs; j += LANES) {
      lanes start = AT(bias + j);
      lanes s0 = start, s1 = start, s2 = start, s3 = start;
      const double *column = weights + j;
      for (int64_t i = 0; i < inputs; i++) {
        lanes w = AT(column + i * outputs);
        s0 += x0[i] * w;
        s1 += x1[i] * w;
        s2 += x2[i] * w;
        s3 += x3[i] * w;
      }
      AT(y + row * outputs + j) = s0;
      AT(y + (row + 1) * outputs + j) = s1;
      AT(y + (row + 2) * outputs + j) = s2;
      AT(y + (row + 3) * outputs + j) = s3;
    }
  }
}

FS_MULTIVERSION
void fs_swish(double *values, int64_t count) {
  for (int64_t i = 0; i < count; i++) values[i] /= 1 + exponential(-values[i]);
}

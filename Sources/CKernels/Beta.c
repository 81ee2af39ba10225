#include "Beta.h"
#include "Elementary.h"

FS_MULTIVERSION
void fs_beta_quantiles(double *values, size_t count, fs_beta_tail lower, fs_beta_tail upper) {
  const double last_low = (double)(lower.pieces - 1), last_high = (double)(upper.pieces - 1);
  for (size_t start = 0; start < count; start += 64) {
    size_t length = count - start < 64 ? count - start : 64;
    double *block = values + start;
    double place[64], local[64], quotient[64];
    const double *terms[64];
    for (size_t i = 0; i < length; i++) {
      double p = block[i];
      int low = p <= 0.5;
      double tail = low ? p : 1.0 - p;
      double w = exponential(logarithm(tail) * (low ? lower.power : upper.power));
      // The logarithm serves normal numbers; the caller answers smaller ones itself.
      w = tail >= DBL_MIN ? w : 0.0;
      double piece = w * (low ? lower.scale : upper.scale);
      double last = low ? last_low : last_high;
      double whole = piece < last ? __builtin_elementwise_floor(piece) : last;
      place[i] = w;
      local[i] = 2.0 * (piece - whole) - 1.0;
      terms[i] = (low ? lower.terms : upper.terms) + FS_BETA_TERMS * (int64_t)whole;
    }
    for (size_t i = 0; i < length; i++) {
      double sum = terms[i][FS_BETA_TERMS - 1];
      for (int k = FS_BETA_TERMS - 2; k >= 0; k--) sum = sum * local[i] + terms[i][k];
      quotient[i] = sum;
    }
    for (size_t i = 0; i < length; i++) {
      double x = place[i] * quotient[i];
      block[i] = block[i] <= 0.5 ? x : 1.0 - x;
    }
  }
}

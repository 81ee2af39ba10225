#include "Exponentials.h"
#include "Elementary.h"

double fs_exponential(double value) { return exponential(value); }

FS_MULTIVERSION
void fs_exponentials(double *values, size_t count) {
  for (size_t i = 0; i < count; i++) values[i] = exponential(values[i]);
}

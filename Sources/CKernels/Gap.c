#include "include/Gap.h"

#include "Multiversion.h"

FS_MULTIVERSION
void fs_gap_update(double *matrix, int64_t size, int64_t width, int64_t head, int64_t count, const int64_t *places,
                   const double *weights, double *restrict first, const double *restrict shock, double added,
                   const double *restrict gain, double removed) {
  double *own = matrix + head * size;
  for (int64_t j = 0; j < size; j++) first[j] = own[j];
  const double corner = first[head];
  first[head] = 0;
  for (int64_t j = 0; j < size; j++) {
    own[j] = 0;
    matrix[j * size + head] = 0;
  }
  for (int64_t k = 0; k < count; k++) {
    const double weight = weights[k];
    double *row = matrix + places[k] * size;
    for (int64_t j = 0; j < size; j++) row[j] += weight * first[j];
    for (int64_t l = 0; l < count; l++) row[places[l]] += weight * weights[l] * corner;
  }
  for (int64_t i = 0; i < size; i++) {
    double *row = matrix + i * size;
    if (first[i] != 0)
      for (int64_t k = 0; k < count; k++) row[places[k]] += weights[k] * first[i];
    if (i < width) {
      const double factor = added * shock[i];
      for (int64_t j = 0; j < width; j++) row[j] += factor * shock[j];
    }
    const double factor = removed * gain[i];
    if (factor == 0) continue;
    for (int64_t j = 0; j < size; j++) row[j] -= factor * gain[j];
  }
}

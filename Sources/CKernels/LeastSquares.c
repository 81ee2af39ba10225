#include "LeastSquares.h"
#include "Lanes.h"

#include <math.h>

#define SHUFFLE __builtin_shufflevector

// A column that keeps less than 2⁻²⁰ of its square after the projections costs more than three digits.
static const double least_share = 0x1p-20, smallest = 1e-250, largest = 1e250;

size_t fs_least_squares_scratch(int64_t rows, int64_t columns) {
  return (size_t)((rows + LANES - 1) / LANES * LANES * (columns + 1)) * LANES + LANES;
}

ALWAYS_INLINE void transpose(lanes *v) {
  lanes t[LANES], u[LANES];
  for (int k = 0; k < 4; k++) {
    t[2 * k] = SHUFFLE(v[2 * k], v[2 * k + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    t[2 * k + 1] = SHUFFLE(v[2 * k], v[2 * k + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int h = 0; h < LANES; h += 4) {
    for (int k = 0; k < 2; k++) {
      u[h + k] = SHUFFLE(t[h + k], t[h + k + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      u[h + k + 2] = SHUFFLE(t[h + k], t[h + k + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  for (int k = 0; k < 4; k++) {
    v[k] = SHUFFLE(u[k], u[k + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    v[k + 4] = SHUFFLE(u[k], u[k + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

// Column vectors of eight problems, `stride` doubles apart, side by side in work[row·width]; rows are filled up with
// zeros.
ALWAYS_INLINE void interleave(const double *column, int64_t stride, int64_t present, int64_t rows, lanes *work,
                              int64_t width) {
  for (int64_t i = 0; i < rows; i += LANES) {
    lanes block[LANES];
    size_t bytes = (size_t)(rows - i < LANES ? rows - i : LANES) * sizeof(double);
    for (int k = 0; k < LANES; k++) {
      const double *source = column + (k < present ? k : present - 1) * stride + i;
      if (bytes == sizeof(lanes)) {
        memcpy(&block[k], source, sizeof(lanes));
      } else {
        memset(&block[k], 0, sizeof(lanes));
        memcpy(&block[k], source, bytes);
      }
    }
    transpose(block);
    for (int k = 0; k < LANES; k++) work[(i + k) * width] = block[k];
  }
}

ALWAYS_INLINE void scatter(const lanes *values, int64_t count, int64_t present, double *out) {
  for (int64_t lane = 0; lane < present; lane++) {
    for (int64_t k = 0; k < count; k++) out[lane * count + k] = values[k][lane];
  }
}

// Without normalizing: column j loses its share along column k, which leaves X = A U with A orthogonal and U unit
// upper.
ALWAYS_INLINE void group(const double *x, const double *y, int64_t present, int64_t rows, const int p, lanes *work,
                         double *coefficients, double *errors, double *rss, uint8_t *careful) {
  const int width = p + 1;
  int64_t padded = (rows + LANES - 1) / LANES * LANES;
  for (int j = 0; j < p; j++) interleave(x + j * rows, rows * p, present, rows, work + j, width);
  interleave(y, rows, present, rows, work + p, width);

  lanes size[FS_LEAST_SQUARES_COLUMNS], dot[FS_LEAST_SQUARES_COLUMNS + 1], left[FS_LEAST_SQUARES_COLUMNS];
  lanes u[FS_LEAST_SQUARES_COLUMNS][FS_LEAST_SQUARES_COLUMNS + 1], bad = {0};
  for (int j = 0; j < p; j++) size[j] = (lanes){0};
  for (int j = 0; j <= p; j++) dot[j] = (lanes){0};
  for (int64_t i = 0; i < padded; i++) {
    const lanes *row = work + i * width;
    lanes first = row[0];
    for (int j = 0; j <= p; j++) {
      dot[j] += first * row[j];
      if (j > 0 && j < p) size[j] += row[j] * row[j];
    }
  }
  size[0] = dot[0];
  lanes sum = {0};
  for (int k = 0; k < p; k++) {
    left[k] = dot[k];
    for (int l = 0; l < LANES; l++) {
      int good = dot[k][l] > least_share * size[k][l] && size[k][l] > smallest && size[k][l] < largest;
      if (!good) bad[l] = 1;
    }
    for (int j = k + 1; j <= p; j++) {
      u[k][j] = dot[j] / dot[k];
      dot[j] = (lanes){0};
    }
    for (int64_t i = 0; i < padded; i++) {
      lanes *row = work + i * width;
      lanes along = row[k];
      if (k + 1 == p) {
        lanes rest = row[p] - u[k][p] * along;
        sum += rest * rest;
      } else {
        lanes next = row[k + 1] - u[k][k + 1] * along;
        row[k + 1] = next;
        dot[k + 1] += next * next;
        for (int j = k + 2; j <= p; j++) {
          lanes value = row[j] - u[k][j] * along;
          row[j] = value;
          dot[j] += next * value;
        }
      }
    }
  }
  double freedom = (double)(rows - p);
  lanes variance = freedom > 0 ? sum / freedom : (lanes){0};
  lanes b[FS_LEAST_SQUARES_COLUMNS], error[FS_LEAST_SQUARES_COLUMNS];
  for (int k = p - 1; k >= 0; k--) {
    lanes value = u[k][p];
    for (int j = k + 1; j < p; j++) value -= u[k][j] * b[j];
    b[k] = value;
    // Row k of U⁻¹: the inverse Gram matrix is U⁻¹ D⁻¹ U⁻ᵀ.
    lanes inverse[FS_LEAST_SQUARES_COLUMNS], gram = 1.0 / left[k];
    for (int j = k + 1; j < p; j++) {
      lanes entry = -u[k][j];
      for (int l = k + 1; l < j; l++) entry -= inverse[l] * u[l][j];
      inverse[j] = entry;
      gram += entry * entry / left[j];
    }
    error[k] = variance * gram;
  }
  for (int k = 0; k < p; k++) {
    for (int l = 0; l < LANES; l++) error[k][l] = sqrt(error[k][l]);
  }
  scatter(b, p, present, coefficients);
  scatter(error, p, present, errors);
  scatter(&sum, 1, present, rss);
  for (int64_t l = 0; l < present; l++) careful[l] = bad[l] != 0 || !(sum[l] < largest);
}

ALWAYS_INLINE lanes *aligned(double *scratch) {
  uintptr_t address = ((uintptr_t)scratch + sizeof(lanes) - 1) / sizeof(lanes) * sizeof(lanes);
  return (lanes *)address;
}

FS_MULTIVERSION
void fs_least_squares(const double *designs, const double *responses, int64_t problems, int64_t rows, int64_t columns,
                      double *scratch, double *coefficients, double *errors, double *rss, uint8_t *careful) {
  lanes *work = aligned(scratch);
  for (int64_t first = 0; first < problems; first += LANES) {
    int64_t present = problems - first < LANES ? problems - first : LANES;
    const double *x = designs + first * rows * columns, *y = responses + first * rows;
    double *b = coefficients + first * columns, *e = errors + first * columns;
#define GROUP(p) group(x, y, present, rows, (p), work, b, e, rss + first, careful + first)
    // A constant number of columns lets the compiler keep the sums in registers.
    switch (columns) {
      case 1: GROUP(1); break;
      case 2: GROUP(2); break;
      case 3: GROUP(3); break;
      case 4: GROUP(4); break;
      case 5: GROUP(5); break;
      case 6: GROUP(6); break;
      default: GROUP((int)columns);
    }
#undef GROUP
  }
}

ALWAYS_INLINE void shared_group(const double *q, const double *inverse, const double *spread, const double *y,
                                int64_t present, int64_t rows, const int p, lanes *work, double *coefficients,
                                double *errors, double *rss, uint8_t *careful) {
  lanes c[FS_LEAST_SQUARES_COLUMNS], b[FS_LEAST_SQUARES_COLUMNS], error[FS_LEAST_SQUARES_COLUMNS], sum = {0};
  interleave(y, rows, present, rows, work, 1);
  for (int k = 0; k < p; k++) c[k] = (lanes){0};
  for (int64_t i = 0; i < rows; i++) {
    lanes value = work[i];
    for (int k = 0; k < p; k++) c[k] += q[i * p + k] * value;
  }
  for (int64_t i = 0; i < rows; i++) {
    lanes rest = work[i];
    for (int k = 0; k < p; k++) rest -= q[i * p + k] * c[k];
    sum += rest * rest;
  }
  double freedom = (double)(rows - p);
  lanes deviation = freedom > 0 ? sum / freedom : (lanes){0};
  for (int l = 0; l < LANES; l++) deviation[l] = sqrt(deviation[l]);
  for (int k = 0; k < p; k++) {
    b[k] = inverse[k + k * p] * c[k];
    for (int j = k + 1; j < p; j++) b[k] += inverse[k + j * p] * c[j];
    error[k] = deviation * spread[k];
  }
  scatter(b, p, present, coefficients);
  scatter(error, p, present, errors);
  scatter(&sum, 1, present, rss);
  for (int64_t l = 0; l < present; l++) careful[l] = !(sum[l] < largest);
}

FS_MULTIVERSION
void fs_least_squares_shared(const double *q, const double *inverse, const double *spread, const double *responses,
                             int64_t problems, int64_t rows, int64_t columns, double *scratch, double *coefficients,
                             double *errors, double *rss, uint8_t *careful) {
  lanes *work = aligned(scratch);
  for (int64_t first = 0; first < problems; first += LANES) {
    int64_t present = problems - first < LANES ? problems - first : LANES;
    const double *y = responses + first * rows;
    double *b = coefficients + first * columns, *e = errors + first * columns;
#define GROUP(p) shared_group(q, inverse, spread, y, present, rows, (p), work, b, e, rss + first, careful + first)
    switch (columns) {
      case 1: GROUP(1); break;
      case 2: GROUP(2); break;
      case 3: GROUP(3); break;
      case 4: GROUP(4); break;
      case 5: GROUP(5); break;
      case 6: GROUP(6); break;
      default: GROUP((int)columns);
    }
#undef GROUP
  }
}

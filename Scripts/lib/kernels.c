// Runs every kernel of a library on the same numbers and writes the results; Scripts/kernels compares those of several instruction sets.
// Usage: kernels LIBRARY EXACT CLOSE: bits that must agree go to the first file, results that may differ in the last digits to the second.
#include "CKernels.h"

#include <dlfcn.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNT = 4099 };

static void *library;
static FILE *exact, *close_to;
static double u[COUNT], v[COUNT], w[COUNT], z[COUNT], out[16 * COUNT];

// One step of a multiplicative generator (Knuth's constants).
static uint64_t seed = 1;
static double uniform(void) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return ((double)(seed >> 11) + 0.5) * 0x1p-53;
}

static void put(FILE *file, const double *values, size_t count) { fwrite(values, sizeof *values, count, file); }

static void *named(const char *name) {
  void *kernel = dlsym(library, name);
  if (!kernel) {
    fprintf(stderr, "%s is missing\n", name);
    exit(1);
  }
  return kernel;
}

#define KERNEL(name) __typeof__(&name) k_##name = named(#name)
#define CALL1(name, in)            \
  do {                             \
    KERNEL(name);                  \
    k_##name(in, out, COUNT);      \
    put(exact, out, COUNT);        \
  } while (0)

static void columns(void) {
  KERNEL(fs_column_binary);
  KERNEL(fs_column_scalar);
  KERNEL(fs_scalar_column);
  for (int operation = FS_ADD; operation <= FS_NOT_EQUAL; operation++) {
    k_fs_column_binary(operation, u, v, out, COUNT);
    put(exact, out, COUNT);
    k_fs_column_scalar(operation, u, 0.3, out, COUNT);
    put(exact, out, COUNT);
    k_fs_scalar_column(operation, 0.3, u, out, COUNT);
    put(exact, out, COUNT);
  }
  CALL1(fs_column_absolute, z);
  CALL1(fs_column_root, u);
  CALL1(fs_column_exponential, z);
  CALL1(fs_column_logarithm, u);
  CALL1(fs_column_sine, z);
  CALL1(fs_column_cosine, z);
  CALL1(fs_column_normal_cdf, z);
  KERNEL(fs_column_power);
  k_fs_column_power(u, z, out, COUNT);
  put(exact, out, COUNT);
  KERNEL(fs_column_sum);
  out[0] = k_fs_column_sum(u, COUNT);
  put(exact, out, 1);
  KERNEL(fs_quantile_triangular);
  k_fs_quantile_triangular(u, 1, 2, 5, out, COUNT);
  put(exact, out, COUNT);
  KERNEL(fs_quantile_lognormal);
  k_fs_quantile_lognormal(z, 0.5, 2, 0.7, out, COUNT);
  put(exact, out, COUNT);
  KERNEL(fs_column_waiting_time);
  k_fs_column_waiting_time(u, 3.5, out, COUNT);
  put(exact, out, COUNT);
  KERNEL(fs_ramp_integral);
  k_fs_ramp_integral(u, v, w, 0.7, out, COUNT);
  put(exact, out, COUNT);
}

static void ramps(void) {
  KERNEL(fs_linear_integral);
  KERNEL(fs_linear_share);
  KERNEL(fs_concave_integral);
  KERNEL(fs_concave_share);
  KERNEL(fs_logistic_integral);
  KERNEL(fs_logistic_share);
  k_fs_linear_integral(z, v, out, COUNT), put(exact, out, COUNT);
  k_fs_linear_share(z, v, out, COUNT), put(exact, out, COUNT);
  k_fs_concave_integral(z, v, 2.5, out, COUNT), put(exact, out, COUNT);
  k_fs_concave_share(z, v, 2.5, out, COUNT), put(exact, out, COUNT);
  k_fs_logistic_integral(z, v, 4, out, COUNT), put(exact, out, COUNT);
  k_fs_logistic_share(z, v, 4, out, COUNT), put(exact, out, COUNT);
}

static void elementary(void) {
  KERNEL(fs_exponentials);
  KERNEL(fs_normal_quantiles);
  for (int i = 0; i < COUNT; i++) out[i] = 1500 * (u[i] - 0.5);
  k_fs_exponentials(out, COUNT);
  put(exact, out, COUNT);
  memcpy(out, u, sizeof u);
  k_fs_normal_quantiles(out, COUNT);
  put(exact, out, COUNT);
}

static void smoothing(void) {
  KERNEL(fs_ets_filter);
  for (int error = 1; error <= 2; error++)
    for (int trend = 0; trend <= 1; trend++)
      for (int season = 0; season <= 2; season++) {
        double y[240], fitted[240], parameters[4] = {0.3, 0.1, 0.2, 0.95}, state[14];
        for (int t = 0; t < 240; t++) y[t] = 50 + 0.1 * t + 5 * v[t] + 3 * ((t % 12) > 5);
        state[0] = 50, state[1] = 0.1;
        for (int j = 0; j < 12; j++) state[2 + j] = season == 2 ? 1 : 0;
        fs_ets_series series = {y, 240, 12, 1e-12, error, trend, season};
        fs_ets_sums sums = {0, 0, 0, 0};
        memset(fitted, 0, sizeof fitted);
        k_fs_ets_filter(&series, parameters, state, fitted, &sums);
        put(close_to, fitted, 240);
        put(close_to, &sums.squares, 1);
      }
}

static void least_squares(void) {
  enum { PROBLEMS = 24, ROWS = 60, COLUMNS = 4 };
  KERNEL(fs_least_squares);
  KERNEL(fs_least_squares_scratch);
  KERNEL(fs_fit_log_linear);
  static double designs[PROBLEMS * ROWS * COLUMNS], responses[PROBLEMS * ROWS];
  static double coefficients[PROBLEMS * COLUMNS], errors[PROBLEMS * COLUMNS], rss[PROBLEMS];
  uint8_t careful[PROBLEMS];
  for (size_t i = 0; i < sizeof designs / sizeof *designs; i++) designs[i] = uniform() - 0.5;
  for (size_t i = 0; i < sizeof responses / sizeof *responses; i++) responses[i] = 1 + uniform();
  size_t bytes = k_fs_least_squares_scratch(ROWS, COLUMNS) * sizeof(double);
  double *scratch = aligned_alloc(64, (bytes + 63) / 64 * 64);
  k_fs_least_squares(designs, responses, PROBLEMS, ROWS, COLUMNS, scratch, coefficients, errors, rss, careful);
  free(scratch);
  put(close_to, coefficients, PROBLEMS * COLUMNS);
  put(close_to, errors, PROBLEMS * COLUMNS);
  put(close_to, rss, PROBLEMS);
}

int main(int count, char **arguments) {
  if (count != 4) return 2;
  library = dlopen(arguments[1], RTLD_NOW);
  if (!library) {
    fprintf(stderr, "%s\n", dlerror());
    return 1;
  }
  exact = fopen(arguments[2], "wb");
  close_to = fopen(arguments[3], "wb");
  if (!exact || !close_to) return 1;
  for (int i = 0; i < COUNT; i++) u[i] = uniform(), v[i] = uniform(), w[i] = uniform(), z[i] = 8 * (uniform() - 0.5);
  elementary();
  columns();
  ramps();
  smoothing();
  least_squares();
  return fclose(exact) || fclose(close_to);
}

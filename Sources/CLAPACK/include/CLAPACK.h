// The one door to LAPACK and BLAS: `static inline` wrappers that pass scalars by value and return `info`.
// Character arguments carry a hidden length on some platforms; the LAPACK_* macros supply it.
#ifndef FORESIGHT_CLAPACK_H
#define FORESIGHT_CLAPACK_H

#include <stdint.h>

#if defined(__APPLE__)
#define ACCELERATE_NEW_LAPACK
#include <Accelerate/Accelerate.h>
#else
#include <cblas.h>
#include <lapack.h>
void openblas_set_num_threads(int count);
int openblas_get_num_threads(void);
char *openblas_get_config(void);
#endif

typedef int32_t la_int;

#endif

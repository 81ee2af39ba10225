#ifndef FORESIGHT_SOBOL_H
#define FORESIGHT_SOBOL_H

#include <stddef.h>
#include <stdint.h>

/// Writes points first ..< first + count of a scrambled Sobol' sequence (Gray-code order) as odd multiples of 2^-53.
///
/// `directions` are the 64 direction numbers with bits reversed (coarsest bit lowest); `keys` are 12 words, four a
/// round.
void fs_sobol_scrambled(const uint64_t *directions, const uint64_t *keys, uint64_t first, size_t count,
                        double *out);

#endif

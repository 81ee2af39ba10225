#include "Sobol.h"
#include "Multiversion.h"

#include <string.h>

// One nested permutation of [0, 1) in base 2, on words whose lowest bit is the coarsest digit. A polynomial with an
// odd linear and an even quadratic coefficient, and x ^ x·even, are bijections in which a bit depends only on itself
// and on the bits below it, so each digit is flipped by a function of the coarser digits: Owen's nested scramble.
ALWAYS_INLINE uint64_t scramble(uint64_t x, const uint64_t *keys) {
  for (int round = 0; round < 3; round++) {
    const uint64_t *k = keys + 4 * round;
    x = k[0] + x * ((k[1] | 1) + x * (k[2] << 1));
    x ^= x * (k[3] << 1);
  }
  return x;
}

ALWAYS_INLINE uint64_t reverse(uint64_t x) {
  x = ((x >> 1) & 0x5555555555555555u) | ((x & 0x5555555555555555u) << 1);
  x = ((x >> 2) & 0x3333333333333333u) | ((x & 0x3333333333333333u) << 2);
  x = ((x >> 4) & 0x0F0F0F0F0F0F0F0Fu) | ((x & 0x0F0F0F0F0F0F0F0Fu) << 4);
  return __builtin_bswap64(x);
}

// The middle of one of 2^52 equal cells: the bits of a double in [1, 2), less 1, plus half a cell; every step exact.
ALWAYS_INLINE double cell_middle(uint64_t x) {
  uint64_t bits = (x >> 12) | 0x3FF0000000000000u;
  double value;
  memcpy(&value, &bits, sizeof value);
  return (value - 1.0) + 0x1p-53;
}

static uint64_t gray_point(const uint64_t *directions, uint64_t index) {
  uint64_t point = 0;
  for (uint64_t gray = index ^ (index >> 1); gray; gray &= gray - 1) {
    point ^= directions[__builtin_ctzll(gray)];
  }
  return point;
}

// The Gray code is linear: points of an aligned block of 64 are its first point xor a table.
FS_MULTIVERSION
void fs_sobol_scrambled(const uint64_t *directions, const uint64_t *keys, uint64_t first, size_t count,
                        double *out) {
  uint64_t table[64];
  table[0] = 0;
  size_t filled = 1;
  while (filled < 64 && count > 1) {
    table[filled] = table[filled - 1] ^ directions[__builtin_ctzll(filled)];
    filled++;
  }
  if (count == 1) {
    out[0] = cell_middle(reverse(scramble(gray_point(directions, first), keys)));
    return;
  }
  while (count > 0) {
    size_t offset = (size_t)(first & 63);
    size_t length = 64 - offset < count ? 64 - offset : count;
    uint64_t base = gray_point(directions, first - offset);
    for (size_t i = 0; i < length; i++) {
      out[i] = cell_middle(reverse(scramble(base ^ table[offset + i], keys)));
    }
    out += length;
    first += length;
    count -= length;
  }
}

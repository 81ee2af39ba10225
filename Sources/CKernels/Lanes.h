// Eight doubles side by side: one AVX-512 register, two of AVX2, four of SSE or NEON.
//
// Helpers take lanes by pointer: how a 64-byte vector is passed by value depends on the instruction set.
#ifndef FORESIGHT_LANES_H
#define FORESIGHT_LANES_H

#include "Multiversion.h"

#include <string.h>

#define LANES 8

/// Lanes in registers and in memory of their own.
typedef double lanes __attribute__((vector_size(64)));

/// Lanes anywhere in an array of doubles.
typedef double unaligned_lanes __attribute__((vector_size(64), aligned(8)));

/// The lanes that start at a double.
#define AT(pointer) (*(unaligned_lanes *)(pointer))

#endif

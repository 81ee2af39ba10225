#ifndef FORESIGHT_SUBNORMALS_H
#define FORESIGHT_SUBNORMALS_H

#include <stdint.h>

/// Makes the calling thread's arithmetic take numbers below 2^-1022 for zero; returns what was set before.
uint64_t fs_flush_subnormals(void);

/// Sets what `fs_flush_subnormals` returned.
void fs_restore_subnormals(uint64_t saved);

#endif

#ifndef FORESIGHT_SHA256_H
#define FORESIGHT_SHA256_H

#include <stdint.h>

/// Takes whole blocks of 64 bytes into a state of SHA-256 (FIPS 180-4, section 6.2).
void fs_sha256(uint32_t state[8], const uint8_t *bytes, int64_t blocks);

#endif

#include "Subnormals.h"

#if defined(__x86_64__)
#include <xmmintrin.h>

// Flush to zero and denormals are zero.
uint64_t fs_flush_subnormals(void) {
  unsigned saved = _mm_getcsr();
  _mm_setcsr(saved | 0x8040u);
  return saved;
}

void fs_restore_subnormals(uint64_t saved) { _mm_setcsr((unsigned)saved); }

#elif defined(__aarch64__)

uint64_t fs_flush_subnormals(void) {
  uint64_t saved;
  __asm__ volatile("mrs %0, fpcr" : "=r"(saved));
  uint64_t flushed = saved | (1ull << 24);
  __asm__ volatile("msr fpcr, %0" ::"r"(flushed));
  return saved;
}

void fs_restore_subnormals(uint64_t saved) { __asm__ volatile("msr fpcr, %0" ::"r"(saved)); }

#else

uint64_t fs_flush_subnormals(void) { return 0; }

void fs_restore_subnormals(uint64_t saved) { (void)saved; }

#endif

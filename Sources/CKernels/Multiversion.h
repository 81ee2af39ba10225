// How a kernel is compiled: several times, one for each vector instruction set, chosen when the program starts.
#ifndef FORESIGHT_MULTIVERSION_H
#define FORESIGHT_MULTIVERSION_H

/// Put before a function definition: compiled for AVX-512, AVX2 with FMA, and the baseline, chosen at run time.
/// FORESIGHT_ONE_VERSION leaves the instruction set to the flags of the compiler; Scripts/kernels compares them.
#if defined(__x86_64__) && defined(__linux__) && !defined(FORESIGHT_ONE_VERSION)
#define FS_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FS_MULTIVERSION
#endif

/// A helper that is compiled into each version of the kernel that calls it.
#define ALWAYS_INLINE static inline __attribute__((always_inline))

#endif

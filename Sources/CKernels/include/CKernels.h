// Vector kernels that Swift cannot multiversion: one binary, the best instruction set picked at load time.
#ifndef FORESIGHT_CKERNELS_H
#define FORESIGHT_CKERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Put before a function definition: compiled for AVX-512, AVX2+FMA and the baseline, chosen at run time.
#if defined(__x86_64__) && defined(__linux__)
#define FS_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FS_MULTIVERSION
#endif

#include "BatchedFits.h"
#include "BatchedLeastSquares.h"
#include "ComplexSmoothing.h"
#include "DistributionKernels.h"
#include "ExponentialSmoothing.h"
#include "NormalKernels.h"
#include "RampKernels.h"
#include "ScenarioKernels.h"
#include "SobolKernels.h"
#include "Subnormals.h"

#endif

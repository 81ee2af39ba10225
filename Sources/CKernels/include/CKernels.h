// Vector kernels that Swift cannot multiversion: one binary, the best instruction set picked at load time.
#ifndef FORESIGHT_CKERNELS_H
#define FORESIGHT_CKERNELS_H

#include "Beta.h"
#include "CES.h"
#include "Cholesky.h"
#include "Columns.h"
#include "Dense.h"
#include "ETS.h"
#include "Exponentials.h"
#include "Gap.h"
#include "Growth.h"
#include "LeastSquares.h"
#include "Normal.h"
#include "Ramps.h"
#include "SHA256.h"
#include "Sobol.h"
#include "Subnormals.h"

#endif

#ifndef FORESIGHT_NORMAL_H
#define FORESIGHT_NORMAL_H

#include <stddef.h>

/// Replaces each probability in (0, 1) by its standard normal quantile; 0 and 1 become the infinities.
///
/// The same bits on every instruction set and at every position of the array.
void fs_normal_quantiles(double *values, size_t count);

/// The standard normal quantile of one probability, the same bits as the array form.
double fs_normal_quantile(double p);

#endif

#ifndef FORESIGHT_EXPONENTIALS_H
#define FORESIGHT_EXPONENTIALS_H

#include <stddef.h>

/// Replaces each value by its exponential, within one unit in the last place; the same bits on every instruction set.
void fs_exponentials(double *values, size_t count);

/// The exponential of one value, the same bits as the array form.
double fs_exponential(double value);

#endif

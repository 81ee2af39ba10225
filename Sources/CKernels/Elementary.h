// The exponential and the logarithm of every kernel, written so that compilers vectorize them: no calls, no branches
// and no fused multiply-adds, so that the bits are the same on every instruction set.
#ifndef FORESIGHT_ELEMENTARY_H
#define FORESIGHT_ELEMENTARY_H

#include "Multiversion.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

// In force to the end of every file that includes this one.
#pragma STDC FP_CONTRACT OFF

// log x for positive normal x: x = 2^k m with m in [√½, √2), log m = f − (f²/2 − s (f²/2 + R(s²))) with f = m − 1,
// s = f/(2 + f) and R the odd part of the series of log((1 + s)/(1 − s)) fitted by the classical minimax polynomial.
ALWAYS_INLINE double logarithm(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint64_t shifted = bits - 0x3FE6A09E667F3BCDu;
  // Arithmetic shift by 52 through a biased logical one, which vector units have.
  uint64_t biased = (shifted + 0x8000000000000000u) >> 52;
  uint64_t exponent_bits = biased | 0x4330000000000000u;
  double exponent;
  memcpy(&exponent, &exponent_bits, sizeof exponent);
  exponent -= 4503599627370496.0 + 2048.0;
  uint64_t mantissa_bits = bits - ((biased - 2048) << 52);
  double m;
  memcpy(&m, &mantissa_bits, sizeof m);
  double f = m - 1.0;
  double s = f / (2.0 + f);
  double z = s * s;
  double w = z * z;
  double even = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  double odd = z * (6.666666666666735130e-01
                    + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  double half = 0.5 * f * f;
  double low = exponent * 1.90821492927058770002e-10;
  return exponent * 6.93147180369123816490e-01 - ((half - (s * (half + (even + odd)) + low)) - f);
}

// exp x = 2^k exp(r), |r| <= log(2)/2: with c = r - r² P(r²), exp r = 1 + r + r c / (2 - c). Within one unit in the
// last place. Two powers of two scale, so that subnormal results and overflow come out right.
ALWAYS_INLINE double exponential(double x) {
  const double shift = 6755399441055744.0;  // 1.5·2⁵²: adding it rounds to whole numbers
  x = x > 710.0 ? 710.0 : x;
  x = x < -746.0 ? -746.0 : x;
  double biased = x * 1.44269504088896338700e+00 + shift;
  double k = biased - shift;
  double high = x - k * 6.93147180369123816490e-01;
  double low = k * 1.90821492927058770002e-10;
  double r = high - low;
  double t = r * r;
  double c = r
             - t * (1.66666666666666019037e-01
                    + t * (-2.77777777770155933842e-03
                           + t * (6.61375632143793436117e-05
                                  + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  double y = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
  // k is the low bits of `biased`; halves of it make the two factors.
  uint64_t bits;
  memcpy(&bits, &biased, sizeof bits);
  uint64_t whole = bits - 0x4338000000000000u + 2048;
  uint64_t half = whole >> 1;
  uint64_t first_bits = (half - 1) << 52;
  uint64_t second_bits = (whole - half - 1) << 52;
  double first, second;
  memcpy(&first, &first_bits, sizeof first);
  memcpy(&second, &second_bits, sizeof second);
  return y * first * second;
}

#endif

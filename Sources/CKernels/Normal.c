#include "Normal.h"
#include "Elementary.h"

#define HORNER(x, a, b, c, d, e, f, g, h)                                                                      \
  ((((((((h) * (x) + (g)) * (x) + (f)) * (x) + (e)) * (x) + (d)) * (x) + (c)) * (x) + (b)) * (x) + (a))

// The two rational functions of Wichura's AS 241 (PPND16) that serve p in about (1.4e-11, 1 − 1.4e-11).
ALWAYS_INLINE double body(double p) {
  double q = p - 0.5;
  double t = 0.180625 - q * q;
  double central =
      q * HORNER(t, 3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
                 1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                 3.3430575583588128105e+4, 2.5090809287301226727e+3)
      / HORNER(t, 1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
               2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4,
               5.2264952788528545610e+3);
  double tail = q < 0 ? p : 1.0 - p;
  double r = __builtin_elementwise_sqrt(-logarithm(tail)) - 1.6;
  double outer =
      HORNER(r, 1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0,
             3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1,
             2.27238449892691845833e-2, 7.74545014278341407640e-4)
      / HORNER(r, 1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
               1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
               1.05075007164441684324e-9);
  outer = q < 0 ? -outer : outer;
  return fabs(q) <= 0.425 ? central : outer;
}

// exp(−25): beyond it √(−log p) > 5 and the third rational function serves.
static const double far_tail = 1.3887943864964021e-11;

static double far(double p) {
  if (!(p > 0.0)) return p == 0.0 ? -INFINITY : NAN;
  if (!(p < 1.0)) return p == 1.0 ? INFINITY : NAN;
  double r = __builtin_elementwise_sqrt(-log(p < 0.5 ? p : 1.0 - p)) - 5.0;
  double value =
      HORNER(r, 6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0,
             2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
             2.71155556874348757815e-5, 2.01033439929228813265e-7)
      / HORNER(r, 1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
               7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
               2.04426310338993978564e-15);
  return p < 0.5 ? -value : value;
}

ALWAYS_INLINE int is_far(double p) {
  return !(p > far_tail && 1.0 - p > far_tail);
}

double fs_normal_quantile(double p) { return is_far(p) ? far(p) : body(p); }

FS_MULTIVERSION
void fs_normal_quantiles(double *values, size_t count) {
  for (size_t start = 0; start < count; start += 64) {
    size_t length = count - start < 64 ? count - start : 64;
    double *block = values + start;
    double quantiles[64];
    int any_far = 0;
    for (size_t i = 0; i < length; i++) {
      quantiles[i] = body(block[i]);
      any_far |= is_far(block[i]);
    }
    if (any_far) {
      for (size_t i = 0; i < length; i++) {
        if (is_far(block[i])) quantiles[i] = far(block[i]);
      }
    }
    memcpy(block, quantiles, length * sizeof *block);
  }
}

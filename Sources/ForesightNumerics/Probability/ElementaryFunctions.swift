#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The natural logarithm, under a name that members called `log` do not hide.
func logarithm(_ x: Double) -> Double { log(x) }

/// The exponential function, under a name that members called `exp` do not hide.
func exponential(_ x: Double) -> Double { exp(x) }

/// log(1 + x) without cancellation near 0.
func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }

/// exp x − 1 without cancellation near 0.
func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }

/// x raised to y.
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }

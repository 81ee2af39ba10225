#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The natural logarithm, under a name that members called `log` do not hide.
func logarithm(_ x: Double) -> Double { log(x) }

/// The exponential function, under a name that members called `exp` do not hide.
func exponential(_ x: Double) -> Double { exp(x) }

/// x raised to the power y, under a name that members called `pow` do not hide.
func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }

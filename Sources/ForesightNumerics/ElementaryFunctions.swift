#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Android)
  import Android
#else
  import Darwin
#endif

// The system's elementary functions, under names that members called `log`, `exp` and `pow` do not hide.

/// The natural logarithm.
package func logarithm(_ x: Double) -> Double { log(x) }

/// The exponential function.
package func exponential(_ x: Double) -> Double { exp(x) }

/// log(1 + x) without cancellation near 0.
package func logarithmOfOnePlus(_ x: Double) -> Double { log1p(x) }

/// exp x − 1 without cancellation near 0.
package func exponentialMinusOne(_ x: Double) -> Double { expm1(x) }

/// x raised to the power y.
package func power(_ x: Double, _ y: Double) -> Double { pow(x, y) }

/// The inner product of two vectors of one length.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for i in a.indices { sum += a[i] * b[i] }
  return sum
}

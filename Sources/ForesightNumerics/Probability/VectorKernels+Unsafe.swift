internal import CKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Android)
  import Android
#else
  import Darwin
#endif

/// The exponential function within one unit in the last place, with the same bits as `exponentials`.
func kernelExponential(_ x: Double) -> Double { fs_exponential(x) }

/// Replaces each value with its exponential, a vector at a time.
func exponentials(_ values: inout [Double]) {
  unsafe values.withUnsafeMutableBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return }
    unsafe fs_exponentials(start, buffer.count)
  }
}

extension BetaQuantileTable {
  /// Replaces each probability with its quantile.
  func evaluate(_ probabilities: inout [Double]) {
    unsafe probabilities.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe lower.terms.withUnsafeBufferPointer { low in
        unsafe upper.terms.withUnsafeBufferPointer { high in
          unsafe fs_beta_quantiles(
            start, buffer.count,
            fs_beta_tail(
              power: lower.power, scale: lower.scale, pieces: Int64(lower.pieces), terms: low.baseAddress),
            fs_beta_tail(
              power: upper.power, scale: upper.scale, pieces: Int64(upper.pieces), terms: high.baseAddress))
        }
      }
    }
  }

  /// The number of polynomial coefficients per piece.
  static let terms = Int(FS_BETA_TERMS)
}

extension SpecialFunctions {
  /// The logarithm of |Γ(x)|.
  public static func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return unsafe lgamma_r(x, &sign)
  }

  /// The standard normal quantile Φ⁻¹(p) to about 1e-16 relative; ∓∞ at 0 and 1, and NaN outside.
  ///
  /// Wichura, "Algorithm AS 241", Applied Statistics 37 (1988) 477–484, PPND16.
  public static func normalQuantile(_ p: Double) -> Double {
    isProbability(p) ? fs_normal_quantile(p) : .nan
  }

  /// Replaces each probability with its standard normal quantile: the same bits as `normalQuantile`, a vector at a
  /// time.
  public static func normalQuantiles(_ probabilities: inout [Double]) {
    unsafe probabilities.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe fs_normal_quantiles(start, buffer.count)
    }
  }
}

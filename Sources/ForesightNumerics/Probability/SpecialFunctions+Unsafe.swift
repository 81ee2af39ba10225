internal import CKernels

extension SpecialFunctions {
  /// The standard normal quantile Φ⁻¹(p) to about 1e-16 relative; ∓∞ at 0 and 1.
  ///
  /// Wichura, "Algorithm AS 241", Applied Statistics 37 (1988) 477–484, PPND16.
  public static func normalQuantile(_ p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "a probability is between 0 and 1")
    return fs_normal_quantile(p)
  }

  /// Replaces each probability by its standard normal quantile: the bits of `normalQuantile`, a vector at a time.
  public static func normalQuantiles(_ probabilities: inout [Double]) {
    probabilities.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      fs_normal_quantiles(start, buffer.count)
    }
  }
}

internal import CKernels

extension Estimation {
  /// The smallest value whose cdf is at least p; the values are reordered.
  static func quantile(_ probability: Double, of values: inout [Double]) -> Double {
    let rank = (probability * Double(values.count)).rounded(.up)
    let index = min(values.count, max(1, Int(rank))) - 1
    return values.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { fs_select($0, buffer.count, index) } ?? .nan
    }
  }
}

internal import CKernels

extension Estimation {
  /// The smallest value whose cdf is at least p; the values are reordered.
  static func quantile(_ probability: Double, of values: inout [Double]) -> Double {
    let rank = (probability * Double(values.count)).rounded(.up)
    let index = min(values.count, max(1, Int(rank))) - 1
    return unsafe values.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe fs_select($0, buffer.count, index) } ?? .nan
    }
  }

  /// The inverted cdf at ascending probabilities, as `Empirical.quantile` has it; the values are reordered.
  ///
  /// Each rank is selected between those found before, so that n values take about n log₂ k comparisons for k probabilities, and
  /// are not sorted.
  static func quantiles(_ probabilities: [Double], of values: inout [Double]) -> [Double] {
    let count = Double(values.count)
    let ranks = probabilities.map { p -> Int in
      var rank = max(1, (p * count).rounded(.up))
      // p·n may round up past a whole number: 0.55·100.
      if rank > 1, (rank - 1) / count >= p { rank -= 1 }
      return min(values.count, Int(rank)) - 1
    }
    unsafe values.withUnsafeMutableBufferPointer { unsafe select(ranks[...], in: $0, from: 0) }
    return ranks.map { values[$0] }
  }

  /// Puts the values of ascending ranks in their places; the first value of the buffer has the rank `first`.
  private static func select(
    _ ranks: ArraySlice<Int>, in buffer: UnsafeMutableBufferPointer<Double>, from first: Int
  ) {
    guard !ranks.isEmpty, let start = buffer.baseAddress else { return }
    let middle = ranks.startIndex + ranks.count / 2
    let place = ranks[middle] - first
    _ = unsafe fs_select(start, buffer.count, place)
    let below = ranks[..<middle].prefix { $0 < ranks[middle] }
    let above = ranks[middle...].drop { $0 == ranks[middle] }
    unsafe select(below, in: UnsafeMutableBufferPointer(rebasing: buffer[..<place]), from: first)
    unsafe select(
      above, in: UnsafeMutableBufferPointer(rebasing: buffer[(place + 1)...]), from: ranks[middle] + 1)
  }
}

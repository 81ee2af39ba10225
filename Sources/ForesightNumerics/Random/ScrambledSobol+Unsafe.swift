internal import CKernels

extension ScrambledSobol {
  /// Writes the points of a range into the first elements of an array, as many as it holds; the first point is number 0.
  public func points(_ range: Range<Int>, into values: inout [Double]) {
    let range = range.clamped(to: 0..<Int.max)
    let count = min(range.count, values.count)
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, count > 0 else { return }
      unsafe fs_sobol_scrambled(directions, keys, UInt64(range.lowerBound), count, start)
    }
  }
}

internal import CKernels

extension ScrambledSobol {
  /// Writes the points of a range into the first elements of an array that is long enough.
  public func points(_ range: Range<Int>, into values: inout [Double]) {
    precondition(range.lowerBound >= 0, "the first point must not be negative")
    precondition(values.count >= range.count, "the array must hold every point")
    unsafe values.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, !range.isEmpty else { return }
      unsafe fs_sobol_scrambled(directions, keys, UInt64(range.lowerBound), range.count, start)
    }
  }
}

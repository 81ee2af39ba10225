/// Columns stored in vectors of eight, padded with zeros.
@safe final class PackedColumns {
  private let length: Int
  private let stride: Int
  private let values: UnsafeMutablePointer<SIMD8<Double>>
  /// The index of the first vector of each column that is not zero.
  private var first: [Int] = []

  init(_ columns: [[Double]], length: Int) {
    self.length = length
    stride = (length + 7) / 8
    unsafe values = .allocate(capacity: max(columns.count * stride, 1))
    unsafe values.initialize(repeating: .zero, count: columns.count * stride)
    for (place, column) in columns.enumerated() {
      let target = unsafe values + place * stride
      let start = column.firstIndex { $0 != 0 } ?? length
      for t in start..<length { unsafe target[t >> 3][t & 7] = column[t] }
      first.append(start >> 3)
    }
  }

  deinit { unsafe values.deallocate() }

  func scale(_ place: Int, by factors: [Double]) {
    let target = unsafe values + place * stride
    for t in (first[place] * 8)..<max(length, first[place] * 8) { unsafe target[t >> 3][t & 7] *= factors[t] }
  }

  func scale(_ place: Int, by factor: Double) {
    let target = unsafe values + place * stride
    for t in first[place]..<max(stride, first[place]) { unsafe target[t] *= factor }
  }

  func product(_ i: Int, _ j: Int) -> Double {
    let a = unsafe values + i * stride
    let b = unsafe values + j * stride
    var even = SIMD8<Double>.zero
    var odd = SIMD8<Double>.zero
    var t = max(first[i], first[j])
    while t + 1 < stride {
      unsafe even += a[t] * b[t]
      unsafe odd += a[t + 1] * b[t + 1]
      t += 2
    }
    if t < stride { unsafe even += a[t] * b[t] }
    return (even + odd).sum()
  }

  func add(_ factor: Double, of i: Int, to j: Int) {
    let a = unsafe values + i * stride
    let b = unsafe values + j * stride
    for t in first[i]..<max(stride, first[i]) { unsafe b[t] += factor * a[t] }
    first[j] = min(first[i], first[j])
  }

  func column(_ place: Int) -> [Double] {
    let source = unsafe values + place * stride
    return (0..<length).map { unsafe source[$0 >> 3][$0 & 7] }
  }
}

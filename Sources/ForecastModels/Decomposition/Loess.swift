internal import RealModule

/// Values at integer positions, in order, with the weights of a robust fit.
struct LoessPoints {
  var places: [Int]
  var values: [Double]
  /// `nil` for equal weights.
  var weights: [Double]?
}

/// Local regression with tricube weights at integer positions.
///
/// W. S. Cleveland, *J. Am. Stat. Assoc.* 74 (1979) 829–836, doi:10.1080/01621459.1979.10481038, in the form of
/// R. B. Cleveland, W. S. Cleveland, J. E. McRae and I. Terpenning, *J. Official Statistics* 6 (1990) 3–73, section 2:
/// if the window is longer than the data, the bandwidth grows by half the excess.
struct Loess {
  /// The number of points in a neighbourhood, odd.
  let window: Int
  /// 0 for a local constant, 1 for a local line.
  let degree: Int
  /// The distance between evaluations; the curve is interpolated between them.
  let jump: Int

  /// The curve at the positions 0 ..< count.
  ///
  /// Cost: O(count · window / jump).
  func smooth(_ points: LoessPoints, over count: Int) -> [Double] {
    var curve = [Double](repeating: 0, count: count)
    guard count > 1 else { return points.values }
    let step = min(jump, count - 1)
    var left = 0
    var last = 0
    for place in sequence(first: 0, next: { $0 == count - 1 ? nil : min($0 + step, count - 1) }) {
      curve[place] =
        value(points, at: place, from: &left, extent: count)
        ?? substitute(points, at: place, from: left, extent: count)
      for between in (last + 1)..<max(place, last + 1) {
        let share = Double(between - last) / Double(place - last)
        curve[between] = curve[last] + share * (curve[place] - curve[last])
      }
      last = place
    }
    return curve
  }

  /// The value of the local fit at a position; `nil` if a robust fit leaves no neighbor.
  ///
  /// The neighborhood moves forward from its left end.
  func value(_ points: LoessPoints, at place: Int, from left: inout Int, extent: Int) -> Double? {
    let (range, h) = neighbourhood(points, of: place, from: left)
    left = range.lowerBound
    return estimate(points, range, at: place, h: h, weights: points.weights, extent: extent)
  }

  /// The value where there is no neighbor: the observation, as in the code of the paper, or the fit without weights.
  private func substitute(_ points: LoessPoints, at place: Int, from left: Int, extent: Int) -> Double {
    if let own = points.places.firstIndex(of: place) { return points.values[own] }
    let (range, h) = neighbourhood(points, of: place, from: left)
    return estimate(points, range, at: place, h: h, weights: nil, extent: extent) ?? points.values[left]
  }

  /// The value of the local fit at a position; `nil` if all weights are zero.
  private func estimate(
    _ points: LoessPoints, _ range: ClosedRange<Int>, at place: Int, h: Double, weights: [Double]?,
    extent: Int
  ) -> Double? {
    let linear = kernel(points, range, at: place, h: h, weights: weights, extent: extent)
    guard let linear else { return nil }
    var sum = 0.0
    for (weight, index) in zip(linear, range) { sum += weight * points.values[index] }
    return sum
  }

  /// The weights lᵢ of the linear smoother ŷ(place) = Σ lᵢ yᵢ at a position.
  func weights(_ points: LoessPoints, at place: Int, extent: Int) -> [Double] {
    let (range, h) = neighbourhood(points, of: place, from: 0)
    return kernel(points, range, at: place, h: h, weights: points.weights, extent: extent) ?? []
  }

  /// The nearest points, searched from a left end, and the bandwidth.
  private func neighbourhood(
    _ points: LoessPoints, of place: Int, from start: Int
  ) -> (range: ClosedRange<Int>, h: Double) {
    let count = points.places.count
    let size = min(window, count)
    var left = start
    while left + size < count, points.places[left + size] - place < place - points.places[left] { left += 1 }
    let right = left + size - 1
    var bandwidth = max(abs(place - points.places[left]), abs(points.places[right] - place))
    if window > count { bandwidth += (window - count) / 2 }
    return (left...right, Double(bandwidth))
  }

  /// The lᵢ of a neighborhood; `nil` if none is positive.
  private func kernel(
    _ points: LoessPoints, _ range: ClosedRange<Int>, at place: Int, h: Double, weights: [Double]?,
    extent: Int
  ) -> [Double]? {
    var shares: [Double] = []
    shares.reserveCapacity(range.count)
    var total = 0.0
    for index in range {
      let distance = Double(abs(points.places[index] - place))
      var share = 0.0
      if distance <= 0.999 * h {
        if distance <= 0.001 * h {
          share = 1
        } else {
          let ratio = distance / h
          let rest = 1 - ratio * ratio * ratio
          share = rest * rest * rest
        }
        if let weights { share *= weights[index] }
      }
      shares.append(share)
      total += share
    }
    guard total > 0 else { return nil }
    for k in shares.indices { shares[k] /= total }
    guard h > 0, degree > 0 else { return shares }
    var centre = 0.0
    for (share, index) in zip(shares, range) { centre += share * Double(points.places[index]) }
    var spread = 0.0
    for (share, index) in zip(shares, range) {
      let offset = Double(points.places[index]) - centre
      spread += share * offset * offset
    }
    // A neighborhood of almost one position has no slope.
    guard spread.squareRoot() > 0.001 * Double(extent - 1) else { return shares }
    let slope = (Double(place) - centre) / spread
    for (k, index) in range.enumerated() {
      shares[k] *= slope * (Double(points.places[index]) - centre) + 1
    }
    return shares
  }
}

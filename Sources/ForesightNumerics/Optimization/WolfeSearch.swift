/// A line search for a point that satisfies the strong Wolfe conditions.
///
/// f(α) ≤ f(0) + c₁·α·f′(0) and |f′(α)| ≤ c₂·|f′(0)|, with c₁ = 1e-4 and c₂ = 0.9, or the longest allowed step
/// if the function still falls there. Source: Nocedal and Wright, algorithms 3.5 and 3.6.
struct WolfeSearch {
  let start: LBFGSB.Sample
  let direction: [Double]
  let slope: Double
  let longest: Double
  let box: BoxBounds
  let sufficientDecrease = 1e-4
  let curvature = 0.9

  private struct Trial {
    var length: Double
    var sample: LBFGSB.Sample
    var slope: Double
  }

  /// Returns the accepted sample, or nil if no step lowers the function.
  func run(_ evaluate: ([Double]) -> LBFGSB.Sample) -> LBFGSB.Sample? {
    func trial(_ length: Double) -> Trial {
      let point = direction.indices.map {
        box.clamp(start.point[$0] + length * direction[$0], at: $0)
      }
      let sample = evaluate(point)
      return Trial(length: length, sample: sample, slope: dot(sample.gradient, direction))
    }
    var previous = Trial(length: 0, sample: start, slope: slope)
    var length = min(1, longest)
    for attempt in 0..<40 {
      let current = trial(length)
      if !current.sample.isFinite {
        // Outside the function's domain: come back toward the last finite point.
        length = previous.length + 0.1 * (length - previous.length)
        if length - previous.length <= 1e-18 * max(length, 1) { break }
        continue
      }
      let ceiling = start.value + sufficientDecrease * length * slope
      if current.sample.value > ceiling || (attempt > 0 && current.sample.value >= previous.sample.value) {
        return zoom(previous, current, trial)
      }
      if abs(current.slope) <= curvature * abs(slope) { return current.sample }
      if current.slope >= 0 { return zoom(current, previous, trial) }
      if length >= longest { return current.sample }
      previous = current
      length = min(length * 2.5, longest)
    }
    return previous.length > 0 ? previous.sample : nil
  }

  private func zoom(_ first: Trial, _ second: Trial, _ trial: (Double) -> Trial) -> LBFGSB.Sample? {
    var low = first
    var high = second
    for _ in 0..<60 {
      let width = abs(high.length - low.length)
      var length = minimizer(low, high)
      let margin = 0.1 * width
      let left = min(low.length, high.length) + margin
      let right = max(low.length, high.length) - margin
      if !(length >= left && length <= right) { length = 0.5 * (low.length + high.length) }
      if length == low.length || length == high.length { break }
      let current = trial(length)
      let ceiling = start.value + sufficientDecrease * length * slope
      if !current.sample.isFinite || current.sample.value > ceiling
        || current.sample.value >= low.sample.value
      {
        high = current
      } else {
        if abs(current.slope) <= curvature * abs(slope) { return current.sample }
        if current.slope * (high.length - low.length) >= 0 { high = low }
        low = current
      }
      if width <= 1e-16 * max(low.length, high.length) { break }
    }
    return low.length > 0 && low.sample.value < start.value ? low.sample : nil
  }

  /// The minimizer of the cubic through both values and slopes.
  private func minimizer(_ a: Trial, _ b: Trial) -> Double {
    guard b.sample.isFinite else { return .nan }
    let width = b.length - a.length
    let d1 = a.slope + b.slope - 3 * (a.sample.value - b.sample.value) / (a.length - b.length)
    let discriminant = d1 * d1 - a.slope * b.slope
    guard discriminant >= 0 else { return .nan }
    let root = discriminant.squareRoot()
    let d2 = width >= 0 ? root : -root
    return b.length - width * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2)
  }
}

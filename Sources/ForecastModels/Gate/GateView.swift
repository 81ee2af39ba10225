internal import ForesightNumerics

/// A scaled series as the network sees it, with a last value far outside put aside.
struct GateView: Sendable {
  /// The view of no values.
  static let empty = GateView(ScaledSample([0, 0, 0]), cycles: [])

  /// The power of two that values are divided by.
  let scale: Double
  let state: GateState
  /// A last value far outside, in whose place the state has what was expected.
  let end: EndOutlier?

  init(_ sample: ScaledSample, cycles: [Int]) {
    let cycle = cycles.first ?? 1
    let longer = cycles.dropFirst().first ?? 0
    var values = Gate.filled(sample.values, cycle: cycle)
    var end: EndOutlier?
    let observed = sample.values.map { $0.isNaN ? nil : $0 }
    if let found = EndOutlier(observed, cycle: cycle, isRelative: false) {
      let before = GateState(Array(values.dropLast()), cycle: cycle, longer: longer)
      let expected = before.quantiles(1)[0][3]
      end = EndOutlier(
        value: sample.scale * found.value, expected: sample.scale * expected, share: EndOutlier.share)
      values[values.count - 1] = expected
    }
    scale = sample.scale
    self.end = end
    state = GateState(values, cycle: cycle, longer: longer)
  }

  /// Seven quantiles of each of the next steps, in the series' own scale.
  func quantiles(_ horizon: Int) -> [[Double]] {
    state.quantiles(horizon).map { knots in
      let own = knots.map { scale * $0 }
      return end.map { GateView.spread(own, to: $0) } ?? own
    }
  }

  /// Quantiles half-way to an unlikely last value, with an 80 % interval that reaches from what was expected to it.
  private static func spread(_ knots: [Double], to end: EndOutlier) -> [Double] {
    let half = 0.5 * abs(end.value - end.expected)
    return zip(knots, QuantileCurve.scores).map { knot, score in
      let share = min(max(score / QuantileCurve.scores[5], -1), 1)
      return knot + end.shift + half * share
    }
  }
}

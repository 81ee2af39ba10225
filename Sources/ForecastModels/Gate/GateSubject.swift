internal import RealModule

/// A series as the gate sees it: measured from its last value, in units of its mean absolute seasonal difference.
///
/// What is computed of it does not change when the series is moved or multiplied, and changes its sign with the series.
struct GateSubject: Sendable {
  /// The last values, in units.
  let values: [Double]
  /// The base periods in the cycle; 1 without a season.
  let cycle: Int
  /// The base periods in a longer cycle; 0 without one.
  let longer: Int
  /// What is zero in units.
  let origin: Double
  /// The mean absolute seasonal difference; 0 if the series repeats its cycle exactly.
  let unit: Double

  /// More values say nothing more, unless they are cycles.
  private static let memory = 1_344

  /// A view of complete finite values.
  ///
  /// A cycle counts if it comes twice with two values more, a longer one if it is a multiple of it and comes once with a cycle more.
  init(_ all: [Double], cycle given: Int, longer further: Int) {
    let cycle = given > 1 && all.count >= 2 * given + 2 ? given : 1
    let isMultiple = cycle > 1 && further > cycle && further.isMultiple(of: cycle)
    let longer = isMultiple && all.count >= further + cycle ? further : 0
    let kept = all.suffix(max(GateSubject.memory, 8 * cycle, 3 * longer + cycle))
    self.cycle = cycle
    self.longer = longer
    let origin = kept.last ?? 0
    self.origin = origin
    let moved = kept.map { $0 - origin }
    var sum = 0.0
    for t in cycle..<max(moved.count, cycle) { sum += abs(moved[t] - moved[t - cycle]) }
    let unit = moved.count > cycle ? sum / Double(moved.count - cycle) : 0
    self.unit = unit
    values = unit > 0 ? moved.map { $0 / unit } : moved
  }

  /// The number of values.
  var count: Int { values.count }
}

import Foundation

/// A series made of random parts, with the steps that a forecast is asked for.
struct SyntheticSeries {
  /// The values, those after the origin at the end.
  let values: [Double]
  /// The number of values that are known.
  let known: Int
  let cycle: Int
  /// 0 without one.
  let longer: Int
  /// The steps asked for, in order.
  let steps: [Int]

  /// The frequency and the length of a series.
  struct Shape {
    var cycle = 1
    var longer = 0
    var known = 0
    var horizon = 1

    /// Years and other series without a season, quarters, months, days, hours, half-hours, and other cycles.
    init(_ r: inout Draws) {
      let u = r.uniform()
      switch u {
      case ..<0.18:
        known = Int(r.logUniform(9, 60))
        horizon = r.whole(4, 8)
      case ..<0.29:
        known = Int(r.logUniform(60, 500))
        horizon = r.whole(6, 30)
      case ..<0.42:
        cycle = 4
        known = Int(r.logUniform(12, 120))
        horizon = 8
      case ..<0.61:
        cycle = 12
        known = Int(r.logUniform(28, 300))
        horizon = r.whole(12, 24)
      case ..<0.70:
        cycle = 7
        known = Int(r.logUniform(40, 800))
        horizon = r.whole(7, 56)
      case ..<0.86:
        cycle = 24
        longer = 168
        known = Int(r.logUniform(72, 1_344))
        horizon = 48
      case ..<0.92:
        cycle = 48
        longer = 336
        known = Int(r.logUniform(144, 1_344))
        horizon = 96
      default:
        cycle = [2, 3, 5, 6, 8, 10, 13, 16, 20, 30, 52][r.whole(0, 10)]
        known = Int(Double(cycle) * r.logUniform(3, 20))
        horizon = min(2 * cycle, 60)
      }
      if cycle == 1, r.chance(0.08) { known = r.whole(3, 9) }
      known = max(known, cycle == 1 ? 3 : 2 * cycle + 3)
    }
  }

  /// The series of a number under a seed: a pure function of both.
  init(seed: UInt64, number: Int, steps count: Int = 8, prior: Prior) {
    var r = Draws(seed: seed, series: number)
    let shape = Shape(&r)
    let warmUp = r.whole(0, 3 * max(shape.cycle, 8) - 1)
    let all = SeriesParts(&r, count: warmUp + shape.known + shape.horizon, shape, prior: prior).values()
    values = Array(all.dropFirst(warmUp))
    known = shape.known
    cycle = shape.cycle
    longer = shape.longer
    var chosen: Set<Int> = []
    while chosen.count < min(count, shape.horizon) { chosen.insert(r.whole(1, shape.horizon)) }
    steps = chosen.sorted()
  }
}

internal import RealModule

/// What announcements of one kind say of the next: the chance that it comes in time, and the law of its delay if it does not.
///
/// A share θ comes in time, with Jeffreys' Beta(½, ½) prior. The others never come, with probability ν, or are late by an
/// exponential delay with mean m. The posterior of (ν, m) is on a grid of 100 × 120 points, ν uniform and m lognormal with median
/// three years and σ = 0.7 (judgement). What was open when the table was closed, c years after its date, is censored, with
/// likelihood ν + (1 − ν)e^{−c/m}.
struct DelayPosterior: Sendable {
  private struct Point {
    var weight: Double
    let never: Double
    let mean: Double
  }

  private let points: [Point]
  /// The posterior mean of θ.
  let inTime: Double

  /// The posterior after the announcements given; without any it is the prior.
  ///
  /// - Complexity: 12,000 times the announcements that were not in time.
  init(_ announcements: some Collection<DelayCalibration.Announcement>) {
    let kept = announcements.count { $0.isInTime }
    inTime = (Double(kept) + 0.5) / (Double(announcements.count) + 1)
    var points: [Point] = []
    points.reserveCapacity(12_000)
    for i in 0..<100 {
      let never = (Double(i) + 0.5) / 100
      for j in 0..<120 {
        let z = -4 + 8 * (Double(j) + 0.5) / 120
        let mean = 3 * Double.exp(0.7 * z)
        var log = -0.5 * z * z
        for item in announcements where !item.isInTime {
          if let came = item.came {
            log += Double.log((1 - never) / mean) - (came - item.due) / mean
          } else {
            log += Double.log(never + (1 - never) * Double.exp(-(item.knownUntil - item.due) / mean))
          }
        }
        points.append(Point(weight: log, never: never, mean: mean))
      }
    }
    let top = points.map(\.weight).max() ?? 0
    var total = 0.0
    for k in points.indices {
      points[k].weight = Double.exp(points[k].weight - top)
      total += points[k].weight
    }
    for k in points.indices { points[k].weight /= total }
    self.points = points
  }

  /// The posterior mean of ν, the share of what is not in time that never comes.
  var never: Double { points.reduce(0) { $0 + $1.weight * $1.never } }

  /// The probability that it has come by `delay` years after its date, at least zero.
  func cameBy(_ delay: Double) -> Double { inTime + (1 - inTime) * (1 - never) * lateCDF(delay) }

  /// The delay in years that those that come late do not exceed with probability `p`, by bisection in 0 … 1,000.
  func lateQuantile(_ p: Double) -> Double {
    var low = 0.0
    var high = 1000.0
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if lateCDF(middle) < p { low = middle } else { high = middle }
    }
    return 0.5 * (low + high)
  }

  private func lateCDF(_ delay: Double) -> Double {
    var sum = 0.0
    var late = 0.0
    for point in points {
      let weight = point.weight * (1 - point.never)
      late += weight
      sum += weight * (1 - Double.exp(-delay / point.mean))
    }
    return sum / late
  }
}

internal import ForesightNumerics

/// The distribution of a step about which nothing is known.
struct UnknownDistribution: Distribution {
  var mean: Double { .nan }
  var variance: Double { .nan }
  func density(_ x: Double) -> Double { .nan }
  func logDensity(_ x: Double) -> Double { .nan }
  func cdf(_ x: Double) -> Double { .nan }
  func quantile(_ p: Double) -> Double { .nan }
}

internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The joint distribution with each step shifted, and widened around its mean: x̄ + w (x − x̄) + c.
struct RescaledDistribution: PredictiveDistribution {
  private let base: any PredictiveDistribution
  private let centres: [Double]
  private let widths: [Double]
  private let shifts: [Double]

  /// The distribution with a variance added to each step, and the ranks of the base.
  init(_ base: any PredictiveDistribution, shifts: [Double], addedVariances: [Double]) {
    self.base = base
    self.shifts = shifts
    let margins = (0..<base.horizon).map { base.marginal($0) }
    centres = margins.map(\.mean)
    widths = zip(margins, addedVariances).map { margin, added in
      let own = margin.variance
      // A distribution without variance cannot be widened by a factor.
      guard own > 0, own.isFinite, added > 0 else { return 1 }
      return (1 + added / own).squareRoot()
    }
  }

  /// The distribution with each step moved and its distance from the mean multiplied.
  init(_ base: any PredictiveDistribution, shifts: [Double], widths: [Double]) {
    self.base = base
    self.shifts = shifts
    self.widths = widths
    centres = (0..<base.horizon).map { base.marginal($0).mean }
  }

  var horizon: Int { base.horizon }

  func marginal(_ step: Int) -> any Distribution {
    RescaledMargin(
      base: base.marginal(step), centre: centres[step], width: widths[step], shift: shifts[step])
  }

  func quantile(_ probability: Double) -> [Double] {
    base.quantile(probability).enumerated().map { step, x in
      centres[step] + widths[step] * (x - centres[step]) + shifts[step]
    }
  }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    var paths = base.samplePaths(count, seed: seed)
    for path in 0..<count {
      for step in 0..<horizon {
        paths[step, path] = centres[step] + widths[step] * (paths[step, path] - centres[step]) + shifts[step]
      }
    }
    return paths
  }

  func linearCombination(
    _ weights: [Double], constant: Double
  ) throws(NumericsError) -> (any Distribution)? {
    var moved = constant
    for step in 0..<horizon {
      moved += weights[step] * (shifts[step] + (1 - widths[step]) * centres[step])
    }
    return try base.linearCombination(zip(weights, widths).map { $0 * $1 }, constant: moved)
  }
}

/// The distribution of x̄ + w (x − x̄) + c, w > 0.
private struct RescaledMargin: Distribution {
  let base: any Distribution
  let centre: Double
  let width: Double
  let shift: Double

  private func origin(_ y: Double) -> Double { centre + (y - shift - centre) / width }

  func quantile(_ p: Double) -> Double { centre + width * (base.quantile(p) - centre) + shift }
  func cdf(_ y: Double) -> Double { base.cdf(origin(y)) }
  func density(_ y: Double) -> Double { base.density(origin(y)) / width }
  func logDensity(_ y: Double) -> Double { base.logDensity(origin(y)) - .log(width) }
  var mean: Double { base.mean + shift }
  var variance: Double { width * width * base.variance }
}

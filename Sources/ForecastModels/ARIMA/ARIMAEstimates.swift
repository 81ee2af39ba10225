internal import ForesightNumerics
internal import RealModule

/// What a fit estimates beside φ, θ, Φ and Θ, and how well it knows them: what stays when later values are taken in.
struct ARIMAEstimates: Sendable, Codable {
  /// The mean (d + D = 0) or the drift a base period (d + D = 1); zero without one.
  let constant: Double
  /// Its standard error; nil without one or for a perfect fit.
  let constantStandardError: Double?
  /// σ̂² = S/(ν − k).
  let variance: Double
  /// ν − k.
  let degreesOfFreedom: Int
  /// The partial autocorrelations, where the coefficients were searched.
  let partials: [Double]?
  /// A factor of their covariance, one direction a row.
  let directions: [[Double]]
  /// The standard errors of φ, θ, Φ, Θ in order.
  let standardErrors: [Double?]
  /// How much wider forecasts are than the model's own law.
  let spread: ARIMASpread

  init(
    _ objective: ARIMAObjective, solution: ARIMAObjective.Solution, partials: [Double]?, covariance: Matrix?,
    spread: ARIMASpread
  ) {
    self.spread = spread
    let order = objective.order
    let sample = objective.sample
    let free = max(sample.effective - order.armaCount - (objective.hasConstant ? 1 : 0), 1)
    degreesOfFreedom = free
    variance = solution.isPerfect ? 0 : solution.squares / Double(free) * sample.scale * sample.scale
    constant = solution.constant * sample.scale
    if objective.hasConstant, !solution.isPerfect, let factor = solution.information {
      // The constant is the last column: its share of the inverse information is that of the last pivot.
      constantStandardError = variance.squareRoot() / factor[factor.rows - 1, factor.rows - 1]
    } else {
      constantStandardError = nil
    }
    self.partials = partials
    (directions, standardErrors) = ARIMAEstimates.uncertainty(
      order, partials: partials, covariance: solution.isPerfect ? nil : covariance)
  }

  /// The directions of the partial autocorrelations' uncertainty, and the coefficients' standard errors by the delta method.
  private static func uncertainty(
    _ order: ARIMAOrder, partials: [Double]?, covariance: Matrix?
  ) -> ([[Double]], [Double?]) {
    guard let partials, let covariance, let eigen = try? SymmetricEigen(covariance) else {
      return ([], [Double?](repeating: nil, count: order.armaCount))
    }
    var directions: [[Double]] = []
    for (k, value) in eigen.values.enumerated() where value > 0 {
      directions.append(eigen.vectors.column(k).map { $0 * value.squareRoot() })
    }
    var squares = [Double](repeating: 0, count: partials.count)
    for direction in directions {
      let moved = ARIMAPartials(
        order, zip(partials, direction).map { ARMAJet($0, SIMD8($1, 0, 0, 0, 0, 0, 0, 0)) }
      ).all
      for i in squares.indices { squares[i] += moved[i].slope[0] * moved[i].slope[0] }
    }
    return (directions, squares.map { $0 > 0 ? $0.squareRoot() : nil })
  }
}

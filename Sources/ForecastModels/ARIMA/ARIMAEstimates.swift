internal import ForesightNumerics
internal import RealModule

/// The estimates beside φ, θ, Φ and Θ, and the uncertainty of all: what stays fixed when a fit is updated.
struct ARIMAEstimates: Sendable, Codable {
  /// The mean (d + D = 0) or the drift per base period (d + D = 1); zero without a constant.
  let constant: Double
  /// The standard error of the constant; `nil` without a constant or for a perfect fit.
  let constantStandardError: Double?
  /// The coefficients of the external variables and their standard errors, `nil` for a perfect fit.
  private(set) var regression: [Double] = []
  private(set) var regressionStandardErrors: [Double?] = []
  /// σ̂² = S/(ν − k).
  let variance: Double
  /// ν − k.
  let degreesOfFreedom: Int
  /// The partial autocorrelations; `nil` if the coefficients were given.
  let partials: [Double]?
  /// A factor of their covariance, one direction per row.
  let directions: [[Double]]
  /// The standard errors of φ, θ, Φ, Θ in order.
  let standardErrors: [Double?]
  /// How much wider forecasts are than the model implies.
  let spread: Spread

  private enum CodingKeys: String, CodingKey {
    case constant, constantStandardError, regression, regressionStandardErrors, variance, degreesOfFreedom,
      partials, directions, standardErrors, spread
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    constant = try container.decode(Double.self, forKey: .constant)
    constantStandardError = try container.decodeIfPresent(Double.self, forKey: .constantStandardError)
    regression = try container.decodeIfPresent([Double].self, forKey: .regression) ?? []
    regressionStandardErrors =
      try container.decodeIfPresent([Double?].self, forKey: .regressionStandardErrors) ?? []
    variance = try container.decode(Double.self, forKey: .variance)
    degreesOfFreedom = try container.decode(Int.self, forKey: .degreesOfFreedom)
    partials = try container.decodeIfPresent([Double].self, forKey: .partials)
    directions = try container.decode([[Double]].self, forKey: .directions)
    standardErrors = try container.decode([Double?].self, forKey: .standardErrors)
    spread = try container.decode(Spread.self, forKey: .spread)
  }

  init(
    _ objective: ARIMAObjective, solution: ARIMAObjective.Solution, partials: [Double]?, covariance: Matrix?,
    spread: Spread
  ) {
    self.spread = spread
    let order = objective.order
    let sample = objective.sample
    let free = max(sample.effective - objective.parameterCount + 1, 1)
    degreesOfFreedom = free
    variance = solution.isPerfect ? 0 : solution.squares / Double(free) * sample.scale * sample.scale
    constant = solution.constant * sample.scale
    let deviation = variance.squareRoot()
    let first = solution.informed
    let units = sample.regressors.units
    regression = zip(solution.regression, units).map { $0 * sample.scale / $1 }
    let factor = solution.isPerfect ? nil : solution.information
    self.partials = partials
    (directions, standardErrors) = ARIMAEstimates.uncertainty(
      order, partials: partials, covariance: solution.isPerfect ? nil : covariance)
    let moved = factor == nil ? [] : ARIMAEstimates.moved(objective, partials, directions)
    regressionStandardErrors = units.indices.map { k in
      factor.map {
        let given = deviation / units[k] * ARIMAEstimates.spread(of: [first + k: 1], $0)
        return moved.reduce(given * given) { sum, change in
          let slope = change.regression[k] * sample.scale / units[k]
          return sum + slope * slope
        }.squareRoot()
      }
    }
    if objective.hasConstant, let factor {
      // The constant for the variables themselves: that for the shifted ones minus β times the shifts.
      var contrast = [first + units.count: 1.0]
      for (k, shift) in objective.shifts.enumerated() { contrast[first + k] = -shift }
      let given = deviation * ARIMAEstimates.spread(of: contrast, factor)
      constantStandardError =
        moved.reduce(given * given) { sum, change in
          let slope = change.constant * sample.scale
          return sum + slope * slope
        }.squareRoot()
    } else {
      constantStandardError = nil
    }
  }

  /// How the estimates of constant and external variables move with the coefficients, along each direction of their uncertainty.
  ///
  /// With these moves, the standard errors are those of the observed information on all parameters together.
  private static func moved(
    _ objective: ARIMAObjective, _ partials: [Double]?, _ directions: [[Double]]
  ) -> [(regression: [Double], constant: Double)] {
    guard let partials, objective.hasConstant || !objective.shifts.isEmpty else { return [] }
    let step = 1e-3
    return directions.compactMap { direction in
      let ends = [step, -step].map { step in
        let moved = zip(partials, direction).map { min(max($0 + step * $1, -1 + 1e-6), 1 - 1e-6) }
        return objective.solution(ARIMAPartials(objective.order, moved.map { ARMAJet($0) }).coefficients)
      }
      guard let up = ends[0], let down = ends[1] else { return nil }
      return (
        zip(up.regression, down.regression).map { ($0 - $1) / (2 * step) },
        (up.constant - down.constant) / (2 * step)
      )
    }
  }

  /// √(vᵀ(LLᵀ)⁻¹v) of a contrast.
  private static func spread(of contrast: [Int: Double], _ factor: Matrix) -> Double {
    var solved: [Double] = []
    var squares = 0.0
    for i in 0..<factor.rows {
      var sum = contrast[i] ?? 0
      for k in 0..<i { sum -= factor[i, k] * solved[k] }
      solved.append(sum / factor[i, i])
      squares += solved[i] * solved[i]
    }
    return squares.squareRoot()
  }

  /// The directions of uncertainty of the partial autocorrelations, and the standard errors of the coefficients by the delta method.
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

internal import RealModule

/// What forms are chosen by.
enum ETSCriterion {
  /// Akaike's corrected criterion.
  static func aicc(_ logLikelihood: Double, parameters: Int, observations: Int) -> Double {
    let k = Double(parameters)
    let n = Double(observations)
    return -2 * logLikelihood + 2 * k + 2 * k * (k + 1) / (n - k - 1)
  }

  /// AICc, or with a penalty BIC of the penalised likelihood.
  ///
  /// Smoothing parameters with a proper prior cost no log n (the Laplace approximation of the evidence), so that BIC
  /// counts the initial state and σ² alone. AICc, which charges a trend of a short series for its parameters as
  /// if they were free, chooses forms without trend too often there.
  static func value(
    _ form: ETSForm, objective: Double, period: Int, observations: Int, isPenalised: Bool
  ) -> Double {
    guard objective.isFinite else { return .infinity }
    let count = form.parameterCount(period: period)
    guard isPenalised else { return aicc(-objective, parameters: count, observations: observations) }
    return 2 * objective + Double(count - form.smoothingCount) * Double.log(Double(observations))
  }
}

internal import RealModule

/// The criterion by which a form is chosen.
enum ETSCriterion {
  /// Akaike's criterion corrected for small samples.
  static func aicc(_ logLikelihood: Double, parameters: Int, observations: Int) -> Double {
    let k = Double(parameters)
    let n = Double(observations)
    return -2 * logLikelihood + 2 * k + 2 * k * (k + 1) / (n - k - 1)
  }

  /// AICc, or with a penalty the BIC of the penalized likelihood.
  ///
  /// Smoothing parameters with a proper prior do not cost log n (Laplace approximation of the evidence), so this BIC counts only
  /// the initial state and σ². AICc would charge for them as if they were free, and choose forms without a trend too often
  /// for short series.
  static func value(
    _ form: ETSForm, objective: Double, period: Int, observations: Int, isPenalised: Bool
  ) -> Double {
    guard objective.isFinite else { return .infinity }
    let count = form.parameterCount(period: period)
    guard isPenalised else { return aicc(-objective, parameters: count, observations: observations) }
    return 2 * objective + Double(count - form.smoothingCount) * Double.log(Double(observations))
  }
}

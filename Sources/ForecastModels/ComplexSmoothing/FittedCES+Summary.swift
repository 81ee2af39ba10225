public import Forecasting

extension FittedCES {
  /// The gains, level and potential, criteria and how the search ended.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    let names =
      switch form {
      case .none, .simple: ["alpha0", "alpha1"]
      case .partial: ["alpha0", "alpha1", "b"]
      case .full: ["alpha0", "alpha1", "beta0", "beta1"]
      }
    summary.coefficients = zip(names, gains).enumerated().map { k, gain in
      let error = uncertainty.reduce(0) { $0 + $1[k + 2] * $1[k + 2] }.squareRoot()
      return FitSummary.Coefficient(
        name: gain.0, estimate: gain.1, standardError: error > 0 ? error : nil)
    }
    func fact(_ name: String, _ value: Double) {
      summary.facts.append(FitSummary.Fact(name: name, value: value, unit: series.unit))
    }
    if form.hasLevel {
      fact("initial level", scale * initialState.level[0])
      fact("final level", scale * state.level[0])
      fact("final potential", scale * state.potential[0])
    }
    if form.isSeasonal && seasonalPeriod <= 24 {
      for step in 0..<seasonalPeriod {
        let value = state.seasonLevels[(state.place + step) % seasonalPeriod][0]
        fact((form.hasLevel ? "season of " : "level of ") + "\(series.end + (step + 1))", scale * value)
      }
    }
    summary.degreesOfFreedom = degreesOfFreedom
    summary.residualStandardError = variance.squareRoot()
    if let logLikelihood {
      summary.setCriteria(
        logLikelihood: logLikelihood, parameters: parameterCount, observations: observedCount)
    } else {
      summary.notes.append("the model passes through every value: no likelihood or criteria")
    }
    summary.setConvergence(
      "\(status.rawValue) after \(evaluations) evaluations", isOptimum: status != .limit)
    if form.isSeasonal {
      summary.notes.append(
        "the season starts from a classical decomposition, its indices counted as parameters")
    }
    if summary.missing > 0 { summary.notes.append("a missing value moves the state along the prediction") }
    return summary
  }
}

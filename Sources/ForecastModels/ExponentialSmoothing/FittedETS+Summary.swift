public import Forecasting

extension FittedETS {
  /// Smoothing parameters with standard errors, initial state, criteria and how the search ended.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    func smoothing(_ name: String, _ value: Double, _ row: Int) {
      let error = uncertainty.standardError(row)
      summary.coefficients.append(
        FitSummary.Coefficient(
          name: name, estimate: value, standardError: error > 0 && value > 0 ? error : nil))
    }
    smoothing("alpha", parameters.alpha, 0)
    if form.trend != .none { smoothing("beta", parameters.beta, 1) }
    if form.season != .none { smoothing("gamma", parameters.gamma, 2) }
    if form.trend.isDamped { smoothing("phi", parameters.phi, 3) }
    func fact(_ name: String, _ value: Double, unit: String = "") {
      summary.facts.append(FitSummary.Fact(name: name, value: value, unit: unit))
    }
    fact("initial level", initialState.level, unit: series.unit)
    if form.trend != .none {
      fact("initial slope", initialState.slope, unit: form.trend.isMultiplicative ? "" : series.unit)
    }
    fact("final level", finalState.level, unit: series.unit)
    if form.trend != .none {
      fact("final slope", finalState.slope, unit: form.trend.isMultiplicative ? "" : series.unit)
    }
    for (index, value) in finalState.seasonal.enumerated() where seasonalPeriod <= 24 {
      fact(
        "season of \(series.end + (index + 1))", value, unit: form.season == .additive ? series.unit : "")
    }
    summary.degreesOfFreedom = uncertainty.degreesOfFreedom
    summary.residualStandardError = variance.squareRoot()
    if let logLikelihood {
      summary.setCriteria(
        logLikelihood: logLikelihood, parameters: parameterCount, observations: observedCount)
    } else {
      summary.notes.append("the model passes through every value: no likelihood or criteria")
    }
    summary.setConvergence(
      "\(convergence.status.rawValue) after \(convergence.evaluations) \(convergence.evaluations == 1 ? "evaluation" : "evaluations"), "
        + "largest gradient \(NumberText.significant(convergence.gradientNorm, 3))",
      isOptimum: convergence.status.isConverged || convergence.status == .flat)
    if form.error == .multiplicative {
      summary.notes.append("the residual standard error is relative to the prediction")
    }
    if series.hasSpans {
      summary.notes.append(
        "observation spans enter exactly, which only the linear forms (A; N, A, Ad; N, A) allow")
    } else if summary.missing > 0 {
      summary.notes.append("a missing value moves no state")
    }
    return summary
  }
}

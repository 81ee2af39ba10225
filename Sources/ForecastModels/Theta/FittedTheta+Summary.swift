public import Forecasting

extension FittedTheta {
  /// α and θ, levels and line, criteria and how the search ended.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    let alphaError = uncertainty.standardError(0)
    summary.coefficients = [
      FitSummary.Coefficient(
        name: "alpha", estimate: parameters.alpha, standardError: alphaError > 0 ? alphaError : nil),
      FitSummary.Coefficient(name: "theta", estimate: parameters.theta),
    ]
    func fact(_ name: String, _ value: Double, unit: String) {
      summary.facts.append(FitSummary.Fact(name: name, value: value, unit: unit))
    }
    fact("initial level", parameters.initialLevel, unit: series.unit)
    fact("final level", scale * (state.level + (1 - weight) * centre), unit: series.unit)
    fact("slope of the line", scale * state.line.slope, unit: series.unit)
    if !season.indices.isEmpty && season.indices.count <= 24 {
      let first = origin.distance(to: series.end) + 1
      for step in season.indices.indices {
        let index = season.index(first + step)
        fact(
          "season of \(series.end + (step + 1))", season.isMultiplicative ? index : scale * index,
          unit: season.isMultiplicative ? "" : series.unit)
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
    summary.convergence = "\(status.rawValue) after \(evaluations) evaluations"
    if form.isOptimised && weight <= 0 { summary.notes.append("theta at its bound 1: no drift") }
    if season.indices.isEmpty {
      summary.notes.append("no season was taken out")
    } else {
      summary.notes.append(
        "a season of \(season.indices.count) periods was taken out by "
          + (season.isMultiplicative ? "multiplication" : "addition"))
    }
    if summary.missing > 0 {
      summary.notes.append("a missing value moves the level along the prediction and not the line")
    }
    return summary
  }
}

internal import Forecasting
internal import ForesightNumerics
internal import RealModule

extension CurveFit {
  /// The summary of a fitted curve: coefficients, criteria, residual tests and convergence.
  func summary(model: String, series: TimeSeries) -> FitSummary {
    var summary = FitSummary(model: model, of: series)
    let names = curve.reportedNames
    for j in names.indices where estimates[j].value.isFinite {
      summary.coefficients.append(
        FitSummary.Coefficient(names[j], estimates[j], degreesOfFreedom: degreesOfFreedom))
    }
    summary.degreesOfFreedom = Double(degreesOfFreedom)
    summary.residualStandardError = dispersion.squareRoot()
    fillCriteria(
      &summary, sample: sample, noise: noise, parameters: names.count + 1,
      logLikelihood: logLikelihood, objective: objective)
    if logLikelihood != nil {
      summary.diagnostics = ResidualDiagnostics(scaledResiduals).tests(
        design: curve.design(parameters, sample, noise), seasonalPeriod: series.seasonalPeriod)
    }
    for j in parameters.indices where isAtBound[j] {
      summary.notes.append(
        "\(curve.parameterNames[j]) is at a bound of its range and has no standard error")
    }
    if covariance == nil {
      summary.notes.append(
        "the data do not identify a combination of the parameters, so there are no standard errors")
    }
    let outcome =
      switch status {
      case .singular: "stopped where the data do not identify a combination of the parameters,"
      case let status where status.isConverged: "converged"
      default: "not certified (\(status.rawValue))"
      }
    summary.setConvergence(
      "\(outcome) in \(iterations) steps over \(runs) starts", isOptimum: status.isOptimum)
    return summary
  }
}

extension FitSummary {
  /// Adds the profile interval of the capacity, or the note that it has none.
  mutating func add(_ status: CapacityStatus, of name: String, limit: String) {
    switch status {
    case .given: break
    case .identified(let lower, let upper):
      guard let estimate = coefficients.first(where: { $0.name == name })?.estimate else { return }
      facts.append(
        Fact(name: "\(name), profile likelihood", value: estimate, lower: lower, upper: upper, unit: unit))
    case .unidentified(let lowerBound):
      notes.append(
        "the data do not identify the \(name): its 95% profile interval contains every value from "
          + "\(fourDigits(lowerBound)) up; forecasts spread it evenly on the log scale up to \(limit)")
    }
  }
}

/// A number to four significant digits, for a sentence.
private func fourDigits(_ value: Double) -> String {
  guard value > 0, value.isFinite else { return "\(value)" }
  let scale = Double.exp10((Double.log10(value)).rounded(.down) - 3)
  let digits = (value / scale).rounded()
  let result = scale < 1 ? digits / (1 / scale).rounded() : digits * scale
  return "\(result)"
}

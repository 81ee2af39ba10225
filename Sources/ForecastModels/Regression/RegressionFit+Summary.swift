internal import Forecasting
internal import ForesightNumerics
internal import RealModule

extension RegressionFit {
  /// Coefficients, criteria and tests of the residuals, by R's definitions.
  var summary: FitSummary {
    var summary = FitSummary(model: model.name, of: basis)
    summary.coefficients = coefficients
    summary.degreesOfFreedom = Double(estimate.degreesOfFreedom)
    if let rho = estimate.autocorrelation {
      summary.facts.append(FitSummary.Fact("AR(1) coefficient", rho, unit: ""))
    }
    switch (model.estimator, model.errors) {
    case (.quantile, _):
      summary.facts.append(FitSummary.Fact(name: "objective", value: estimate.objective, unit: series.unit))
      if let share = explainedObjective {
        summary.facts.append(FitSummary.Fact(name: "R¹ (Koenker–Machado)", value: share))
      }
    case (.leastSquares, .independent):
      summary.residualStandardError = estimate.scale
      fillDetermination(&summary)
    default: summary.residualStandardError = estimate.scale
    }
    if let logLikelihood = estimate.logLikelihood {
      summary.setCriteria(
        logLikelihood: logLikelihood, parameters: estimate.parameters, observations: estimate.residuals.count)
    } else if estimate.objective == 0 {
      summary.notes.append("the fit passes through every value: no likelihood, criteria or noise estimate")
    }
    if estimate.scale > 0 {
      let dynamic = estimate.dynamics == nil ? 0 : 1
      summary.diagnostics += ResidualDiagnostics(estimate.residuals).tests(
        design: estimate.regressors, seasonalPeriod: series.seasonalPeriod, dynamicParameters: dynamic)
    }
    // An encoded estimate keeps the text alone.
    if let text = estimate.convergence { summary.setConvergence(text, isOptimum: !text.hasPrefix("not ")) }
    summary.notes += estimate.notes
    if !aliased.isEmpty {
      summary.notes.append(
        "not defined because of singularities (NA): " + aliased.joined(separator: ", "))
    }
    if let period = firstUndetermined {
      summary.notes.append(
        "the data do not determine the mean of \(period): its forecast takes the undefined terms as zero")
    }
    if model.logResponse, sample.hasSpans {
      summary.notes.append(
        "the logarithm of a span's total is taken as normal with variance σ²/|S|, an approximation")
    }
    return summary
  }

  /// R², adjusted R² and the F test of all terms but the intercept.
  private func fillDetermination(_ summary: inout FitSummary) {
    let roots = sample.weight.map { $0.squareRoot() }
    let fitted = zip(sample.response, zip(estimate.residuals, roots)).map { $0 - $1.0 / $1.1 }
    let hasIntercept = design.hasIntercept && kept.contains { design.names[$0] == "(intercept)" }
    let total = sample.weight.reduce(0, +)
    let centre =
      hasIntercept ? zip(sample.weight, fitted).reduce(0) { $0 + $1.0 * $1.1 } / total : 0
    let explained = zip(sample.weight, fitted).reduce(0) {
      $0 + $1.0 * ($1.1 - centre) * ($1.1 - centre)
    }
    let squares = estimate.objective
    guard explained + squares > 0 else { return }
    let taken = hasIntercept ? 1 : 0
    let r = explained / (explained + squares)
    let free = Double(estimate.degreesOfFreedom)
    summary.rSquared = r
    summary.adjustedRSquared = 1 - (1 - r) * Double(sample.size - taken) / free
    let terms = kept.count - taken
    guard terms > 0, squares > 0 else { return }
    let statistic = explained / Double(terms) / (squares / free)
    // The upper tail of F by the incomplete beta function (DLMF 8.17).
    let p = SpecialFunctions.regularizedIncompleteBeta(
      free / (free + Double(terms) * statistic), free / 2, Double(terms) / 2)
    summary.diagnostics.append(
      FitSummary.Diagnostic(
        name: "F (\(terms) and \(estimate.degreesOfFreedom) df)", statistic: statistic, pValue: p,
        degreesOfFreedom: Double(terms)))
  }

  /// 1 − V̂/Ṽ against the intercept alone (Koenker and Machado, JASA 94 (1999) 1296–1310).
  private var explainedObjective: Double? {
    guard case .quantile(let tau) = model.estimator else { return nil }
    let one = sample.whitened(Matrix(rows: sample.size, columns: 1, repeating: 1))
    guard
      let alone = try? QuantileRegression(probability: tau).solve(one, sample.whitened(sample.response)),
      alone.objective > 0
    else { return nil }
    return 1 - estimate.objective / alone.objective
  }
}

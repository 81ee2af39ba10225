extension ETSEstimator {
  /// The optimum of least AICc among forms given simpler first.
  func best(of forms: [ETSForm]) -> ETSOptimum {
    thorough(forms)
  }

  /// Every form fitted to the end.
  func thorough(_ forms: [ETSForm]) -> ETSOptimum {
    let optima = forms.map { optimum($0) }
    var best = optima[0]
    for optimum in optima.dropFirst() where criterion(optimum) < criterion(best) { best = optimum }
    best.evaluations = optima.reduce(0) { $0 + $1.evaluations }
    return best
  }

  /// AICc on the scaled series, the penalty counted as lost likelihood.
  func criterion(_ optimum: ETSOptimum) -> Double {
    guard optimum.objective.isFinite else { return .infinity }
    return ETSCriterion.aicc(
      -optimum.objective, parameters: optimum.shape.form.parameterCount(period: optimum.shape.period),
      observations: sample.observed)
  }
}

extension ETSEstimator {
  /// The optimum with the least criterion among forms, given simpler ones first.
  ///
  /// Each form takes a few steps from two or three starts; a multiplicative error also starts from the optimum of the additive
  /// error with the same components. Forms whose criterion can still fall below the least are continued, and the winner is
  /// searched again from all starts.
  func best(of forms: [ETSForm]) -> ETSOptimum {
    let before = search.evaluations
    var rough: [ETSOptimum] = []
    for form in forms {
      let partner = rough.last { $0.shape.form.trend == form.trend && $0.shape.form.season == form.season }
      rough.append(self.rough(form, partner: partner))
    }
    rough.sort { criterion($0) < criterion($1) }
    var finished: [ETSOptimum] = []
    var least = Double.infinity
    for candidate in rough {
      // What the rough search left is some multiple of the gain that its last step promised.
      let hope = criterion(candidate) - 2 * min(4 * candidate.decrement + 0.25, 10)
      guard hope < least || finished.isEmpty else { continue }
      let polished = search.minimize(
        problem(candidate.shape.form), from: candidate.theta, seedsFirst: false,
        effort: ETSSearch.Effort(tolerance: 1e-3, maximumEvaluations: 40))
      finished.append(polished)
      least = min(least, criterion(polished))
    }
    finished.sort { criterion($0) < criterion($1) }
    var best = optimum(finished[0].shape.form, also: finished[0].theta)
    if finished.count > 1, criterion(finished[1]) < criterion(best) {
      best = optimum(finished[1].shape.form, also: finished[1].theta)
    }
    best.evaluations = search.evaluations - before
    return best
  }

  private func rough(_ form: ETSForm, partner: ETSOptimum?) -> ETSOptimum {
    let problem = problem(form)
    let state = seeds.state(form)
    let effort = ETSSearch.Effort(tolerance: 0.1, maximumEvaluations: 6)
    var starts: [[Double]] = []
    if let partner { starts.append(partner.theta) }
    for alpha in partner == nil ? [0.1, 0.4, 0.9] : [0.3] {
      let parameters = ETSParameters(
        alpha: alpha, beta: form.trend == .none ? 0 : 0.1 * alpha,
        gamma: form.season == .none ? 0 : 0.2 * (1 - alpha), phi: form.trend.isDamped ? 0.95 : 1)
      starts.append(problem.shape.vector(parameters, state))
    }
    var best: ETSOptimum?
    for (rank, start) in starts.enumerated() {
      let reached = search.minimize(
        brief(problem), from: start, seedsFirst: partner == nil || rank > 0, effort: effort)
      if best.map({ reached.objective < $0.objective }) ?? true { best = reached }
    }
    guard let best else { preconditionFailure("every form has a start") }
    return search.minimize(
      problem, from: best.theta, seedsFirst: false,
      effort: ETSSearch.Effort(tolerance: 0.05, maximumEvaluations: 12))
  }

  /// Searches every form fully, from all starts.
  func thorough(_ forms: [ETSForm]) -> ETSOptimum {
    let optima = forms.map { optimum($0) }
    var best = optima[0]
    for optimum in optima.dropFirst() where criterion(optimum) < criterion(best) { best = optimum }
    best.evaluations = optima.reduce(0) { $0 + $1.evaluations }
    return best
  }

  /// The criterion of a form, on the scaled series.
  func criterion(_ optimum: ETSOptimum) -> Double {
    ETSCriterion.value(
      optimum.shape.form, objective: optimum.objective, period: optimum.shape.period,
      observations: sample.observed, isPenalised: penalty != nil)
  }
}

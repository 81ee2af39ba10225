extension AutoARIMA {
  /// The best candidate of a sample.
  ///
  /// With so many unknowns that a likelihood takes long, orders are searched on the series with the unknowns at their
  /// estimates – by a plain model, then by the order found –, and the best of them are compared by the exact likelihood.
  func chosen(_ sample: ARIMASample) -> ARIMASelection.Candidate? {
    guard sample.isCostly else { return searched(sample).best }
    let d = sample.difference
    let capital = sample.seasonalDifference
    let plain = ARIMAOrder(
      d + capital > 0 ? 0 : 1, d, d > 0 ? 1 : 0, seasonal: (0, capital, capital), period: sample.period)
    let coefficients = ARIMACoefficients(
      ar: [Double](repeating: 0.5, count: plain.ar), ma: [Double](repeating: -0.5, count: plain.ma),
      seasonalMA: [Double](repeating: -0.5, count: plain.seasonalMA))
    guard
      let guess = ARIMAObjective(sample, order: plain, hasConstant: d + capital == 0).solution(coefficients),
      let rough = searched(sample.completed(by: guess)).best,
      let better = ARIMAObjective(sample, order: rough.order, hasConstant: rough.hasConstant).solution(
        ARIMAPartials(rough.order, rough.partials.map { ARMAJet($0) }).coefficients)
    else { return searched(sample).best }
    var exact = ARIMASelection(sample: sample)
    for candidate in searched(sample.completed(by: better)).finalists { exact.compare(candidate) }
    return exact.best ?? searched(sample).best
  }

  private func searched(_ sample: ARIMASample) -> ARIMASelection {
    var selection = ARIMASelection(sample: sample)
    switch search {
    case .stepwise: selection.stepwise()
    case .exhaustive: selection.exhaustive()
    }
    return selection
  }
}

extension ARIMASelection {
  /// The candidates of least AICc.
  var finalists: ArraySlice<Candidate> { tried.sorted { $0.aicc < $1.aicc }.prefix(4) }

  /// Fits a candidate again, from its estimates on another sample, and keeps it where it is the best.
  mutating func compare(_ candidate: Candidate) {
    let order = candidate.order
    let k = Double(
      order.armaCount + sample.explanatory.count + (candidate.hasConstant ? 1 : 0) + 1)
    let n = Double(sample.effective)
    let objective = ARIMAObjective(sample, order: order, hasConstant: candidate.hasConstant)
    guard candidate.aicc > -.infinity else {
      best = candidate
      return
    }
    guard n > k + 1 else { return }
    let found = ARIMASearch(objective: objective).run(from: candidate.partials, tolerance: 1e-4, steps: 60)
    guard isAwayFromUnitRoots(order, found.partials) else { return }
    _ = keep(order, candidate.hasConstant, found.partials, found.value, k, n)
  }
}

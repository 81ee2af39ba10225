internal import Forecasting

extension ScenarioFile {
  /// Totals and parts of `coherence` that do not fit together, and trees that are not trees.
  func coherenceProblems(_ symbols: SymbolTable) -> [ScenarioProblem] {
    // Unknown names are reported when values are compiled.
    guard let coherence = coherence,
      coherence.sums.allSatisfy({ sum in ([sum.total] + sum.parts).allSatisfy { symbols[$0] != nil } })
    else { return [] }
    let external = externalProblems(coherence)
    guard external.isEmpty else { return external }
    let fitted = Set(series.map(\.name))
    var problems: [ScenarioProblem] = []
    for sum in fittedSums {
      for (part, place) in zip(sum.parts, sum.partPlaces) where !fitted.contains(part) {
        problems.append(
          ScenarioProblem(
            "\(sum.subject): the total is a fitted series, so its parts must be fitted series; \(part) is not",
            at: place))
      }
    }
    guard problems.isEmpty else { return problems }
    let trees = fittedTrees
    switch (coherence.method, trees.first) {
    case (nil, let tree?):
      problems.append(
        ScenarioProblem(
          "coherence.reconcile is required: \(tree.sums[0].total) and its parts are fitted separately",
          at: coherence.place))
    case (.some, nil) where !coherence.isStanding:
      problems.append(
        ScenarioProblem(
          "coherence.reconcile: no total of the tree is a fitted series, so nothing is reconciled",
          at: coherence.methodPlace))
    default: problems = trees.flatMap { treeProblems($0) }
    }
    return problems + shockedTotals()
  }

  /// Series that cannot stand in for totals that are not series.
  private func externalProblems(_ coherence: Coherence) -> [ScenarioProblem] {
    let fitted = series.map(\.name)
    var taken = Set(coherence.sums.flatMap { [$0.total] + $0.parts })
    return coherence.externalTotals.compactMap { external in
      let subject = "coherence.external_totals.series"
      let totals = coherence.sums.map(\.total)
      guard totals.contains(external.total) else {
        return ScenarioProblem(
          "\(subject): the tree has no total \"\(external.total)\""
            + suggestion(for: external.total, among: totals),
          at: external.totalPlace)
      }
      guard !fitted.contains(external.total) else {
        return ScenarioProblem(
          "\(subject).\(external.total): the total is itself a fitted series", at: external.totalPlace)
      }
      guard fitted.contains(external.series) else {
        return ScenarioProblem(
          "\(subject).\(external.total): unknown series \"\(external.series)\""
            + suggestion(for: external.series, among: fitted), at: external.seriesPlace)
      }
      guard taken.insert(external.series).inserted else {
        return ScenarioProblem(
          "\(subject).\(external.total): \(external.series) is already in the tree",
          at: external.seriesPlace)
      }
      return nil
    }
  }

  /// A method that no total uses.
  var coherenceWarnings: [ScenarioProblem] {
    guard let coherence = coherence, coherence.isStanding, fittedSums.isEmpty else { return [] }
    return [
      ScenarioProblem(
        "coherence.external_totals: no total of the tree is a fitted series or has one, so nothing is reconciled",
        at: coherence.methodPlace)
    ]
  }

  private func treeProblems(_ tree: FittedTree) -> [ScenarioProblem] {
    do throws(ForecastError) {
      _ = try tree.hierarchy()
    } catch {
      // A tree that contains itself is reported when its values are compiled.
      guard case .invalidOption(_, let name, let reason) = error, reason != "contains itself" else {
        return []
      }
      let sum = tree.sums.first { $0.total == name } ?? tree.sums[0]
      return [ScenarioProblem("\(sum.subject) \(reason)", at: sum.place)]
    }
    let units = Dictionary(series.map { ($0.name, $0.yearlyUnit) }) { $1 }
    return tree.sums.compactMap { sum in
      guard let own = units[sum.total], let parts = units[sum.parts[0]], !own.matches(parts) else {
        return nil
      }
      return ScenarioProblem(
        "\(sum.subject): \(sum.total) is in \(own), but its parts are in \(parts)", at: sum.place)
    }
  }

  private func shockedTotals() -> [ScenarioProblem] {
    events.compactMap { event in
      guard case .shock(let shock) = event.kind, let sum = fittedSum(of: shock.target) else {
        return nil
      }
      return ScenarioProblem(
        "events.\(event.name).of: \(shock.target) is the sum of \(sum.parts.joined(separator: " and ")) under coherence; "
          + "apply the shock to those series", at: event.place)
    }
  }
}

internal import Forecasting

extension Scenario {
  /// Totals and parts of `coherence` that do not go together, and trees that are none.
  func coherenceProblems(_ symbols: SymbolTable) -> [ScenarioProblem] {
    // Names that stand for nothing are found where values are compiled.
    guard let coherence = file.coherence,
      coherence.sums.allSatisfy({ sum in ([sum.total] + sum.parts).allSatisfy { symbols[$0] != nil } })
    else { return [] }
    let external = externalProblems(coherence)
    guard external.isEmpty else { return external }
    let fitted = Set(file.series.map(\.name))
    var problems: [ScenarioProblem] = []
    for sum in file.fittedSums {
      for (part, place) in zip(sum.parts, sum.partPlaces) where !fitted.contains(part) {
        problems.append(
          ScenarioProblem(
            "\(sum.subject): the total is a fitted series and has fitted series as parts; \(part) is none",
            at: place))
      }
    }
    guard problems.isEmpty else { return problems }
    let trees = file.fittedTrees
    switch (coherence.method, trees.first) {
    case (nil, let tree?):
      problems.append(
        ScenarioProblem(
          "coherence lacks \"reconcile\": \(tree.sums[0].total) and its parts have fits of their own",
          at: coherence.place))
    case (.some, nil) where !coherence.isStanding:
      problems.append(
        ScenarioProblem(
          "coherence.reconcile: no total of the tree is a fitted series, so that nothing is reconciled",
          at: coherence.methodPlace))
    default: problems = trees.flatMap { treeProblems($0) }
    }
    return problems + shockedTotals()
  }

  /// Series that cannot stand for totals which are none themselves.
  private func externalProblems(_ coherence: Coherence) -> [ScenarioProblem] {
    let fitted = file.series.map(\.name)
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
          "\(subject).\(external.total): the total is a fitted series itself", at: external.totalPlace)
      }
      guard fitted.contains(external.series) else {
        return ScenarioProblem(
          "\(subject).\(external.total): there is no series \"\(external.series)\""
            + suggestion(for: external.series, among: fitted), at: external.seriesPlace)
      }
      guard taken.insert(external.series).inserted else {
        return ScenarioProblem(
          "\(subject).\(external.total): \(external.series) stands in the tree already",
          at: external.seriesPlace)
      }
      return nil
    }
  }

  /// A method without totals that it is for.
  var coherenceWarnings: [ScenarioProblem] {
    guard let coherence = file.coherence, coherence.isStanding, file.fittedSums.isEmpty else { return [] }
    return [
      ScenarioProblem(
        "coherence.external_totals: no total of the tree is a fitted series or has one, so that nothing is reconciled",
        at: coherence.methodPlace)
    ]
  }

  private func treeProblems(_ tree: FittedTree) -> [ScenarioProblem] {
    do throws(ForecastError) {
      _ = try tree.hierarchy()
    } catch {
      // A tree that contains itself is found where its values are compiled.
      guard case .invalidOption(_, let name, let reason) = error, reason != "contains itself" else {
        return []
      }
      let sum = tree.sums.first { $0.total == name } ?? tree.sums[0]
      return [ScenarioProblem("\(sum.subject) \(reason)", at: sum.place)]
    }
    let units = Dictionary(file.series.map { ($0.name, $0.yearlyUnit) }) { $1 }
    return tree.sums.compactMap { sum in
      guard let own = units[sum.total], let parts = units[sum.parts[0]], !own.matches(parts) else {
        return nil
      }
      return ScenarioProblem(
        "\(sum.subject): \(sum.total) is in \(own), and its parts are in \(parts)", at: sum.place)
    }
  }

  private func shockedTotals() -> [ScenarioProblem] {
    file.events.compactMap { event in
      guard case .shock(let shock) = event.kind, let sum = file.fittedSum(of: shock.target) else {
        return nil
      }
      return ScenarioProblem(
        "events.\(event.name).of: \(shock.target) is the sum of \(sum.parts.joined(separator: " and ")) under coherence; "
          + "let the shock act on them", at: event.place)
    }
  }
}

extension Compiler {
  /// The sum of the parts of a total, from left to right.
  mutating func value(of sum: Coherence.Sum) throws(CompileFailure) -> Value {
    let subject = sum.subject
    var total: Value?
    for (part, place) in zip(sum.parts, sum.partPlaces) {
      let value = try self.value(of: part, at: place)
      guard value.isYearly, value.kind == .quantity, !value.unit.isDate else {
        throw problem("\(subject): \(part) is \(value.described), and not a quantity of every year", place)
      }
      guard let last = total else {
        total = value
        continue
      }
      guard last.unit.matches(value.unit) else {
        throw problem("\(subject): \(part) is in \(value.unit), not in \(last.unit)", place)
      }
      total?.nodes = zip(last.nodes, value.nodes).map { graph.binary(.add, $0, $1) }
    }
    guard let total else { throw problem("\(subject) has no parts", sum.place) }
    return total
  }

  /// The draws on which a total that is not fitted is off the sum of its parts, by year; `nil` for a fitted total, which is that sum.
  mutating func gaps(_ sum: Coherence.Sum, tolerance: Double) throws(CompileFailure) -> [Int]? {
    let parts = try value(of: sum)
    let total = try value(of: sum.total, at: sum.place)
    guard total.isYearly, total.unit.matches(parts.unit) else {
      throw problem(
        "coherence.tree.\(sum.total) is \(total.isYearly ? "in \(total.unit)" : "not a quantity of every year"), and its parts are in "
          + "\(parts.unit)", sum.place)
    }
    guard file.fittedSum(of: sum.total) == nil else { return nil }
    return zip(total.nodes, parts.nodes).map { total, parts in
      let gap = graph.unary(.absolute, graph.binary(.subtract, total, parts))
      let size = graph.binary(.maximum, graph.unary(.absolute, total), graph.constant(1))
      let bound = graph.binary(.multiply, size, graph.constant(tolerance))
      // What is no number is no sum either.
      return graph.binary(.equal, graph.binary(.lessOrEqual, gap, bound), graph.constant(0))
    }
  }
}

/// The draws on which a total is off the sum of its parts in a year, as a sum of a program.
struct CoherenceGap {
  let sum: Coherence.Sum
  let year: Int
  let output: Int
}

extension Compiler {
  /// The gaps of all totals that are not fitted, in every year.
  mutating func coherenceGaps(_ outputs: inout OutputList) throws(CompileFailure) -> [CoherenceGap] {
    guard let coherence = file.coherence else { return [] }
    var all: [CoherenceGap] = []
    for sum in coherence.sums {
      guard let gaps = try gaps(sum, tolerance: coherence.tolerance) else { continue }
      for (year, node) in zip(file.horizon.years, gaps) where graph.number(node) != 0 {
        all.append(CoherenceGap(sum: sum, year: year, output: outputs.sum(node, where: nil)))
      }
    }
    return all
  }
}

extension Scenario {
  /// - Throws: `ScenarioError` for a total that is off the sum of its parts on some path.
  func requireCoherence(_ gaps: [CoherenceGap], _ estimation: Estimation) throws(ScenarioError) {
    for gap in gaps {
      let paths = Int(estimation.total(gap.output))
      guard paths > 0 else { continue }
      let settings = estimation.execution.settings
      if let fault = try fault(gap, settings) { throw fault }
      throw ScenarioError(
        "coherence.tree.\(gap.sum.total) is not \(gap.sum.parts.joined(separator: " + ")) in \(gap.year) on \(paths) of "
          + "\(settings.draws * settings.replicates) paths", at: gap.sum.place)
    }
  }
}

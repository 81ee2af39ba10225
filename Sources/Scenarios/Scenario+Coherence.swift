internal import Forecasting

extension Scenario {
  /// Totals and parts of `coherence` that do not go together, and trees that are none.
  func coherenceProblems(_ symbols: SymbolTable) -> [ScenarioProblem] {
    // Names that stand for nothing are found where values are compiled.
    guard let coherence = file.coherence,
      coherence.sums.allSatisfy({ sum in ([sum.total] + sum.parts).allSatisfy { symbols[$0] != nil } })
    else { return [] }
    let fitted = Set(file.series.map(\.name))
    var problems: [ScenarioProblem] = []
    for sum in coherence.sums where fitted.contains(sum.total) {
      for (part, place) in zip(sum.parts, sum.partPlaces) where !fitted.contains(part) {
        problems.append(
          ScenarioProblem(
            "coherence.tree.\(sum.total): the total is a fitted series and has fitted series as parts; \(part) is none",
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
    case (.some, nil):
      problems.append(
        ScenarioProblem(
          "coherence.reconcile: no total of the tree is a fitted series, so that nothing is reconciled",
          at: coherence.methodPlace))
    default: problems = trees.flatMap { treeProblems($0) }
    }
    return problems + shockedTotals()
  }

  private func treeProblems(_ tree: FittedTree) -> [ScenarioProblem] {
    do throws(ForecastError) {
      _ = try tree.hierarchy()
      return []
    } catch {
      // A tree that contains itself is found where its values are compiled.
      guard case .invalidOption(_, let name, let reason) = error, reason != "contains itself" else {
        return []
      }
      let place = tree.sums.first { $0.total == name }?.place ?? tree.sums[0].place
      return [ScenarioProblem("coherence.tree.\(name) \(reason)", at: place)]
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

extension FittedTree {
  func hierarchy() throws(ForecastError) -> Hierarchy {
    try Hierarchy(totals: sums.map(\.total), parts: sums.map(\.parts))
  }
}

extension Compiler {
  /// The sum of the parts of a total, from left to right.
  mutating func value(of sum: Coherence.Sum) throws(CompileFailure) -> Value {
    let subject = "coherence.tree.\(sum.total)"
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
      throw ScenarioError(
        "coherence.tree.\(gap.sum.total) is not \(gap.sum.parts.joined(separator: " + ")) in \(gap.year) on \(paths) of "
          + "\(settings.draws * settings.replicates) paths", at: gap.sum.place)
    }
  }
}

internal import Forecasting
internal import ForesightNumerics

/// A series of a tree whose paths are reconciled.
struct ReconciledSeries: Sendable {
  let tree: ReconciledTree
  /// The place of the series among the tree's.
  let place: Int
}

/// Series whose paths are reconciled with one another.
///
/// Series may be observed to different periods: while some are still known, they move no more and the others take the gaps.
struct ReconciledTree: Sendable {
  /// Steps of the tree in which the same series are known.
  struct Stretch: Sendable {
    let steps: Range<Int>
    let reconciliation: Reconciliation
  }

  let reconciliation: Reconciliation
  /// The series of the tree in the order of the hierarchy's names.
  let members: [SeriesPaths]
  /// What each series has observed from the tree's first step on.
  let known: [[Double]]
  let stretches: [Stretch]

  /// The tree's name: the name of its first total.
  var name: String { reconciliation.hierarchy.names[0] }

  /// The paths of all members, reconciled, from the paths that they have by themselves.
  func reconciled(_ own: [Matrix]) -> [Matrix] {
    // Most trees are observed to one period.
    if stretches.count == 1, known.allSatisfy(\.isEmpty) { return reconciliation.reconciled(own) }
    var result = own
    for stretch in stretches {
      let aligned = zip(own, known).map { $0.aligned(after: $1, steps: stretch.steps) }
      for (member, paths) in stretch.reconciliation.reconciled(aligned).enumerated() {
        let observed = known[member].count
        let steps = max(stretch.steps.lowerBound, observed)..<max(stretch.steps.upperBound, observed)
        result[member].replace(steps, from: paths, first: stretch.steps.lowerBound, observed: observed)
      }
    }
    return result
  }
}

extension Matrix {
  /// Steps of paths that come after known values.
  fileprivate func aligned(after known: [Double], steps: Range<Int>) -> Matrix {
    let (source, length) = (elements, rows)
    var values: [Double] = []
    values.reserveCapacity(steps.count * columns)
    for path in 0..<columns {
      for step in steps {
        values.append(step < known.count ? known[step] : source[path * length + step - known.count])
      }
    }
    return Matrix(rows: steps.count, columns: columns, columnMajor: values)
  }

  /// Puts steps of other paths, which begin with step `first`, in the place of one's own, which begin after `observed` ones.
  fileprivate mutating func replace(_ steps: Range<Int>, from paths: Matrix, first: Int, observed: Int) {
    let source = paths.elements
    var values = elements
    for path in 0..<columns {
      for step in steps { values[path * rows + step - observed] = source[path * paths.rows + step - first] }
    }
    elements = values
  }
}

extension ReconciledTree {
  /// The tree of a file's totals by a method, and the number of periods with residuals that it rests on.
  ///
  /// - Throws: `ForecastError` for series that aggregate differently, and what the projection throws.
  static func of(
    _ tree: FittedTree, _ method: Reconciliation.Method, _ all: [String: SeriesPaths]
  ) throws(ForecastError) -> (tree: ReconciledTree, periods: Int) {
    let hierarchy = try tree.hierarchy()
    let members = hierarchy.names.compactMap { all[$0] }
    try requireAlike(members)
    var residuals: [String: [Double]] = [:]
    var count = 0
    if method.needsResiduals, let first = members.first {
      let periods = first.residuals.keys.filter { period in
        members.allSatisfy { $0.residuals[period] != nil }
      }.sorted()
      count = periods.count
      guard count >= 10 else {
        throw .invalidOption(
          name: "reconcile", value: method.rawValue,
          reason: "needs at least 10 periods in which every series has a residual; there are \(count)")
      }
      for member in members { residuals[member.name] = periods.map { member.residuals[$0] ?? 0 } }
    }
    let reconciliation = try Reconciliation(hierarchy, method: method, residuals: residuals)
    guard let begin = members.map(\.forecast.start).min() else { throw .data(DataFault(.empty)) }
    var known: [[Double]] = []
    for member in members { known.append(try member.observed(from: begin)) }
    let end = zip(members, known).map { $0.forecast.horizon + $1.count }.min() ?? 0
    var stretches: [Stretch] = []
    let bounds = Set(known.map { min($0.count, end) } + [0, end]).sorted()
    for (from, to) in zip(bounds, bounds.dropFirst()) {
      let names = Set(zip(members, known).filter { $1.count > from }.map(\.0.name))
      stretches.append(Stretch(steps: from..<to, reconciliation: try reconciliation.knowing(names)))
    }
    for member in members { try member.requireWholeFigures(from: begin, stretches) }
    return (
      ReconciledTree(reconciliation: reconciliation, members: members, known: known, stretches: stretches),
      count
    )
  }

  private static func requireAlike(_ members: [SeriesPaths]) throws(ForecastError) {
    guard let first = members.first else { return }
    for member in members {
      let (own, other) = (member.forecast.series, first.forecast.series)
      func fault(_ what: String, _ its: String, _ others: String) -> ForecastError {
        .invalidOption(
          name: "series", value: member.name,
          reason: "\(what) \(its), but \(first.name) \(others); the series of a tree must agree")
      }
      guard own.rule == other.rule else { throw fault("adds up by", own.rule.rawValue, other.rule.rawValue) }
      guard own.frequency == other.frequency else {
        throw fault("has periods by", own.frequency.rawValue, other.frequency.rawValue)
      }
    }
  }
}

extension SeriesPaths {
  /// What is observed from a period on, by periods.
  ///
  /// A value that covers several periods is divided equally among them. All periods of a stretch are corrected alike, so a year, the whole
  /// of each such figure in it, depends on their sum alone.
  fileprivate func observed(from begin: Period) throws(ForecastError) -> [Double] {
    let series = forecast.series
    var values: [Double] = []
    for observation in series.observations where observation.span.last >= begin {
      guard let value = observation.value else { throw unusable(observation.span, "is missing", begin) }
      guard observation.span.first >= begin else { throw unusable(observation.span, "is one figure", begin) }
      let count = observation.span.count
      let part = series.rule == .sum ? value / Double(count) : value
      values += [Double](repeating: part, count: count)
    }
    return values
  }

  /// - Throws: `ForecastError` if a value that covers several periods crosses the first step of a stretch.
  fileprivate func requireWholeFigures(from begin: Period, _ stretches: [ReconciledTree.Stretch])
    throws(ForecastError)
  {
    for stretch in stretches {
      let first = begin + stretch.steps.lowerBound
      for observation in forecast.series.observations
      where observation.span.first < first && observation.span.last >= first {
        throw unusable(observation.span, "is one figure", first)
      }
    }
  }

  private func unusable(_ span: PeriodSpan, _ what: String, _ begin: Period) -> ForecastError {
    .invalidOption(
      name: "series", value: name,
      reason: "\(span) \(what), but other series of the tree are forecast from \(begin)")
  }
}

extension SeriesFitting {
  /// The series, with those of each tree reconciled with one another.
  func reconcile(
    _ all: [String: SeriesPaths]
  ) throws(ScenarioError) -> (series: [String: SeriesPaths], notes: [String]) {
    guard let method = file.coherence?.method else { return (all, []) }
    var result = all
    var notes: [String] = []
    for fitted in file.fittedTrees where fitted.names.isSubset(of: all.keys) {
      let found: (tree: ReconciledTree, periods: Int)
      do throws(ForecastError) {
        found = try ReconciledTree.of(fitted, method, all)
      } catch {
        throw ScenarioError("\(fitted.sums[0].subject): \(error)", at: fitted.sums[0].place)
      }
      let names = found.tree.reconciliation.hierarchy.names
      for (place, name) in names.enumerated() {
        result[name]?.reconciled = ReconciledSeries(tree: found.tree, place: place)
      }
      notes += self.notes(on: found.tree, method, periods: found.periods)
    }
    return (result, notes)
  }

  private func notes(on tree: ReconciledTree, _ method: Reconciliation.Method, periods: Int) -> [String] {
    let names = tree.reconciliation.hierarchy.names
    let from = method.needsResiduals ? " from \(periods) periods" : ""
    let shrunk =
      tree.reconciliation.shrinkage.map { ", correlations shrunk by \(($0 * 1e3).rounded() / 1e3)" } ?? ""
    var notes = ["\(names.joined(separator: ", ")): reconciled by \(method.rawValue)\(from)\(shrunk)"]
    for (member, known) in zip(tree.members, tree.known) where !known.isEmpty {
      notes.append(
        "\(member.name) is observed through \(member.forecast.series.end); its tree is reconciled with those observations"
      )
    }
    let alone = names.filter { name in
      !file.seriesCorrelations.contains { $0.first == name || $0.second == name }
    }
    if method != .bottomUp, !alone.isEmpty {
      notes.append(
        "the innovations of \(alone.joined(separator: ", ")) are drawn independently of the rest of the tree; "
          + "add correlations between innovations to pair them")
    }
    return notes
  }
}

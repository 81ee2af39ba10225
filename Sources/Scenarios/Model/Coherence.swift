public import Forecasting

/// What adds up on every path.
public struct Coherence: Sendable, Hashable {
  /// A total and the parts that it is the sum of.
  public struct Sum: Sendable, Hashable {
    /// The total: a fitted series, a derived quantity or an asset.
    public var total: String
    /// The parts.
    public var parts: [String]
    /// The place of each part in the file.
    var partPlaces: [FilePlace]
    /// Its place in the file.
    public var place: FilePlace
    /// Its name in messages.
    var subject: String
  }

  /// A total of the tree that is not a series, and the series that is fitted for it.
  public struct ExternalTotal: Sendable, Hashable {
    /// The total: a derived quantity or an asset.
    public var total: String
    /// The series whose forecast is reconciled with the forecasts of the total's parts.
    public var series: String
    /// The place of the total's name in the file.
    var totalPlace: FilePlace
    /// The place of the series' name in the file.
    var seriesPlace: FilePlace
  }

  /// The totals in the order of the file.
  public var sums: [Sum]
  /// The series that are fitted for totals that are not series themselves.
  public var externalTotals: [ExternalTotal]
  /// How fitted totals and their fitted parts are reconciled.
  public var method: Reconciliation.Method?
  /// The largest difference allowed for a total that is not fitted, as a share of the total or of 1, whichever is larger.
  public var tolerance: Double
  /// The place of the method in the file.
  var methodPlace: FilePlace
  /// Whether the method is given under `external_totals`, which may name no totals.
  var isStanding: Bool
  /// Its place in the file.
  public var place: FilePlace
}

/// Fitted series that are reconciled as one.
struct FittedTree: Sendable, Hashable {
  /// The totals with their parts.
  var sums: [Coherence.Sum]

  /// All its series.
  var names: Set<String> { Set(sums.flatMap { [$0.total] + $0.parts }) }
}

extension ScenarioFile {
  /// The totals of `coherence` that are fitted series, or that a fitted series stands in for.
  var fittedSums: [Coherence.Sum] {
    guard let coherence else { return [] }
    let fitted = Set(series.map(\.name))
    var series: [String: String] = [:]
    // A series that is already in the tree is reported elsewhere.
    let inTree = Set(coherence.sums.flatMap { [$0.total] + $0.parts })
    for external in coherence.externalTotals
    where fitted.contains(external.series) && !inTree.contains(external.series) {
      series[external.total] = external.series
    }
    return coherence.sums.compactMap { sum in
      var own = sum
      own.total = series[sum.total] ?? sum.total
      own.parts = sum.parts.map { series[$0] ?? $0 }
      return fitted.contains(own.total) ? own : nil
    }
  }

  /// The fitted totals of `coherence`, those that share a series in one tree.
  var fittedTrees: [FittedTree] {
    var trees: [FittedTree] = []
    for sum in fittedSums {
      var own = FittedTree(sums: [sum])
      for tree in trees where !tree.names.isDisjoint(with: own.names) { own.sums = tree.sums + own.sums }
      trees.removeAll { !$0.names.isDisjoint(with: own.names) }
      trees.append(own)
    }
    return trees
  }

  /// The sum that a fitted series is the total of.
  func fittedSum(of name: String) -> Coherence.Sum? {
    guard series.contains(where: { $0.name == name }) else { return nil }
    return fittedSums.first { $0.total == name }
  }
}

extension FittedTree {
  func hierarchy() throws(ForecastError) -> Hierarchy {
    try Hierarchy(totals: sums.map(\.total), parts: sums.map(\.parts))
  }
}

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
  }

  /// The totals in the order of the file.
  public var sums: [Sum]
  /// How fitted totals and their fitted parts are reconciled.
  public var method: Reconciliation.Method?
  /// The greatest gap of a total that is not fitted, as a share of the total or of 1, whichever is greater.
  public var tolerance: Double
  /// The place of the method in the file.
  var methodPlace: FilePlace
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
  /// The totals of `coherence` that are fitted series, those that share a series in one tree.
  var fittedTrees: [FittedTree] {
    let fitted = Set(series.map(\.name))
    var trees: [FittedTree] = []
    for sum in coherence?.sums ?? [] where fitted.contains(sum.total) {
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
    return coherence?.sums.first { $0.total == name }
  }
}

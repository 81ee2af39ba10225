/// What came of a quantity of a scenario.
public struct ScenarioOutcome: Sendable, Hashable {
  /// The quantity, an expression with one value a path, or a condition.
  public let quantity: String
  /// The value; 1 or 0 of a condition, +∞ of a date that never came.
  public let value: Double
  /// Where it is from.
  public let source: String
  /// Where the outcome itself stands, for messages.
  public let place: FilePlace?

  /// An outcome.
  public init(quantity: String, value: Double, source: String = "", place: FilePlace? = nil) {
    self.quantity = quantity
    self.value = value
    self.source = source
    self.place = place
  }
}

/// How a scenario's distribution of a quantity did against what came.
public struct ScenarioScore: Sendable, Hashable {
  /// The outcome that it is scored by.
  public let outcome: ScenarioOutcome
  /// The unit of the quantity.
  public let unit: String
  /// Whether it is a date.
  public let isDate: Bool
  /// The probability that was given to a condition; `nil` for a quantity.
  public let probability: Double?
  /// (p − o)² of a condition.
  public let brier: Double?
  /// −ln p(what came) of a condition, infinite where that had no path.
  public let logScore: Double?
  /// The median of a quantity; +∞ for never.
  public let median: Double?
  /// The continuous ranked probability score of a quantity, in its unit.
  ///
  /// Dates after the end of the horizon, and never, count as that end on both sides.
  public let crps: Double?
  /// The share of paths below what came, ties by half.
  public let transform: Double?
  /// Whether the central 50, 80 and 95 % intervals hold what came; `nil` for a condition.
  public let inside: [Bool]?
}

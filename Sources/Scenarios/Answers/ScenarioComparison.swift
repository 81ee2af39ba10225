/// How the answer to a question differs between two scenarios, draw by draw.
public struct QuestionDifference: Sendable, Hashable {
  /// The question's name.
  public let question: String
  /// The expression asked about in the first scenario.
  public let of: String
  /// The unit of the means.
  public let unit: String
  /// Whether the quantity is a date.
  public let isDate: Bool
  /// The mean, or the probability, in the first scenario, over the paths that count.
  public let first: Double
  /// The mean, or the probability, in the second.
  public let second: Double
  /// The mean of second − first over the paths that count.
  public let difference: Double
  /// Its standard error over replicates, smaller than that of independent runs; `nil` with one replicate.
  public let standardError: Double?
  /// The probability that the second is larger, never being larger than any date.
  public let larger: Double
  /// The probability that it is smaller.
  public let smaller: Double
  /// The share of paths that count for the means: those on which neither is never.
  public let finiteShare: Double
}

/// Two scenarios on the same draws.
public struct ScenarioComparison: Sendable, Hashable {
  /// What the first scenario is called.
  public let first: String
  /// What the second is called.
  public let second: String
  /// The questions that both have, in the order of the first.
  public let differences: [QuestionDifference]
  /// What could not be compared, and why.
  public let notes: [String]
  /// The settings that both were run with.
  public let settings: RunSettings
}

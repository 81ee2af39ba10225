/// Boxes of inputs in which cases of interest are dense, and how they were come by.
public struct ScenarioDiscovery: Sendable, Hashable, Codable {
  /// What makes a path a case of interest.
  public let interest: String
  /// The share of cases of interest among the paths that count.
  public let share: Double
  /// The density asked for.
  public let density: Double
  /// The boxes; each covers cases that those before it leave.
  public let boxes: [ScenarioBox]
}

/// A box of inputs.
public struct ScenarioBox: Sendable, Hashable, Codable {
  /// The share of all cases of interest that lie inside.
  public let coverage: Double
  /// The share of cases of interest among the paths inside.
  public let density: Double
  /// The share of all paths that lie inside.
  public let mass: Double
  /// The bounds.
  public let bounds: [BoxBound]
  /// Coverage, density and mass of each peel from the whole on, on the paths that the box was found on.
  public let trajectory: [BoxStep]
}

/// A bound of a box on an input.
public struct BoxBound: Sendable, Hashable, Codable {
  /// The input or event; `branch` is the choice of the branch.
  public let name: String
  /// The unit of the bounds; `share of the law` for an input with values by year and an event's draw.
  public let unit: String
  /// The least value inside, ends included; `nil` where there is no bound.
  public let lower: Double?
  /// The greatest value inside.
  public let upper: Double?
  /// The branches inside; empty for a number.
  public let branches: [String]
  /// The probability of at least as many cases inside, were they as dense as in the box without this bound.
  ///
  /// The quasi-p-value of Bryant and Lempert, Technological Forecasting and Social Change 77, 2010, 34-49,
  /// doi:10.1016/j.techfore.2009.08.002.
  public let quasiPValue: Double
}

/// A step of peeling.
public struct BoxStep: Sendable, Hashable, Codable {
  /// The share of all cases of interest that lie inside.
  public let coverage: Double
  /// The share of cases of interest among the paths inside.
  public let density: Double
  /// The share of all paths that lie inside.
  public let mass: Double
  /// The number of bounded inputs.
  public let bounded: Int
}

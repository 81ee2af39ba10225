/// The mean of a quantity with one input after another at a low and at a high value.
public struct Tornado: Sendable, Hashable, Codable {
  /// The mean with every input drawn.
  public let mean: Double
  /// Its standard error over replicates; `nil` with one.
  public let standardError: Double?
  /// The shares of an input's law at which it is held.
  public let levels: [Double]
  /// A bar an input, the largest swing first.
  public let bars: [TornadoBar]
}

/// What one input does to the mean.
public struct TornadoBar: Sendable, Hashable, Codable {
  /// The input, event or `branch`.
  public let name: String
  /// At its low value; of the branches, the one with the least mean.
  public let low: TornadoEnd
  /// At its high value; of the branches, the one with the greatest mean.
  public let high: TornadoEnd
  /// The difference of the means, high − low.
  public let swing: Double
  /// Its standard error over replicates, from paired draws; `nil` with one.
  public let standardError: Double?
  /// Student's interval of the size of the swing; `nil` with one replicate.
  public let interval: ClosedRange<Double>?
  /// The place in the order of sizes, from 1; `nil` where the interval overlaps another's: a tie.
  public let rank: Int?
}

/// One end of a bar.
public struct TornadoEnd: Sendable, Hashable, Codable {
  /// `P10`, or a branch.
  public let label: String
  /// The input there, where it is the same number in every branch and year.
  public let value: Double?
  /// The mean with the input held there.
  public let mean: Double
  /// Its standard error over replicates; `nil` with one.
  public let standardError: Double?
}

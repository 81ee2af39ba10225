/// The value of an input or date at which a figure of a question reaches a target.
public struct BreakEven: Sendable, Hashable, Codable {
  /// The figure at one value of what is varied.
  public struct Point: Sendable, Hashable, Codable {
    /// The value that is set on every path.
    public let value: Double
    /// The figure then.
    public let figure: Double
    /// Its standard error over replicates; `nil` with one replicate.
    public let standardError: Double?
  }

  /// The scenario's name.
  public let scenario: String
  /// The file as it was named.
  public let file: String
  /// A hash of the file's text.
  public let fileHash: String
  /// The question's name.
  public let question: String
  /// The quantity or condition asked about.
  public let of: String
  /// The condition on the paths that count.
  public let given: String?
  /// What the figure is.
  public let kind: AnswerRow.Kind
  /// The probability of a quantile, or the level exceeded.
  public let level: Double?
  /// The unit of the figure; `1` of a probability.
  public let unit: String
  /// The input or event that is varied.
  public let varied: String
  /// Its unit.
  public let variedUnit: String
  /// The figure asked for.
  public let target: Double
  /// The value at which the figure reaches it.
  public let value: Double
  /// The standard error of that value over replicates, each searched by itself; `nil` with one replicate, or where one does not reach the
  /// target.
  public let standardError: Double?
  /// The values between which the figure crosses the target, a millionth of the range apart, for the draws used.
  public let bracket: ClosedRange<Double>
  /// The figure over the range, in equal steps.
  public let scan: [Point]
  /// The generator, draws, replicates and seed used.
  public let settings: RunSettings
  /// At how many values the figure of all replicates was computed.
  public let evaluations: Int
  /// Remarks.
  public let notes: [String]
}

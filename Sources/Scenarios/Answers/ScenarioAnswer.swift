/// The answer to one question.
public struct ScenarioAnswer: Sendable, Hashable, Codable {
  /// The question's name.
  public let question: String
  /// The expression asked about.
  public let of: String
  /// The unit of means and quantiles.
  public let unit: String
  /// Whether the quantity is a date.
  public let isDate: Bool
  /// The condition on the paths that count.
  public let given: String?
  /// What is set on every path, by name; `nil` values are never.
  public let interventions: [String: Double?]
  /// The figures in the order asked.
  public let rows: [AnswerRow]
  /// The drivers of the quantity, the largest total index first; empty where they are not asked.
  public let sensitivity: [SensitivityIndex]
  /// The number of paths that count.
  public let effectiveSampleSize: Int
  /// Warnings on this answer.
  public internal(set) var notes: [String]
  /// How a break-even was found; `nil` where none is asked or there is none.
  public internal(set) var breakEven: BreakEven?
  /// What each input does to the mean; `nil` where it is not asked.
  public internal(set) var tornado: SensitivityStudy<Tornado>?
  /// Where cases of interest are dense; `nil` where it is not asked or there is no box to find.
  public internal(set) var boxes: SensitivityStudy<ScenarioDiscovery>?

  /// The first figure of a kind, at a level where one is given.
  public func row(_ kind: AnswerRow.Kind, _ level: Double? = nil) -> AnswerRow? {
    rows.first { $0.kind == kind && (level == nil || $0.level == level) }
  }
}

/// What a run of a scenario found, with all that is needed to repeat it.
public struct ScenarioRun: Sendable, Hashable, Codable {
  /// The scenario's name.
  public let scenario: String
  /// The file as it was named.
  public let file: String
  /// A hash of the file's text.
  public let fileHash: String
  /// The day after which nothing was cited.
  public let asOf: String?
  /// The years projected.
  public let horizon: ScenarioHorizon
  /// The generator, draws, replicates and seed used.
  public let settings: RunSettings
  /// The answers in the order of the file.
  public let answers: [ScenarioAnswer]
  /// Remarks on data and sources: observations dropped, undated sources.
  public let notes: [String]
  /// The wall time, seconds.
  public let seconds: Double

  /// The answer to a question.
  public subscript(_ question: String) -> ScenarioAnswer? { answers.first { $0.question == question } }
}

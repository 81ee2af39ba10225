/// The answer to one question.
public struct ScenarioAnswer: Sendable, Hashable {
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
  public let notes: [String]
  /// How a break-even was found; `nil` where none is asked or there is none.
  public let breakEven: BreakEven?
  /// What each input does to the mean; `nil` where it is not asked.
  public let tornado: Tornado?
  /// Where cases of interest are dense; `nil` where it is not asked or there is no box to find.
  public let boxes: ScenarioDiscovery?

  /// The first figure of a kind, at a level where one is given.
  public func row(_ kind: AnswerRow.Kind, _ level: Double? = nil) -> AnswerRow? {
    rows.first { $0.kind == kind && (level == nil || $0.level == level) }
  }
}

extension ScenarioAnswer: Codable {
  private enum CodingKeys: String, CodingKey {
    case question, of, unit, isDate, given, interventions
    case effectiveSampleSize = "paths"
    case rows = "figures"
    case sensitivity, notes, breakEven, tornado, boxes
  }

  /// Encodes the answer; `given` is null where there is none, and studies that were not asked for are left out.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(question, forKey: .question)
    try fields.encode(of, forKey: .of)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(isDate, forKey: .isDate)
    try fields.encode(given, forKey: .given)
    try fields.encode(interventions, forKey: .interventions)
    try fields.encode(effectiveSampleSize, forKey: .effectiveSampleSize)
    try fields.encode(rows, forKey: .rows)
    try fields.encode(sensitivity, forKey: .sensitivity)
    try fields.encode(notes, forKey: .notes)
    if let breakEven { try fields.encode(breakEven, forKey: .breakEven) }
    if let tornado { try fields.encode(tornado, forKey: .tornado) }
    if let boxes { try fields.encode(boxes, forKey: .boxes) }
  }
}

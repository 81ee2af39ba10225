internal import Forecasting

/// A figure of a question by its name: `mean`, `p10`, `p50_if_ever`, `exceed_25`, `probability`, `never`, `not_within_horizon`.
public struct FigureName: Sendable, Hashable, Codable {
  /// What a figure is.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// The mean over all paths that count.
    case mean
    /// The inverted cdf at probability `level` over all paths that count, +∞ included.
    case quantile
    /// The same over the paths on which the date comes at all.
    case quantileIfEver = "quantile-if-ever"
    /// P(≥ level).
    case exceed
    /// The probability of the condition.
    case probability
    /// The share of paths on which the date never comes.
    case never
    /// The share of paths on which the date never comes or comes at or after the end of the last year.
    case notWithinHorizon = "not-within-horizon"
    /// The value of the varied input or date at which a figure of another question reaches `level`.
    case breakEven = "break-even"
  }

  /// What the figure is.
  public let kind: Kind
  /// The probability of a quantile, the level exceeded, or the target of a break-even.
  public let level: Double?

  /// A figure of a kind.
  public init(kind: Kind, level: Double? = nil) {
    self.kind = kind
    self.level = level
  }

  /// The figure that a text names; `nil` if it does not name one.
  public init?(_ text: some StringProtocol) {
    let single: [Kind] = [.mean, .probability, .never, .notWithinHorizon]
    if let kind = single.first(where: { FigureName(kind: $0).text == text }) {
      self.init(kind: kind)
    } else if text.hasPrefix("exceed_"), let level = Double(text.dropFirst(7)), level.isFinite {
      self.init(kind: .exceed, level: level)
    } else {
      let ifEver = text.hasSuffix("_if_ever")
      guard text.hasPrefix("p"), let percent = Double(text.dropFirst().dropLast(ifEver ? 8 : 0)), percent > 0,
        percent < 100
      else { return nil }
      self.init(kind: ifEver ? .quantileIfEver : .quantile, level: percent / 100)
    }
  }

  /// The name in documents and conditions.
  public var text: String {
    switch kind {
    case .mean: "mean"
    case .quantile: "p" + percent
    case .quantileIfEver: "p\(percent)_if_ever"
    case .exceed: "exceed_" + (level.map { NumberText.plain($0) } ?? "")
    case .probability: "probability"
    case .never: "never"
    case .notWithinHorizon: "not_within_horizon"
    case .breakEven: "break_even"
    }
  }

  /// A figure by its name in a document.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let name = FigureName(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is not a figure")
    }
    self = name
  }

  /// Encodes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }

  /// `10` of the quantile at 0.1.
  public var percent: String { NumberText.plain(((level ?? 0) * 1e11).rounded() / 1e9) }

  /// Whether the figure is a share of paths.
  var isShare: Bool {
    switch kind {
    case .exceed, .probability, .never, .notWithinHorizon: true
    case .mean, .quantile, .quantileIfEver, .breakEven: false
    }
  }

  /// Names to suggest for a misspelled one.
  public static let examples = ["mean", "probability", "never", "not_within_horizon", "p50", "exceed_25"]
}

/// One figure of an answer, with its standard error.
public struct AnswerRow: Sendable, Hashable {
  /// What a figure is.
  public typealias Kind = FigureName.Kind

  /// What the figure is.
  public let kind: Kind
  /// The probability of a quantile, the level exceeded, or the target of a break-even.
  public let level: Double?
  /// The figure; `nil` if it is +∞.
  public let value: Double?
  /// The standard error over replicates; `nil` with one replicate or an infinite figure.
  public let standardError: Double?

  /// Whether the figure is +∞: a date that never comes.
  public var isNever: Bool { value == nil }

  /// A figure.
  public init(kind: Kind, level: Double? = nil, value: Double, standardError: Double?) {
    self.kind = kind
    self.level = level
    self.value = value.isFinite ? value : nil
    self.standardError = value.isFinite ? standardError.flatMap { $0.isFinite ? $0 : nil } : nil
  }

  /// Its name, such as `p10` or `exceed_25`.
  public var name: FigureName { FigureName(kind: kind, level: level) }
}

extension AnswerRow: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, kind, level, value, standardError, never
  }

  /// A figure as a document holds it.
  public init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      kind: try fields.decode(Kind.self, forKey: .kind),
      level: try fields.decode(Double?.self, forKey: .level),
      value: try fields.decode(Double?.self, forKey: .value) ?? .infinity,
      standardError: try fields.decode(Double?.self, forKey: .standardError))
  }

  /// Encodes the figure with its name; what is absent is null.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(name, forKey: .name)
    try fields.encode(kind, forKey: .kind)
    try fields.encode(level, forKey: .level)
    try fields.encode(value, forKey: .value)
    try fields.encode(standardError, forKey: .standardError)
    try fields.encode(isNever, forKey: .never)
  }
}

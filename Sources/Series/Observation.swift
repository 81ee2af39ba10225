/// What one observation says about the base periods it covers.
public enum SpanRule: String, Sendable, Hashable, Codable, CaseIterable {
  /// A flow: the value is the sum over its periods.
  case sum
  /// A level or price: the value is the mean over its periods.
  case mean
  /// A stock: the value is the one at the last of its periods.
  case last
}

/// One published value: the periods it covers, the value if there is one, and where it comes from.
public struct Observation: Sendable, Hashable, Codable {
  /// The base periods covered.
  public let span: PeriodSpan
  /// The value in the unit of the series; `nil` when it is missing.
  public let value: Double?
  /// The id of the source, if known.
  public let source: String?
  /// A remark by the source or by whoever compiled the data.
  public let note: String?

  /// Creates an observation of a span.
  public init(_ span: PeriodSpan, _ value: Double?, source: String? = nil, note: String? = nil) {
    self.span = span
    self.value = value
    self.source = source
    self.note = note
  }
}

/// The longest gap, in base periods, that becomes missing observations; a longer gap is treated as an error in a period.
let longestGap = 1_000_000

/// What to do with periods that no observation covers.
public enum GapPolicy: Sendable {
  /// Make them missing observations and count them in `gapCount`.
  case missing
  /// Make them observations of zero, as in records of sales.
  case zero
  /// Throw an error.
  case refuse
}

internal import Forecasting

/// A fit that can be written as JSON and read back: its format and version beside the keys of what is kept of it.
///
/// A family says what it keeps (`saved`), how it is made of that (`init(_:)`) and what must hold of the numbers
/// (`requireSound()`); coding, versions and refusals are written here once.
protocol SavedFit: FittedForecaster, Codable {
  /// The formats that are read; the first is written unless `envelope` says otherwise.
  static var envelopes: [ModelEnvelope] { get }

  /// The format that this fit is written in.
  var envelope: ModelEnvelope { get }

  /// What is kept, by key; values that are `nil` are left out.
  var saved: SavedFields { get throws }

  /// The fit of what was kept.
  ///
  /// - Throws: `DecodingError`, `ForecastError`, `UnsoundFit`.
  init(_ saved: SavedReader) throws

  /// Refuses numbers that no fit has, so that nothing asked of the fit later can fail for them but with a typed error.
  ///
  /// - Throws: `UnsoundFit`.
  func requireSound() throws(UnsoundFit)
}

extension SavedFit {
  /// The first of the formats.
  var envelope: ModelEnvelope { Self.envelopes[0] }

  /// Nothing beyond what `init(_:)` checks.
  func requireSound() throws(UnsoundFit) {}

  /// Writes format, version and what is kept of the fit.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: SavedKey.self)
    try container.encode(envelope.format, forKey: "format")
    try container.encode(envelope.version, forKey: "version")
    try saved.write(to: &container)
  }

  /// Reads a fit; its forecasts are those of the one written.
  ///
  /// - Throws: `DecodingError` for another format, a version that is not read, or numbers that no fit has.
  public init(from decoder: any Decoder) throws {
    let reader = try SavedReader(decoder, Self.envelopes)
    do {
      try self.init(reader)
      try requireSound()
    } catch let error as UnsoundFit {
      throw reader.fault(error.key, error.reason)
    } catch let error as ForecastError {
      throw reader.fault(nil, "\(error)")
    }
  }
}

/// What is wrong with the numbers of a fit that was read.
struct UnsoundFit: Error {
  let key: String?
  let reason: String
}

/// Refuses a fit unless a condition holds of the values under a key.
func require(_ holds: Bool, _ key: String, _ reason: String) throws(UnsoundFit) {
  guard holds else { throw UnsoundFit(key: key, reason: reason) }
}

/// The format of an encoded fit, such as `foresight.ets`, and the versions of it that are read.
struct ModelEnvelope: Sendable {
  let format: String
  /// The version that is written; later programs still read it.
  let version: Int
  /// The earliest version that is read.
  let oldest: Int

  init(_ format: String, version: Int, oldest: Int = 1) {
    self.format = format
    self.version = version
    self.oldest = oldest
  }
}

/// A key of the JSON of a fit.
struct SavedKey: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
  init(stringLiteral value: String) { stringValue = value }
}

/// What is kept of a fit, by key.
struct SavedFields: ExpressibleByDictionaryLiteral {
  private var entries: [(key: String, value: any Encodable)]

  init(dictionaryLiteral elements: (String, any Encodable)...) {
    entries = elements.map { (key: $0.0, value: $0.1) }
  }

  /// These and others behind them.
  func merging(_ others: SavedFields) -> SavedFields {
    var all = self
    all.entries += others.entries
    return all
  }

  fileprivate func write(to container: inout KeyedEncodingContainer<SavedKey>) throws {
    for (key, value) in entries where !((value as? any Absentable)?.isAbsent ?? false) {
      try container.encode(value, forKey: SavedKey(stringValue: key))
    }
  }
}

/// The keys of an encoded fit, each read as the type that is asked for; one that is missing is `nil` where it may be.
@dynamicMemberLookup
struct SavedReader {
  /// The format found.
  let format: String
  /// The version found.
  let version: Int
  private let container: KeyedDecodingContainer<SavedKey>

  /// The keys of a fit of one of some formats.
  ///
  /// - Throws: `DecodingError` for another format, versions no longer read and versions to come.
  fileprivate init(_ decoder: any Decoder, _ envelopes: [ModelEnvelope]) throws {
    container = try decoder.container(keyedBy: SavedKey.self)
    let found = try container.decode(String.self, forKey: "format")
    guard let envelope = envelopes.first(where: { $0.format == found }) else {
      let known = envelopes.first?.format ?? "a format that is read"
      throw DecodingError.dataCorruptedError(
        forKey: "format", in: container, debugDescription: "\(found) is not \(known)")
    }
    let number = try container.decode(Int.self, forKey: "version")
    guard (envelope.oldest...envelope.version).contains(number) else {
      let reason =
        number > envelope.version
        ? "is newer than version \(envelope.version), which this program reads"
        : "is no longer read: fit again to write version \(envelope.version)"
      throw DecodingError.dataCorruptedError(
        forKey: "version", in: container, debugDescription: "version \(number) \(reason)")
    }
    format = found
    version = number
  }

  subscript<Value: Decodable>(dynamicMember key: String) -> Value {
    get throws {
      let key = SavedKey(stringValue: key)
      if !container.contains(key), let absent = (Value.self as? any Absentable.Type)?.absent as? Value {
        return absent
      }
      return try container.decode(Value.self, forKey: key)
    }
  }

  /// The error of a value under a key.
  func fault(_ key: String?, _ reason: String) -> DecodingError {
    DecodingError.dataCorrupted(
      DecodingError.Context(
        codingPath: container.codingPath + (key.map { [SavedKey(stringValue: $0)] } ?? []),
        debugDescription: reason))
  }
}

/// An optional value, whatever it wraps.
private protocol Absentable {
  static var absent: Self { get }
  var isAbsent: Bool { get }
}

extension Optional: Absentable {
  fileprivate static var absent: Wrapped? { nil }
  fileprivate var isAbsent: Bool { self == nil }
}

/// Whether every number is finite.
func areFinite(_ values: [Double]) -> Bool { values.allSatisfy(\.isFinite) }

extension TimeSeries {
  /// The last two cycles, 24 observations at least: what an encoded model that carries its state keeps of its series.
  func tail(cycle: Int) -> TimeSeries {
    let first = max(count - max(24, 2 * cycle), 0)
    return slice(from: observations[first].span.first) ?? self
  }
}

extension SavedFit {
  /// Fields, and behind them the end of the series with its fitted values: all that a fit with a state keeps of them.
  func tail(cycle: Int, behind fields: SavedFields) -> SavedFields {
    let tail = series.tail(cycle: cycle)
    return fields.merging(["series": tail, "fitted": Array(fitted.suffix(tail.count))])
  }

  /// Refuses fitted values or a first period that do not go with the series.
  func requireTail(origin: Period) throws(UnsoundFit) {
    try require(fitted.count == series.count, "fitted", "does not have a value for each observation")
    try require(origin.frequency == series.frequency, "origin", "has another frequency than the series")
    try require(
      origin <= series.end && origin.distance(to: series.end) < 100_000_000, "origin",
      "is not a period before the end of the series")
  }
}

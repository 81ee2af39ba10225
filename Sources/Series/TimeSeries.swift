/// A series of observations that cover an unbroken range of base periods.
///
/// An observation covers one base period or a span of them (`2022-01/2022-02`) according to the `rule` of the series, and its value can
/// be missing. Observations are in time order, do not overlap and leave no gaps: a gap in the source becomes a missing
/// observation. Models fit spans as they are; nothing is interpolated.
///
/// ```swift
/// let sales = try TimeSeries([112, 118, nil, 129], start: .month(2025, 1), name: "sales", unit: "t")
/// ```
public struct TimeSeries: Sendable, Equatable {
  /// The name in messages and tables.
  public var name: String
  /// The unit of the values, such as `USD bn`.
  public let unit: String
  /// The length of a base period.
  public let frequency: Frequency
  /// What an observation says about the periods it covers.
  public let rule: SpanRule
  /// The observations in time order, without gaps.
  public let observations: [Observation]
  /// The number of base periods that the source omitted and that became missing observations.
  public let gapCount: Int
  /// The number of base periods in a seasonal cycle, by default the usual one for the frequency.
  ///
  /// A value outside `seasonalPeriods` is moved to the nearer end when it is assigned; the initializers throw for one.
  public var seasonalPeriod: Int {
    didSet {
      let limits = TimeSeries.seasonalPeriods
      seasonalPeriod = min(max(seasonalPeriod, limits.lowerBound), limits.upperBound)
      givenSeasons = []
    }
  }
  /// The seasonal cycles that were given, shortest first; empty if none were.
  var givenSeasons: [Double] = []
  /// Where the series comes from.
  public var provenance: Provenance

  /// Creates a series from observations in time order.
  ///
  /// Cost: O(n).
  ///
  /// - Throws: `ForecastError.data` for an empty list, mixed frequencies, duplicates, overlaps, observations out of order, a value that is
  ///   not finite, and gaps if they are not allowed; `.invalidOption` for a seasonal period outside `seasonalPeriods`.
  public init(
    name: String = "", unit: String = "", rule: SpanRule = .sum, observations given: [Observation],
    gaps: GapPolicy = .missing, seasonalPeriod: Int? = nil, provenance: Provenance = Provenance()
  ) throws(ForecastError) {
    try requireSeasonalPeriod(seasonalPeriod)
    guard let first = given.first else { throw .data(DataFault(.empty, series: name)) }
    var tiled: [Observation] = []
    tiled.reserveCapacity(given.count)
    var missing = 0
    for observation in given {
      if let fault = TimeSeries.fault(of: observation, after: tiled.last ?? first, isFirst: tiled.isEmpty) {
        throw .data(DataFault(fault, series: name))
      }
      if let last = tiled.last, last.span.next < observation.span.first {
        let hole = PeriodSpan(last.span.next, through: observation.span.first - 1)
        guard gaps != .refuse, hole.count <= longestGap else {
          throw .data(DataFault(.gap(hole), series: name))
        }
        let value: Double? = gaps == .zero ? 0 : nil
        for period in hole.periods { tiled.append(Observation(PeriodSpan(period), value)) }
        if value == nil { missing += hole.count }
      }
      tiled.append(observation)
    }
    self.name = name
    self.unit = unit
    self.frequency = first.span.first.frequency
    self.rule = rule
    self.observations = tiled
    self.gapCount = missing
    self.seasonalPeriod = seasonalPeriod ?? first.span.first.frequency.seasonalPeriod
    self.provenance = provenance
  }

  /// Creates a series with one value per period, starting at `start`; `nil` is a missing value.
  ///
  /// Where NaN stands for a missing value, use `init(nanIsMissing:start:)`.
  ///
  /// - Throws: `ForecastError.data` for an empty list or a value that is not finite, `.invalidOption` for a seasonal period
  ///   outside `seasonalPeriods`.
  public init(
    _ values: [Double?], start: Period, name: String = "", unit: String = "", rule: SpanRule = .sum,
    seasonalPeriod: Int? = nil
  ) throws(ForecastError) {
    try self.init(
      name: name, unit: unit, rule: rule,
      observations: values.enumerated().map { Observation(PeriodSpan(start + $0.offset), $0.element) },
      seasonalPeriod: seasonalPeriod)
  }

  /// Creates a series with one value per period from numbers in which NaN means a missing value, as in arrays of NumPy or R.
  ///
  /// - Throws: `ForecastError.data` for an empty list or an infinite value, `.invalidOption` for a seasonal period outside
  ///   `seasonalPeriods`.
  public init(
    nanIsMissing values: [Double], start: Period, name: String = "", unit: String = "", rule: SpanRule = .sum,
    seasonalPeriod: Int? = nil
  ) throws(ForecastError) {
    try self.init(
      values.map { $0.isNaN ? nil : $0 }, start: start, name: name, unit: unit, rule: rule,
      seasonalPeriod: seasonalPeriod)
  }

  /// Creates a series from observations that are known to be contiguous and finite.
  init(
    name: String, unit: String, rule: SpanRule, tiled: [Observation], gapCount: Int, seasonalPeriod: Int,
    provenance: Provenance
  ) {
    self.name = name
    self.unit = unit
    self.rule = rule
    self.gapCount = gapCount
    self.seasonalPeriod = seasonalPeriod
    self.provenance = provenance
    frequency = tiled[0].span.first.frequency
    observations = tiled
  }

  /// Creates a contiguous part of a series, which does not need to be checked again.
  private init(_ whole: TimeSeries, part: [Observation]) {
    self.init(
      name: whole.name, unit: whole.unit, rule: whole.rule, tiled: part, gapCount: 0,
      seasonalPeriod: whole.seasonalPeriod, provenance: whole.provenance)
    givenSeasons = whole.givenSeasons
  }

  /// The seasonal periods that a series can have: a year of minutes and far more, and small enough that sums and products of
  /// periods stay within `Int`.
  public static let seasonalPeriods = 1...1_000_000

  /// The reason that `observation` cannot follow `last`, if there is one.
  static func fault(of observation: Observation, after last: Observation, isFirst: Bool) -> DataFault.Kind? {
    if let value = observation.value, !value.isFinite { return .badNumber("\(value)") }
    let span = observation.span
    let frequency = span.first.frequency
    guard frequency == last.span.first.frequency else {
      return .mixedFrequencies(frequency, last.span.first.frequency)
    }
    guard !isFirst, span.first <= last.span.last else { return nil }
    if span == last.span { return .duplicate(span) }
    if span.last >= last.span.first { return .overlap(span, last.span) }
    return .disorder(span, after: last.span)
  }
}

extension TimeSeries {
  /// The first base period.
  public var start: Period { observations[0].span.first }

  /// The last base period.
  public var end: Period { observations[observations.count - 1].span.last }

  /// The base periods covered, including missing ones.
  public var span: PeriodSpan { PeriodSpan(start, through: end) }

  /// The number of base periods covered.
  public var periodCount: Int { start.distance(to: end) + 1 }

  /// The number of observations, including missing ones.
  public var count: Int { observations.count }

  /// The values in order; `nil` if missing.
  public var values: [Double?] { observations.map(\.value) }

  /// The number of observations that have a value.
  public var observedCount: Int { observations.count { $0.value != nil } }

  /// The number of observations without a value.
  public var missingCount: Int { count - observedCount }

  /// Whether any observation covers more than one base period.
  public var hasSpans: Bool { observations.contains { $0.span.count > 1 } }

  /// Returns the values of a series that has one period per observation and no missing values.
  ///
  /// - Parameter model: The name of the model that needs them, for the message.
  /// - Throws: `ForecastError.spanNotSupported` or `.missingValue`.
  public func completeValues(for model: String) throws(ForecastError) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(count)
    for observation in observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: model, series: name, span: observation.span)
      }
      guard let value = observation.value else {
        throw .missingValue(model: model, series: name, span: observation.span)
      }
      result.append(value)
    }
    return result
  }

  /// Returns the part whose observations lie entirely within `first … last`; `nil` if there is none, or if the frequencies differ.
  public func slice(from first: Period? = nil, through last: Period? = nil) -> TimeSeries? {
    guard first?.frequency ?? frequency == frequency, last?.frequency ?? frequency == frequency else {
      return nil
    }
    let kept = observations.filter { observation in
      (first.map { observation.span.first >= $0 } ?? true)
        && (last.map { observation.span.last <= $0 } ?? true)
    }
    return replacing(kept)
  }

  /// Returns the first `count` observations; `nil` if `count` is not positive.
  public func prefix(_ count: Int) -> TimeSeries? { replacing(Array(observations.prefix(max(0, count)))) }

  /// Returns the series with later observations appended; periods skipped between them are missing.
  ///
  /// Cost: one copy, O(n); only the later observations are checked.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series in order, and what the initializer throws.
  public func appending(_ later: [Observation]) throws(ForecastError) -> TimeSeries {
    let added = try TimeSeries(
      name: name, unit: unit, rule: rule, observations: observations.suffix(1) + later)
    var whole = TimeSeries(
      name: name, unit: unit, rule: rule, tiled: observations + added.observations.dropFirst(),
      gapCount: gapCount + added.gapCount, seasonalPeriod: seasonalPeriod, provenance: provenance)
    whole.givenSeasons = givenSeasons
    return whole
  }

  /// Returns the series with the values of the next base periods; `nil` is a missing value.
  ///
  /// - Throws: `ForecastError.data` for a value that is not finite.
  @_disfavoredOverload
  public func appending(_ values: [Double?]) throws(ForecastError) -> TimeSeries {
    try appending(next(values))
  }

  /// Returns observations of the base periods after the end, one for each value.
  package func next(_ values: [Double?]) -> [Observation] {
    values.enumerated().map { Observation(PeriodSpan(end + 1 + $0.offset), $0.element) }
  }

  /// The same series with a part of its observations; `nil` if the part is empty.
  private func replacing(_ part: [Observation]) -> TimeSeries? {
    part.isEmpty ? nil : TimeSeries(self, part: part)
  }
}

/// Checks that a seasonal cycle has from one to a million base periods.
///
/// - Throws: `ForecastError.invalidOption`.
func requireSeasonalPeriod(_ period: Int?) throws(ForecastError) {
  guard let period, !TimeSeries.seasonalPeriods.contains(period) else { return }
  throw .invalidOption(
    name: "seasonal period", value: "\(period)", reason: "must be a whole number from 1 to 1000000")
}

extension TimeSeries: Codable {
  private enum CodingKeys: String, CodingKey {
    case name, unit, rule, start, widths, values, sources, notes, gapCount, seasonalPeriod, seasons,
      provenance
  }

  /// Encodes the values in order; widths, sources and notes only if some observation has them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(unit, forKey: .unit)
    try container.encode(rule, forKey: .rule)
    try container.encode(start, forKey: .start)
    try container.encode(values, forKey: .values)
    if hasSpans { try container.encode(observations.map(\.span.count), forKey: .widths) }
    if observations.contains(where: { $0.source != nil }) {
      try container.encode(observations.map(\.source), forKey: .sources)
    }
    if observations.contains(where: { $0.note != nil }) {
      try container.encode(observations.map(\.note), forKey: .notes)
    }
    try container.encode(gapCount, forKey: .gapCount)
    try container.encode(seasonalPeriod, forKey: .seasonalPeriod)
    if hasGivenSeasons { try container.encode(givenSeasons, forKey: .seasons) }
    try container.encode(provenance, forKey: .provenance)
  }

  /// Decodes a series.
  ///
  /// - Throws: `DecodingError` for lists of different lengths, an empty list, or a width or seasonal period out of range.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func require(_ holds: Bool, _ key: CodingKeys, _ text: String) throws {
      guard holds else {
        throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: text)
      }
    }
    let values = try container.decode([Double?].self, forKey: .values)
    let widths =
      try container.decodeIfPresent([Int].self, forKey: .widths) ?? [Int](repeating: 1, count: values.count)
    let none = [String?](repeating: nil, count: values.count)
    let sources = try container.decodeIfPresent([String?].self, forKey: .sources) ?? none
    let notes = try container.decodeIfPresent([String?].self, forKey: .notes) ?? none
    try require(!values.isEmpty, .values, "must have at least one value")
    try require(
      widths.count == values.count && widths.allSatisfy { (1...longestGap).contains($0) }, .widths,
      "must have a number of periods from 1 to \(longestGap) for each value")
    try require(
      widths.reduce(0, +) <= 10 * longestGap, .widths, "must cover at most \(10 * longestGap) periods")
    try require(sources.count == values.count, .sources, "must have as many entries as there are values")
    try require(notes.count == values.count, .notes, "must have as many entries as there are values")
    let start = try container.decode(Period.self, forKey: .start)
    let season = try container.decode(Int.self, forKey: .seasonalPeriod)
    try require(
      TimeSeries.seasonalPeriods.contains(season), .seasonalPeriod,
      "must be a number of periods from 1 to 1000000")
    let seasons = try container.decodeIfPresent([Double].self, forKey: .seasons) ?? []
    let isSound =
      seasons.isEmpty
      || (try? TimeSeries.checked(seasons: seasons)).map { Int($0[0].rounded()) == season } ?? false
    try require(isSound, .seasons, "must be numbers of periods of which the first is seasonalPeriod")
    let gapCount = try container.decode(Int.self, forKey: .gapCount)
    try require((0...(1 << 40)).contains(gapCount), .gapCount, "must be a number of periods")
    var next = start
    let observations = values.indices.map { index in
      defer { next = next + widths[index] }
      return Observation(
        PeriodSpan(next, count: widths[index]), values[index], source: sources[index], note: notes[index])
    }
    self.init(
      name: try container.decode(String.self, forKey: .name),
      unit: try container.decode(String.self, forKey: .unit),
      rule: try container.decode(SpanRule.self, forKey: .rule), tiled: observations,
      gapCount: gapCount, seasonalPeriod: season,
      provenance: try container.decode(Provenance.self, forKey: .provenance))
    givenSeasons = seasons.sorted()
  }
}

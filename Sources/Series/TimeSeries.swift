/// What one figure says of the base periods it covers.
public enum SpanRule: String, Sendable, Hashable, Codable, CaseIterable {
  /// A flow: the figure is the sum over its periods.
  case sum
  /// A level or price: the figure is the mean over its periods.
  case mean
  /// A stock: the figure is the value at the last of its periods.
  case last
}

/// One published figure: the periods it covers, its value (or none) and where it comes from.
public struct Observation: Sendable, Hashable, Codable {
  /// The base periods covered.
  public let span: PeriodSpan
  /// The value in the unit of the series; `nil` when it is missing.
  public let value: Double?
  /// The id of the source, where one is known.
  public let source: String?
  /// A remark of the source or of the compiler.
  public let note: String?

  /// An observation of a span.
  public init(_ span: PeriodSpan, _ value: Double?, source: String? = nil, note: String? = nil) {
    self.span = span
    self.value = value
    self.source = source
    self.note = note
  }
}

/// The longest gap, in base periods, that becomes missing observations; a longer one is taken for a mistaken period.
let longestGap = 1_000_000

/// What becomes of periods that no observation covers.
public enum GapPolicy: Sendable {
  /// They become missing observations, counted in `gapCount`.
  case missing
  /// They are an error.
  case refuse
}

/// A series of observations that tile an unbroken range of base periods.
///
/// An observation covers one base period or a span of them (`2022-01/2022-02`) under the series' `rule`; a value may
/// be missing. Observations are in order, do not overlap and leave no hole: a gap in the source is a missing
/// observation. Models fit the spans as they are; nothing is interpolated.
public struct TimeSeries: Sendable, Equatable {
  /// A name for messages and tables.
  public var name: String
  /// The unit of the values, such as `USD bn`.
  public let unit: String
  /// The length of a base period.
  public let frequency: Frequency
  /// What a figure says of the periods it covers.
  public let rule: SpanRule
  /// The observations in time order, without holes.
  public let observations: [Observation]
  /// The number of base periods that the source left out and that became missing observations.
  public let gapCount: Int
  /// The number of base periods in a seasonal cycle; the frequency's usual one unless set.
  ///
  /// - Precondition: one that is set lies in `seasonalPeriods`; the initialisers throw where it does not.
  public var seasonalPeriod: Int {
    didSet {
      precondition(
        TimeSeries.seasonalPeriods.contains(seasonalPeriod), "a cycle has from 1 to 1,000,000 periods")
    }
  }
  /// Where the series comes from.
  public var provenance: Provenance

  /// A series of observations given in time order.
  ///
  /// - Throws: `ForecastError.data` for an empty list, mixed frequencies, duplicates, overlaps, disorder, a value that is
  ///   not finite, and for gaps where they are refused; `.invalidOption` for a seasonal period outside
  ///   `seasonalPeriods`.
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
        guard case .missing = gaps, hole.count <= longestGap else {
          throw .data(DataFault(.gap(hole), series: name))
        }
        for period in hole.periods { tiled.append(Observation(PeriodSpan(period), nil)) }
        missing += hole.count
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

  /// A series of one value a period from `start` on; `nil` is a missing value.
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

  /// A series of observations that follow one another and are finite.
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

  /// A contiguous part of a series, which needs no second check.
  private init(_ whole: TimeSeries, part: [Observation]) {
    self.init(
      name: whole.name, unit: whole.unit, rule: whole.rule, tiled: part, gapCount: 0,
      seasonalPeriod: whole.seasonalPeriod, provenance: whole.provenance)
  }

  /// The seasonal periods that a series may have: a year of minutes and far beyond it, short enough that sums and products of
  /// periods stay within `Int`.
  public static let seasonalPeriods = 1...1_000_000

  /// What makes `observation` unfit to follow `last`, if anything does.
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

  /// The base periods covered, missing ones included.
  public var span: PeriodSpan { PeriodSpan(start, through: end) }

  /// The number of base periods covered.
  public var periodCount: Int { start.distance(to: end) + 1 }

  /// The number of observations, missing ones included.
  public var count: Int { observations.count }

  /// The values in order, `nil` where missing.
  public var values: [Double?] { observations.map(\.value) }

  /// The number of observations that have a value.
  public var observedCount: Int { observations.count { $0.value != nil } }

  /// The number of observations without a value.
  public var missingCount: Int { count - observedCount }

  /// Whether some observation covers more than one base period.
  public var hasSpans: Bool { observations.contains { $0.span.count > 1 } }

  /// The values of a series of single periods without missing values.
  ///
  /// - Throws: `ForecastError.spanNotSupported` and `.missingValue`, naming the model that asks.
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

  /// The part whose observations lie wholly in `first … last`; `nil` when there is none, as for periods of another frequency.
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

  /// The first `count` observations; `nil` when `count` is not positive.
  public func prefix(_ count: Int) -> TimeSeries? { replacing(Array(observations.prefix(max(0, count)))) }

  /// The series with later observations behind it; periods left out between them are missing.
  ///
  /// Cost: a copy; only the later observations are checked.
  ///
  /// - Throws: `ForecastError.data` for observations that do not follow the series in order, and what the initialiser throws.
  public func appending(_ later: [Observation]) throws(ForecastError) -> TimeSeries {
    let added = try TimeSeries(
      name: name, unit: unit, rule: rule, observations: observations.suffix(1) + later)
    return TimeSeries(
      name: name, unit: unit, rule: rule, tiled: observations + added.observations.dropFirst(),
      gapCount: gapCount + added.gapCount, seasonalPeriod: seasonalPeriod, provenance: provenance)
  }

  /// The same series with a non-empty part of its own observations; `nil` when the part is empty.
  private func replacing(_ part: [Observation]) -> TimeSeries? {
    part.isEmpty ? nil : TimeSeries(self, part: part)
  }
}

/// Refuses a seasonal cycle of less than one base period or more than a million.
///
/// - Throws: `ForecastError.invalidOption`.
func requireSeasonalPeriod(_ period: Int?) throws(ForecastError) {
  guard let period, !TimeSeries.seasonalPeriods.contains(period) else { return }
  throw .invalidOption(
    name: "seasonal period", value: "\(period)", reason: "must be a whole number from 1 to 1000000")
}

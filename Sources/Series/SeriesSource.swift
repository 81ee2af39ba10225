/// A source of data for scenarios: series by name, and the dates of sources by id.
public protocol SeriesSource: Sendable {
  /// Returns the series with a name such as `trade/china_russia_trade_segments_exports`, with the source of each observation.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name, `.data`.
  func series(named name: String) throws(ForecastError) -> TimeSeries

  /// Returns the dates of sources by id, as text (`2026-01-31`, `2026-01`, `2026`); empty if a source has no date.
  func sourceDates() throws(ForecastError) -> [String: String]

  /// Returns how a pipeline such as `Nord Stream 1` filled, by year of operation from 1; a source of series only does not know any.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name, `.data`.
  func rampShares(of line: String) throws(ForecastError) -> [RampShare]
}

/// The share of a pipeline's capacity that was used in a year of its operation.
public struct RampShare: Sendable, Hashable, Codable {
  /// The year of operation, counted from 1.
  public let year: Int
  /// Throughput divided by capacity; `nil` if either is unknown.
  public let share: Double?
  /// The id of the source.
  public let source: String

  /// Creates the share of a year of operation, with its source.
  public init(year: Int, share: Double?, source: String) {
    self.year = year
    self.share = share
    self.source = source
  }
}

extension SeriesSource {
  /// Throws, because no pipeline is known.
  ///
  /// - Throws: `ForecastError.unknownName`.
  public func rampShares(of line: String) throws(ForecastError) -> [RampShare] {
    throw .unknownName(kind: "pipeline", name: line, nearest: nil)
  }
}

/// A data source made from values.
public struct GivenSeries: SeriesSource {
  private let all: [String: TimeSeries]
  private let dates: [String: String]

  /// Creates a source from series by name and the dates of their sources by id.
  public init(_ series: [String: TimeSeries] = [:], sourceDates: [String: String] = [:]) {
    all = series
    dates = sourceDates
  }

  /// Returns the series with a name.
  public func series(named name: String) throws(ForecastError) -> TimeSeries {
    guard let series = all[name] else {
      throw .unknownName(kind: "series", name: name, nearest: nearestName(to: name, among: all.keys.sorted()))
    }
    return series
  }

  /// Returns the dates by id.
  public func sourceDates() throws(ForecastError) -> [String: String] { dates }
}

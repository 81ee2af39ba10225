public import Forecasting

/// The bundled series and the dates of their sources, for scenario files: `Scenario(contentsOf:data:)`.
public struct BundledSeries: SeriesSource {
  /// All bundled series.
  public init() {}

  /// The bundled series of a name such as `trade/total`.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name.
  public func series(named name: String) throws(ForecastError) -> TimeSeries {
    try entry(named: name).series()
  }

  /// The date of every source in `sources.csv` by its id.
  public func sourceDates() throws(ForecastError) -> [String: String] {
    var dates: [String: String] = [:]
    for source in try sources() { dates[source.id] = source.date }
    return dates
  }
}

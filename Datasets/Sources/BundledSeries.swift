public import Forecasting

/// The bundled series and the dates of their sources, as data for scenario files: `Scenario(contentsOf:data:)`.
public struct BundledSeries: SeriesSource {
  /// Creates a source with all bundled series.
  public init() {}

  /// Returns the bundled series with a name such as `trade/total`.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name.
  public func series(named name: String) throws(ForecastError) -> TimeSeries {
    try entry(named: name).series()
  }

  /// Returns how one of the pipelines of ``rampUpAnalogues()`` filled: throughput over nameplate capacity by year of operation.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name.
  public func rampShares(of line: String) throws(ForecastError) -> [RampShare] {
    let all = try rampUpAnalogues()
    let years = all.filter { $0.pipeline == line }
    guard !years.isEmpty else {
      throw .unknownName(
        kind: "pipeline", name: line, nearest: nearestName(to: line, among: Set(all.map(\.pipeline)).sorted())
      )
    }
    return years.map { year in
      RampShare(
        year: year.yearOfOperation, share: year.nameplate.map { year.throughput / $0 }, source: year.source)
    }
  }

  /// Returns the date of every source by its id, including those that the scenarios cite; `as_of` is compared with these dates.
  public func sourceDates() throws(ForecastError) -> [String: String] {
    var dates: [String: String] = [:]
    for source in try sources() { dates[source.id] = source.date }
    let cited = try table("scenarios/sources.csv")
    let id = try cited.requiredColumn("source_id")
    let date = try cited.requiredColumn("date")
    for row in cited.rows { dates[row.fields[id]] = row.fields[date] }
    return dates
  }
}

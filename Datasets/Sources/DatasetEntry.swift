public import Forecasting

/// A bundled series: its name, its file, and what you need to know about it.
public struct DatasetEntry: Sendable, Hashable, Codable {
  /// The name, such as `trade/total`.
  public let name: String
  /// What the series measures.
  public let title: String
  /// The path of the file below `Datasets/`.
  public let file: String
  /// What an observation says about the periods it covers.
  public let rule: SpanRule
  /// The default first period, if the earlier part of the file has gaps.
  public let start: String?
  /// When the file was compiled and how far it reaches, or the edition.
  public let vintage: String
  /// Who publishes the values, and on what terms.
  public let licence: String
  /// Whether growth curves are of interest for the series: it grew from a small beginning or by a trend, and is not another
  /// form of a series that did.
  public let isGrowing: Bool

  /// Whether values are totals since the beginning of their year; `TimeSeries.flowsOfYearToDate()` gives the flows.
  public var isToDate: Bool { name.hasSuffix("-to-date") }

  /// The name of the file without folder and extension.
  public var stem: String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return last.hasSuffix(".csv") ? String(last.dropLast(4)) : last
  }

  /// Reads the series.
  ///
  /// - Parameter from: The first period; the default start if `nil`.
  /// - Throws: `ForecastError.data` if the file is missing or is not a series, `.outsideForecast` if there is no observation
  ///   at or after `from`.
  public func series(from: Period? = nil) throws(ForecastError) -> TimeSeries {
    var whole = try TimeSeries(csv: ResourceFolder.path(of: file), name: name, rule: rule)
    whole.provenance.licence = licence
    whole.provenance.vintage = vintage
    whole.provenance.file = file
    guard let first = from ?? start.flatMap({ Period($0, frequency: whole.frequency) }) else { return whole }
    guard first.frequency == whole.frequency, let part = whole.slice(from: first) else {
      throw .outsideForecast(
        series: name, asked: PeriodSpan(first), reason: "the series covers \(whole.span)")
    }
    return part
  }
}

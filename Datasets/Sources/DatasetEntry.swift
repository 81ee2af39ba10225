public import Forecasting

/// A bundled series: its name, its file and what a reader must know of it.
public struct DatasetEntry: Sendable, Hashable, Codable {
  /// The name, such as `trade/total`.
  public let name: String
  /// What the series is.
  public let title: String
  /// The file below `Datasets/`.
  public let file: String
  /// What a figure says of the periods it covers.
  public let rule: SpanRule
  /// The first period that plain access gives, where the file's earlier part is broken.
  public let start: String?
  /// The period through which the file was compiled, or the edition.
  public let vintage: String
  /// Who publishes the figures, and under which terms.
  public let licence: String

  /// The file's name without folder and ending.
  public var stem: String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return last.hasSuffix(".csv") ? String(last.dropLast(4)) : last
  }

  /// The series.
  ///
  /// - Parameter from: the first period wanted; the entry's usual start when `nil`.
  /// - Throws: `ForecastError.data` when the file is missing or not a series, `.outsideForecast` when no observation lies
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

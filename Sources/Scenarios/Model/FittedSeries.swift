public import Forecasting

/// A series whose fitted model's joint sample paths enter the scenario.
public struct FittedSeries: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// The data set.
  public var data: String
  /// The file that holds the data set, if it is one of the scenario's own.
  public var file: SeriesFile?
  /// The first period that is fitted.
  public var from: String?
  /// The last year that is drawn; `nil` for the end of the horizon.
  ///
  /// Paths cost time in proportion to their length.
  public var to: Int?
  /// The unit of one observation.
  public var unit: Unit
  /// What one observation says of its period: of its file, or of the data set once it has been looked up.
  public var rule = SpanRule.sum
  /// The model's name.
  public var model: String
  /// The model's options.
  public var options: [String: String]
  /// The place of the data set's name.
  public var dataPlace: FilePlace
  /// The place of the model's name.
  public var modelPlace: FilePlace
  /// Its place in the file.
  public var place: FilePlace
}

/// A series in a CSV file of the scenario's own.
public struct SeriesFile: Sendable, Hashable {
  /// The file; relative to the scenario file until that is known.
  public var path: String
  /// Which series of a file with columns `unique_id,ds,y`; `nil` if the file holds one series.
  public var id: String?
  /// What a figure says of its period.
  public var rule: SpanRule
  /// The length of a base period; implied by the form of the periods if `nil`.
  public var frequency: Frequency?

  /// The path seen from a folder that ends in a slash.
  func located(in folder: String) -> SeriesFile {
    var copy = self
    if !path.hasPrefix("/") { copy.path = folder + path }
    return copy
  }

  /// Reads the series from columns `period,value`, or `ds,y` with `unique_id` if there are several series, and from `unit`, `source_id` and `note` if present.
  ///
  /// - Throws: `ForecastError` naming file and line.
  func series() throws(ForecastError) -> TimeSeries {
    var table = try CSVTable(path: path)
    let isTidy = table.column("ds") != nil && table.column("period") == nil
    if isTidy, let column = table.column("unique_id") {
      let ids = table.rows.map { $0.fields[column] }
      guard id != nil || Set(ids).count <= 1 else {
        throw .invalidOption(
          name: "data", value: path,
          reason: "holds \(Set(ids).count) series; name one: data: {file: …, series: \(ids[0])}")
      }
      if let id {
        guard ids.contains(id) else {
          throw .unknownName(
            kind: "series in \(path)", name: id, nearest: nearestName(to: id, among: Set(ids).sorted()))
        }
        table = table.rows(whose: column, is: id)
      }
    } else if let id {
      throw .invalidOption(
        name: "series", value: id, reason: "belongs to a file with columns unique_id,ds,y")
    }
    return try TimeSeries(
      table: table, name: path, rule: rule, frequency: frequency, periodColumn: isTidy ? "ds" : "period",
      valueColumn: isTidy ? "y" : "value")
  }
}

extension FittedSeries {
  /// The observations: of its own file, or of a source.
  ///
  /// - Throws: `ForecastError` as the source does, and naming file and line.
  public func observed(in source: any SeriesSource) throws(ForecastError) -> TimeSeries {
    if let file { return try file.series() }
    return try source.series(named: data)
  }
}

extension ScenarioFile {
  /// Places the files of series, which are seen from the scenario file's folder.
  mutating func placeSeriesFiles(_ folder: String) {
    for index in series.indices { series[index].file = series[index].file?.located(in: folder) }
  }
}

extension ScenarioFile {
  /// Notes how the data sets of series aggregate; a data set that cannot be read is reported when it is fitted.
  mutating func lookUpRules(_ data: any SeriesSource) {
    for index in series.indices where series[index].file == nil {
      guard let found = try? data.series(named: series[index].data) else { continue }
      series[index].rule = found.rule
    }
  }
}

extension FittedSeries {
  /// The unit of a calendar year's value: that of one observation, per year for a total.
  ///
  /// A price or a stock, which is averaged or taken at the end of the year, keeps its unit.
  var yearlyUnit: Unit {
    // A flow that is counted per month or year becomes a rate as a yearly total.
    if rule != .sum || unit.powers[Unit.Base.time.rawValue] < 0 || unit.isDimensionless { return unit }
    return Unit("\(unit.text)/yr") ?? unit
  }
}

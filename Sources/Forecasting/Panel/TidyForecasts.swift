/// The tidy CSV layout of many forecasts: `unique_id,ds,mean,lo-80,hi-80,lo-95,hi-95`.
public struct TidyForecasts: Sendable, Hashable {
  /// The levels of the intervals, such as 0.8 and 0.95.
  public let levels: [Double]
  /// The names of the key and period columns.
  public let columns: PanelColumns

  /// Creates the layout with central intervals at the levels 0.8 and 0.95.
  public init(columns: PanelColumns = PanelColumns()) {
    levels = [0.8, 0.95]
    self.columns = columns
  }

  /// Creates the layout with central intervals at given levels.
  ///
  /// - Throws: `ForecastError.invalidOption` for a level that does not lie strictly between 0 and 1.
  public init(levels: [Double], columns: PanelColumns = PanelColumns()) throws(ForecastError) {
    for level in levels { try requireShare("level", level) }
    self.levels = levels
    self.columns = columns
  }

  /// The header line, without a line feed.
  public var header: String {
    var names = [columns.key, columns.period].map(CSVTable.quoted) + ["mean"]
    for level in levels {
      let percent = (level * 1e11).rounded() / 1e9
      let label = percent == percent.rounded() ? String(Int(percent)) : "\(percent)"
      names += ["lo-" + label, "hi-" + label]
    }
    return names.joined(separator: ",")
  }

  /// Returns one line per step, each with a line feed, with periods in the form of the series (`Panel.periodForm`).
  public func rows(_ forecast: Forecast, key: String, form: PeriodForm = .period) -> String {
    let key = CSVTable.quoted(key)
    let intervals = levels.map { forecast.bands($0) }
    var text = ""
    for (step, mean) in forecast.mean.enumerated() {
      text += "\(key),\(form.text(of: forecast.start + step)),\(mean)"
      for interval in intervals { text += ",\(interval[step].lower),\(interval[step].upper)" }
      text += "\n"
    }
    return text
  }
}

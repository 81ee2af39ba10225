internal import Forecasting

/// The external variables of an ARIMA model over the base periods of a series, each in a unit near its size.
struct ARIMARegressors: Sendable {
  let names: [String]
  /// A power of two near the largest absolute value of each.
  let units: [Double]
  /// Values over the unit, one a base period from the series' first on.
  let columns: [[Double]]

  /// No variables.
  static let none = ARIMARegressors(names: [], units: [], columns: [])

  private init(names: [String], units: [Double], columns: [[Double]]) {
    self.names = names
    self.units = units
    self.columns = columns
  }

  /// Variables over the periods of a series.
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period without a value.
  init(_ regressors: Regressors, names: [String], over series: TimeSeries) throws(ForecastError) {
    var units: [Double] = []
    var columns: [[Double]] = []
    for name in names {
      let values = try ARIMARegressors.values(
        of: name, in: regressors, from: series.start, through: series.end, series: series.name)
      let largest = values.reduce(0) { max($0, abs($1)) }
      let unit = largest > 0 ? ARIMASample.power(Int(largest.exponent)) : 1
      units.append(unit)
      columns.append(values.map { $0 / unit })
    }
    self.init(names: names, units: units, columns: columns)
  }

  private static func values(
    of name: String, in regressors: Regressors, from first: Period, through last: Period, series: String
  ) throws(ForecastError) -> [Double] {
    var values: [Double] = []
    for offset in 0...first.distance(to: last) {
      let period = first + offset
      guard let column = regressors.names.firstIndex(of: name),
        let value = regressors.value(column, at: period)
      else { throw .missingRegressor(name: name, series: series, period: period) }
      values.append(value)
    }
    return values
  }
}

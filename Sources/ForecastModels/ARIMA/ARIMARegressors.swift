internal import Forecasting

/// The external variables of an ARIMA model over the base periods of a series, each in a unit near its size.
struct ARIMARegressors: Sendable {
  let names: [String]
  /// A power of two near the largest absolute value of each.
  let units: [Double]
  /// Values over the unit, one per base period from the first of the series on.
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
  init(_ regressors: Regressors?, names: [String], over series: TimeSeries) throws(ForecastError) {
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
    of name: String, in regressors: Regressors?, from first: Period, through last: Period, series: String
  ) throws(ForecastError) -> [Double] {
    var values: [Double] = []
    for offset in 0...first.distance(to: last) {
      let period = first + offset
      guard let regressors, let column = regressors.names.firstIndex(of: name),
        let value = regressors.value(column, at: period)
      else { throw .missingRegressor(name: name, series: series, period: period) }
      values.append(value)
    }
    return values
  }
}

extension Regressors {
  /// The names of the variables that change over a series, and of those that do not: an effect that no period shows cannot be estimated.
  func changing(over series: TimeSeries) -> (names: [String], constant: [String]) {
    var changing: [String] = []
    var constant: [String] = []
    for (place, name) in names.enumerated() {
      let values = (0..<series.periodCount).map { value(place, at: series.start + $0) }
      // A period without a value is reported by what reads it.
      let isConstant = values.allSatisfy { $0 != nil && $0 == values[0] }
      if isConstant { constant.append(name) } else { changing.append(name) }
    }
    return (changing, constant)
  }
}

extension ARIMASample {
  /// Throws for variables of which differencing leaves nothing, or that the constant and earlier variables explain fully.
  ///
  /// - Throws: `ForecastError.invalidOption` with their names.
  func checkVariables(model: String, hasConstant: Bool) throws(ForecastError) {
    guard !explanatory.isEmpty, explanatory.count + (hasConstant ? 1 : 0) <= values.count else { return }
    var still: [String] = []
    var dependent: [String] = []
    var basis: [[Double]] = []
    let level = hasConstant ? ARIMASample.direction(constant) : nil
    for (place, name) in regressors.names.enumerated() {
      let column = explanatory[place]
      // The levels tell what rounding leaves of a column whose differences vanish.
      let size = regressors.columns[place].reduce(0) { $0 + $1 * $1 }
      let centred = level.map { ARIMASample.residual(of: column, beside: [$0]) } ?? column
      let moving = ARIMASample.product(centred, centred)
      guard moving > 1e-26 * size else {
        still.append(name)
        continue
      }
      let rest = ARIMASample.residual(of: centred, beside: basis)
      if ARIMASample.product(rest, rest) > 1e-13 * moving, let direction = ARIMASample.direction(rest) {
        basis.append(direction)
      } else {
        dependent.append(name)
      }
    }
    let trend = difference + seasonalDifference > 0
    if !still.isEmpty {
      let remover = hasConstant ? "differences and drift" : "differences"
      throw .invalidOption(
        name: "regressors", value: still.joined(separator: ", "),
        reason: trend
          ? "must vary after the \(remover) of \(model)" : "must vary over the series")
    }
    if !dependent.isEmpty {
      throw .invalidOption(
        name: "regressors", value: dependent.joined(separator: ", "),
        reason: "must not be a linear combination of the variables before"
          + (hasConstant ? " and a constant" : ""))
    }
  }

  private static func product(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func direction(_ column: [Double]) -> [Double]? {
    let size = product(column, column).squareRoot()
    return size > 0 ? column.map { $0 / size } : nil
  }

  /// The part of a column that is orthogonal to orthonormal directions, projected twice against rounding.
  private static func residual(of column: [Double], beside basis: [[Double]]) -> [Double] {
    var rest = column
    for direction in basis + basis {
      let share = product(rest, direction)
      for t in rest.indices { rest[t] -= share * direction[t] }
    }
    return rest
  }
}

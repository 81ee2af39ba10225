internal import ArgumentParser
internal import Forecasting

/// The option that gives external variables to a model that takes them.
struct RegressorInput: ParsableArguments {
  @Option(
    name: .customLong("regressors"),
    help: ArgumentHelp(
      "A CSV file of external variables: period (or ds) and a column a variable, over history and horizon.",
      valueName: "file"))
  var file: String?

  /// The variables of the file, `nil` when none was given.
  ///
  /// - Throws: `ForecastError.data` with file and line for a gap, a duplicate or a value that is no number.
  func load(_ frequency: Frequency) throws(ForecastError) -> Regressors? {
    guard let file else { return nil }
    let table = try CSVTable(path: file)
    let periodColumn = table.column("ds") ?? table.column("period")
    guard let periodColumn else {
      throw .data(DataFault(.missingColumn("period", found: table.header), file: file, line: 1))
    }
    let columns = table.header.indices.filter { $0 != periodColumn }
    var values = [[Double]](repeating: [], count: columns.count)
    var start: Period?
    var next: Period?
    for row in table.rows {
      func fault(_ kind: DataFault.Kind) -> ForecastError {
        .data(DataFault(kind, file: file, line: row.line))
      }
      let text = CSVTable.trimmed(row.fields[periodColumn])
      guard let period = Period(text, frequency: frequency) else { throw fault(.badPeriod(text)) }
      if let next, period != next {
        if period > next { throw fault(.gap(PeriodSpan(next, through: period - 1))) }
        throw fault(
          period == next - 1
            ? .duplicate(PeriodSpan(period)) : .disorder(PeriodSpan(period), after: PeriodSpan(next - 1)))
      }
      start = start ?? period
      next = period + 1
      for (place, column) in columns.enumerated() {
        let number = CSVTable.trimmed(row.fields[column])
        guard let value = Double(decimal: number) else {
          throw fault(.badCell(number, column: table.header[column], period: period))
        }
        values[place].append(value)
      }
    }
    guard let start else { throw .data(DataFault(.empty, file: file)) }
    return try Regressors(names: columns.map { table.header[$0] }, columns: values, start: start)
  }
}

/// A model fitted as the command line asked: alone, or with external variables.
enum FittedChoice {
  case alone(any FittedForecaster)
  case explained(any FittedWithRegressors, by: Regressors)

  /// A model fitted to a series.
  ///
  /// - Throws: `ForecastError.invalidOption` for a model that takes no regressors, and what the fit throws.
  init(_ model: any Forecaster, _ series: TimeSeries, regressors: Regressors?) throws(ForecastError) {
    guard let regressors else {
      self = .alone(try model.fit(series))
      return
    }
    let extended = (model as? any RegressorExtensible)?.explanatory
    guard let aware = extended ?? (model as? any RegressorAware) else {
      throw .invalidOption(
        name: "--regressors", value: regressors.names.joined(separator: ","),
        reason: "\(model.name) takes no external variables")
    }
    self = .explained(try aware.fit(series, regressors: regressors), by: regressors)
  }

  /// Coefficients, criteria, diagnostics.
  var summary: FitSummary {
    switch self {
    case .alone(let fitted): fitted.summary
    case .explained(let fitted, _): fitted.summary
    }
  }

  /// The joint predictive distribution of the next base periods.
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period of the horizon that the file does not reach.
  func forecast(_ horizon: Int) throws(ForecastError) -> Forecast {
    switch self {
    case .alone(let fitted): fitted.forecast(horizon)
    case .explained(let fitted, let regressors): try fitted.forecast(horizon, future: regressors)
    }
  }
}

extension RegressorExtensible {
  /// The model with external variables, whatever its type.
  fileprivate var explanatory: any RegressorAware { withRegressors }
}

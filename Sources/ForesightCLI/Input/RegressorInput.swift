internal import ArgumentParser
internal import ForecastModels
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
    let texts = table.rows.map { CSVTable.trimmed($0.fields[periodColumn]) }
    let periods: PeriodColumn
    do {
      periods = try PeriodColumn(texts, lines: table.rows.map(\.line), frequency: frequency, isAligned: false)
    } catch .data(let fault) {
      throw .data(DataFault(fault.kind, file: file, line: fault.line))
    }
    for (place, row) in table.rows.enumerated() {
      func fault(_ kind: DataFault.Kind) -> ForecastError {
        .data(DataFault(kind, file: file, line: row.line))
      }
      guard let span = periods.spans[place], span.count == 1 else { throw fault(.badPeriod(texts[place])) }
      let period = span.first
      if let next, period != next {
        if period > next { throw fault(.gap(PeriodSpan(next, through: period - 1))) }
        throw fault(
          period == next - 1
            ? .duplicate(PeriodSpan(period)) : .disorder(PeriodSpan(period), after: PeriodSpan(next - 1)))
      }
      start = start ?? period
      next = period + 1
      for (index, column) in columns.enumerated() {
        let number = CSVTable.trimmed(row.fields[column])
        guard let value = Double(decimal: number) else {
          throw fault(.badCell(number, column: table.header[column], period: period))
        }
        values[index].append(value)
      }
    }
    guard let start else { throw .data(DataFault(.empty, file: file)) }
    return try Regressors(names: columns.map { table.header[$0] }, columns: values, start: start)
  }
}

extension Forecaster {
  /// The model fitted as the command line asked: alone, or with external variables.
  ///
  /// - Throws: `ForecastError.unsupported`, with the models that take them, for a model that takes no external variables,
  ///   and what the fit throws.
  func fitted(_ series: TimeSeries, regressors: Regressors?) throws(ForecastError) -> any FittedForecaster {
    do throws(ForecastError) {
      return try fit(series, regressors: regressors)
    } catch {
      guard case .unsupported(let model, let capability, []) = error, !takesRegressors else { throw error }
      let able = Registry.models.filter { ((try? $0.model())?.takesRegressors ?? false) }
      throw .unsupported(model: model, capability: capability, models: able.map(\.name))
    }
  }
}

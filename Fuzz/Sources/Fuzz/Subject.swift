import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Ledger
import Scenarios
import Series

/// What is fuzzed: a reader of the library, and what is done with that which it read.
enum Subject: String, CaseIterable {
  case table, text, scenario, expression, model, record

  /// Reads an input; it ends in a value or a typed error, and must not trap.
  func take(_ bytes: [UInt8]) {
    switch self {
    case .table: readTable(bytes)
    case .text: readText(bytes)
    case .scenario: readScenario(bytes)
    case .expression: readExpression(bytes)
    case .model: readModel(bytes)
    case .record: readRecord(bytes)
    }
  }
}

/// Reads a table of any layout as rows, a series and a panel.
///
/// The first byte chooses the options.
private func readTable(_ bytes: [UInt8]) {
  guard let choice = bytes.first else { return }
  var options = TableOptions()
  if choice & 1 != 0 { options.decimal = choice & 2 != 0 ? .comma : .point }
  if choice & 4 != 0 { options.value = "value" }
  let text = Array(bytes.dropFirst())
  if let table = try? Table(bytes: text, file: "f.csv", options: options),
    let tidy = try? table.tidy(options, isPanel: choice & 8 != 0)
  {
    let series = try? TimeSeries(
      table: tidy.table, name: "f", aggregate: choice & 16 != 0 ? .sum : nil)
    if let series, series.count < 10_000 { _ = try? TimeSeries(table: CSVTable(text: series.csv())) }
  }
  let string = String(decoding: text, as: UTF8.self)
  if let panel = try? Panel(text: string, policy: RowPolicy(gaps: choice & 32 != 0 ? .zero : .missing)),
    panel.valueCount < 10_000, let again = try? panel.csv()
  {
    _ = try? Panel(text: again)
  }
}

/// Lines as periods, frequencies, numbers, units and columns of them.
private func readText(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix(40)
  for line in lines {
    if let period = Period(line) {
      let again = Period(period.description, frequency: period.frequency)
      precondition(again == period, "\(line) is \(period), which is read as \(String(describing: again))")
    }
    if let frequency = Frequency(rawValue: String(line)) {
      precondition(Frequency(rawValue: frequency.rawValue) == frequency, "\(line)")
      _ = Period(line, frequency: frequency)
    }
    _ = Scenarios.Unit(String(line))
    _ = ScenarioOverride(String(line))
  }
  let rows = lines.enumerated().map { (line: $0 + 2, text: $1) }
  let column = "period,value\n" + rows.map { CSVTable.quoted(String($0.text)) + ",1\n" }.joined()
  if let table = try? CSVTable(text: column) { _ = try? TimeSeries(table: table, aggregate: .last) }
  let numbers =
    "period,value\n" + rows.map { "\($0.line)," + CSVTable.quoted(String($0.text)) + "\n" }.joined()
  if let table = try? Table(bytes: Array(numbers.utf8)), let tidy = try? table.tidy() {
    _ = try? TimeSeries(table: tidy.table)
  }
}

/// A scenario file, checked and run with a few draws.
private func readScenario(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  // Files that it names are not read.
  guard !text.contains("extends"), !text.contains("sources"), !text.contains("file") else { return }
  guard let scenario = try? Scenario(yaml: text), let checked = try? scenario.checked() else { return }
  _ = try? checked.run(DrawOptions(draws: 8, replicates: 2, threads: 1))
}

/// A condition on the paths of a small scenario.
private func readExpression(_ bytes: [UInt8]) {
  let text = String(decoding: bytes, as: UTF8.self)
  guard let conditioned = try? small?.conditioned(given: text), let checked = try? conditioned.checked()
  else {
    return
  }
  _ = try? checked.run(DrawOptions(draws: 8, replicates: 2, threads: 1))
}

private let small = try? Scenario(
  yaml: """
    schema: scenario/1
    id: small
    horizon: {from: 2026, to: 2040}
    inputs:
      v: {unit: "1", basis: judgement, dim: 1, uniform: [0, 1]}
      w: {unit: bcm/yr, basis: judgement, dim: 2, normal: {mean: 10, sd: 2}}
    derived:
      x: {unit: bcm/yr, expr: w * v + 3}
    questions:
      q: {of: v, mean: true}
    """)

/// The JSON of a fitted model, its forecast, and what new observations do to it.
private func readModel(_ bytes: [UInt8]) {
  guard let model = try? JSONDecoder().decode(FittedModel.self, from: Data(bytes)) else { return }
  _ = model.summary
  if let forecast = try? model.forecast(3) {
    _ = forecast.mean
    _ = forecast.marginal(2).quantile(0.9)
    _ = forecast.samplePaths(2)
  }
  if model.series.count < 10_000 { _ = try? model.updated(to: model.series) }
  let next = Observation(PeriodSpan(model.series.end + 1), 1)
  _ = try? model.appending([next]).forecast(1)
}

/// The bytes of a ledger file, and what is asked of it.
private func readRecord(_ bytes: [UInt8]) {
  let path = "/dev/shm/foresight-fuzz-\(getpid()).db"
  defer { for ending in ["", "-wal", "-shm", "-journal"] { unlink(path + ending) } }
  guard (try? Data(bytes).write(to: URL(filePath: path))) != nil, let ledger = try? Ledger(path: path) else {
    return
  }
  _ = try? ledger.runs()
  _ = try? ledger.openKeys()
  _ = try? ledger.scores()
  _ = try? ledger.calibration()
}

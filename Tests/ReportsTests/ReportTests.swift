import Datasets
import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Reports
import Scenarios
import TestSupport
import Testing

@Suite struct ReportTests {
  /// A report and the key of the rows that its JSON and CSV share; nothing where JSON is a list.
  struct Sample: Sendable, CustomTestStringConvertible {
    let name: String
    let rows: String?
    let report: Report
    var testDescription: String { name }
  }

  private static func scenario() throws -> Scenario {
    try Scenario(
      contentsOf: Datasets.path(of: "scenarios/power-of-siberia-2.yaml"), data: BundledSeries())
  }

  static func samples() throws -> [Sample] {
    let crude = try Datasets.energy.crude()
    let brent = try Datasets.entry(named: "prices/brent").series()
    let fit = try ExponentialGrowth().fit(crude)
    let backtest = try RollingOrigin(initial: 4, horizon: 2).backtest([Naive(), Drift()], on: crude)
    let scenario = try scenario().checked()
    let other = try Scenario(
      contentsOf: Datasets.path(of: "scenarios/power-of-siberia-2.yaml"), data: BundledSeries(),
      overrides: [#require(ScenarioOverride("assets.ps2.capacity=38"))]
    ).checked()
    let options = DrawOptions(draws: 64, replicates: 2)
    let paths = try scenario.paths(of: ["ps2", "first_gas"], options)
    return [
      Sample(name: "forecast", rows: "steps", report: try fit.forecast(4).report(levels: [0.5, 0.995])),
      Sample(name: "fit", rows: "coefficients", report: fit.summary.report),
      Sample(
        name: "backtest", rows: "models", report: try backtest.report([.mase, .coverage(0.8)], bySteps: true)),
      Sample(name: "growth", rows: nil, report: GrowthSurvey().rows(crude).report),
      Sample(
        name: "decomposition", rows: "rows", report: try MSTL().decompose(brent).report),
      Sample(
        name: "comparison", rows: "differences",
        report: try scenario.compare(with: other, options).report),
      Sample(
        name: "explanation", rows: "parts",
        report: try scenario.explain("ps2[2035]", options).report),
      Sample(name: "outlook", rows: "years", report: paths[0].outlook(levels: [0.1, 0.5, 0.9]).report),
      Sample(name: "exceedance", rows: "curve", report: paths[1].exceedanceReport),
      Sample(
        name: "tornado", rows: nil, report: try scenario.tornado(of: "flow_2035", options).report),
    ]
  }

  /// Every form has all rows, each with all columns, and JSON and CSV give the same values under the same keys.
  @Test func formsAgree() throws {
    for sample in try Self.samples() {
      let csv = try CSVTable(text: sample.report.csv)
      let document = try JSONDecoder().decode(JSON.self, from: Data(sample.report.json.utf8))
      #expect(try JSONDecoder().decode(JSON.self, from: Data(sample.report.jsonLine.utf8)) == document)
      let rows =
        sample.name == "tornado"
        ? try #require(document["findings"]?["bars"]).list
        : sample.rows.flatMap { document[$0]?.list } ?? document.list
      #expect(rows.count == csv.rows.count && !rows.isEmpty, "\(sample.name)")
      for (row, line) in zip(rows, csv.rows) {
        for (key, field) in zip(csv.header, line.fields) {
          switch row[key] {
          case .number(let number): #expect(Double(field) == number, "\(sample.name).\(key)")
          case .text(let text): #expect(field == text, "\(sample.name).\(key)")
          case .null: #expect(field.isEmpty, "\(sample.name).\(key)")
          default: break
          }
        }
      }
      let text = sample.report.text
      #expect(text.hasSuffix("\n") && !text.contains("\n\n\n"), "\(sample.name)")
    }
  }

  /// Tables keep to a width where their words can be wrapped.
  @Test func textKeepsToAWidth() throws {
    let rows = (0..<3).map { $0 }
    let report = Report {
      Table("", rows) {
        Column("number", "Number") { Double($0) / 3 }
        Column("words", "Words") { _ in String(repeating: "word ", count: 40) }
      }
    }
    for width in [40, 60, 100] {
      for line in report.text(width: width).split(separator: "\n") { #expect(line.count <= width) }
    }
    #expect(report.text.split(separator: "\n").count == 4)
  }

  /// A forecast's JSON has the quantiles of its intervals, and its total is the distribution's.
  @Test func forecastsAreTheLibrarys() throws {
    let forecast = try ExponentialGrowth().fit(Datasets.energy.crude()).forecast(3)
    let window = TotalWindow.periods(forecast.start, through: forecast.start + 2)
    let report = try forecast.report(levels: [0.9], totals: [window], notes: ["one"])
    let document = try JSONDecoder().decode(JSON.self, from: Data(report.json.utf8))
    let steps = try #require(document["steps"]).list
    #expect(steps.map { $0["mean"]?.number } == forecast.mean)
    let uppers = try forecast.interval(0.9).map(\.upper)
    #expect(steps.map { $0["intervals"]?.list.first?["upper"]?.number } == uppers)
    #expect(steps.map { $0["intervals"]?.list.first?["level"]?.number } == [90, 90, 90])
    #expect(
      document["totals"]?.list.first?["mean"]?.number == (try forecast.total(over: window).mean))
    #expect(document["notes"] == .list([.text("one")]) && report.text.hasSuffix("\none\n"))
  }

  /// A run's JSON has its horizon with the step, and every statistic under the name that conditions use.
  @Test func runsAreWhole() throws {
    let run = try Self.scenario().run(DrawOptions(draws: 64, replicates: 2))
    let document = try JSONDecoder().decode(JSON.self, from: Data(run.report.json.utf8))
    #expect(document["horizon"]?["step"]?.text == run.horizon.step.rawValue)
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    #expect(try JSONDecoder().decode(JSON.self, from: encoder.encode(run)) == document)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    #expect(try decoder.decode(ScenarioRun.self, from: Data(run.report.json.utf8)) == run)
    let figures = try #require(document["answers"]).list.flatMap { answer in
      (answer["figures"]?.list ?? []).map { figure in
        ("\(answer["question"]?.text ?? "").\(figure["name"]?.text ?? "")", figure["value"]?.number)
      }
    }
    let statistics = Dictionary(uniqueKeysWithValues: run.statistics.map { ($0.name, $0.value) })
    #expect(figures.count == run.answers.reduce(0) { $0 + $1.rows.count } && !figures.isEmpty)
    for (name, value) in figures { #expect(statistics[name] == value ?? .infinity, "\(name)") }
    let csv = try CSVTable(text: run.report.csv)
    #expect(csv.rows.count == figures.count)
  }
}

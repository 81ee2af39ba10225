import Datasets
import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import TestSupport
import Testing

@Suite struct ForecastQuestionTests {
  private let call = ["forecast", "--model", "drift", "--dataset", "prices/brent", "--to", "2025-12"]

  private func forecast(_ horizon: Int) throws -> Forecast {
    let whole = try Datasets.entry(named: "prices/brent").series()
    return try Drift().fit(try #require(whole.slice(through: .month(2025, 12)))).forecast(horizon)
  }

  @Test func withoutAHorizonTheUsualOneIsTakenAndSaid() throws {
    let json = try Tool.run(call + ["--format", "json"]).json()
    #expect(json["steps"]?.list.count == 24)
    #expect(json["notes"]?.list.first?.text?.hasPrefix("24 periods: two seasonal cycles") == true)
    let far = try Tool.run(call + ["--total", "2028", "--format", "json"]).json()
    #expect(far["steps"]?.list.last?["period"]?.text == "2028-12")
    let given = try Tool.run(call + ["--horizon", "3", "--format", "json"]).json()
    #expect(given["steps"]?.list.count == 3 && given["notes"]?.list.isEmpty == true)
  }

  @Test func chancesAreThoseOfTheMarginals() throws {
    let json = try Tool.run(
      call + ["--horizon", "6", "--exceed", "70", "--below", "60", "--any", "--all", "--format", "json"]
    ).json()
    let expected = try forecast(6)
    let steps = try #require(json["steps"]).list
    for (step, answer) in steps.enumerated() {
      let chances = try #require(answer["probabilities"]).list
      #expect(chances.map { $0["side"]?.text } == ["above", "below"])
      let law = expected.marginal(step)
      #expect(abs(try #require(chances[0]["probability"]?.number) - (1 - law.cdf(70))) < 1e-12)
      #expect(abs(try #require(chances[1]["probability"]?.number) - law.cdf(60)) < 1e-12)
    }
    let events = try #require(json["events"]).list
    #expect(events.count == 4 && events.allSatisfy { $0["window"]?.text == "2026-01/2026-06" })
    let p = events.compactMap { $0["probability"]?.number }
    let single = try steps.map { try #require($0["probabilities"]?.list[0]["probability"]?.number) }
    #expect(p[0] >= (single.max() ?? 1) - 0.02 && p[1] <= (single.min() ?? 0) + 0.02)
    #expect(p[0] <= single.reduce(0, +) + 0.02)
  }

  @Test func csvHasAllRowsUnderOneHeader() throws {
    let run = try Tool.run(
      call + [
        "--horizon", "6", "--quantiles", "0.1,0.9", "--exceed", "70", "--any", "--total", "2026-Q1", "--by",
        "quarter", "--format", "csv",
      ])
    let table = try CSVTable(text: run.output)
    #expect(table.header == ["unique_id", "ds", "mean", "q-0.1", "q-0.9", "above-70", "any-above-70"])
    #expect(
      table.rows.map { $0.fields[1] }.suffix(4) == [
        "2026-Q1", "2026-Q2", "2026-01/2026-03", "2026-01/2026-06",
      ])
    let quarters = table.rows.suffix(4)
    #expect(quarters.first?.fields[2] == quarters.dropFirst(2).first?.fields[2])
    #expect(table.rows.last?.fields[6].isEmpty == false && table.rows.last?.fields[2] == "")
    for row in table.rows {
      for field in row.fields.dropFirst(2) { #expect(field.filter(\.isNumber).count <= 7, "\(field)") }
    }
    let exact = try CSVTable(
      text: Tool.run(call + ["--horizon", "6", "--digits", "17", "--format", "csv"]).output)
    #expect(exact.rows.map { Double($0.fields[2]) } == (try forecast(6).mean))
  }

  @Test func groupsTotalTheJointDistribution() throws {
    let json = try Tool.run(
      "forecast", "--model", "drift", "--dataset", "prices/brent", "--to", "2025-11", "--horizon", "8",
      "--by",
      "fiscal:04", "--format", "json"
    ).json()
    let whole = try #require(Datasets.entry(named: "prices/brent").series().slice(through: .month(2025, 11)))
    let groups = try #require(json["groups"]).list
    #expect(groups.map { $0["period"]?.text } == ["2025-04/2026-03"])
    let total = try Drift().fit(whole).forecast(8).total(
      over: .periods(.month(2025, 4), through: .month(2026, 3)))
    #expect(groups.first?["mean"]?.number == total.mean)
    #expect(
      json["notes"]?.list.contains { $0.text?.hasPrefix("2026-04/2027-03 is left out") == true } == true)
  }

  @Test func pathsAreTheForecastsAndFollowTheSeed() throws {
    let paths = call + ["--horizon", "3", "--paths", "4"]
    let json = try Tool.run(paths + ["--format", "json"]).json()
    let lists = try #require(json["paths"]).list.compactMap { $0["values"]?.list.compactMap(\.number) }
    let drawn = try forecast(3).samplePaths(4)
    #expect(lists == (0..<4).map { path in (0..<3).map { drawn[$0, path] } })
    let csv = try CSVTable(text: Tool.run(paths + ["--format", "csv"]).output)
    #expect(csv.header == ["unique_id", "path", "ds", "value"] && csv.rows.count == 12)
    let other = try Tool.run(paths + ["--seed", "5", "--format", "csv"]).output
    #expect(other != (try Tool.run(paths + ["--format", "csv"]).output))
    #expect(other == (try Tool.run(paths + ["--seed", "5", "--format", "csv"]).output))
  }

  @Test func whatCannotBeAskedIsRefused() throws {
    for (options, parts) in [
      (["--any"], ["--any needs a bound"]),
      (["--exceed", "nan"], ["--exceed"]),
      (["--quantiles", "0.1,2"], ["--quantiles", "\"2\""]),
      (["--by", "decade"], ["--by", "fiscal:MM"]),
      (["--by", "month"], ["longer than a month"]),
      (["--total", "soon"], ["--total", "soon"]),
      (["--paths", "100001"], ["--paths"]),
      (["--paths", "100000", "--horizon", "9000"], ["--paths", "values"]),
      (["--during", "2026"], ["--during needs"]),
      (["--digits", "0"], ["--digits"]),
    ] { try Tool.refuses(call + options, naming: parts) }
  }

  /// A seasonal series whose parts are known.
  private static let sales =
    "month,sales\n"
    + (0..<72).map { month in
      let peak = month % 12 == 11 ? 60.0 : month % 12 == 1 ? -30 : 0
      return "\(2019 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1),\(200 + month + Int(peak))\n"
    }.joined()

  @Test func explanationsNamePeakTroughTrendAndAccuracy() throws {
    let call = ["forecast", "--model", "auto-ets", "--input", "-", "--explain"]
    let text = try Tool.run(call, input: Self.sales).output
    for part in [
      "highest in December", "lowest in February", "Trend of the forecast: +", "per year", "MASE",
      "smaller", "repeats it",
    ] { #expect(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(part), "\(text)") }
    for line in text.split(separator: "\n") where line.hasPrefix("- ") || line.hasPrefix("  ") {
      #expect(line.count <= 80)
    }
    let json = try Tool.run(call + ["--format", "json"], input: Self.sales).json()
    let slope = try #require(json["explanation"]).list.first { $0["subject"]?.text == "forecast per month" }
    #expect(abs(try #require(slope?["value"]?.number) - 1) < 0.2)
    let topics = try #require(json["explanation"]).list.compactMap { $0["topic"]?.text }
    #expect(Set(topics).isSuperset(of: ["level", "trend", "season", "member", "outlier", "accuracy"]))
    let csv = try CSVTable(text: Tool.run(call + ["--format", "csv"], input: Self.sales).output)
    #expect(csv.header == ["topic", "subject", "value", "percent", "text"] && csv.rows.count == topics.count)
  }

  @Test func totalsSinceJanuaryAreRecognizedAndRead() throws {
    let rows = (0..<60).map { month -> String in
      let total = (0...month % 12).reduce(0) { $0 + 100 + month / 12 * 10 + $1 }
      return "\(2020 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1),\(total)\n"
    }
    let ytd = "period,value\n" + rows.enumerated().filter { $0.offset % 12 != 0 }.map(\.element).joined()
    let call = ["forecast", "--model", "drift", "--input", "-", "--horizon", "12", "--format", "json"]
    let plain = try Tool.run(call, input: ytd)
    #expect(plain.errors.contains("--rule to-date"))
    let run = try Tool.run(call + ["--rule", "to-date", "--total", "2025"], input: ytd)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    let json = try run.json()
    let mean = try #require(json["steps"]?.list.first?["mean"]?.number)
    #expect(mean > 130 && mean < 170)
    let total = try #require(json["totals"]?.list.first?["mean"]?.number)
    #expect(total > 1_700 && total < 2_000)
  }

  @Test func oneNewMonthUpdatesASavedFit() throws {
    let scratch = try Scratch()
    try scratch.file("all.csv", Self.sales)
    let lines = Self.sales.split(separator: "\n").map { "\($0)\n" }
    try scratch.file("old.csv", lines.dropLast().joined())
    try scratch.file("one.csv", lines[0] + (lines.last ?? ""))
    try scratch.file("gap.csv", lines[0] + "2025-03,300\n")
    for model in ["auto-ets", "drift"] {
      let fit = try Tool.run(
        "fit", "--model", model, "--input", "old.csv", "--save", "m.json", in: scratch)
      #expect(fit.status == 0)
      func mean(_ file: String) throws -> [Double?] {
        let run = try Tool.run(
          "forecast", "--fitted", "m.json", "--input", file, "--horizon", "6", "--format", "json", in: scratch
        )
        #expect(run.status == 0, "\(model): \(run.errors)")
        return try #require(run.json()["steps"]).list.map { $0["mean"]?.number }
      }
      let one = try mean("one.csv").compactMap(\.self)
      let all = try mean("all.csv").compactMap(\.self)
      #expect(one.count == 6 && all.count == 6)
      for (a, b) in zip(one, all) { #expect(abs(a - b) < 0.02 * b, "\(model)") }
      try Tool.refuses(
        ["forecast", "--fitted", "m.json", "--input", "gap.csv", "--horizon", "6"],
        naming: ["2024-12/2025-02 are missing"], in: scratch)
    }
  }

  @Test(arguments: ["holt-winters", "Prophet", "auto.arima", "SARIMA", "tbats", "XGBoost"])
  func namesFromElsewhereAreUnderstood(_ name: String) throws {
    try Tool.refuses(
      ["forecast", "--model", name, "--dataset", "prices/brent"], naming: [name, "elsewhere; use "])
    let shown = try Tool.run("models", "show", name)
    #expect(
      shown.status == 0 && shown.output.hasPrefix("\(name) is the name of a model elsewhere; here it is "))
  }

  @Test func theListOfModelsFitsEightyColumns() throws {
    let text = try Tool.run("models").output
    for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    #expect(text.contains("Sales with many zeros\n") && text.contains("Joint law"))
  }

  @Test func theNearestFileIsNamed() throws {
    let scratch = try Scratch()
    try scratch.file("sales.csv", Self.sales)
    try Tool.refuses(
      ["forecast", "--input", "sale.csv"], naming: ["no such file; did you mean sales.csv?"], in: scratch)
  }

  @Test func everyCommandHasAManualPage() throws {
    let scratch = try Scratch()
    let run = try Tool.run("manual", "--output", ".", in: scratch)
    #expect(run.status == 0, "\(run.errors)")
    let pages = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
    for name in ["foresight.1", "foresight-forecast.1", "foresight-scenario-run.1"] {
      #expect(pages.contains(name))
    }
    let page = try String(contentsOf: scratch.folder.appending(path: "foresight-forecast.1"), encoding: .utf8)
    #expect(page.hasPrefix(".TH ") && page.contains("\\-\\-exceed") && page.contains(".SH EXAMPLES"))
  }
}

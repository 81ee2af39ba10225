import Datasets
import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import TestSupport
import Testing

@Suite struct ForecastCommandTests {
  private func expected() throws -> Forecast {
    try ExponentialGrowth().fit(Datasets.chinaRussiaTrade.total()).forecast(20)
  }

  private let call = [
    "forecast", "--model", "exponential-growth", "--dataset", "trade/total", "--horizon", "20",
  ]

  @Test func stepsAreTheLibrarys() throws {
    let run = try Tool.run(call + ["--level", "95", "--level", "80", "--total", "2026", "--format", "json"])
    #expect(run.status == 0 && run.errors.isEmpty)
    let document = try run.json()
    let forecast = try expected()
    let steps = try #require(document["steps"]).list
    #expect(steps.map { $0["mean"]?.number } == forecast.mean)
    #expect(steps.map { $0["median"]?.number } == forecast.median)
    #expect(steps.map { $0["period"]?.text } == forecast.periods.map(\.description))
    let intervals = try steps.map { try #require($0["intervals"]).list }
    #expect(intervals.map { $0[0]["level"]?.number } == [Double?](repeating: 80, count: 20))
    for (step, interval) in try forecast.interval(0.95).enumerated() {
      let lower = try #require(intervals[step][1]["lower"]?.number)
      let upper = try #require(intervals[step][1]["upper"]?.number)
      #expect(abs(lower - interval.lower) <= 1e-12 * interval.lower)
      #expect(abs(upper - interval.upper) <= 1e-12 * interval.upper)
    }
    let totals = try #require(document["totals"]).list
    #expect(totals[0]["mean"]?.number == (try forecast.total(over: .year(2026)).mean))
  }

  @Test func rowsHaveTheColumnsOfTheField() throws {
    let run = try Tool.run(call + ["--level", "99.5", "--digits", "17", "--format", "csv"])
    let table = try CSVTable(text: run.output)
    #expect(table.header == ["unique_id", "ds", "mean", "lo-99.5", "hi-99.5"])
    #expect(table.rows.map { Double($0.fields[2]) } == (try expected().mean))
    #expect(table.rows[0].fields[1] == "2026-05")
    for row in table.rows {
      let numbers = row.fields[2...].compactMap { Double($0) }
      #expect(numbers.count == 3 && numbers[1] < numbers[0] && numbers[0] < numbers[2])
    }
  }

  @Test func textHasARowAStep() throws {
    let run = try Tool.run(call)
    let rows = run.output.split(separator: "\n").filter { $0.hasPrefix("202") }
    #expect(rows.count == 20)
    #expect(run.output.contains("Lower 80 %") && run.output.contains("Upper 95 %"))
  }

  @Test func sameCallSameBytes() throws {
    #expect(
      try Tool.run(call + ["--format", "json"]).output == Tool.run(call + ["--format", "json"]).output)
  }

  @Test func totalOfOnePeriodIsThatPeriod() throws {
    let document = try Tool.run(
      "forecast", "--model", "exponential-growth", "--dataset", "energy/crude", "--horizon", "3", "--total",
      "2026", "--format", "json"
    ).json()
    #expect(try #require(document["totals"]).list.first == (try #require(document["steps"]).list[1]))
  }

  /// A note says that the optimizer ran out of iterations, in every form.
  @Test func shortfallsAreSaid() throws {
    func years(_ value: (Int) -> Double) -> String {
      "period,value\n" + (0..<80).map { "\(1940 + $0),\(value($0) + Double($0 * 37 % 11) / 10)\n" }.joined()
    }
    let jump = years { $0 < 40 ? 10 : 1000 }
    let curve = years { 100 * exp(-5 * exp(-Double($0) / 15)) }
    let call = ["forecast", "--model", "gompertz", "--input", "-", "--horizon", "1"]
    let note = "The optimizer did not converge: not certified (evaluation-limit) in "
    let text = try Tool.run(call, input: jump)
    #expect(text.output.contains("\n\n" + note) && text.output.hasSuffix(" starts\n") && text.errors.isEmpty)
    let json = try Tool.run(call + ["--format", "json"], input: jump).json()
    let first = try #require(json["notes"]?.list.first?.text)
    #expect(first.hasPrefix(note))
    let csv = try Tool.run(call + ["--format", "csv"], input: jump)
    #expect(csv.errors.hasPrefix("foresight: " + note) && !csv.output.contains("converge"))
    let good = try Tool.run(call, input: curve)
    #expect(good.status == 0 && !good.output.contains("converge") && good.errors.isEmpty)

    let rows = { (key: String, text: String) in
      text.split(separator: "\n").dropFirst().map { "\(key),\($0)\n" }.joined()
    }
    let tidy = "unique_id,ds,y\n" + rows("a", curve) + rows("b", jump) + rows("c", curve)
    let batch = try Tool.run(
      "batch", "--model", "gompertz", "--input", "-", "--horizon", "1", "--format", "json", input: tidy)
    let part = "the optimizer did not converge for 1 series: series \"b\", not certified"
    #expect(batch.status == 0 && batch.errors.hasPrefix("foresight: " + part))
    let counts = try batch.output.split(separator: "\n").map { line in
      try JSONDecoder().decode(JSON.self, from: Data(line.utf8))["notes"]?.list.count
    }
    #expect(counts == [0, 1, 0])
  }

  /// Dates whole months apart are months, which the text says; --frequency day keeps them days.
  @Test func datesOfMonthsAreMonths() throws {
    let csv =
      "period,value\n" + (1...9).map { "2018-0\($0)-01 00:00:00,\($0 * $0)\n" }.joined()
    let call = ["forecast", "--model", "drift", "--input", "-", "--horizon", "1"]
    let run = try Tool.run(call, input: csv)
    #expect(run.status == 0 && run.output.contains("1 period after 2018-09\n"))
    #expect(run.output.contains("Dates were read as months; use --frequency day to read them as days\n"))
    let days = try Tool.run(call + ["--frequency", "day"], input: csv)
    #expect(days.output.contains("1 period after 2018-09-01\n") && !days.output.contains("read as"))
    for command in [["fit"], ["backtest", "--models", "naive", "--horizon", "1"]] {
      let run = try Tool.run(command + ["--input", "-"], input: csv)
      #expect(run.output.hasSuffix("Dates were read as months; use --frequency day to read them as days\n"))
    }
    let ends = try Tool.run(
      call + ["--frequency", "month", "--format", "csv"],
      input: "period,value\n2018-01-31,1\n2018-02-28,2\n2018-03-31,4\n")
    #expect(ends.output.contains(",2018-04,"))
  }
}

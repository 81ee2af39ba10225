import Datasets
import ForecastModels
import Forecasting
import TestSupport
import Testing

@Suite struct DecomposeCommandTests {
  @Test func formsAgreeWithTheLibrary() throws {
    let call = ["decompose", "--dataset", "prices/brent", "--robust", "--format"]
    let document = try Tool.run(call + ["json"]).json()
    let parts = try MSTL(isRobust: true).decompose(Datasets.entry(named: "prices/brent").series())
    let rows = try #require(document["rows"]).list
    #expect(rows.map { $0["trend"]?.number } == parts.trend)
    #expect(rows.map { $0["remainder"]?.number } == parts.remainder)
    #expect(document["trend_strength"]?.number == parts.trendStrength)
    let csv = try Tool.run(call + ["csv"]).output.split(separator: "\n")
    #expect(csv.first == "period,value,trend,season_12,remainder,weight")
    #expect(csv.count == rows.count + 1)
    let text = try Tool.run(call + ["text"]).output
    #expect(text.contains("season of 12") && text.contains("Remainder"))
    let short = try Tool.run(
      "decompose", "--dataset", "prices/brent", "--to", "1990-01", "--periods", "12,400")
    #expect(short.output.contains("Too short for a season of 400 periods"))
  }

  /// What was not given is not blamed.
  @Test func aSeriesWithoutSeasonIsNamed() throws {
    let rows = (0..<20).map { "\(2000 + $0),\($0 * $0 % 7)\n" }.joined()
    let run = try Tool.run(["decompose", "--input", "-"], input: "period,value\n" + rows)
    #expect(run.status == 2 && run.errors.contains("has no season") && !run.errors.contains("periods 1"))
  }

  @Test(arguments: [
    ["--periods", "24,x"], ["--periods", ""], ["--window", "4"], ["--trend", "1"], ["--season", "1"],
    ["--from", "2025-01"],
  ]) func badOptionsAreNamed(_ options: [String]) throws {
    let run = try Tool.run(["decompose", "--dataset", "prices/brent"] + options)
    #expect(run.status == 2 && run.output.isEmpty && !run.errors.isEmpty)
  }
}

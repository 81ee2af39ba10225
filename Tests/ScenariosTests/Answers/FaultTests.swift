import Forecasting
import Foundation
import Scenarios
import Testing

@Suite("Quantities that are not finite")
struct FaultTests {
  private func failure(_ text: String) throws -> ScenarioError {
    try #require(throws: ScenarioError.self) { _ = try Scenario.small(text).run() }
  }

  @Test(
    "Only a date is never: an overflow names the question and the first draw",
    arguments: ["mean: true", "quantiles: [0.5]"])
  func overflow(figure: String) throws {
    let text = smallScenario(
      """
      inputs:
        big: {unit: "1", basis: judgement, dim: 1, uniform: [0, 2000]}
      derived: {grown: exp(big)}
      questions:
        q: {of: 2 * grown, \(figure)}
      """)
    let error = try failure(text)
    #expect(error.problems.count == 1)
    let message = error.description
    #expect(message.contains("questions.q: 2 * grown is infinite on"), "\(message)")
    #expect(message.contains("exp(big) is; only a date may be never"), "\(message)")
    // exp overflows above 709.78: the draw named is the first on which it does.
    let number = try #require(message.firstMatch(of: /first on draw (\d+)/).flatMap { Int($0.1) })
    let draws = try Scenario.small(text).checked().samples(of: ["big"])[0]
    #expect(draws.firstIndex { $0 > 709.782712893384 } == number)
    #expect(
      error.problems[0].place.line == text.split(separator: "\n").firstIndex { $0.contains("exp(big)") }! + 1)
  }

  @Test("A date may be never, and so may a condition on it")
  func never() throws {
    let run = try Scenario.small(
      smallScenario(
        """
        branches: {built: {weight: 0.5}, shelved: {weight: 0.5}}
        inputs:
          opening: {unit: decimal-year, basis: judgement, by_branch: {built: 2030, shelved: never}}
        questions:
          date: {of: opening, mean: true, quantiles: [0.25, 0.75]}
          soon: {probability: opening < 2035}
        """)
    ).run()
    #expect(run["date"]?.row(.quantile, 0.75)?.isNever == true)
    #expect(run["soon"]?.row(.probability)?.value == 0.5)
  }

  /// The ceiling is not a number, wherever it is asked about: by a question, and by a total that is checked.
  @Test("A value that is not a number is reported where it is written", arguments: [true, false])
  func ownPlace(coherent: Bool) throws {
    let text = smallScenario(
      """
      inputs:
        room: {unit: bcm/yr, basis: judgement, dim: 1, uniform: [1, 2]}
      assets:
        one: {capacity: {value: 30, unit: bcm/yr}, start: 2026}
        two: {capacity: {value: 30, unit: bcm/yr}, start: 2026, ceiling: 0.9*room*log(-1)}
      derived: {both: one + two}
      \(coherent ? "coherence: {tree: {both: [one, two]}}" : "")
      questions:
        q: {of: "\(coherent ? "one" : "both")[2035]", mean: true}
      """)
    let error = try failure(text)
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).firstIndex {
      $0.contains("log(-1)")
    }!
    #expect(error.problems[0].place.line == line + 1, "\(error)")
    #expect(error.description.contains("0.9*room*log(-1) is (0/0"), "\(error)")
    #expect(!error.description.contains("is not one + two"))
  }

  @Test("Where all observations are younger than as_of, the message says when the first was")
  func allDropped() throws {
    let values = (0..<30).map {
      Observation(
        PeriodSpan(.year(1990) + $0, count: 1), Double(10 + $0 % 3), source: $0 < 10 ? "old" : "new")
    }
    let series = try TimeSeries(name: "oil", unit: "Mt", rule: .sum, observations: values)
    let text = smallScenario(
      "series: {oil: {data: oil, unit: Mt, model: naive}}\nquestions: {q: {of: \"oil[2026]\", mean: true}}"
    ).replacing("2026-01-31", with: "1980-06-30")
    let scenario = try Scenario(yaml: text, data: DatedSeries(series: series))
    let error = try #require(throws: ScenarioError.self) { try scenario.run() }
    #expect(
      error.description.contains(
        "series.oil: all 30 observations of oil cite sources dated after as_of 1980-06-30, the earliest on 2001-02-03"
      ),
      "\(error)")
  }

  /// A series with sources and their dates.
  private struct DatedSeries: SeriesSource {
    let series: TimeSeries
    func series(named name: String) throws(ForecastError) -> TimeSeries { series }
    func sourceDates() throws(ForecastError) -> [String: String] {
      ["old": "2001-02-03", "new": "2021-01-31"]
    }
    func rampShares(of line: String) throws(ForecastError) -> [RampShare] { [] }
  }
}

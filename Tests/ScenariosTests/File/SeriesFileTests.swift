import Forecasting
import Foundation
import Scenarios
import Testing

@Suite("Series in files of a scenario's own")
struct SeriesFileTests {
  private static let demand =
    "period,value,unit,source_id\n" + (0..<20).map { "\(2000 + $0),\(10 + $0),Mt,s\($0 % 2)\n" }.joined()

  private func yaml(_ data: String, asOf: String = "2026-01-31", sources: String = "") -> String {
    smallScenario(
      horizon: "{from: 2026, to: 2030}", run: "{draws: 64, replicates: 2, seed: 9}",
      """
      \(sources)
      series: {demand: {data: \(data), unit: Mt, model: drift}}
      questions: {q: {of: "demand[2027]", mean: true}}
      """
    ).replacing("2026-01-31", with: asOf)
  }

  /// Drift goes on by one a year from 29 in 2019, to the bit on every path: a straight line has no residuals.
  private func check(_ scenario: Scenario) throws {
    let run = try scenario.run()
    #expect(abs(try #require(run["q"]?.row(.mean)?.value) - 37) < 1e-9)
  }

  @Test(
    "a path is seen from the scenario file, in either form",
    arguments: ["demand.csv", "./demand.csv", "{file: demand.csv}"])
  func relative(data: String) throws {
    let folder = try ScenarioFolder(["in/s.yaml": yaml(data), "in/demand.csv": Self.demand])
    try check(folder.load("in/s.yaml"))
    let absolute = yaml(folder.path("in/demand.csv"))
    try check(Scenario(yaml: absolute))
    // An extending file elsewhere names the same data.
    let top = try ScenarioFolder([
      "top.yaml": "extends: in/s.yaml\nid: top\n", "in/s.yaml": yaml(data), "in/demand.csv": Self.demand,
    ])
    try check(top.load("top.yaml"))
  }

  @Test("of a file of several series one is named, with its rule")
  func tidy() throws {
    let rows = (0..<24).map { month in
      let date = "\(2022 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
      return "a,\(date),3\nb,\(date),5\n"
    }.joined()
    let text = yaml("{file: all.csv, series: b, rule: mean}").replacing("drift", with: "naive")
    let folder = try ScenarioFolder(["s.yaml": text, "all.csv": "unique_id,ds,y\n" + rows])
    #expect(try folder.load("s.yaml").run()["q"]?.row(.mean)?.value == 5)
    let sum = try ScenarioFolder([
      "s.yaml": text.replacing(", rule: mean", with: ""), "all.csv": "unique_id,ds,y\n" + rows,
    ])
    #expect(try sum.load("s.yaml").run()["q"]?.row(.mean)?.value == 60)
    for (old, new, part) in [
      ("series: b, ", "", "holds 2 series"), ("series: b", "series: c", "\"c\""),
      ("rule: mean", "rule: men", "did you mean"),
      ("all.csv", "al.csv", "no such file"), ("rule", "rul", "did you mean \"rule\""),
    ] {
      let bad = try ScenarioFolder([
        "s.yaml": text.replacing(old, with: new), "all.csv": "unique_id,ds,y\n" + rows,
      ])
      let error = try #require(throws: ScenarioError.self) { try bad.load("s.yaml").run() }
      #expect(error.problems.count == 1 && error.description.contains(part), "\(error)")
      #expect(error.problems[0].place.line > 1)
    }
  }

  /// By its sources' dates half of the rows stay; without sources those whose year had ended.
  @Test("as_of drops what was not known yet")
  func wall() throws {
    let dates = "source_id,date\ns0,2005-01-01\ns1,2024-05-06\n"
    let folder = try ScenarioFolder([
      "s.yaml": yaml("demand.csv", asOf: "2020-01-31", sources: "sources: dates.csv"),
      "demand.csv": Self.demand, "dates.csv": dates,
    ])
    #expect(
      try folder.load("s.yaml").run().notes.contains(
        "series demand: 10 observations sourced after 2020-01-31 were dropped"))
    let plain = Self.demand.replacing("s0", with: "").replacing("s1", with: "")
    let unsourced = try ScenarioFolder([
      "s.yaml": yaml("demand.csv", asOf: "2017-12-30"), "demand.csv": plain,
    ])
    let notes = try unsourced.load("s.yaml").run().notes
    #expect(
      notes.contains(
        "series demand: 3 observations without a source, for periods that end after 2017-12-30, were dropped"),
      "\(notes)")
  }

  @Test("a fault in the file is named by its line")
  func fault() throws {
    let folder = try ScenarioFolder(["s.yaml": yaml("d.csv"), "d.csv": "period,value\n2000,1\n2001,x\n"])
    let error = try #require(throws: ScenarioError.self) { try folder.load("s.yaml").run() }
    #expect(error.description.contains("d.csv:3:"), "\(error)")
  }
}

import Datasets
import Scenarios
import Testing

@Suite("Draws, explanations, comparisons and conditions")
struct PathsTests {
  static let sections = """
    branches:
      fast: {weight: 0.6}
      slow: {weight: 0.4}
    inputs:
      opening: {unit: date, dim: 1, by_branch: {fast: {uniform: [2027, 2030]}, slow: {uniform: [2032, 2050]}}}
      size: {unit: bcm/yr, dim: 2, basis: judgement, normal: {mean: 20, sd: 2}}
      growth: {unit: bcm/yr, dim: 3, knots: {2026: {uniform: [0, 1]}, 2045: {uniform: [10, 20]}}}
    events:
      first_gas: {kind: start, at: opening}
    assets:
      pipe: {capacity: {value: size, unit: bcm/yr}, start: first_gas, ramp: {shape: linear, years: 4}}
    derived:
      total: {expr: pipe + growth, unit: bcm/yr}
      wide: {expr: "total[2040] >= 30", unit: "1"}
    questions:
      flow: {of: "total[2040]", mean: true, quantiles: [0.5]}
      date: {of: first_gas, quantiles: [0.5]}
      chance: {probability: "total[2040] >= 30"}
      given_slow: {of: "total[2040]", mean: true, given: "opening >= 2032"}
    """

  func scenario(_ method: String = "sobol-owen", _ sections: String = sections) throws -> Scenario {
    try .small(
      smallScenario(run: "{method: \(method), draws: 3000, replicates: 3, seed: 7}", sections))
  }

  @Test(
    "a draw has the bits that it has in the whole run",
    arguments: ["sobol-owen", "monte-carlo", "latin-hypercube"])
  func draw(method: String) throws {
    let scenario = try scenario(method)
    let all = try scenario.checked().paths(of: ["total", "opening", "pipe.ramp[2033]", "wide"])
    for number in [0, 1, 1023, 1024, 2999, 3000, 5500, 8999] {
      let draw = try scenario.checked().draw(number)
      #expect(draw.replicate == number / 3000 && draw.draw == number % 3000)
      for (place, year) in all[0].years.enumerated() {
        #expect(draw.value("total", year) == all[0].values[place][number])
      }
      #expect(draw.value("first_gas") == all[1].values[0][number])
      #expect(draw.value("wide") == all[3].values[0][number])
      let opening = try #require(draw.value("opening"))
      #expect(draw.branch == (opening < 2031 ? "fast" : "slow"))
    }
    #expect(throws: ScenarioError.self) { try scenario.checked().draw(9000) }
    #expect(throws: ScenarioError.self) { try scenario.checked().draw(-1) }
  }

  @Test("an explanation's median path is at the median, and its parts make it up")
  func explain() throws {
    let scenario = try scenario()
    let explanation = try scenario.checked().explain("total[2040]")
    let run = try scenario.run(questions: ["flow"])
    #expect(explanation.quantiles[1] == run["flow"]?.row(.quantile, 0.5)?.value)
    let draw = try scenario.checked().draw(explanation.medianDraw)
    #expect(draw.value("total", 2040) == explanation.quantiles[1])
    #expect(draw.branch == explanation.branch)
    func value(_ name: String) throws -> Double {
      try #require(explanation.parts.first { $0.name == name }).value
    }
    #expect(try value("pipe[2040]") + value("growth[2040]") == explanation.quantiles[1])
    #expect(try value("pipe.before_ceiling[2040]") == value("size") * value("pipe.ramp[2040]"))
    let size = try #require(explanation.parts.first { $0.name == "size" })
    #expect(size.basis == .judgement && size.formula.contains("normal") && size.place.line > 0)
    #expect(throws: ScenarioError.self) { try scenario.checked().explain("total") }
    #expect(throws: ScenarioError.self) { try scenario.checked().explain("totl[2040]") }
  }

  @Test("a difference is that of the answers, and its error that of the paired draws")
  func compare() throws {
    let first = try scenario()
    let second = try scenario(
      "sobol-owen", Self.sections.replacing("mean: 20, sd: 2", with: "mean: 21, sd: 2"))
    let comparison = try first.checked().compare(with: second.checked())
    #expect(comparison.differences.map(\.question) == ["flow", "date", "chance"])
    #expect(comparison.notes.contains { $0.contains("given_slow") })
    let (a, b) = (try first.run(), try second.run())
    let flow = comparison.differences[0]
    let means = try [#require(a["flow"]?.row(.mean)?.value), #require(b["flow"]?.row(.mean)?.value)]
    #expect(abs(flow.first - means[0]) < 1e-9 && abs(flow.second - means[1]) < 1e-9)
    #expect(abs(flow.difference - (means[1] - means[0])) < 1e-9)
    // The pipe is open by 2040 on most paths, and then larger by its ramp's share of one.
    #expect(flow.larger > 0.75 && flow.smaller == 0)
    let single = try #require(a["flow"]?.row(.mean)?.standardError)
    #expect(try #require(flow.standardError) < single)
    #expect(comparison.differences[1].difference == 0 && comparison.differences[1].larger == 0)
    let chance = comparison.differences[2]
    #expect(abs(chance.first - (a["chance"]?.row(.probability)?.value ?? -1)) < 1e-12)
    #expect(throws: ScenarioError.self) {
      try first.checked().compare(with: second.checked(), questions: ["given_slow"])
    }
    #expect(throws: ScenarioError.self) {
      try first.checked().compare(with: second.checked(), questions: ["flo"])
    }
  }

  @Test("a quantity that is not a number on some path is an error everywhere")
  func notANumber() throws {
    let sections = """
      inputs:
        a: {unit: "1", basis: judgement, dim: 1, uniform: [-1, 1]}
      derived:
        root: {expr: sqrt(a), unit: "1"}
        kept: {expr: "if(a >= 0, root, 0)", unit: "1"}
      questions:
        a: {of: a, mean: true}
        kept: {of: kept, mean: true}
      """
    let scenario = try scenario("sobol-owen", sections)
    for body: () throws -> Void in [
      { _ = try scenario.checked().paths(of: ["root"]) },
      { _ = try scenario.checked().samples(of: ["root"]) },
      { _ = try scenario.checked().explain("root") },
      { _ = try scenario.checked().score([ScenarioOutcome(quantity: "root", value: 0)]) },
    ] { #expect(throws: ScenarioError.self) { try body() } }
    let explanation = try scenario.checked().explain("kept")
    let root = try #require(explanation.parts.first { $0.name == "root" })
    #expect(root.quantiles.allSatisfy { (0...1).contains($0) })
  }

  @Test("a fault in an outcome or in a value set by hand is said where it stands")
  func places() throws {
    let place = FilePlace(file: "outcomes.csv", line: 3)
    let outcome = ScenarioOutcome(quantity: "nothing[2035]", value: 1, place: place)
    let error = #expect(throws: ScenarioError.self) { try scenario().checked().score([outcome]) }
    #expect(error?.description == "outcomes.csv:3: nothing[2035]: unknown name \"nothing\"")
    let text = try scenario().text
    for (path, value) in [("questions.flow.of", "nothing"), ("questions.flow", "{of: flow, men: true}")] {
      let error = #expect(throws: ScenarioError.self) {
        try Scenario(yaml: text, overrides: [ScenarioOverride(path: path, value: value)]).checked()
      }
      #expect(error?.description.hasPrefix("\(path)=\(value): ") == true, "\(error as Any)")
    }
  }

  @Test("an intervention on an unknown name, and one that is not a number, is an error")
  func interventions() throws {
    let scenario = try scenario()
    for (name, value) in [("openning", 2031), ("opening", Double.nan)] {
      #expect(throws: ScenarioError.self) {
        try scenario.checked().samples(of: ["opening"], interventions: [name: value])
      }
      #expect(throws: ScenarioError.self) {
        try scenario.checked().paths(of: ["opening"], interventions: [name: value])
      }
    }
    #expect(throws: Never.self) {
      try scenario.checked().paths(of: ["opening"], interventions: ["opening": 2031])
    }
  }

  @Test("conditions on the command line are the file's given and do")
  func condition() throws {
    let plain = try scenario()
    let given = try plain.conditioned(given: "opening >= 2032").run(questions: ["flow"])
    let filed = try plain.run(questions: ["given_slow"])
    #expect(given["flow"]?.row(.mean) == filed["given_slow"]?.row(.mean))
    #expect(given["flow"]?.effectiveSampleSize == filed["given_slow"]?.effectiveSampleSize)
    let both = try plain.conditioned(given: "opening < 2040").run(questions: ["given_slow"])
    let written = try scenario(
      "sobol-owen",
      Self.sections.replacing(
        "given: \"opening >= 2032\"", with: "given: \"opening >= 2032 and opening < 2040\""))
    #expect(
      both["given_slow"]?.row(.mean) == (try written.run(questions: ["given_slow"]))["given_slow"]?.row(.mean)
    )
    let never = try plain.conditioned(interventions: [("first_gas", .infinity)]).run(questions: [
      "flow", "date",
    ])
    #expect(never["date"]?.row(.never)?.value == 1)
    let growth = try plain.checked().paths(of: ["growth[2040]"])[0].values[0]
    let mean = growth.reduce(0, +) / Double(growth.count)
    #expect(abs((never["flow"]?.row(.mean)?.value ?? 0) - mean) < 1e-9)
    #expect(throws: ScenarioError.self) { try plain.conditioned(given: "opening >=") }
    #expect(throws: ScenarioError.self) { try plain.conditioned(interventions: [("nothing", 1)]) }
  }

  @Test("variables of a sum stand below it, and add up on every path")
  func variables() throws {
    let scenario = try scenario()
    let names = try scenario.checked().variables()
    #expect(names.map(\.name) == ["total|growth", "total|pipe", "total"])
    let paths = try scenario.checked().paths(of: names.map(\.quantity))
    for year in paths[0].years.indices {
      for path in [0, 17, 8_999] {
        #expect(paths[1].values[year][path] + paths[0].values[year][path] == paths[2].values[year][path])
      }
    }
    // An addend of two totals stands below neither.
    let twice = try self.scenario(
      "sobol-owen",
      Self.sections.replacing(
        "  wide:", with: "  other: {expr: \"pipe + growth\", unit: bcm/yr}\n  wide:"))
    #expect(try twice.checked().variables().allSatisfy { !$0.name.contains("|") })
  }

  @Test("an outlook has the run's quantiles, and names that are unknown are named")
  func outlook() throws {
    let scenario = try scenario()
    let outlook = try scenario.checked().paths(of: ["total"])[0].outlook(levels: [0.5])
    let run = try scenario.run(questions: ["flow"])
    let place = try #require(outlook.years.firstIndex(of: 2040))
    #expect(outlook.quantiles[place][0] == run["flow"]?.row(.quantile, 0.5)?.value)
    #expect(abs(outlook.means[place] - (run["flow"]?.row(.mean)?.value ?? 0)) < 1e-9)
    #expect(throws: ScenarioError.self) { try scenario.checked().paths(of: ["totl"]) }
    #expect(throws: ScenarioError.self) { try scenario.checked().paths(of: ["total +"]) }
  }
}

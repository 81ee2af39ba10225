import Foundation
import Scenarios
import Testing
import Yams

@Suite("Outages and availability")
struct OutageTests {
  private func scenario(
    _ keys: String, horizon: String = "{from: 2026, to: 2035}", questions: String = "", draws: Int = 65_536
  ) throws -> Scenario {
    try Scenario.small(
      smallScenario(
        horizon: horizon, run: "{method: sobol-owen, draws: \(draws), replicates: 1, seed: 3}",
        """
        inputs:
          share: {unit: fraction, dim: 1, basis: judgement, uniform: [0.8, 1]}
        assets:
          line: {capacity: {value: 40, unit: bcm/yr}, start: 2026, \(keys)}
        \(questions)
        """))
  }

  private func probability(_ n: Int, _ rate: Double) -> Double {
    exp(-rate + Double(n) * log(rate) - lgamma(Double(n) + 1))
  }

  @Test(
    "numbers of outages are Poisson, and each takes its time off the year",
    arguments: [
      (0.5, 0.1, 0.0), (3, 0.04, 0.25), (12, 0.1, 0), (0.2, 1, 0.5), (40, 0.02, 0), (0.001, 0.5, 0),
    ])
  func poisson(rate: Double, lasts: Double, multiply: Double) throws {
    let scenario = try scenario("outages: {rate: \(rate)/yr, lasts: \(lasts) yr, multiply: \(multiply)}")
    let flows = try scenario.checked().samples(of: ["line[2030]"])[0]
    let total = Double(flows.count)
    var mean = 0.0
    var variance = 0.0
    var rest = total
    for n in 0...200 {
      let p = probability(n, rate)
      let factor = 1 - (1 - multiply) * min(1, Double(n) * lasts)
      mean += p * factor
      variance += p * factor * factor
      // Every number that leaves the year no flow is one value.
      guard Double(n) * lasts < 1 else { continue }
      let found = Double(flows.count { abs($0 - 40 * factor) < 1e-9 })
      rest -= found
      #expect(abs(found - total * p) <= 4.5 * (total * p * (1 - p)).squareRoot() + 1, "\(n) outages")
    }
    #expect(Double(flows.count { abs($0 - 40 * multiply) < 1e-9 }) == rest)
    let error = (max(variance - mean * mean, 0) / total).squareRoot()
    #expect(abs(flows.reduce(0, +) / total - 40 * mean) < 4 * 40 * error)
  }

  @Test("years are independent, and another horizon changes none of them")
  func years() throws {
    let keys = "outages: {rate: 2/yr, lasts: 0.1 yr}"
    let long = try scenario(keys).checked().samples(of: ["line[2028]", "line[2029]"])
    let short = try scenario(keys, horizon: "{from: 2028, to: 2030, value: instant}")
      .checked().samples(of: ["line[2028]", "line[2029]"])
    #expect(long == short)
    let n = Double(long[0].count)
    let means = long.map { $0.reduce(0, +) / n }
    func moment(_ a: Int, _ b: Int) -> Double {
      zip(long[a], long[b]).reduce(0) { $0 + ($1.0 - means[a]) * ($1.1 - means[b]) } / n
    }
    let correlation = moment(0, 1) / (moment(0, 0) * moment(1, 1)).squareRoot()
    #expect(abs(correlation) < 4 / n.squareRoot())
  }

  @Test("availability and outages multiply before the ceiling")
  func order() throws {
    let scenario = try scenario(
      "utilisation: 0.9, availability: share, outages: {rate: 1/yr, lasts: 0.2yr, multiply: 0.5}, ceiling: 30",
      draws: 512)
    let parts = try scenario.checked().samples(of: [
      "line[2030]", "line.before_ceiling[2030]", "line.outages[2030]", "share", "line.ramp[2030]",
    ])
    for path in 0..<512 {
      let before = 40 * 0.9 * parts[4][path] * parts[3][path] * parts[2][path]
      #expect(parts[1][path] == before && parts[0][path] == min(before, 30))
      #expect([1, 0.9, 0.8, 0.7, 0.6, 0.5].contains { abs($0 - parts[2][path]) < 1e-12 })
    }
    let explained = try scenario.checked().explain("line[2030]").parts
    let before = try #require(explained.first { $0.name == "line.before_ceiling[2030]" })
    #expect(before.formula == "(40 bcm/yr) × utilisation × ramp × availability × outages")
    let outages = try #require(explained.first { $0.name == "line.outages[2030]" })
    #expect(outages.formula == "1.0 a year of 0.2 years, × 0.5 meanwhile")
    #expect(explained.contains { $0.name == "share" })
  }

  @Test("a group of factors takes the draws of all years")
  func group() throws {
    let question = """
      questions:
        flow: {of: "mean(line[2026..2030])", mean: true, sobol: [first], groups: {outages: [line.outages]}}
      """
    try scenario("outages: {rate: 1/yr, lasts: 0.2yr}", questions: question).checked()
    #expect(throws: ScenarioError.self) {
      try scenario("availability: share", questions: question).checked()
    }
  }

  @Test(
    "each fault gets one precise message",
    arguments: [
      ("outages: {rate: 0.5, lasts: 0.1 yr}", "must be a rate above 0 and at most 100/yr, such as"),
      ("outages: {rate: 0.5/yr}", "assets.line.outages needs \"lasts\""),
      ("outages: {rate: 0.5/yr, lasts: 2 yr}", "must be a length of time above 0 and at most 1 yr, such as"),
      ("outages: {rate: 0.5/yr, lasts: 36 days}", "must be a length of time"),
      ("outages: {rate: 500/yr, lasts: 0.001 yr}", "at most 100/yr"),
      ("outages: {rate: 0.5/yr, lasts: 0.1 yr, multiply: 1.5}", "must be a number from 0 to 1"),
      ("outages: {rate: 0.5/yr, lasts: 0.1 yr, multipli: 1}", "did you mean \"multiply\"?"),
      ("outages: 0.5", "must be a mapping"),
      ("outage: {rate: 0.5/yr, lasts: 0.1 yr}", "did you mean \"outages\"?"),
      ("availability: 1.2", "must be a share of the time between 0 and 1"),
      ("availability: shar", "did you mean \"share\"?"), ("availability: 2 * need", "unknown name \"need\""),
    ])
  func faults(keys: String, message: String) throws {
    do {
      try scenario(keys).checked()
      Issue.record("accepted")
    } catch let error as ScenarioError {
      #expect(error.problems.count == 1 && error.problems[0].what.contains(message), "\(error)")
      #expect(error.problems[0].place.line == 9)
    }
  }

  @Test("the schema knows outages and availability")
  func schema() throws {
    let schema = try SchemaCheck(ScenarioSchema.json)
    let text = try scenario("availability: share, outages: {rate: 1/yr, lasts: 0.2yr, multiply: 0.5}").text
    #expect(schema.accepts(try #require(try Yams.compose(yaml: text))))
    #expect(
      !schema.accepts(try #require(try Yams.compose(yaml: text.replacing("lasts:", with: "last:")))))
  }
}

import Foundation
import Scenarios
import Testing
import Yams

@Suite("Flows by month")
struct MonthTests {
  private func scenario(
    _ sections: String, step: String = "month", value: String = "calendar-mean", draws: Int = 2
  ) throws -> Scenario {
    try Scenario.small(
      smallScenario(
        horizon: "{from: 2028, to: 2037, step: \(step), value: \(value)}",
        run: "{method: sobol-owen, draws: \(draws), replicates: 1, seed: 3}", sections))
  }

  private func values(_ scenario: Scenario, _ names: [String]) throws -> [Double] {
    try scenario.checked().samples(of: names).map { $0[0] }
  }

  private func months(_ name: String, _ year: Int) -> [String] {
    (1...12).map { "\(name)[\(year)-\($0 < 10 ? "0" : "")\($0)]" }
  }

  @Test(
    "a month is the integral over its twelfth of the year, and the year as it is in steps of years",
    arguments: RampCase.all)
  func means(ramp: RampCase) throws {
    let assets = """
      assets:
        line: {capacity: {value: 38, unit: bcm/yr}, start: 2030.35, ramp: \(ramp.yaml)}
        wider: {capacity: {value: 38, unit: bcm/yr}, start: 2030.35, ramp: \(ramp.yaml), expansions: [{at: 2031.7, capacity: 44}]}
      """
    let scenario = try scenario(assets)
    for year in [2029, 2030, 2031, 2035] {
      let flows = try values(scenario, months("line", year) + months("wider", year))
      for month in 0..<12 {
        let begin = Double(year) - 2030.35 + Double(month) / 12
        let mean =
          12 * integral(from: max(begin, 0), to: max(begin + 1.0 / 12, 0), kinks: ramp.kinks, ramp.share)
        let wide =
          12
          * integral(
            from: max(begin, 0), to: max(begin + 1.0 / 12, 0), kinks: ramp.kinks + [2031.7 - 2030.35]
          ) { ($0 < 2031.7 - 2030.35 ? 38 : 44) * ramp.share($0) }
        #expect(abs(flows[month] - 38 * mean) < 1e-8, "\(year)-\(month + 1)")
        #expect(abs(flows[12 + month] - wide) < 1e-8, "\(year)-\(month + 1)")
      }
    }
    let names = (2028...2037).flatMap { ["line[\($0)]", "wider[\($0)]", "line.ramp[\($0)]"] }
    let yearly = try values(self.scenario(assets, step: "year"), names)
    #expect(zip(try values(scenario, names), yearly).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  /// Months of a one-year ramp to 24 are 1, 3, …, 23; those above 12 are cut: 9 in the mean, where the year as one step has 12.
  @Test("a ceiling binds month by month")
  func ceiling() throws {
    let assets = """
      assets:
        line: {capacity: {value: 24, unit: bcm/yr}, start: 2030, ramp: {years: 1}, ceiling: 12}
        left: {capacity: {value: 24, unit: bcm/yr}, start: 2030, ramp: {years: 1}}
        right: {capacity: {value: 24, unit: bcm/yr}, start: 2030, ramp: {years: 1}}
      ceilings:
        shared: {limit: 30, order: [left, right]}
      """
    let monthly = try scenario(assets)
    #expect(abs(try values(monthly, ["line[2030]"])[0] - 9) < 1e-9)
    #expect(abs(try values(scenario(assets, step: "year"), ["line[2030]"])[0] - 12) < 1e-9)
    let flows = try values(monthly, months("line", 2030))
    for month in 0..<12 { #expect(abs(flows[month] - min(Double(2 * month + 1), 12)) < 1e-9) }
    let names = months("left", 2030) + months("right", 2030) + months("shared", 2030)
    let shared = try values(monthly, names)
    for month in 0..<12 {
      let own = Double(2 * month + 1)
      #expect(abs(shared[month] - own) < 1e-9)
      #expect(abs(shared[12 + month] - min(own, 30 - own)) < 1e-9)
      #expect(abs(shared[24 + month] - (30 - own - min(own, 30 - own))) < 1e-9)
    }
    #expect(abs(try values(monthly, ["right[2030]"])[0] - shared[12..<24].reduce(0, +) / 12) < 1e-12)
  }

  @Test("an interruption hits the months whose mid-point lies in it")
  func interruption() throws {
    let scenario = try scenario(
      """
      events:
        cut: {kind: interruption, of: line, after: 2030, hazard: 0.1/yr, lasts: 0.25 yr, multiply: 0}
      assets:
        line: {capacity: {value: 40, unit: bcm/yr}, start: 2028}
      """)
    let names = months("line", 2030) + ["line[2030]"]
    let flows = try scenario.checked().samples(of: names, interventions: ["cut": 2030.6]).map { $0[0] }
    // August's mid-point is 2030.625, October's 2030.792, November's 2030.875.
    for month in 1...12 { #expect(abs(flows[month - 1] - ((8...10).contains(month) ? 0 : 40)) < 1e-9) }
    #expect(abs(flows[12] - 30) < 1e-9)
  }

  @Test("a month at its first instant, and a year at its own")
  func instant() throws {
    let scenario = try scenario(
      "assets:\n  line: {capacity: {value: 24, unit: bcm/yr}, start: 2030.5, ramp: {years: 1}}\n",
      value: "instant")
    let flows = try values(scenario, months("line", 2030) + ["line[2030]", "line[2031]"])
    for month in 0..<12 { #expect(abs(flows[month] - max(0, Double(2 * month - 12))) < 1e-9) }
    #expect(flows[12] == 0 && abs(flows[13] - 12) < 1e-9)
  }

  /// In May of the ramp's year 9/24 is filled: 9, halved by the cut, of which the other asset takes its share.
  @Test("an explanation and a draw have the month's values")
  func explained() throws {
    let scenario = try scenario(
      """
      events:
        cut: {kind: interruption, of: line, after: 2028, hazard: 1e9/yr, lasts: 9 yr, multiply: {uniform: [0.2, 0.8]}}
      assets:
        line:
          capacity: {value: 24, unit: bcm/yr}
          start: 2030
          ramp: {years: 1}
          outages: {rate: 2/yr, lasts: 0.1 yr, multiply: 0.5}
      """, draws: 64)
    let explanation = try scenario.checked().explain("line[2030-05]")
    let names = explanation.parts.map(\.name)
    #expect(names.starts(with: ["line[2030-05]", "line.before_ceiling[2030-05]", "line.ramp[2030-05]"]))
    #expect(names.contains("line.outages[2030]"))
    let (flow, ramp) = (explanation.parts[0].value, explanation.parts[2].value)
    #expect(abs(ramp - 9.0 / 24) < 1e-9)
    let draw = try scenario.checked().draw(explanation.medianDraw)
    let cut = try #require(draw.value("cut.multiply"))
    let outages = try #require(draw.value("line.outages", 2030))
    #expect((0.2...0.8).contains(cut) && (0...1).contains(outages))
    #expect(abs(flow - 9 * cut * outages) < 1e-9)
    let line = try #require(draw.parts.first { $0.name == "line" })
    #expect(line.months.count == 120 && line.months[28] == flow)
    #expect(draw.parts.filter { $0.name != "line" }.allSatisfy { $0.months.isEmpty })
  }

  @Test(
    "each fault gets one precise message",
    arguments: [
      ("line[2030-13]", "month", "from 01 to 12"), ("line[2030-00]", "month", "from 01 to 12"),
      ("line[2030-07]", "year", "horizon.step is year"), ("need[2030-07]", "month", "have monthly values"),
      ("(line + 1)[2030-07]", "month", "have monthly values"),
      ("line[2050-07]", "month", "outside the horizon"),
      ("-line[2030-07..2031]", "month", "a range takes years"),
    ])
  func faults(quantity: String, step: String, message: String) throws {
    let scenario = try scenario(
      """
      inputs:
        need: {unit: bcm/yr, dim: 1, basis: judgement, knots: {2030: {uniform: [0, 1]}}}
      assets:
        line: {capacity: {value: 40, unit: bcm/yr}, start: 2028, ceiling: need}
      """, step: step)
    do {
      _ = try scenario.checked().samples(of: [quantity])
      Issue.record("accepted")
    } catch {
      #expect(error.problems.count == 1 && error.problems[0].what.contains(message), "\(error)")
    }
  }

  @Test("the schema takes months")
  func schema() throws {
    let schema = try SchemaCheck(ScenarioSchema.json)
    let text = try scenario("assets:\n  line: {capacity: {value: 24, unit: bcm/yr}, start: 2030}\n").text
    #expect(schema.accepts(try #require(try Yams.compose(yaml: text))))
    #expect(
      !schema.accepts(try #require(try Yams.compose(yaml: text.replacing("step: month", with: "step: week"))))
    )
  }
}

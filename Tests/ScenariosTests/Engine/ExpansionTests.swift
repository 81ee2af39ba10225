import Foundation
import Scenarios
import Testing
import Yams

@Suite("Expansions")
struct ExpansionTests {
  private func scenario(
    ramp: String, start: String, _ steps: [(String, String)], inputs: String = "",
    value: String = "calendar-mean", capacity: String = "38"
  ) throws -> Scenario {
    let list = steps.map { "{at: \($0.0), capacity: \($0.1)}" }.joined(separator: ", ")
    return try Scenario.small(
      smallScenario(
        horizon: "{from: 2026, to: 2045, value: \(value)}",
        run: "{method: monte-carlo, draws: 8, replicates: 1, seed: 1}",
        """
        \(inputs.isEmpty ? "" : "inputs:\n" + inputs)
        assets:
          line:
            capacity: {value: \(capacity), unit: bcm/yr}
            start: \(start)
            ramp: \(ramp)
            expansions: [\(list)]
        """))
  }

  private func flows(
    ramp: String, start: String, _ steps: [(String, String)], value: String = "calendar-mean",
    capacity: String = "38"
  ) throws -> [Double] {
    try scenario(ramp: ramp, start: start, steps, value: value, capacity: capacity)
      .checked().samples(of: (2026...2045).map { "line[\($0)]" }).map { $0[0] }
  }

  /// The mean over a calendar year of what holds `age` years after the start, steps at dates; ages are told apart more finely
  /// than dates.
  private func mean(
    _ year: Double, from start: Double, kinks: [Double], dates: [Double], _ rate: (Double) -> Double
  ) -> Double {
    integral(
      from: max(year - start, 0), to: max(year + 1 - start, 0), kinks: kinks + dates.map { $0 - start }, rate)
  }

  /// The capacity in force: that of the last step of the list whose date has come.
  private func capacity(_ first: Double, _ steps: [(date: Double, capacity: Double)], at time: Double)
    -> Double
  {
    steps.last { $0.date <= time }?.capacity ?? first
  }

  static let steps: [[(date: Double, capacity: Double)]] = [
    [(2031.4, 44)], [(2031.2, 44), (2031.7, 56.5)], [(2034.9, 44), (2033.3, 50)], [(2020, 44)], [(2060, 44)],
    [(2032, 44)], [(2030.2, 44), (2033.8, 20), (2033.8, 30)], [(2029, 44), (2031.5, 44)],
  ]

  @Test(
    "means over calendar years are the integrals of capacity × ramp",
    arguments: RampCase.all, steps.indices)
  func means(ramp: RampCase, choice: Int) throws {
    let steps = Self.steps[choice]
    let start = 2030.35
    let ages = steps.map { ($0.date - start, $0.capacity) }
    let flows = try flows(
      ramp: ramp.yaml, start: "\(start)", steps.map { ("\($0.date)", "\($0.capacity)") })
    for (index, flow) in flows.enumerated() {
      let year = Double(2026 + index)
      let mean = mean(year, from: start, kinks: ramp.kinks, dates: steps.map(\.date)) {
        capacity(38, ages, at: $0) * ramp.share($0)
      }
      #expect(abs(flow - mean) < 40 * 1e-9, "\(year)")
    }
  }

  @Test("values at the first instant are capacity × ramp", arguments: RampCase.all, steps.indices)
  func instants(ramp: RampCase, choice: Int) throws {
    let steps = Self.steps[choice]
    let flows = try flows(
      ramp: ramp.yaml, start: "2030.35", steps.map { ("\($0.date)", "\($0.capacity)") }, value: "instant")
    for (index, flow) in flows.enumerated() {
      let time = Double(2026 + index)
      let expected = time < 2030.35 ? 0 : capacity(38, steps, at: time) * ramp.share(time - 2030.35)
      #expect(abs(flow - expected) < 40 * 1e-9, "\(time)")
    }
  }

  @Test("a contract's quantities go as far as the capacity in force", arguments: steps.indices)
  func schedule(choice: Int) throws {
    let quantities: [Double] = [5, 10, 22, 30, 38, 42, 50]
    let steps = Self.steps[choice]
    let start = 2030.35
    let ramp = "{shape: schedule, quantities: \(quantities)}"
    let ages = steps.map { ($0.date - start, $0.capacity) }
    func rate(_ age: Double) -> Double { min(quantities[min(Int(age), 6)], capacity(25, ages, at: age)) }
    let yaml = steps.map { ("\($0.date)", "\($0.capacity)") }
    let flows = try flows(ramp: ramp, start: "\(start)", yaml, capacity: "25")
    let instants = try self.flows(ramp: ramp, start: "\(start)", yaml, value: "instant", capacity: "25")
    for index in flows.indices {
      let year = Double(2026 + index)
      let mean = mean(
        year, from: start, kinks: (0...7).map(Double.init), dates: steps.map(\.date), rate)
      #expect(abs(flows[index] - mean) < 40 * 1e-9, "\(year)")
      #expect(abs(instants[index] - (year < start ? 0 : rate(year - start))) < 1e-12, "\(year)")
    }
  }

  @Test("limits: a step that never comes, one before the start, and 38 to 44 as two assets on one ramp")
  func limits() throws {
    let ramp = "{shape: linear, years: 5}"
    let without = try flows(ramp: ramp, start: "2030.3", [])
    let never = try flows(ramp: ramp, start: "2030.3", [("never", "44")])
    #expect(zip(without, never).allSatisfy { abs($0 - $1) < 1e-12 * 38 })
    let early = try flows(ramp: ramp, start: "2030.3", [("2028.7", "44")])
    let larger = try flows(ramp: ramp, start: "2030.3", [], capacity: "44")
    #expect(zip(early, larger).allSatisfy { abs($0 - $1) < 1e-12 * 44 })
    #expect(try flows(ramp: ramp, start: "never", [("2031.5", "44")]).allSatisfy { $0 == 0 })
    // A step in mid-December of a plateau adds 6/24.
    let late = try flows(ramp: "{years: 0}", start: "2026", [("2030.9583333333333", "44")])
    #expect(abs(late[4] - (38 + 6.0 / 24)) < 1e-9 && late[3] == 38 && late[5] == 44)
  }

  @Test("dates and capacities that are drawn hold on every path, and the explanation names them")
  func drawn() throws {
    let scenario = try scenario(
      ramp: "{shape: concave, years: 4}", start: "2030",
      [("opening", "larger"), ("opening + 2", "larger + 5")],
      inputs: """
          opening: {unit: date, dim: 1, basis: judgement, uniform: [2029, 2035]}
          larger: {unit: bcm/yr, dim: 2, basis: judgement, uniform: [40, 50]}
        """)
    let columns = try scenario.checked().samples(
      of: ["opening", "larger"] + (2026...2045).map { "line[\($0)]" })
    for path in 0..<8 {
      let (opening, larger) = (columns[0][path], columns[1][path])
      for index in 0..<20 {
        let year = Double(2026 + index)
        let mean = mean(year, from: 2030, kinks: [0, 4], dates: [opening, opening + 2]) { age in
          capacity(38, [(opening - 2030, larger), (opening - 2028, larger + 5)], at: age)
            * (1 - pow(1 - min(age / 4, 1), 2))
        }
        #expect(abs(columns[2 + index][path] - mean) < 40 * 1e-9)
      }
    }
    let parts = try scenario.checked().explain("line[2035]").parts
    let installed = try #require(parts.first { $0.name == "line.installed[2035]" })
    #expect(installed.formula == "(38, larger from opening, larger + 5 from opening + 2 bcm/yr) × ramp")
    #expect(parts.contains { $0.name == "opening" } && parts.contains { $0.name == "line.ramp[2035]" })
  }

  @Test(
    "each fault gets one precise message",
    arguments: [
      ("{at: 2031}", "entry 1 of assets.line.expansions needs \"capacity\""),
      ("44", "must be a mapping with at and capacity"),
      ("{at: 2031, capacity: -4}", "must not be negative"),
      ("{at: 2031, capaciti: 44}", "did you mean \"capacity\"?"),
      ("{at: larger, capacity: 44}", "assets.line.expansions.at is in bcm/yr, not a date"),
      ("{at: 2031, capacity: opening}", "assets.line.expansions.capacity is a date, not in bcm/yr"),
      ("{at: openig, capacity: 44}", "did you mean \"opening\"?"),
    ])
  func faults(step: String, message: String) throws {
    let text = smallScenario(
      """
      inputs:
        opening: {unit: date, dim: 1, basis: judgement, uniform: [2029, 2035]}
        larger: {unit: bcm/yr, dim: 2, basis: judgement, uniform: [40, 50]}
      assets:
        line: {capacity: {value: 38, unit: bcm/yr}, start: 2030, expansions: [\(step)]}
      """)
    do {
      try Scenario.small(text).checked()
      Issue.record("accepted")
    } catch {
      #expect(error.problems.count == 1 && error.problems[0].what.contains(message), "\(error)")
      #expect(error.problems[0].place.line == 10)
    }
  }

  @Test("the schema knows expansions")
  func schema() throws {
    let schema = try SchemaCheck(ScenarioSchema.json)
    let text = try scenario(ramp: "{years: 5}", start: "2030", [("2031.5", "44")]).text
    #expect(schema.accepts(try #require(try Yams.compose(yaml: text))))
    #expect(
      !schema.accepts(try #require(try Yams.compose(yaml: text.replacing("{at:", with: "{on:")))))
  }
}

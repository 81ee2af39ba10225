import Datasets
import Foundation
import Scenarios
import Testing
import Yams

/// A ramp by its definition: how it is written in a file and its share `age` years after the start.
struct RampCase: Sendable, CustomTestStringConvertible {
  let yaml: String
  /// Where the share or its slope jumps, in years after the start.
  let kinks: [Double]
  let share: @Sendable (Double) -> Double

  var testDescription: String { yaml }

  static func concave(_ years: Double, _ k: Double, written: String? = nil) -> RampCase {
    RampCase(yaml: "{shape: concave, years: \(years)\(written ?? ", k: \(k)")}", kinks: [0, years]) { age in
      1 - pow(1 - min(age / years, 1), k)
    }
  }

  static func logistic(_ years: Double, _ steepness: Double, written: String? = nil) -> RampCase {
    RampCase(
      yaml: "{shape: logistic, years: \(years)\(written ?? ", steepness: \(steepness)")}", kinks: [0, years]
    ) { age in
      func curve(_ x: Double) -> Double { 1 / (1 + exp(-steepness * (x - 0.5))) }
      return (curve(min(age / years, 1)) - curve(0)) / (curve(1) - curve(0))
    }
  }

  static func ends(_ shares: [Double]) -> RampCase {
    RampCase(yaml: "{shape: empirical, shares: \(shares)}", kinks: (0...shares.count).map(Double.init)) {
      age in
      let n = Int(age)
      guard n < shares.count else { return shares[shares.count - 1] }
      let left = n == 0 ? 0 : shares[n - 1]
      return left + (shares[n] - left) * (age - Double(n))
    }
  }

  static func means(_ shares: [Double]) -> RampCase {
    RampCase(yaml: "{shape: empirical, means: \(shares)}", kinks: (0...shares.count).map(Double.init)) {
      age in
      shares[min(Int(age), shares.count - 1)]
    }
  }

  static let all: [RampCase] = [
    RampCase(yaml: "{shape: linear, years: 4.3}", kinks: [0, 4.3]) { min($0 / 4.3, 1) },
    concave(5, 2, written: ""), concave(4.7, 1.5), concave(0.3, 3), concave(12, 20), concave(3, 1),
    logistic(6, 10, written: ""), logistic(4.2, 0.1), logistic(0.4, 8), logistic(5.5, 100),
    ends([0.1, 0.3, 0.45, 0.8, 1.02]), ends([0.5]), means([0.108, 0.273, 0.405, 0.598, 0.819, 1.021]),
    means([0.7]),
  ]
}

/// The integral of a function that is smooth between kinks, by Simpson's rule on 4,000 parts of each piece.
func integral(from a: Double, to b: Double, kinks: [Double], _ f: (Double) -> Double) -> Double {
  let edges = [a] + kinks.filter { $0 > a && $0 < b }.sorted() + [b]
  var total = 0.0
  for (low, high) in zip(edges, edges.dropFirst()) where high > low {
    let parts = 4000
    let step = (high - low) / Double(parts)
    var sum = 0.0
    for i in 0...parts {
      // The ends by their limits from within.
      let x = i == 0 ? low + 1e-13 : i == parts ? high - 1e-13 : low + Double(i) * step
      sum += f(x) * (i == 0 || i == parts ? 1 : i % 2 == 1 ? 4 : 2)
    }
    total += sum * step / 3
  }
  return total
}

@Suite("Ramps")
struct RampTests {
  private func scenario(
    _ asset: String, value: String = "calendar-mean", data: Bool = false
  ) throws -> Scenario {
    let text = smallScenario(
      horizon: "{from: 2026, to: 2045, value: \(value)}",
      run: "{method: monte-carlo, draws: 2, replicates: 1, seed: 1}", "assets:\n  line: \(asset)\n")
    return data
      ? try Scenario(yaml: text, file: "small.yaml", data: BundledSeries()) : try Scenario.small(text)
  }

  private func flows(
    ramp: String, start: String, value: String = "calendar-mean", part: String = "line",
    capacity: String = "40", data: Bool = false
  ) throws -> [Double] {
    let asset = "{capacity: {value: \(capacity), unit: bcm/yr}, start: \(start), ramp: \(ramp)}"
    return try scenario(asset, value: value, data: data).checked().samples(
      of: (2026...2045).map { "\(part)[\($0)]" }
    )
    .map { $0[0] }
  }

  @Test(
    "means over calendar years are the integrals", arguments: RampCase.all,
    [2026.0, 2029.9583, 2033.4, 2019.917])
  func means(ramp: RampCase, start: Double) throws {
    for (index, flow) in try flows(ramp: ramp.yaml, start: "\(start)").enumerated() {
      let year = Double(2026 + index)
      let mean = integral(
        from: max(year - start, 0), to: max(year + 1 - start, 0), kinks: ramp.kinks, ramp.share)
      #expect(abs(flow - 40 * mean) < 40 * 1e-9, "\(year)")
    }
  }

  @Test("values at the first instant are the shares", arguments: RampCase.all, [2026.3, 2033.4])
  func instants(ramp: RampCase, start: Double) throws {
    for (index, flow) in try flows(ramp: ramp.yaml, start: "\(start)", value: "instant").enumerated() {
      let age = Double(2026 + index) - start
      #expect(abs(flow - (age < 0 ? 0 : 40 * ramp.share(age))) < 40 * 1e-9, "\(2026 + index)")
    }
  }

  @Test("ramps of no years are a step, and what never starts never flows")
  func limits() throws {
    for shape in ["linear", "concave", "logistic"] {
      for years in ["0", "1e-12"] {
        let flows = try flows(ramp: "{shape: \(shape), years: \(years)}", start: "2030.9583333333333")
        for (index, flow) in flows.enumerated() {
          let share = index < 4 ? 0 : index == 4 ? 1.0 / 24 : 1
          #expect(abs(flow - 40 * share) < 1e-9, "\(shape) \(2026 + index)")
        }
      }
      let instant = try flows(ramp: "{shape: \(shape), years: 0}", start: "2031", value: "instant")
      #expect(instant == (2026...2045).map { $0 >= 2031 ? 40 : 0 })
    }
    for ramp in RampCase.all {
      #expect(try flows(ramp: ramp.yaml, start: "never").allSatisfy { $0 == 0 })
      #expect(try flows(ramp: ramp.yaml, start: "never", value: "instant").allSatisfy { $0 == 0 })
    }
    // Whole before the horizon begins, to the last bits.
    for ramp in RampCase.all where ramp.kinks.last ?? 0 < 10 {
      let plateau = 40 * ramp.share(100)
      #expect(try flows(ramp: ramp.yaml, start: "2010").allSatisfy { abs($0 - plateau) < 1e-12 * 40 })
    }
  }

  @Test("a concave ramp of power 1 is linear, and a logistic one is symmetric")
  func laws() throws {
    let linear = try flows(ramp: "{shape: linear, years: 5.5}", start: "2030.3")
    let concave = try flows(ramp: "{shape: concave, years: 5.5, k: 1}", start: "2030.3")
    #expect(zip(linear, concave).allSatisfy { abs($0 - $1) < 1e-12 * 40 })
    // r(x) + r(1 − x) = 1: years that mirror each other about the middle of the ramp sum to the capacity.
    let logistic = try flows(ramp: "{shape: logistic, years: 6}", start: "2030")
    for year in 0..<6 { #expect(abs(logistic[4 + year] + logistic[9 - year] - 40) < 1e-12 * 40) }
  }

  @Test("a schedule delivers its quantities by contract year, as far as the capacity goes")
  func schedule() throws {
    let quantities: [Double] = [5, 10, 15, 22, 30, 38]
    let ramp = "{shape: schedule, quantities: [5, 10, 15, 22, 30, 38]}"
    let whole = try flows(ramp: ramp, start: "2026")
    for (flow, quantity) in zip(whole, quantities + Array(repeating: 38, count: 14)) {
      #expect(abs(flow - quantity) < 1e-12)
    }
    // From 1 December on, a calendar year has a month of one contract year and eleven of the one before.
    let start = 2026 + 11.0 / 12
    for capacity in [40.0, 25] {
      let flows = try flows(ramp: ramp, start: "\(start)", capacity: "\(capacity)")
      for (index, flow) in flows.enumerated() {
        func quantity(_ year: Int) -> Double { year < 0 ? 0 : min(quantities[min(year, 5)], capacity) }
        #expect(abs(flow - (quantity(index) / 12 + quantity(index - 1) * 11 / 12)) < 1e-9)
      }
    }
    let instant = try flows(ramp: ramp, start: "2026", value: "instant", capacity: "25")
    #expect(instant.prefix(6) == [5, 10, 15, 22, 25, 25] && instant.last == 25)
    // The ramp of a contract is a share of its largest quantity, and what is installed is the flow at full use.
    #expect(abs(try flows(ramp: ramp, start: "2026", part: "line.ramp")[3] - 22.0 / 38) < 1e-12)
    #expect(try flows(ramp: ramp, start: "2026", part: "line.installed") == whole)
  }

  /// Contract years taken as calendar years: mean absolute error .70 bcm a year against deliveries.
  @Test("the schedule of Power of Siberia-1 errs by 0.70 bcm a year")
  func contract() throws {
    let flows = try flows(
      ramp: "{shape: schedule, quantities: [5, 10, 15, 22, 30, 38]}", start: "2026", capacity: "38")
    let error = zip(flows, PowerOfSiberia1Tests.deliveries).reduce(0) { $0 + abs($1.0 - $1.1) } / 6
    #expect(abs(error - 0.70) < 0.005)
  }

  @Test("a line of the bundled table fills as the table says")
  func analogue() throws {
    let ramp = "{shape: empirical, from: Nord Stream 1}"
    let flows = try flows(ramp: ramp, start: "2026", capacity: "55", data: true)
    for (flow, delivered) in zip(
      flows, [11.27, 23.53, 34.03, 36.02, 43.67, 49.4, 56.75, 56.69, 57.38, 55.35, 55.35])
    {
      #expect(abs(flow - delivered) < 1e-9)
    }
    for (name, message) in [
      ("Nord Stream 2", "did you mean \"Nord Stream 1\"?"), ("Blue Stream", "from the first"),
      ("TAP", "from the first"),
    ] {
      let problem = try #require(
        try problems(
          "{capacity: {value: 40, unit: bcm/yr}, start: 2026, ramp: {shape: empirical, from: \(name)}}"
        ).first)
      #expect(problem.what.contains(message) && problem.place.line == 7 && problem.place.column > 60)
    }
    // The table's sources are held against as_of.
    let early = smallScenario(
      "assets:\n  line: {capacity: {value: 40, unit: bcm/yr}, start: 2026, ramp: {shape: empirical, from: Power of Siberia 1}}"
    ).replacing("as_of: 2026-01-31", with: "as_of: 2015-01-31")
    #expect(throws: ScenarioError.self) { try Scenario(yaml: early, data: BundledSeries()).checked() }
  }

  private func problems(_ asset: String) throws -> [ScenarioProblem] {
    do {
      try scenario(asset, data: true).checked()
      return []
    } catch let error as ScenarioError {
      return error.problems
    }
  }

  @Test(
    "each fault gets one precise message",
    arguments: [
      ("{shape: logistick, years: 5}", "did you mean \"logistic\"?"),
      ("{shape: concave}", "assets.line.ramp needs \"years\""),
      ("{shape: concave, years: 5, k: 0.5}", "k must be a number from 1 to 100, not 0.5"),
      ("{shape: concave, years: 5, steepness: 3}", "it belongs to shape: logistic, not to shape: concave"),
      ("{shape: logistic, years: 5, steepness: -1}", "steepness must be a number from 0.1 to 100"),
      ("{shape: logistic, years: first_gas}", "unknown name \"first_gas\""),
      ("{shape: logistic, yeers: 5}", "did you mean \"years\"?"),
      ("{shape: empirical}", "needs one of \"shares\", \"means\" or \"from\""),
      (
        "{shape: empirical, shares: [0.5], means: [0.5]}", "\"means\" cannot be used together with \"shares\""
      ),
      ("{shape: empirical, shares: [0.5, -0.1]}", "must be a number of at least 0"),
      ("{shape: empirical, shares: 0.5}", "must be a list"),
      ("{shape: empirical, shares: []}", "must be a list of up to 100 numbers"),
      (
        "{shape: empirical, shares: [0.5], years: 3}",
        "\"years\"; it belongs to shape: linear, concave or logistic"
      ),
      ("{shape: schedule}", "needs \"quantities\""), ("{shape: schedule, quantities: [0, 0]}", "not all 0"),
      ("{shape: schedule, quantities: [5, ten]}", "must be a number"),
      ("{years: 5, quantities: [5]}", "it belongs to shape: schedule"),
    ])
  func faults(ramp: String, message: String) throws {
    let problems = try problems("{capacity: {value: 40, unit: bcm/yr}, start: 2026, ramp: \(ramp)}")
    #expect(problems.count == 1 && problems[0].what.contains(message), "\(problems)")
    #expect(problems.first?.place.line == 7)
  }

  @Test("the schema takes what the reader takes")
  func schema() throws {
    let schema = try SchemaCheck(ScenarioSchema.json)
    for ramp in RampCase.all.map(\.yaml) + ["{years: 5}", "{shape: schedule, quantities: [5, 10]}"] {
      let text = try scenario("{capacity: {value: 40, unit: bcm/yr}, start: 2026, ramp: \(ramp)}").text
      #expect(schema.accepts(try #require(try Yams.compose(yaml: text))), "\(ramp)")
    }
    for ramp in ["{shape: concave}", "{shape: logistic, years: 5, k: 2}", "{shape: schedule, shares: [0.5]}"]
    {
      let text = smallScenario(
        "assets:\n  line: {capacity: {value: 40, unit: bcm/yr}, start: 2026, ramp: \(ramp)}\n")
      #expect(!schema.accepts(try #require(try Yams.compose(yaml: text))), "\(ramp)")
    }
  }

  @Test("an explanation says what a schedule is made of")
  func explanation() throws {
    let parts = try scenario(
      "{capacity: {value: 25, unit: bcm/yr}, start: 2026, ramp: {shape: schedule, quantities: [5, 40]}}"
    ).checked().explain("line[2028]").parts
    #expect(parts.map(\.name) == ["line[2028]", "line.before_ceiling[2028]", "line.installed[2028]"])
    #expect(
      parts[2].formula == "min((25 bcm/yr), 5.0, 40.0 by contract year) from 2026" && parts[2].value == 25)
  }
}

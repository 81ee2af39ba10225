import Datasets
import Foundation
import Scenarios
import Testing

@Suite("Sobol' indices")
struct SensitivityTests {
  /// Ishigami's function with a = 7, b = 0.1: S = 0.313905, 0.442411, 0; ST = 0.557589, 0.442411, 0.243684 (closed form).
  @Test("Ishigami's function")
  func ishigami() throws {
    let run = try Scenario.small(ishigamiScenario).run(DrawOptions(draws: 4096, replicates: 2))
    let answer = try #require(run["f"])
    let exact: [String: (first: Double, total: Double)] = [
      "x1": (0.313905, 0.557589), "x2": (0.442411, 0.442411), "x3": (0, 0.243684),
    ]
    #expect(answer.sensitivity.count == 3)
    for index in answer.sensitivity {
      let expected = try #require(exact[index.name])
      // SALib 1.6.0's median largest error at this N is .0015 and .0009.
      #expect(abs(index.first - expected.first) < 0.0015, "\(index)")
      #expect(abs(index.total - expected.total) < 0.0015, "\(index)")
      #expect(try #require(index.totalInterval).contains(index.total))
    }
    #expect(answer.sensitivity.map(\.name) == ["x1", "x2", "x3"])
    #expect(abs(try #require(answer.row(.mean)?.value) - 3.5) < 0.01)
  }

  @Test("Few draws give no interval and no rank, and what cannot vary has none")
  func noIntervals() throws {
    let text = smallScenario(
      """
      branches: {high: {weight: 0.5}, low: {weight: 0.5}}
      inputs:
        x: {unit: "1", basis: judgement, dim: 1, uniform: [0, 1]}
        y: {unit: "1", basis: judgement, dim: 2, uniform: [0, 0.1]}
      questions:
        q: {of: "x + y + if(branch == high, 1, 0)", mean: true, sobol: [first, total]}
      """)
    let few = try Scenario.small(text).checked().sobolIndices(of: "q", DrawOptions(draws: 63))
    #expect(few.findings.count == 3)
    #expect(few.findings.allSatisfy { $0.rank == nil && $0.firstInterval == nil && $0.totalInterval == nil })
    #expect(few.notes.contains { $0.contains("63 draws are too few for intervals") })
    #expect(
      try Scenario.small(text).run(DrawOptions(draws: 1))["q"]?.notes.contains { $0.contains("too few") }
        == true)
    let certain = try Scenario(yaml: text, branch: "high").checked().sobolIndices(
      of: "q", DrawOptions(draws: 4096))
    #expect(certain.notes.isEmpty)
    for index in certain.findings where index.name == "branch" {
      #expect(index.total == 0 && index.rank == nil && index.totalInterval == nil)
    }
    #expect(certain.findings.first { $0.name == "x" }?.rank == 1)
    #expect(certain.findings.first { $0.name == "y" }?.rank == 2)
  }

  /// The Sobol' row of the golden table: ± .002.
  @Test("The drivers of the flow in 2035")
  func goldenRow() throws {
    let run = try powerOfSiberia2(
      questions:
        """
          drivers:
            of: "ps2[2035]"
            sobol: [first, total]
            groups: {china_room: [china_demand, china_output, central_asia, lng_floor]}
        """
    ).run(DrawOptions(replicates: 1))
    let answer = try #require(run["drivers"])
    let table: [(String, Double, Double)] = [
      ("branch", 0.302, 0.592), ("build_years", 0.114, 0.322), ("contract_date", 0.074, 0.213),
      ("china_room", 0.075, 0.285), ("ramp_years", 0.022, 0.089),
    ]
    for (name, first, total) in table {
      let index = try #require(answer.sensitivity.first { $0.name == name })
      let width = { (range: ClosedRange<Double>) in (range.upperBound - range.lowerBound) / 3.92 }
      #expect(
        abs(index.first - first) <= 4 * hypot(0.002, width(try #require(index.firstInterval))) + 0.0005,
        "\(index)")
      #expect(
        abs(index.total - total) <= 4 * hypot(0.002, width(try #require(index.totalInterval))) + 0.0005,
        "\(index)")
    }
  }

  @Test("A probability, a group on call, and a refusal")
  func onCall() throws {
    let scenario = try Scenario.small(
      smallScenario(
        """
        inputs:
          a: {unit: "1", basis: judgement, dim: 1, uniform: [0, 1]}
          b: {unit: "1", basis: judgement, dim: 2, uniform: [0, 1]}
          c: {unit: "1", basis: judgement, dim: 3, uniform: [0, 1]}
        questions:
          both: {probability: "a < 0.5 and b < 0.5"}
          some: {of: a, mean: true, given: "b < 0.5"}
        """))
    // Y = 1[a] 1[b]: Var = 3/16, Var E[Y | a] = 1/16, and knowing both leaves nothing.
    let study = try scenario.checked().sobolIndices(of: "both", DrawOptions(draws: 8192))
    #expect(study.evaluations == 4 * 8192)
    for index in study.findings {
      #expect(abs(index.first - 1.0 / 3) < 0.02 && abs(index.total - 2.0 / 3) < 0.02, "\(index)")
      #expect(index.rank == nil)
    }
    let group = SensitivityGroup(name: "pair", members: ["a", "b"])
    let grouped = try scenario.checked().sobolIndices(of: "both", groups: [group], DrawOptions(draws: 1024))
    #expect(grouped.findings.map(\.name) == ["pair"] && abs(grouped.findings[0].first - 1) < 0.02)
    #expect {
      try scenario.checked().sobolIndices(of: "some")
    } throws: {
      "\($0)".contains("cannot respect given: b < 0.5")
    }
    #expect {
      try scenario.checked().sobolIndices(of: "bth")
    } throws: {
      "\($0)".contains("did you mean \"both\"?")
    }
  }

  /// Of a sum of independent parts each has the share of its own variance, in first order and in total.
  @Test("The paths of the fitted series are a factor")
  func series() throws {
    let scenario = try Scenario(
      yaml: smallScenario(
        """
        inputs:
          a: {unit: USD bn/yr, basis: judgement, dim: 1, normal: {mean: 0, sd: 60}}
        series:
          trade: {data: trade/total, from: 2022-01, unit: USD bn, model: exponential-growth}
        questions:
          both: {of: "trade[2028] + a", mean: true}
          trade: {of: "trade[2028]", mean: true}
        """), file: "small.yaml", data: BundledSeries())
    let values = try scenario.checked().samples(of: ["trade[2028]"], DrawOptions(draws: 8192, replicates: 2))[
      0]
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    let share = variance / (variance + 3600)
    let study = try scenario.checked().sobolIndices(of: "both", DrawOptions(draws: 8192))
    let index = try #require(study.findings.first { $0.name == "series" })
    #expect(share > 0.05 && share < 0.95)
    #expect(abs(index.first - share) < 0.03 && abs(index.total - share) < 0.03, "\(index), exact \(share)")
    #expect(study.findings.count == 2)
    let alone = try scenario.checked().sobolIndices(of: "trade", DrawOptions(draws: 1024)).findings
    #expect(alone.count == 1 && abs(alone[0].total - 1) < 0.1)
  }

  @Test("An unknown member of a group is named")
  func unknownMember() throws {
    let scenario = try powerOfSiberia2(
      questions: "  drivers: {of: \"ps2[2035]\", sobol: [total], groups: {room: [china_demnd]}}")
    #expect {
      try scenario.checked()
    } throws: { error in
      "\(error)".contains("did you mean \"china_demand\"?")
    }
  }

  /// y = a + b of unit normals with correlation r: Var E[y | a] = (1 + r)², E Var[y | b] = 1 − r², Var y = 2 + 2r.
  @Test(
    "Exchangeable inputs have equal indices, in whatever order the file names them",
    arguments: ["a, b", "b, a"])
  func correlated(_ pair: String) throws {
    let text = smallScenario(
      """
      correlations:
        - {between: [\(pair)], gaussian_copula: 0.8, parameter: normal-score}
      inputs:
        a: {unit: "1", basis: judgement, dim: 1, normal: {mean: 0, sd: 1}}
        b: {unit: "1", basis: judgement, dim: 2, normal: {mean: 0, sd: 1}}
      derived:
        y: {expr: a + b, unit: "1"}
        k: {expr: 192.53 + 0 * a + (b - b), unit: "1"}
      questions:
        y: {of: y, mean: true}
        a: {of: a, mean: true}
        k: {of: k, mean: true}
      """)
    let checked = try Scenario.small(text).checked()
    let study = try checked.sobolIndices(of: "y", DrawOptions(draws: 8192))
    #expect(study.findings.count == 2)
    for index in study.findings {
      #expect(abs(index.first - 0.9) < 0.01 && abs(index.total - 0.1) < 0.01)
      #expect(index.rank == nil && index.isCorrelated)
    }
    #expect(study.notes.contains { $0.hasPrefix("a, b: correlated with other inputs") })
    // What b tells of a, and decides alone: r² and nothing.
    let alone = try checked.sobolIndices(of: "a", DrawOptions(draws: 8192)).findings
    let second = try #require(alone.first { $0.name == "b" })
    #expect(abs(second.first - 0.64) < 0.01 && abs(second.total) < 0.01)
    // As one group the pair is not correlated with anything outside of it.
    let group = SensitivityGroup(name: "both", members: ["a", "b"])
    let whole = try checked.sobolIndices(of: "y", groups: [group], DrawOptions(draws: 1024)).findings
    #expect(whole.count == 1 && !whole[0].isCorrelated && abs(whole[0].total - 1) < 0.1)
    let constant = try checked.sobolIndices(of: "k", DrawOptions(draws: 1024))
    #expect(constant.findings.allSatisfy { $0.first == 0 && $0.total == 0 && $0.rank == nil })
    #expect(throws: ScenarioError.self) { try checked.shapleyEffects(of: "k", DrawOptions(draws: 256)) }
  }
}

/// Ishigami's function with a = 7, b = 0.1.
let ishigamiScenario = smallScenario(
  """
  inputs:
    x1: {unit: "1", basis: judgement, dim: 1, uniform: [-3.141592653589793, 3.141592653589793]}
    x2: {unit: "1", basis: judgement, dim: 2, uniform: [-3.141592653589793, 3.141592653589793]}
    x3: {unit: "1", basis: judgement, dim: 3, uniform: [-3.141592653589793, 3.141592653589793]}
  derived:
    f: {expr: "sin(x1) + 7 * sin(x2)^2 + 0.1 * x3^4 * sin(x1)", unit: "1"}
  questions:
    f: {of: f, mean: true, sobol: [first, total]}
  """)

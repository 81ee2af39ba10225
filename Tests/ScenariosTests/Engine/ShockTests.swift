import Forecasting
import ForesightNumerics
import Foundation
import Scenarios
import Testing

@Suite("Shocks with a date")
struct ShockTests {
  private func values(_ keys: String, of quantity: String = "x", change: String = "multiply: 0.5")
    throws -> [Double]
  {
    let mode = change.hasPrefix("multiply") ? "multiplicative" : "additive"
    let scenario = try Scenario.small(
      smallScenario(
        horizon: "{from: 2028, to: 2035}", run: "{draws: 1, replicates: 1, seed: 3}",
        """
        inputs:
          x: {unit: Mt, basis: judgement, constant: 100}
        events:
          cut: {kind: shock, of: x, mode: \(mode), \(change), \(keys)}
        """))
    return try scenario.checked().paths(of: [quantity])[0].values.map { $0[0] }
  }

  @Test("whole effect in years whose mid-point lies in [T, T + lasts), then the recovery's share of it")
  func recoveries() throws {
    let step = [100, 100, 50, 100, 100, 100, 100, 100.0]
    #expect(try values("at: 2030.25, lasts: 1 yr") == step)
    #expect(try values("at: 2030.25, lasts: 1yr, recovery: step") == step)
    // The mid-point is in the interval at its beginning and out of it at its end.
    #expect(try values("at: 2030.5, lasts: 1 yr") == step)
    #expect(try values("at: 2029.500001, lasts: 1 yr") == step)
    #expect(try values("at: 2030.51, lasts: 0.9 yr") == [Double](repeating: 100, count: 8))
    #expect(
      try values("at: 2030.25, recovery: none") == [100, 100, 50, 50, 50, 50, 50, 50])
    let linear = try values("at: 2030.25, lasts: 1 yr, recovery: linear, recovery_years: 2")
    #expect(linear == [100, 100, 50, 56.25, 81.25, 100, 100, 100])
    let exponential = try values("at: 2030.25, lasts: 1 yr, recovery: exponential, recovery_years: 2")
    for (year, value) in exponential.enumerated() {
      let since = Double(2028 + year) + 0.5 - 2031.25
      let weight = since < -1 ? 0 : exp2(-max(0, since) / 2)
      #expect(abs(value - (100 - 50 * weight)) < 1e-12)
    }
    // Without lasts the recovery begins at the date.
    #expect(
      try values("at: 2030.25, recovery: linear, recovery_years: 2")
        == [100, 100, 56.25, 81.25, 100, 100, 100, 100])
  }

  @Test("additive shocks, floors and conditions follow the same years")
  func additive() throws {
    #expect(
      try values("at: 2030, lasts: 2 yr, floor: 30", change: "add: -80")
        == [100, 100, 30, 30, 100, 100, 100, 100])
    #expect(
      try values("at: 2030, lasts: 1 yr, recovery: linear, recovery_years: 4", change: "add: -80")
        == [100, 100, 20, 30, 50, 70, 90, 100])
    #expect(
      try values("at: 2030, recovery: none, when: 1 > 2, floor: 300") == [Double](repeating: 100, count: 8))
    #expect(try values("at: never, recovery: none, floor: 300") == [Double](repeating: 100, count: 8))
    #expect(try values("at: 2031.5, lasts: 1 yr", of: "cut") == [2031.5])
  }

  /// With T exponential at hazard h from the beginning of the horizon, year y is struck when T lies in (y − ½, y + ½].
  @Test("dates by hazard have the closed form of their law; a set date takes their place")
  func hazard() throws {
    let text = smallScenario(
      horizon: "{from: 2026, to: 2035}", run: "{draws: 16384, replicates: 8, seed: 3}",
      """
      inputs:
        x: {unit: Mt, basis: judgement, constant: 100}
      events:
        cut: {kind: shock, of: x, mode: multiplicative, hazard: 0.1/yr, lasts: 1 yr, multiply: 0.6, dims: [1, 2]}
      questions:
        first: {of: "x[2026]", mean: true}
        later: {of: "x[2030]", mean: true}
        struck: {probability: "x[2030] < 100"}
        date: {probability: "cut < 2030"}
        set: {of: "x[2030]", mean: true, do: {cut: 2030.0}}
        spared: {of: "x[2030]", mean: true, do: {cut: never}}
      """)
    let run = try Scenario.small(text).run()
    func mean(_ name: String) throws -> Double { try #require(run[name]?.rows.first?.value) }
    #expect(abs(try mean("first") - (100 - 40 * (1 - exp(-0.05)))) < 2e-3)
    let share = exp(-0.35) - exp(-0.45)
    #expect(abs(try mean("struck") - exp(-0.35) * (1 - exp(-0.1))) < 1e-4)
    #expect(abs(try mean("later") - (100 - 40 * share)) < 4e-3)
    #expect(abs(try mean("date") - (1 - exp(-0.4))) < 1e-4)
    #expect(try mean("set") == 60 && mean("spared") == 100)
  }

  private func trade(_ events: String) throws -> Scenario {
    let steps = RandomStream(seed: 4, name: "trade").normals(0..<60)
    var level = 50.0
    let series = try TimeSeries(
      steps.map { step in
        level += step
        return level
      }, start: .month(2021, 1), name: "trade", unit: "Mt", rule: .mean)
    return try Scenario(
      yaml: smallScenario(
        horizon: "{from: 2026, to: 2030}", run: "{draws: 2048, replicates: 2, seed: 3}",
        """
        series:
          imports: {data: a, unit: Mt, model: naive}
        \(events)
        derived:
          twice: {expr: 2 * imports, unit: Mt}
        questions:
          all: {of: "twice[2028]", mean: true}
        """), file: "small.yaml", data: GivenSeries(["a": series]))
  }

  @Test("a shock on a series changes each path by its own draw and no other draw")
  func series() throws {
    let plain = try trade("").checked().paths(of: ["imports", "twice[2028]"])
    let cut = """
      events:
        cut: {kind: shock, of: imports, mode: multiplicative, hazard: 0.3/yr, after: 2026.5, lasts: 2 yr,
              multiply: {uniform: [0.2, 0.9]}, recovery: exponential, recovery_years: 1}
      """
    let shocked = try trade(cut)
    let paths = try shocked.checked().paths(of: ["imports", "cut", "twice[2028]"], DrawOptions(threads: 2))
    #expect(paths[0].years == Array(2026...2030))
    // The factor of the years with the whole effect is one number a path.
    var hits = 0
    for path in 0..<4096 {
      let date = paths[1].values[0][path]
      #expect(date >= 2026.5)
      var factor: Double?
      for year in 0..<5 {
        let ratio = paths[0].values[year][path] / plain[0].values[year][path]
        let since = 2026.5 + Double(year) - date
        if since < 0 {
          #expect(ratio == 1)
        } else if since < 2 {
          #expect(ratio > 0.2 - 1e-12 && ratio < 0.9)
          #expect(abs(ratio - (factor ?? ratio)) < 1e-12)
          factor = ratio
          hits += 1
        } else if let factor {
          #expect(abs(1 - ratio - (1 - factor) * exp2(2 - since)) < 1e-12)
        }
      }
      #expect(paths[2].values[0][path] == 2 * paths[0].values[2][path])
    }
    #expect(hits > 1000)
    let run = try shocked.checked().explain("twice[2028]")
    #expect(run.parts.map(\.name) == ["twice[2028]", "imports[2028]", "cut"])
    #expect(run.parts[2].formula.contains("back by half in 1.0 years"))
    let spared = try shocked.checked().paths(of: ["imports"], interventions: ["cut": .infinity])
    #expect(spared[0].values == plain[0].values)
    // What strikes without a date strikes every year.
    let always = try trade(
      "events: {cut: {kind: shock, of: imports, mode: additive, add: -3, when: 1 < 2}}"
    ).checked().paths(of: ["imports"])
    #expect(always[0].values == plain[0].values.map { $0.map { $0 - 3 } })
  }

  @Test(
    "what is no shock with a date is refused in one message with its line",
    arguments: [
      ("lasts: 1 yr", "events.cut: \"lasts\" needs \"at\" or \"hazard\" beside it"),
      ("recovery: linear, at: 2030, lasts: 1 yr", "events.cut needs \"recovery_years\""),
      ("recovery: linaer, recovery_years: 1, at: 2030", "did you mean \"linear\"?"),
      ("recovery: linear, recovery_years: 0, at: 2030", "recovery_years must be a number above 0"),
      (
        "recovery: step, recovery_years: 2, lasts: 1 yr, at: 2030",
        "can only be used with recovery: linear or exponential"
      ),
      ("recovery: none, lasts: 1 yr, at: 2030", "\"lasts\" cannot be used together with recovery: none"),
      ("at: 2030", "events.cut needs \"lasts\""),
      ("at: 2030, hazard: 0.1/yr, lasts: 1 yr", "\"hazard\" cannot be used together with \"at\""),
      ("at: 2030, after: 2029, lasts: 1 yr", "\"after\" needs \"hazard\" beside it"),
      ("hazard: 0.1/yr, lasts: 1 yr, dim: 4", "use dims: [hazard, change]"),
      ("hazard: 0.1/yr, lasts: 1 yr, dims: [3, 3]", "is pinned to dimension 3"),
      ("hazard: 0.1/yr, lasts: 1 yr, times: 2", "more than once is not supported yet"),
      ("hazzard: 0.1/yr, lasts: 1 yr", "unknown key \"hazzard\"; did you mean \"hazard\"?"),
      ("at: opening + y, lasts: 1 yr", "add years (yr) to a date"),
      ("at: y, lasts: 1 yr", "events.cut.at is in Mt, not a date"),
      ("at: opening + 0 * x / y, lasts: 1 yr", "depends on itself: x → cut → x"),
      ("at: 2030, lasts: 1", "must be a length of time"),
    ])
  func refusals(keys: String, message: String) throws {
    let text = smallScenario(
      """
      inputs:
        x: {unit: Mt, basis: judgement, constant: 100}
        opening: {unit: decimal-year, basis: judgement, constant: 2030}
        y: {unit: Mt, basis: judgement, constant: 1}
      events:
        cut: {kind: shock, of: x, mode: multiplicative, multiply: 0.5, \(keys)}
      """)
    do {
      try Scenario.small(text).checked()
      Issue.record("\(keys) is accepted")
    } catch {
      #expect(error.problems.count == 1 && error.description.contains(message), "\(error)")
      #expect(error.problems.first?.place.line == 11)
    }
  }

  @Test("a date takes no shock with a date, and an unknown name gets the nearest")
  func targets() throws {
    for (target, message) in [
      ("opening", "a shock with a date changes yearly values, but opening is a date"),
      ("openin", "unknown input or series \"openin\"; did you mean \"opening\"?"),
    ] {
      let text = smallScenario(
        """
        inputs:
          opening: {unit: decimal-year, basis: judgement, constant: 2030}
        events:
          cut: {kind: shock, of: \(target), mode: additive, add: 0.5, at: 2030, lasts: 1 yr}
        """)
      #expect {
        try Scenario.small(text).checked()
      } throws: {
        "\($0)".contains(message)
      }
    }
  }
}

import Forecasting
import Scenarios
import Testing

/// A scenario built in Swift against the same scenario as a file.
@Suite struct ScenarioDraftTests {
  static let file = """
    schema: scenario/1
    id: my-pipeline
    as_of: 2026-01-31
    horizon: {from: 2026, to: 2040}
    run: {draws: 512, replicates: 2, seed: 7}
    branches:
      built: {weight: 0.7}
      shelved: {weight: 0.3}
    inputs:
      opening:
        unit: decimal-year
        dim: 1
        by_branch: {built: {triangular: [2028, 2030, 2035]}, shelved: never}
      ramp_years: {unit: yr, dim: 2, uniform: [3, 6]}
      use: {unit: fraction, dim: 3, pert: [0.6, 0.9, 1.0]}
      need: {unit: bcm/yr, dim: 4, knots: {2030: {triangular: [10, 20, 30]}, 2040: {triangular: [15, 30, 50]}}}
    correlations:
      - {between: [use, ramp_years], gaussian_copula: 0.3}
    events:
      first_gas: {kind: start, at: opening, opens: line}
    assets:
      line:
        capacity: {value: 30, unit: bcm/yr}
        start: first_gas
        ramp: {shape: linear, years: ramp_years}
        utilisation: use
        ceiling: need
    derived:
      spare: {expr: "30 * 1bcm/yr - line", unit: bcm/yr}
    questions:
      flow: {of: "line[2035]", mean: true, quantiles: [0.1, 0.5, 0.9], exceed: [20]}
      soon: {probability: "max(line[..2032]) >= 10"}
    """

  static let draft = ScenarioDraft(
    "my-pipeline", years: 2026...2040, asOf: "2026-01-31",
    [
      .branch("built", weight: 0.7), .branch("shelved", weight: 0.3),
      .input(
        "opening", "decimal-year", .byBranch(["built": .triangular(2028, 2030, 2035), "shelved": .never]),
        dim: 1),
      .input("ramp_years", "yr", .uniform(3, 6), dim: 2),
      .input("use", "fraction", .pert(0.6, 0.9, 1), dim: 3),
      .input(
        "need", "bcm/yr", .knots([2030: .triangular(10, 20, 30), 2040: .triangular(15, 30, 50)]), dim: 4),
      .correlation("use", "ramp_years", gaussianCopula: 0.3),
      .start("first_gas", at: "opening", opens: "line"),
      .asset(
        "line", capacity: 30, "bcm/yr", start: "first_gas",
        ["ramp": ["shape": "linear", "years": "ramp_years"], "utilisation": "use", "ceiling": "need"]),
      .question("flow", of: "line[2035]", mean: true, quantiles: [0.1, 0.5, 0.9], exceed: [20]),
      .probability("soon", of: "max(line[..2032]) >= 10"),
    ], keys: ["run": ["draws": 512, "replicates": 2, "seed": 7]])

  @Test func `a scenario in Swift gives the bits of its file`() throws {
    let text = Self.file.split(separator: "\n").filter { !$0.contains("spare") && $0 != "derived:" }
      .joined(separator: "\n")
    let file = try Scenario(yaml: text).run()
    let own = try Self.draft.scenario().run()
    #expect(own.answers == file.answers && own.settings == file.settings && own.scenario == "my-pipeline")
    // What a draft writes is a file like any other.
    #expect(try Scenario(yaml: Self.draft.yaml).run().answers == file.answers)
    #expect(try own.mean("flow") == file["flow"]?.row(.mean)?.value)
    #expect(try own.quantile(0.9, of: "flow") > own.quantile(0.1, of: "flow"))
    #expect(try own.probability("soon") == file["soon"]?.row(.probability)?.value)
    #expect((0...1).contains(try own.exceedance(20, of: "flow")))
  }

  @Test func `answers that were not asked for are refused by name`() throws {
    let run = try Self.draft.scenario().run(DrawOptions(draws: 64, replicates: 1))
    #expect(throws: ForecastError.unknownName(kind: "question", name: "flw", nearest: "flow")) {
      try run.mean("flw")
    }
    for ask in [
      { try run.mean("soon") }, { try run.quantile(0.3, of: "flow") }, { try run.probability("flow") },
    ] {
      #expect(throws: ForecastError.self) { _ = try ask() }
    }
  }

  @Test func `a mistake in a draft is named with its place in what the draft writes`() throws {
    var draft = Self.draft
    draft.parts.append(.input("rampp", "yr", .uniform(6, 3)))
    draft.parts.append(.question("odd", of: "lin[2035]", mean: true))
    #expect(throws: ScenarioError.self) { try draft.scenario().checked() }
    for id in ["a b", "yes", "1", "", "a: b", "\"q\"", "ü\n"] {
      // Whatever the text, the file says the same.
      do {
        let file = try ScenarioDraft(id, years: 2026...2030, []).scenario().file
        #expect(file.id == id)
      } catch {
        #expect(error.problems.isEmpty == false)
      }
    }
  }

  /// Every law of a file, with two draws of each against those of the file's form.
  @Test(arguments: [
    (ScenarioLaw.normal(mean: 1, sd: 2), "normal: {mean: 1, sd: 2}"),
    (.lognormal(median: 3, sigma: 0.25), "lognormal: {median: 3, sigma: 0.25}"),
    (.shiftedLognormal(p10: 4, p50: 5.5, p90: 9), "shifted_lognormal: {p10: 4, p50: 5.5, p90: 9}"),
    (.beta(2, 3, low: 1, high: 5), "beta: {alpha: 2, beta: 3, low: 1, high: 5}"),
    (.gamma(shape: 2, scale: 0.1), "gamma: {shape: 2, scale: 0.1}"),
    (.weibull(shape: 1.5, scale: 3), "weibull: {shape: 1.5, scale: 3}"),
    (.truncatedNormal(mean: 0, sd: 1, low: -1), "truncated_normal: {mean: 0, sd: 1, low: -1}"),
    (.logUniform(0.1, 1e-1 * 3), "log_uniform: [0.1, 0.30000000000000004]"),
    (.discrete([1, 2.5], weights: [0.25, 0.75]), "discrete: {values: [1, 2.5], weights: [0.25, 0.75]}"),
    (.empirical([1, 5, 1e20]), "empirical: [1, 5, 1e20]"), (.constant(-2), "constant: -2"),
  ]) func `every law is that of the file`(law: ScenarioLaw, text: String) throws {
    let head = "schema: scenario/1\nid: x\nhorizon: {from: 2026, to: 2027}\n"
    let tail = "\nquestions: {q: {of: \"a\", mean: true, quantiles: [0.1, 0.9]}}\n"
    let file = try Scenario(yaml: head + "inputs: {a: {unit: \"1\", dim: 1, " + text + "}}" + tail)
    let own = ScenarioDraft(
      "x", years: 2026...2027,
      [.input("a", "1", law, dim: 1), .question("q", of: "a", mean: true, quantiles: [0.1, 0.9])])
    let options = DrawOptions(draws: 128, replicates: 1)
    #expect(try own.scenario().run(options).answers == file.run(options).answers)
  }
}

import Foundation
import TestSupport
import Testing

@Suite struct ScenarioSensitivityCommandTests {
  /// Y = a + 2 b with a, b uniform: shares of the variance 1/5 and 4/5.
  private static let yaml = """
    schema: scenario/1
    id: additive
    as_of: 2026-01-31
    horizon: {from: 2026, to: 2027}
    run: {method: sobol-owen, draws: 4096, replicates: 4, seed: 7}
    inputs:
      a: {unit: yr, basis: judgement, dim: 1, uniform: [0, 1]}
      b: {unit: yr, basis: judgement, dim: 2, uniform: [0, 1]}
    derived:
      y: {expr: "a + 2 * b", unit: yr}
    questions:
      y: {of: y, mean: true}
      high: {probability: "y > 2"}

    """

  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.file("s.yaml", Self.yaml)
    return scratch
  }

  private func call(_ arguments: String...) throws -> Tool.Run {
    try Tool.run(["scenario", "sensitivity", "s.yaml", "--question"] + arguments, in: try scratch())
  }

  @Test(arguments: ["sobol", "shapley"]) func sharesOfTheVariance(_ method: String) throws {
    let run = try call("y", "--method", method, "--format", "json")
    #expect(run.status == 0 && run.errors.isEmpty)
    let rows = try #require(run.json()["findings"]).list
    #expect(rows.map { $0["name"]?.text } == ["b", "a"])
    for (row, share) in zip(rows, [0.8, 0.2]) {
      let found = try #require(row[method == "sobol" ? "total" : "share"]?.number)
      #expect(abs(found - share) < 0.02)
    }
    #expect(rows.map { $0["rank"]?.number } == [1, 2])
  }

  @Test(arguments: [
    ("sobol", "input,first,first_low"), ("tornado", "input,low,low_value,low_mean"),
    ("shapley", "input,share,low"), ("evppi", "input,value,standard_error"),
  ]) func everyMethodHasRowsAndText(_ method: String, _ header: String) throws {
    let more = method == "evppi" ? ["--threshold", "1"] : []
    let base = ["scenario", "sensitivity", "s.yaml", "--question", "y", "--method", method] + more
    let csv = try Tool.run(base + ["--format", "csv"], in: try scratch())
    let lines = csv.output.split(separator: "\n")
    #expect(csv.status == 0 && lines.count == 3 && lines[0].hasPrefix(header))
    #expect(lines[1].hasPrefix("b,") && lines[2].hasPrefix("a,"))
    let text = try Tool.run(base, in: try scratch())
    #expect(text.status == 0 && text.output.contains("\nb ") && text.output.contains("Rank"))
  }

  /// The swing of b from P10 to P90 is 1.6, that of a 0.8, and the mean 1.5.
  @Test func tornadoOfAnAdditiveQuantity() throws {
    let findings = try #require(call("y", "--method", "tornado", "--format", "json").json()["findings"])
    let bars = try #require(findings["bars"]).list
    #expect(abs(try #require(findings["mean"]?.number) - 1.5) < 0.001)
    for (bar, swing) in zip(bars, [1.6, 0.8]) {
      #expect(abs(try #require(bar["swing"]?.number) - swing) < 0.001)
    }
  }

  @Test func boxesOfACondition() throws {
    let run = try call("high", "--method", "prim", "--format", "csv", "--density", "0.9")
    #expect(run.status == 0)
    #expect(run.output.contains(",b,") && run.output.hasPrefix("box,coverage,density,mass,input"))
    let text = try call("high", "--method", "prim")
    #expect(text.output.contains("Box 1: density 0.") && text.output.contains("Quasi-p-value"))
  }

  @Test(arguments: [
    (["y", "--method", "prim", "--group", "g=a"], "does not support --group; it is for sobol, shapley"),
    (["y", "--method", "evppi"], "needs --threshold"), (["y", "--level", "100"], "between 0 and 100"),
    (["y", "--group", "g"], "name=input,input"), (["y", "--group", "g=c"], "\"c\" is not a free input"),
    (["z"], "unknown question \"z\""), (["y", "--method", "prim"], "need a threshold"),
    (["y", "--method", "sobl"], "did you mean \"sobol\"?"),
    (["y", "--density", "0.5"], "sobol does not support --density; it is for prim"),
  ]) func refusals(_ arguments: [String], _ part: String) throws {
    try Tool.refuses(
      ["scenario", "sensitivity", "s.yaml", "--question"] + arguments, naming: [part], in: try scratch())
  }
}

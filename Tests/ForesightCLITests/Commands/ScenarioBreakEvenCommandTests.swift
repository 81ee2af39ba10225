import Foundation
import TestSupport
import Testing

@Suite struct ScenarioBreakEvenCommandTests {
  private static let yaml = """
    schema: scenario/1
    id: additive
    as_of: 2026-01-31
    horizon: {from: 2026, to: 2027}
    run: {method: sobol-owen, draws: 1024, replicates: 4, seed: 7}
    inputs:
      a: {unit: yr, basis: judgement, dim: 1, uniform: [0, 1]}
      b: {unit: yr, basis: judgement, dim: 2, uniform: [0, 1]}
    derived:
      y: {expr: "a + 2 * b", unit: yr}
    questions:
      y: {of: y, mean: true}
      high: {probability: "y > 2"}

    """

  private func call(_ arguments: String...) throws -> Tool.Run {
    let scratch = try Scratch()
    try scratch.file("s.yaml", Self.yaml)
    return try Tool.run(["scenario", "break-even", "s.yaml"] + arguments, in: scratch)
  }

  /// E(a + 2 b) = 1/2 + 2 b reaches 3/2 at b = 1/2; P(a + 2 b > 2) = 2 b − 1 reaches 1/2 at b = 3/4.
  @Test func crossingsInJSON() throws {
    let mean = try call(
      "--vary", "inputs.b=0:1", "--question", "y", "--reaches", "1.5", "--format", "json")
    #expect(mean.status == 0 && mean.errors.isEmpty)
    let document = try mean.json()
    #expect(abs(try #require(document["value"]?.number) - 0.5) < 1e-3)
    #expect(document["figure"]?.text == "mean" && document["varied"]?.text == "b")
    #expect(try #require(document["scan"]).list.count == 11)
    #expect(try #require(document["bracket"]).list.count == 2)
    let share = try call("--vary", "b=0:1", "--question", "high", "--reaches", "0.5", "--format", "json")
    #expect(abs(try #require(try share.json()["value"]?.number) - 0.75) < 2e-3)
    let p90 = try call(
      "--vary", "b=0:1", "--question", "y", "--figure", "p90", "--reaches", "1.9", "--format", "json")
    #expect(abs(try #require(try p90.json()["value"]?.number) - 0.5) < 2e-3)
    #expect(try p90.json()["figure"]?.text == "p90")
  }

  /// As a question of the file: the same crossing in text, JSON and CSV, and a figure to assert.
  @Test func question() throws {
    let scratch = try Scratch()
    try scratch.file(
      "s.yaml",
      Self.yaml + "  even: {break_even: {vary: b, between: [0, 1], question: y, reaches: 1.5}}\n")
    func run(_ more: String...) throws -> Tool.Run {
      try Tool.run(["scenario", "run", "s.yaml"] + more, in: scratch)
    }
    let document = try run("--format", "json").json()
    let answers = try #require(document["answers"]).list
    #expect(answers.count == 3 && answers[0]["break_even"] == nil)
    let answer = answers[2]
    let value = try #require(answer["figures"]?.list.first?["value"]?.number)
    #expect(abs(value - 0.5) < 1e-3)
    #expect(answer["figures"]?.list.first?["name"]?.text == "break_even")
    #expect(answer["of"]?.text == "b at which mean of y reaches 1.5" && answer["unit"]?.text == "yr")
    #expect(answer["break_even"]?["scan"]?.list.count == 11)
    #expect(answer["break_even"]?["question"]?.text == "y")
    let own = try Tool.run(
      [
        "scenario", "break-even", "s.yaml", "--vary", "b=0:1", "--question", "y", "--reaches", "1.5",
        "--format", "json",
      ], in: scratch)
    #expect(try own.json()["value"]?.number == value)
    let csv = try run("--format", "csv").output
    #expect(
      csv.contains("additive,even,break_even,1.5,0.5") || csv.contains("additive,even,break_even,1.5,0.49"))
    let text = try run().output
    #expect(text.contains("break-even") && text.contains("b at which mean of y reaches 1.5"))
    #expect(try run("--assert", "even < 0.51", "--assert", "even.break_even > 0.49").status == 0)
    #expect(try run("--assert", "even > 0.6").status == 3)
  }

  /// A tornado and a box in the same run: E(a + 2 b) moves by 0.8 with a from its tenth to its ninetieth percentile.
  @Test func studies() throws {
    let scratch = try Scratch()
    try scratch.file(
      "s.yaml",
      Self.yaml
        + "  bars: {of: y, tornado: [0.1, 0.9]}\n  box: {prim: \"a < 0.5 and b > 0.5\", min_density: 0.7}\n")
    let run = try Tool.run(["scenario", "run", "s.yaml", "--format", "json"], in: scratch)
    let answers = try #require(try run.json()["answers"]).list
    #expect(answers.count == 4 && answers[0]["tornado"] == nil && answers[0]["boxes"] == nil)
    let bar = answers[2]["tornado"]?["bars"]?.list.first { $0["name"]?.text == "a" }
    #expect(abs(try #require(bar?["swing"]?.number) - 0.8) < 1e-9)
    #expect(try #require(answers[3]["boxes"]?["boxes"]).list.count == 1)
    let text = try Tool.run(["scenario", "run", "s.yaml"], in: scratch).output
    #expect(text.contains("Tornado: the mean with one input fixed and the others drawn given it: y (bars)"))
    #expect(text.contains("a < 0.5 and b > 0.5 (box)"))
  }

  @Test func text() throws {
    let run = try call("--vary", "b=0:1", "--question", "y", "--reaches", "1.5")
    #expect(run.status == 0)
    #expect(run.output.contains("Break-even: b at which the mean of y reaches 1.5 yr"))
    #expect(run.output.contains("\nb = 0.5"))
  }

  @Test(arguments: [
    (
      ["--vary", "b", "--question", "y", "--reaches", "1"],
      "--vary: \"b\" is not a range; expected name=low:high"
    ),
    (["--vary", "b=1:0", "--question", "y", "--reaches", "1"], "the low end must be below the high end"),
    (["--vary", "b=0:1", "--question", "y", "--reaches", "9"], "never reaches 9.0"),
    (["--vary", "bb=0:1", "--question", "y", "--reaches", "1"], "did you mean"),
    (
      ["--vary", "b=0:1", "--question", "y", "--reaches", "1", "--figure", "meen"],
      "not \"meen\"; did you mean \"mean\"?"
    ),
    (["--vary", "b=0:1", "--question", "y", "--reaches", "nan"], "must be a finite number, not nan"),
  ]) func refusals(_ arguments: [String], _ message: String) throws {
    let scratch = try Scratch()
    try scratch.file("s.yaml", Self.yaml)
    let run = try Tool.run(["scenario", "break-even", "s.yaml"] + arguments, in: scratch)
    #expect(run.status == 2 && run.errors.contains(message), "\(run.errors)")
  }
}

import Foundation
import Scenarios
import Testing

@Suite("Checked scenarios")
struct CheckedScenarioTests {
  private static let yaml = smallScenario(
    run: "{method: sobol-owen, draws: 512, replicates: 4, seed: 3}",
    """
    inputs:
      x: {unit: "1", basis: judgement, dim: 1, uniform: [0, 1]}
      y: {unit: "1", basis: judgement, dim: 2, uniform: [0, 1]}
      date: {unit: decimal-year, basis: judgement, uniform: [2030, 2050]}
    events:
      late: {kind: start, at: "if(x > 0.5, never, date)"}
    derived: {sum: {expr: x + y, unit: "1"}}
    questions:
      q: {of: sum, mean: true, quantiles: [0.1, 0.9], exceed: [1.5], sobol: [first, total]}
      when: {of: late, quantiles: [0.5, 0.9]}
      likely: {probability: sum > 1}
      given: {of: sum, mean: true, given: x > 0.5, do: {y: 0.25}}
      bars: {of: sum, mean: true, tornado: [0.1, 0.9]}
      box: {prim: "x > 0.5 and y > 0.5"}
      even: {break_even: {vary: y, between: [0, 1], question: q, reaches: 1}}
    """)

  private var checked: CheckedScenario {
    get throws { try Scenario.small(Self.yaml).checked() }
  }

  @Test("one check serves every answer, and a run is that of the scenario")
  func once() throws {
    let checked = try checked
    let run = try checked.run()
    #expect(run == (try Scenario.small(Self.yaml).run()))
    #expect(run == (try checked.run()))
    let some = try checked.run(questions: ["when", "q"])
    #expect(some.answers == run.answers.filter { ["q", "when"].contains($0.question) })
    #expect(checked.counts["questions"] == 7 && checked.counts["inputs"] == 3)
    let sum = try checked.samples(of: ["x + y", "sum"])
    #expect(sum[0] == sum[1])
  }

  @Test("a run is read from its document as it was written")
  func document() throws {
    let run = try checked.run()
    let data = try JSONEncoder().encode(run)
    #expect(try JSONDecoder().decode(ScenarioRun.self, from: data) == run)
    let text = String(decoding: data, as: UTF8.self)
    for part in [
      "\"step\":\"year\"", "\"run\":{", "\"figures\":[", "\"paths\":2048", "\"name\":\"exceed_1.5\"",
      "\"never\":true",
      "\"given\":null", "\"value\":null", "\"figure\":\"mean\"",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test(
    "options out of range are errors that say the range",
    arguments: [
      (DrawOptions(draws: 0), "draws is 0; it must be between 1 and 1073741824"),
      (DrawOptions(draws: -5), "draws is -5;"),
      (DrawOptions(replicates: 0), "replicates is 0; it must be between 1 and 4096"),
      (DrawOptions(replicates: 5000), "replicates is 5000;"),
      (DrawOptions(threads: 0), "threads is 0; it must be between 1 and 4096"),
    ])
  func ranges(options: DrawOptions, message: String) throws {
    let checked = try checked
    for attempt in [
      { _ = try checked.run(options) }, { _ = try checked.samples(of: ["x"], options) },
      { _ = try checked.draw(0, options) }, { _ = try checked.explain("x", options) },
      { _ = try checked.compare(with: checked, options) }, { _ = try checked.tornado(of: "q", options) },
      { _ = try checked.sobolIndices(of: "q", options) },
      { _ = try checked.shapleyEffects(of: "q", options) },
      { _ = try checked.boxes(of: "likely", options) },
      { _ = try checked.valueOfInformation(of: "q", threshold: 1, options) },
      { _ = try checked.breakEven(of: "q", varying: "y", over: 0...1, reaching: 1, options) },
      { _ = try checked.validate(options) },
    ] as [() throws -> Void] {
      let error = try #require(throws: ScenarioError.self) { try attempt() }
      #expect("\(error)".contains(message), "\(error)")
    }
  }

  @Test("what a study is asked is checked, not trusted")
  func studies() throws {
    let checked = try checked
    for (attempt, message) in [
      ({ _ = try checked.tornado(of: "q", levels: [0.9, 0.1]) }, "must be two ascending shares"),
      ({ _ = try checked.tornado(of: "q", levels: []) }, "must be two ascending shares"),
      ({ _ = try checked.tornado(of: "q", level: 1) }, "the level of the intervals is 1.0"),
      ({ _ = try checked.boxes(of: "likely", density: 0) }, "the density is 0.0; it must be above 0"),
      ({ _ = try checked.boxes(of: "likely", count: 0) }, "the number of boxes is 0"),
      ({ _ = try checked.boxes(of: "q") }, "need a threshold"),
      ({ _ = try checked.sobolIndices(of: "nobody") }, "unknown question \"nobody\""),
    ] as [(() throws -> Void, String)] {
      let error = try #require(throws: ScenarioError.self) { try attempt() }
      #expect("\(error)".contains(message), "\(error)")
    }
  }
}

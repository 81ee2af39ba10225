import Foundation
import Scenarios
import Testing

@Suite("Break-even questions of a file")
struct BreakEvenQuestionTests {
  /// y = a + 2 b with a and b uniform on [0, 1]; the line fills over five years from its opening.
  private func text(_ questions: String) -> String {
    smallScenario(
      horizon: "{from: 2026, to: 2040, value: instant}",
      run: "{method: sobol-owen, draws: 2048, replicates: 8, seed: 7}",
      """
      inputs:
        a: {unit: "1", basis: judgement, dim: 1, uniform: [0, 1]}
        b: {unit: "1", basis: judgement, dim: 2, uniform: [0, 1]}
        opening: {unit: decimal-year, basis: judgement, dim: 3, uniform: [2030, 2036]}
      events:
        first: {kind: start, at: opening, opens: line}
        always: {kind: shock, of: a, mode: additive, add: 0}
      assets:
        line: {capacity: {value: 50, unit: bcm/yr}, start: first, ramp: {shape: linear, years: 5}}
      derived:
        y: {expr: "a + 2 * b", unit: "1"}
        bowl: {expr: "(b - 0.4)^2", unit: "1"}
      questions:
        y: {of: y, mean: true}
      \(questions)
        high: {probability: "y > 2"}
        flow: {of: "line[2035]", quantiles: [0.5]}
        late: {of: y, mean: true, given: "opening > 2033"}
        opening: {of: opening, mean: true}
      """)
  }

  private func scenario(_ questions: String) throws -> Scenario { try Scenario.small(text(questions)) }

  /// Shares and quantiles are found to one draw of a replicate.
  private func check(_ answer: ScenarioAnswer?, _ truth: Double, resolution: Double = 1e-6) throws {
    let row = try #require(answer?.row(.breakEven))
    let (value, error) = (try #require(row.value), try #require(row.standardError))
    #expect(abs(value - truth) <= 4 * error + resolution, "\(value) ± \(error), not \(truth)")
    #expect(error < 0.01)
  }

  /// E y = 1/2 + 2 b is 3/2 at b = 1/2, P(y > 2) = 2 b − 1 is 1/2 at b = 3/4, the 0.9 quantile 0.9 + 2 b is 1.9 at b = 1/2, and the flow
  /// 10 (2035 − T) of 2035.0 is 25 at T = 2032.5.
  @Test("mean, probability, quantile and date have their closed forms, in the order of the file")
  func closedForms() throws {
    let scenario = try scenario(
      """
        even: {break_even: {vary: b, between: [0, 1], question: y, reaches: 1.5}}
        odds: {break_even: {vary: b, between: [0, 1], question: high, reaches: 0.5}, note: even odds}
        p90: {break_even: {vary: b, between: [0, 1], question: y, reaches: 1.9, figure: p90}}
        date: {break_even: {vary: first, between: [2031, 2035], question: flow, reaches: 25}}
        late_even: {break_even: {vary: b, between: [0, 1], question: late, reaches: 1.5}}
      """)
    let run = try scenario.run()
    #expect(
      run.answers.map(\.question) == [
        "y", "even", "odds", "p90", "date", "late_even", "high", "flow", "late", "opening",
      ])
    #expect(try scenario.checked().counts["questions"] == 10)
    for (name, truth) in [("even", 0.5), ("date", 2032.5)] { try check(run[name], truth) }
    for (name, truth) in [("odds", 0.75), ("p90", 0.5), ("late_even", 0.5)] {
      try check(run[name], truth, resolution: 1 / 2048)
    }
    let even = try #require(run["even"])
    #expect(even.of == "b at which mean of y reaches 1.5" && even.unit == "1" && !even.isDate)
    #expect(even.row(.breakEven)?.level == 1.5)
    #expect(run["late_even"]?.given == "opening > 2033" && run["date"]?.isDate == true)
    // It is the search of `breakEven`, to the bit.
    let own = try scenario.checked().breakEven(of: "y", varying: "b", over: 0...1, reaching: 1.5)
    #expect(even.breakEven == own && even.row(.breakEven)?.value == own.value)
    #expect(even.row(.breakEven)?.standardError == own.standardError)
    let alone = try scenario.run(questions: ["even"])
    #expect(alone.answers == [even])
    // The other answers do not know of it.
    let without = try self.scenario("").run()
    for answer in without.answers { #expect(run[answer.question] == answer) }
  }

  @Test("a target out of reach and a figure that turns are answers without a figure")
  func unreached() throws {
    let run = try scenario(
      """
        far: {break_even: {vary: b, between: [0, 1], question: y, reaches: 9}}
        turns: {break_even: {vary: b, between: [0, 1], question: bowl, reaches: 0.2}}
        bowl: {of: bowl, mean: true}
      """
    ).run()
    #expect(run["far"]?.rows == [] && run["turns"]?.rows == [])
    #expect(try #require(run["far"]).notes[0].contains("the figure goes from 0."))
    #expect(try #require(run["far"]).notes[0].hasSuffix("and never reaches 9.0"))
    #expect(try #require(run["turns"]).notes[0].contains("the figure is not monotone"))
  }

  @Test("comparisons and studies leave break-evens to their questions")
  func elsewhere() throws {
    let scenario = try scenario(
      "  even: {break_even: {vary: b, between: [0, 1], question: y, reaches: 1.5}}")
    let compared = try scenario.checked().compare(with: scenario.checked(), DrawOptions(draws: 64))
    #expect(compared.notes.contains("even: is a break-even"))
    #expect(!compared.differences.contains { $0.question == "even" })
    #expect {
      try scenario.checked().sobolIndices(of: "even")
    } throws: {
      "\($0)".contains("small.yaml:20:3: questions.even is a break-even; name a question about a quantity")
    }
    // A condition on every question reaches the one that the break-even names.
    let given = try scenario.conditioned(given: "a > 0.5").run(questions: ["even"])
    try check(given["even"], 0.375, resolution: 1 / 2048)
  }

  @Test(
    "what cannot be asked is refused in one message with its place",
    arguments: [
      (
        "{vary: bb, between: [0, 1], question: y, reaches: 1}", "bb",
        "vary: unknown input or dated event \"bb\""
      ),
      (
        "{vary: always, between: [0, 1], question: y, reaches: 1}", "always",
        "unknown input or dated event \"always\""
      ),
      (
        "{vary: line, between: [0, 1], question: y, reaches: 1}", "line",
        "unknown input or dated event \"line\""
      ),
      (
        "{vary: b, between: [1, 0], question: y, reaches: 1}", "[1",
        "between must be [low, high] with low < high, not [1, 0]"
      ),
      (
        "{vary: b, between: [0, 1, 2], question: y, reaches: 1}", "[0",
        "between must be [low, high] with low < high, not [0, 1, 2]"
      ),
      ("{vary: b, between: [0, .inf], question: y, reaches: 1}", ".inf", "must be a number, not \".inf\""),
      (
        "{vary: b, between: [0, 1], question: hig, reaches: 1}", "hig",
        "unknown question \"hig\"; did you mean \"high\"?"
      ),
      ("{vary: b, between: [0, 1], question: even, reaches: 1}", "even", "even is itself a break-even"),
      (
        "{vary: b, between: [0, 1], question: y, reaches: much}", "much",
        "reaches must be a number, not \"much\""
      ),
      (
        "{vary: b, between: [0, 1], question: high, reaches: 1.5}", "1.5",
        "reaches must be a share between 0 and 1, not 1.5"
      ),
      ("{vary: b, between: [0, 1], question: y, reaches: 1, figure: meen}", "meen", "did you mean \"mean\"?"),
      (
        "{vary: b, between: [0, 1], question: high, reaches: 1, figure: mean}", "mean",
        "high asks about a condition, which has a probability, not a figure mean"
      ),
      (
        "{vary: b, between: [0, 1], question: y, reaches: 1, figure: probability}", "probability",
        "y asks about a quantity, which has no probability"
      ),
      (
        "{vary: b, between: [0, 1], question: y, reaches: 1, figure: never}", "never",
        "never is a figure of a date, but y is not a date"
      ),
      ("{vary: b, between: [0, 1], question: y}", "", "questions.even.break_even needs \"reaches\""),
      (
        "{vari: b, between: [0, 1], question: y, reaches: 1}", "vari",
        "unknown key \"vari\"; did you mean \"vary\"?"
      ),
    ])
  func refusals(asked: String, place: String, message: String) throws {
    let line = "  even: {break_even: \(asked)}"
    let start = place.isEmpty ? line.range(of: "break_even") : line.range(of: place, options: .backwards)
    let column = 1 + line.distance(from: line.startIndex, to: try #require(start).lowerBound)
    do {
      let scenario = try scenario(line)
      try scenario.checked()
      Issue.record("\(asked) is accepted")
    } catch let error as ScenarioError {
      let problems = error.problems
      #expect(problems.count == 1 && error.description.contains(message), "\(error)")
      #expect(
        problems.allSatisfy { $0.place.line == 20 && $0.place.column == column }, "\(error), not \(column)")
    }
  }

  @Test("keys of other questions are refused beside it")
  func mixed() {
    #expect {
      try scenario("  even: {of: y, break_even: {vary: b, between: [0, 1], question: y, reaches: 1}}")
    } throws: {
      "\($0)".contains("small.yaml:20:10: questions.even: \"of\" cannot be used together with \"break_even\"")
    }
  }
}

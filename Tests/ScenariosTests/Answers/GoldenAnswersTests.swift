import Foundation
import Scenarios
import Testing

/// A figure of the golden table: an independent NumPy implementation of the semantics with 8 × 32,768 scrambled Sobol' draws.
///
/// They test an implementation; they are no consensus forecast. `digit` is the value of the last printed digit.
private struct Golden {
  let question: String
  let kind: AnswerRow.Kind
  let level: Double?
  let value: Double
  let error: Double
  let digit: Double

  init(
    _ question: String, _ kind: AnswerRow.Kind, _ level: Double?, _ value: Double, _ error: Double,
    digit: Double
  ) {
    self.question = question
    self.kind = kind
    self.level = level
    self.value = value
    self.error = error
    self.digit = digit
  }
}

private let fileGoldens: [Golden] = [
  Golden("by_2032", .probability, nil, 0.00190, 0.00002, digit: 1e-5),
  Golden("first_gas", .quantile, 0.1, 2032.821, 0.001, digit: 1e-3),
  Golden("first_gas", .quantile, 0.5, 2035.736, 0.001, digit: 1e-3),
  Golden("first_gas", .quantileIfEver, 0.1, 2032.603, 0.001, digit: 1e-3),
  Golden("first_gas", .quantileIfEver, 0.5, 2035.034, 0.001, digit: 1e-3),
  Golden("first_gas", .quantileIfEver, 0.9, 2038.118, 0.001, digit: 1e-3),
  Golden("first_gas", .never, nil, 0.2000, 0, digit: 1e-4),
  Golden("first_gas", .notWithinHorizon, nil, 0.2020, 0, digit: 1e-4),
  Golden("flow_2035", .mean, nil, 4.2695, 0.0011, digit: 1e-4),
  Golden("flow_2035", .quantile, 0.1, 0, 0, digit: 0),
  Golden("flow_2035", .quantile, 0.5, 0, 0, digit: 0),
  Golden("flow_2035", .quantile, 0.9, 15.05, 0.01, digit: 1e-2),
  Golden("flow_2035", .exceed, 10, 0.1702, 0.0001, digit: 1e-4),
  Golden("flow_2035", .exceed, 25, 0.0304, 0.0001, digit: 1e-4),
  Golden("flow_2035", .exceed, 45, 0.00037, 0.00001, digit: 1e-5),
  Golden("flow_2040", .mean, nil, 18.951, 0.002, digit: 1e-3),
  Golden("flow_2040", .quantile, 0.5, 18.56, 0.01, digit: 1e-2),
  Golden("flow_2040", .quantile, 0.9, 42.93, 0.01, digit: 1e-2),
  Golden("flow_2040", .exceed, 45, 0.0613, 0.0001, digit: 1e-4),
  Golden("revenue_2035", .mean, nil, 0.9884, 0.0003, digit: 1e-4),
  Golden("if_signed", .mean, nil, 13.330, 0.006, digit: 1e-3),
  Golden("if_signed", .exceed, 25, 0.1681, 0.0004, digit: 1e-4),
  Golden("if_open_2031", .mean, nil, 20.892, 0.002, digit: 1e-3),
  Golden("if_open_2031", .exceed, 25, 0.4063, 0.0003, digit: 1e-4),
]

private let moreQuestions = """
    open_2035: {of: "ps2.before_ceiling[2035]", mean: true}
    open_2040: {of: "ps2.before_ceiling[2040]", mean: true}
    binds_2040: {probability: "ps2.before_ceiling[2040] > room[2040]"}
    room_2035: {of: "room[2035]", quantiles: [0.1, 0.5, 0.9]}
    room_below_50: {probability: "room[2035] < 50"}
    announced: {of: "ps2[2035]", mean: true, given: branch == announced}
    delayed: {of: "ps2[2035]", mean: true, given: branch == delayed}
    price_dispute: {of: "ps2[2035]", mean: true, given: branch == price_dispute}
    stalled: {of: "ps2[2035]", mean: true, given: branch == stalled}
    by_2032_if_open: {probability: "max(ps2[..2032]) >= 10", do: {first_gas: 2031.0}}
  """

private let moreGoldens: [Golden] = [
  Golden("open_2035", .mean, nil, 5.576, 0.001, digit: 1e-3),
  Golden("open_2040", .mean, nil, 23.775, 0.002, digit: 1e-3),
  Golden("binds_2040", .probability, nil, 0.2296, 0.0001, digit: 1e-4),
  Golden("room_2035", .quantile, 0.1, 0, 0, digit: 0),
  Golden("room_2035", .quantile, 0.5, 33.58, 0.01, digit: 1e-2),
  Golden("room_2035", .quantile, 0.9, 75.82, 0.02, digit: 1e-2),
  Golden("room_below_50", .probability, nil, 0.6909, 0.0001, digit: 1e-4),
  Golden("announced", .mean, nil, 13.506, 0.006, digit: 1e-3),
  Golden("delayed", .mean, nil, 3.427, 0.002, digit: 1e-3),
  Golden("price_dispute", .mean, nil, 3.508, 0.002, digit: 1e-3),
  Golden("stalled", .mean, nil, 0, 0, digit: 0),
  Golden("by_2032_if_open", .probability, nil, 0.4092, 0.0003, digit: 1e-4),
]

/// |ours − table| ≤ 4 √(SE_ours² + SE_table²) + half a unit of the last printed digit.
private func check(_ run: ScenarioRun, _ goldens: [Golden]) throws {
  for golden in goldens {
    let row = try #require(run[golden.question]?.row(golden.kind, golden.level), "\(golden)")
    let value = try #require(row.value, "\(golden)")
    let ours = row.standardError ?? 0
    let tolerance = 4 * (ours * ours + golden.error * golden.error).squareRoot() + golden.digit / 2
    #expect(abs(value - golden.value) <= tolerance, "\(golden): \(value) ± \(ours)")
  }
}

@Suite("Golden answers of Power of Siberia-2")
struct GoldenAnswersTests {
  @Test("The file's own questions on the pipeline")
  func ownQuestions() throws {
    let questions = fileGoldens.map(\.question)
    let run = try powerOfSiberia2().run(questions: Array(Set(questions)))
    try check(run, fileGoldens)
    let never = try #require(run["first_gas"]?.row(.quantile, 0.9))
    #expect(never.isNever)
  }

  @Test("Without ceiling, room, by branch, do")
  func moreQuestionsOfTheTable() throws {
    try check(try powerOfSiberia2(questions: moreQuestions).run(), moreGoldens)
  }
}

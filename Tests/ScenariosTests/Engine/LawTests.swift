import Foundation
import Scenarios
import Testing

@Suite("Distributions of inputs")
struct LawTests {
  private func row(_ law: String, _ asks: String = "mean: true") throws -> AnswerRow {
    let text = smallScenario(
      """
      inputs:
        x: {unit: "1", basis: judgement, dim: 1, \(law)}
      questions:
        q: {of: x, \(asks)}
      """)
    return try #require(try Scenario.small(text).run(DrawOptions(draws: 8192))["q"]?.rows.first)
  }

  @Test(
    "Means are those of closed forms",
    arguments: [
      ("beta: {alpha: 2, beta: 5}", 2.0 / 7), ("beta: {alpha: 0.5, beta: 0.5, low: -1, high: 3}", 1),
      ("gamma: {shape: 2.5, scale: 3}", 7.5), ("gamma: {shape: 0.3, scale: 2}", 0.6),
      // scale Γ(1 + 1/shape)
      ("weibull: {shape: 1.5, scale: 2}", 1.805_490_585_9), ("weibull: {shape: 1, scale: 4}", 4),
      // φ(2)/(1 − Φ(2)), and its mirror image
      ("truncated_normal: {mean: 0, sd: 1, low: 2}", 2.373_215_532_8),
      ("truncated_normal: {mean: 0, sd: 1, high: -2}", -2.373_215_532_8),
      // (100 − 1)/log 100
      ("log_uniform: [1, 100]", 21.497_576_854_2),
      ("discrete: {values: [3, 1, 2], weights: [1, 2, 1]}", 1.75),
    ] as [(String, Double)])
  func means(_ law: String, _ mean: Double) throws {
    #expect(abs(try #require(row(law).value) - mean) < 5e-4 * max(1, abs(mean)))
  }

  @Test(
    "Medians are those of closed forms",
    arguments: [
      ("weibull: {shape: 1.5, scale: 2}", 1.566_439_537_5), ("log_uniform: [1, 100]", 10),
      ("discrete: {values: [3, 1, 2], weights: [1, 2, 1]}", 1),
      ("gamma: {shape: 1, scale: 1}", 0.693_147_180_6),
    ] as [(String, Double)])
  func medians(_ law: String, _ median: Double) throws {
    #expect(abs(try #require(row(law, "quantiles: [0.5]").value) - median) < 2e-3 * median)
  }

  @Test(
    "Parameters that no distribution has are errors",
    arguments: [
      ("beta: {alpha: 0, beta: 1}", "alpha must be"),
      ("beta: {alpha: 1, beta: 1, low: 2, high: 2}", "low < high"),
      ("truncated_normal: {mean: 0, sd: 1}", "low < high"),
      ("truncated_normal: {mean: 0, sd: 1, low: 50}", "probability"),
      ("log_uniform: [0, 1]", "log_uniform must be"),
      ("discrete: {values: [1, 2], weights: [1]}", "one weight per value"),
      ("discrete: {values: [1, 2], weights: [0, 0]}", "not all 0"),
      ("triangle: [1, 2, 3]", "did you mean \"triangular\"?"),
    ])
  func refusals(_ law: String, _ part: String) throws {
    let error = #expect(throws: ScenarioError.self) { try row(law) }
    #expect(error?.description.contains(part) == true, "\(String(describing: error))")
  }
}

import Foundation
import Scenarios
import Testing

@Suite("Standard errors say what is not known")
struct StandardErrorTests {
  private func run(_ law: String, _ question: String, draws: Int = 1024) throws -> ScenarioRun {
    let text = smallScenario(
      """
      inputs:
        x: {unit: "1", basis: judgement, dim: 1, \(law)}
      questions:
        q: \(question)
      """)
    return try Scenario.small(text).run(DrawOptions(draws: draws))
  }

  @Test("The mean of a heavy tail has no error, and a note says so")
  func heavyTail() throws {
    let answer = try #require(
      try run("lognormal: {median: 1, sigma: 4.2}", "{of: x, mean: true, quantiles: [0.5]}")["q"])
    #expect(answer.row(.mean)?.standardError == nil)
    #expect(answer.notes.contains { $0.hasPrefix("mean: one path carries") })
    #expect(try #require(answer.row(.quantile)?.standardError) > 0)
    let tame = try #require(try run("normal: {mean: 1, sd: 4}", "{of: x, mean: true}")["q"])
    #expect(tame.row(.mean)?.standardError != nil && tame.notes.isEmpty)
  }

  @Test("A quantile on which all replicates agree has no error of rounding")
  func agreement() throws {
    let row = try run("discrete: {values: [0.1, 7], weights: [9, 1]}", "{of: x, quantiles: [0.5]}")["q"]?
      .rows[0]
    #expect(row?.value == 0.1 && row?.standardError == 0)
  }

  @Test("A quantile at a jump on whose side replicates disagree has no error")
  func jump() throws {
    // Half of the paths are at 0: the median is 0 or, in some replicates of odd size, 1.
    let answer = try #require(
      try run("discrete: {values: [0, 1], weights: [1, 1]}", "{of: x, quantiles: [0.5]}", draws: 333)["q"])
    #expect(answer.rows[0].standardError == nil)
    #expect(answer.notes.contains { $0.contains("the distribution jumps there") })
  }

  @Test("Where a replicate has no path under the condition there is no error")
  func emptyReplicate() throws {
    let answer = try #require(
      try run("uniform: [0, 1]", "{of: x, mean: true, given: x < 0.001}", draws: 512)["q"])
    #expect(answer.rows.allSatisfy { $0.standardError == nil })
    #expect(answer.notes.contains { $0.contains("replicates have no path that satisfies the condition") })
  }

  @Test("A sum beyond the range of numbers is an error, not never")
  func overflow() throws {
    let error = #expect(throws: ScenarioError.self) {
      try run("uniform: [1.0e+308, 1.7e+308]", "{of: x, mean: true}")
    }
    #expect(error?.description.contains("beyond the range of numbers") == true)
  }
}

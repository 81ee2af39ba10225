import Foundation
import Scenarios
import Testing

@Suite("Long chains and sums")
struct ChainTests {
  private func file(_ derived: [String], of question: String) -> String {
    smallScenario(
      run: "{draws: 16, replicates: 2}",
      """
      inputs:
        v: {unit: bcm/yr, basis: judgement, dim: 1, constant: 1}
      derived:
      \(derived.map { "  " + $0 }.joined(separator: "\n"))
      questions:
        q: {of: \(question), mean: true, sobol: [total]}
      """)
  }

  @Test("A chain of 5,000 quantities is compiled from either end", arguments: [false, true])
  func chain(_ isReversed: Bool) throws {
    let links =
      ["x0: {expr: v, unit: bcm/yr}"] + (1..<5000).map { "x\($0): {expr: x\($0 - 1) + v, unit: bcm/yr}" }
    let scenario = try Scenario.small(file(isReversed ? links.reversed() : links, of: "x4999"))
    let run = try scenario.run()
    #expect(run["q"]?.row(.mean)?.value == 5000)
    #expect(try scenario.checked().explain("x4999", DrawOptions(draws: 4)).parts.isEmpty == false)
  }

  @Test("A circle of 3,000 quantities is an error that names it")
  func circle() throws {
    let links = (0..<3000).map { "x\($0): {expr: x\(($0 + 1) % 3000) + v, unit: bcm/yr}" }
    let error = #expect(throws: ScenarioError.self) { try Scenario.small(file(links, of: "x0")).checked() }
    #expect(error?.description.contains("depends on itself: ") == true)
  }

  @Test("A sum of 100,000 terms is computed")
  func sum() throws {
    let sum = [String](repeating: "v", count: 100_000).joined(separator: "+")
    let run = try Scenario.small(file(["s: {expr: \"\(sum)\", unit: bcm/yr}"], of: "s")).run(
      DrawOptions(draws: 2))
    #expect(run["q"]?.row(.mean)?.value == 100_000)
  }

  @Test("A sum is the total of its addends however many they are")
  func addends() throws {
    let text = smallScenario(
      """
      inputs:
        a: {unit: bcm/yr, basis: judgement, knots: {2026: 1, 2045: 2}}
        b: {unit: bcm/yr, basis: judgement, knots: {2026: 1, 2045: 3}}
        c: {unit: bcm/yr, basis: judgement, knots: {2026: 1, 2045: 4}}
      derived:
        all: {expr: a + b + c, unit: bcm/yr}
      questions:
        q: {of: "all[2045]", mean: true}
      """)
    let scenario = try Scenario.small(text)
    #expect(try scenario.run(DrawOptions(draws: 2))["q"]?.row(.mean)?.value == 9)
    let names = try scenario.checked().variables().map(\.name)
    #expect(Set(names) == ["all", "all|a", "all|b", "all|c"])
  }

  @Test("The share of a ramp that is over is exactly 1", arguments: ["linear", "concave", "logistic"])
  func capacityIsReached(_ shape: String) throws {
    for step in ["year", "month"] {
      let text = smallScenario(
        horizon: "{from: 2026, to: 2040, step: \(step)}",
        """
        inputs:
          d: {unit: decimal-year, basis: judgement, dim: 1, uniform: [2026, 2028]}
          y: {unit: yr, basis: judgement, dim: 2, uniform: [0.5, 4]}
        assets:
          line: {capacity: {value: 50, unit: bcm/yr}, start: d, ramp: {shape: \(shape), years: y}}
        questions:
          full: {of: "line[2038]", exceed: [50]}
        """)
      #expect(try Scenario.small(text).run(DrawOptions(draws: 2048))["full"]?.row(.exceed)?.value == 1)
    }
  }

  @Test("Assets under a shared ceiling compile in any order, and the last one alone")
  func manyAssets() throws {
    let names = (0..<150).map { "a\($0)" }
    let assets = names.map { "  \($0): {capacity: {value: 10, unit: bcm/yr}, start: 2020.0}" }
    let text = smallScenario(
      """
      assets:
      \(assets.joined(separator: "\n"))
      ceilings:
        market: {limit: 1495, order: [\(names.reversed().joined(separator: ", "))]}
      questions:
        last: {of: "a0[2030]", mean: true}
        left: {of: "market[2030]", mean: true}
      """)
    let run = try Scenario.small(text).run(DrawOptions(draws: 2))
    #expect(run["last"]?.row(.mean)?.value == 5)
    #expect(run["left"]?.row(.mean)?.value == 0)
  }
}

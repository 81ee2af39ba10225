import Foundation
import Scenarios
import Testing

@Suite("Flows are never negative")
struct ClampTests {
  private func scenario(_ asset: String, more: String = "") throws -> Scenario {
    try Scenario.small(
      smallScenario(
        """
        inputs:
          drawn: {unit: bcm/yr, basis: judgement, dim: 1, uniform: [-10, 30]}
          share: {unit: fraction, basis: judgement, dim: 3, uniform: [-0.5, 1.5]}
          sound: {unit: bcm/yr, basis: judgement, dim: 2, uniform: [0, 30]}
        \(more)
        assets:
          line: \(asset)
        questions:
          flow: {of: "line[2035]", mean: true, exceed: [0]}
        """))
  }

  /// The means of laws that are cut off at 0.
  ///
  /// E max(0, U(-10, 30)) = 30²/(2 · 40), E max(0, U(-0.5, 1.5)) = 1.5²/(2 · 2), a quarter of both below 0; of a share
  /// E min(1, max(0, U)) = 1/2, with a quarter above 1.
  @Test(
    "What is drawn below 0 counts as 0, and the output says how often",
    arguments: [
      (
        "{capacity: {value: 1000, unit: bcm/yr}, start: 2026, ceiling: drawn}", 11.25,
        ["assets.line.ceiling is below 0 and counts as 0 on 25 % of paths"]
      ),
      (
        "{capacity: {value: drawn, unit: bcm/yr}, start: 2026}", 11.25,
        ["assets.line.capacity is below 0 and counts as 0 on 25 % of paths"]
      ),
      (
        "{capacity: {value: 5, unit: bcm/yr}, start: 2026, expansions: [{at: 2030, capacity: drawn}]}", 11.25,
        ["assets.line.expansions.capacity is below 0 and counts as 0 on 25 % of paths"]
      ),
      (
        "{capacity: {value: 20, unit: bcm/yr}, start: 2026, utilisation: share}", 11.25,
        ["assets.line.utilisation is below 0 and counts as 0 on 25 % of paths"]
      ),
      (
        "{capacity: {value: 20, unit: bcm/yr}, start: 2026, availability: share}", 10,
        [
          "assets.line.availability is below 0 and counts as 0 on 25 % of paths",
          "assets.line.availability is above 1 and counts as 1 on 25 % of paths",
        ]
      ),
      ("{capacity: {value: 1000, unit: bcm/yr}, start: 2026, ceiling: sound}", 15, []),
    ] as [(String, Double, [String])])
  func clamped(asset: String, mean: Double, notes: [String]) throws {
    let run = try scenario(asset).run()
    let row = try #require(run["flow"]?.row(.mean))
    #expect(abs(try #require(row.value) - mean) < 0.01)
    #expect(run["flow"]?.row(.exceed, 0)?.value == 1)
    #expect(run.notes.filter { $0.contains("counts as") } == notes)
  }

  /// The hazard is so high that the cut always holds in 2035: the flow is 20 E max(0, U(-0.5, 1.5)).
  @Test("A cut multiplies by 0 at least")
  func interruption() throws {
    let run = try scenario(
      "{capacity: {value: 20, unit: bcm/yr}, start: 2026}",
      more: """
        events:
          cut: {kind: interruption, of: line, after: 2026, hazard: 1e9/yr, lasts: 30 yr, multiply: {uniform: [-0.5, 1.5]}}
        """
    ).run()
    let row = try #require(run["flow"]?.row(.mean))
    #expect(abs(try #require(row.value) - 11.25) < 5 * (row.standardError ?? 0))
    #expect(run["flow"]?.row(.exceed, 0)?.value == 1)
    #expect(run.notes.contains { $0.hasPrefix("events.cut.multiply is below 0 and counts as 0 on 2") })
  }

  /// Years that no question rests on are not looked at.
  @Test("Only what a question rests on is counted")
  func asked() throws {
    let scenario = try scenario(
      """
      {capacity: {value: 1000, unit: bcm/yr}, start: 2026, ceiling: later}
      """,
      more: """
          later: {unit: bcm/yr, basis: judgement, knots: {2035: {uniform: [1, 2]}, 2036: {uniform: [-2, 2]}}}
        """)
    #expect(try !scenario.run().notes.contains { $0.contains("counts as") })
  }

  @Test("A price below 0 counts as 0, and a check foresees it")
  func negativePrice() throws {
    let text = smallScenario(
      """
      inputs:
        price: {unit: USD/kcm, basis: judgement, dim: 1, uniform: [-100, 300]}
      assets:
        line: {capacity: {value: 50, unit: bcm/yr}, start: 2020.0, nominations: {price: price, reference: 300, elasticity: 1, clamp: [0, 1]}}
      questions:
        flow: {of: "line[2030]", mean: true}
      """)
    let checked = try Scenario.small(text).checked()
    #expect(checked.foreseen == ["assets.line.nominations.price can be below 0 and then counts as 0"])
    let run = try checked.run()
    // 50 E max(0, U(-100, 300))/300 = 50 · 112.5/300.
    #expect(abs(try #require(run["flow"]?.row(.mean)?.value) - 18.75) < 0.01)
    #expect(run.notes.contains("assets.line.nominations.price is below 0 and counts as 0 on 25 % of paths"))
  }
}

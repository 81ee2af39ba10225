import Foundation
import Scenarios
import Testing

@Suite("Tornados and boxes asked in a file")
struct QuestionStudyTests {
  private func scenario(_ questions: String) throws -> Scenario {
    try Scenario.small(
      smallScenario(
        run: "{method: sobol-owen, draws: 4096, replicates: 4, seed: 3}",
        """
        inputs:
          a: {unit: "1", basis: judgement, dim: 1, uniform: [0, 1]}
          b: {unit: "1", basis: judgement, dim: 2, uniform: [0, 1]}
          idle: {unit: "1", basis: judgement, dim: 3, uniform: [0, 1]}
        derived:
          y: {expr: "a + 2 * b + 0 * idle", unit: "1"}
        questions:
        \(questions)
        """))
  }

  /// With a held at its 0.2 and 0.8 quantiles the mean of a + 2 b moves by 0.6, with b by 1.2.
  @Test("a tornado has its closed form and is that of the study, to the bit")
  func tornado() throws {
    let scenario = try scenario("  y: {of: y, mean: true, tornado: [0.2, 0.8]}\n  plain: {mean: y}")
    let run = try scenario.run()
    let found = try #require(run["y"]?.tornado)
    for (name, swing) in [("a", 0.6), ("b", 1.2), ("idle", 0)] {
      let bar = try #require(found.bars.first { $0.name == name })
      #expect(abs(bar.swing - swing) < 1e-9 && bar.low.label == "P20", "\(bar)")
    }
    #expect(found == (try scenario.checked().tornado(of: "y", levels: [0.2, 0.8]).findings))
    #expect(run["plain"]?.tornado == nil && run["plain"]?.rows == run["y"]?.rows)
    let odds = try self.scenario("  odds: {probability: \"y > 1.5\", tornado: [0.1, 0.9]}").run()
    // P(0.9 + 2 b > 1.5) − P(0.1 + 2 b > 1.5) = 0.7 − 0.3.
    let bar = try #require(odds["odds"]?.tornado?.bars.first { $0.name == "a" })
    #expect(abs(bar.swing - 0.4) < 2e-3)
  }

  /// The cases are a box, a < 0.4 and b > 0.7, with 0.12 of the paths.
  @Test("boxes of a condition are found, with its probability")
  func boxes() throws {
    let scenario = try scenario("  box: {prim: \"a < 0.4 and b > 0.7 and idle < 2\", min_density: 0.75}")
    let answer = try #require(try scenario.run()["box"])
    #expect(abs(try #require(answer.row(.probability)?.value) - 0.12) < 1e-3)
    let study = try #require(answer.boxes)
    #expect(study == (try scenario.checked().boxes(of: "box", density: 0.75).findings))
    let box = try #require(study.boxes.first)
    #expect(study.density == 0.75 && box.density > 0.74 && box.coverage > 0.9)
    #expect(Set(box.bounds.map(\.name)) == ["a", "b"])
    let none = try #require(try self.scenario("  box: {prim: \"a < 2\"}").run()["box"])
    #expect(none.boxes == nil && none.notes == ["there is no box to find: every path is a case, or none is"])
  }

  @Test(
    "what cannot be asked is refused in one message with its place",
    arguments: [
      ("{of: y, tornado: [0.9, 0.1]}", "[0.9", "tornado must be two rising shares between 0 and 1"),
      ("{of: y, tornado: [0.1]}", "[0.1", "tornado must be two rising shares"),
      (
        "{prim: \"y > 1\", min_density: 1.5}", "1.5",
        "min_density must be a number above 0 and at most 1, not 1.5"
      ),
      ("{of: y, mean: true, min_density: 0.8}", "min_density", "\"min_density\" needs \"prim\" beside it"),
      ("{prim: \"y > 1\", of: y}", "of", "\"of\" cannot be used together with \"prim\""),
      (
        "{prim: \"y > 1\", probability: \"y > 2\"}", "probability",
        "\"probability\" cannot be used together with \"prim\""
      ),
      ("{primm: \"y > 1\"}", "primm", "unknown key \"primm\"; did you mean \"prim\"?"),
      ("{probabilityy: \"y > 1\"}", "probabilityy", "did you mean \"probability\"?"),
      ("{of: y, tornadoo: [0.1, 0.9]}", "tornadoo", "did you mean \"tornado\"?"),
      ("{meann: y}", "meann", "did you mean \"mean\"?"),
      ("{prim: y}", "y}", "not a condition"),
      (
        "{of: y}", "of",
        "\"of\" needs \"mean\", \"quantiles\", \"exceed\", \"sobol\" or \"tornado\" beside it"
      ),
    ])
  func refusals(question: String, place: String, message: String) throws {
    let line = "  q: \(question)"
    let start = place.isEmpty ? line.range(of: "q") : line.range(of: place)
    let column = 1 + line.distance(from: line.startIndex, to: try #require(start).lowerBound)
    do {
      try scenario(line).checked()
      Issue.record("\(question) is accepted")
    } catch let error as ScenarioError {
      #expect(error.problems.count == 1 && error.description.contains(message), "\(error)")
      #expect(error.problems.allSatisfy { $0.place.line == 13 && $0.place.column == column }, "\(error)")
    }
  }
}

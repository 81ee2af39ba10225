import Foundation
import Scenarios
import Testing

@Suite("Scenario discovery")
struct BoxTests {
  private func scenario(_ condition: String, replicates: Int = 4) throws -> Scenario {
    try Scenario.small(
      smallScenario(
        run: "{method: sobol-owen, draws: 8192, replicates: \(replicates), seed: 3}",
        """
        branches: {a: {weight: 0.4}, b: {weight: 0.3}, c: {weight: 0.3}}
        inputs:
          x: {unit: yr, basis: judgement, dim: 1, uniform: [0, 10]}
          y: {unit: "1", basis: judgement, dim: 2, uniform: [0, 1]}
          idle: {unit: "1", basis: judgement, dim: 3, uniform: [0, 1]}
          late: {unit: decimal-year, basis: judgement, dim: 4, by_branch: {a: {uniform: [2030, 2040]}, b: {uniform: [2030, 2040]}, c: never}}
        derived:
          all: {expr: "if(x < 100 and y + idle < 100 and late > 2000, 1, 0)", unit: "1"}
        questions:
          hit: {probability: "\(condition)"}
        """))
  }

  /// The cases are a box: x < 4, y > 0.7, not in branch c: a share 0.4 × 0.3 × 0.7 of the paths.
  @Test("A box is found where the cases are one")
  func box() throws {
    let study = try scenario("x < 4 and y > 0.7 and branch != c and all == 1").checked().boxes(of: "hit")
    #expect(abs(study.findings.share - 0.084) < 0.001)
    let box = try #require(study.findings.boxes.first)
    #expect(box.density >= 0.79 && box.coverage >= 0.9, "\(box)")
    // The peels of what nothing rests on are pasted back.
    #expect(!box.bounds.contains { $0.name == "idle" })
    let x = try #require(box.bounds.first { $0.name == "x" })
    let upper = try #require(x.upper)
    #expect(x.lower == nil && abs(upper - 4) < 0.6 && x.unit == "yr")
    let y = try #require(box.bounds.first { $0.name == "y" })
    let lower = try #require(y.lower)
    #expect(y.upper == nil && abs(lower - 0.7) < 0.06)
    #expect(box.bounds.allSatisfy { $0.quasiPValue < 1e-6 })
    let masses = box.trajectory.map(\.mass)
    #expect(masses == masses.sorted(by: >) && masses[0] == 1)
    // Coverage = density × mass/share, by definition.
    #expect(abs(box.coverage - box.density * box.mass / study.findings.share) < 1e-9)
  }

  @Test("A second box covers what the first leaves")
  func covering() throws {
    let study = try scenario("x < 2 and y < 0.4 or x > 8 and y > 0.6").checked().boxes(of: "hit", count: 2)
    #expect(study.findings.boxes.count == 2)
    #expect(study.findings.boxes.allSatisfy { $0.density > 0.75 && abs($0.coverage - 0.5) < 0.1 })
    #expect(study.findings.boxes.reduce(0) { $0 + $1.coverage } > 0.9)
  }

  @Test("Nothing to find, a missing threshold and a needless one are refused")
  func refusals() throws {
    #expect { try scenario("x < 11").checked().boxes(of: "hit") } throws: { "\($0)".contains("every path") }
    #expect { try scenario("x < 5").checked().boxes(of: "hit", threshold: 1) } throws: {
      "\($0)".contains("no threshold")
    }
    let pipeline = try powerOfSiberia2(questions: "  flow: {of: \"ps2[2035]\", mean: true}")
    #expect { try pipeline.checked().boxes(of: "flow") } throws: { "\($0)".contains("need a threshold") }
  }

  @Test("One replicate is said to flatter its box")
  func inSample() throws {
    let study = try scenario("x < 4 and y > 0.7", replicates: 1).checked().boxes(of: "hit")
    #expect(study.notes.contains { $0.contains("optimistic") })
  }
}

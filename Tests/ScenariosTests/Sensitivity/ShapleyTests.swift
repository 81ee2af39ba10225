import Foundation
import Scenarios
import Testing

@Suite("Shapley effects")
struct ShapleyTests {
  private func check(_ model: LinearGaussian, _ tolerance: Double) throws {
    let study = try model.scenario().checked().shapleyEffects(of: "y")
    let exact = model.shapley
    #expect(abs(study.findings.reduce(0) { $0 + $1.share } - 1) < 1e-12)
    for (index, expected) in exact.enumerated() {
      let effect = try #require(study.findings.first { $0.name == "x\(index + 1)" })
      #expect(abs(effect.share - expected) < tolerance, "\(effect), exact \(expected)")
      #expect(effect.interval.contains(effect.share))
    }
  }

  @Test("A linear Gaussian quantity with a correlated pair")
  func pair() throws {
    let (s2, s3, r) = (2.0, 1.0, 0.8)
    let model = LinearGaussian(weights: [1, 1, 1], deviations: [1, s2, s3], correlations: [(1, 2, r)])
    // The closed form of a correlated pair (Iooss and Prieur 2019, doi:10.1615/Int.J.UncertaintyQuantification.2019028372).
    let total = 1 + s2 * s2 + s3 * s3 + 2 * r * s2 * s3
    let cross = r * s2 * s3 + r * r * (s3 * s3 - s2 * s2) / 2
    for (found, exact) in zip(model.shapley, [1, s2 * s2 + cross, s3 * s3 + r * s2 * s3 * 2 - cross]) {
      #expect(abs(found - exact / total) < 1e-12)
    }
    try check(model, 0.01)
  }

  @Test("Three inputs correlated with each other, and one that is not")
  func triple() throws {
    try check(
      LinearGaussian(
        weights: [1, -1, 2, 1], deviations: [1, 2, 1, 1.5],
        correlations: [(0, 1, 0.5), (0, 2, -0.3), (1, 2, 0.2)]), 0.012)
  }

  /// Ishigami: an effect is the first-order index and an equal part of every interaction: S₁ + S₁₃/2, S₂, S₁₃/2.
  @Test("Interactions are shared out equally")
  func ishigami() throws {
    let study = try Scenario.small(ishigamiScenario).checked().shapleyEffects(
      of: "f", DrawOptions(draws: 16_384))
    let exact = ["x1": 0.313905 + 0.243684 / 2, "x2": 0.442411, "x3": 0.243684 / 2]
    for effect in study.findings {
      let expected = try #require(exact[effect.name])
      #expect(abs(effect.share - expected) < 0.01, "\(effect)")
    }
    #expect(study.findings.map(\.rank) == [nil, nil, 3], "435 and 442 parts in a thousand are tied")
    #expect(study.evaluations == 4 * 16_384)
  }

  @Test("A condition, and a quantity that does not vary, are refused")
  func refusals() throws {
    let model = LinearGaussian(weights: [1, 0], deviations: [1, 1], correlations: [])
    #expect {
      try model.scenario(question: "{of: y, mean: true, given: \"x1 > 10\"}").checked().shapleyEffects(
        of: "y")
    } throws: {
      "\($0)".contains("given: x1 > 10")
    }
    #expect {
      try LinearGaussian(weights: [0], deviations: [1], correlations: []).scenario().checked().shapleyEffects(
        of: "y")
    } throws: {
      "\($0)".contains("no variance to share")
    }
  }
}

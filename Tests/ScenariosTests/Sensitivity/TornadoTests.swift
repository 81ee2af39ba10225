import ForesightNumerics
import Foundation
import Scenarios
import Testing

@Suite("Tornado")
struct TornadoTests {
  /// E[Y | Xᵢ = q] = E Y + Cov(Y, Xᵢ)/Var Xᵢ (q − E Xᵢ): the swing from P10 to P90 is 2 z(0.9) Cov(Y, Xᵢ)/σᵢ.
  @Test("A linear Gaussian quantity, correlated inputs following")
  func linear() throws {
    let model = LinearGaussian(
      weights: [1, 2, -1, 0.5], deviations: [1, 1.5, 2, 3], correlations: [(0, 1, 0.6), (1, 2, -0.4)])
    let study = try model.scenario(draws: 8192).checked().tornado(of: "y")
    let z = SpecialFunctions.normalQuantile(0.9)
    #expect(abs(study.findings.mean - 25) < 0.01)
    for (index, deviation) in model.deviations.enumerated() {
      let bar = try #require(study.findings.bars.first { $0.name == "x\(index + 1)" })
      let swing = 2 * z * model.slope(index) / deviation
      let error = try #require(bar.standardError)
      #expect(abs(bar.swing - swing) < 4 * error + 1e-9, "\(bar), exact \(swing)")
      #expect(error < 0.02)
      #expect(abs(try #require(bar.low.value) - (10 - z * deviation)) < 1e-9)
      #expect(abs(try #require(bar.high.value) - (10 + z * deviation)) < 1e-9)
    }
    let sizes = study.findings.bars.map { abs($0.swing) }
    #expect(sizes == sizes.sorted(by: >))
  }

  @Test("Branches are made certain in turn, and the flow by branch is the golden one")
  func branches() throws {
    let study = try powerOfSiberia2(questions: "  flow: {of: \"ps2[2035]\", mean: true}")
      .checked().tornado(of: "flow", DrawOptions(draws: 16_384))
    let bar = try #require(study.findings.bars.first { $0.name == "branch" })
    #expect(bar.low.label == "stalled" && bar.low.mean == 0)
    #expect(bar.high.label == "announced")
    #expect(abs(bar.high.mean - 13.506) < 4 * hypot(0.006, try #require(bar.high.standardError)) + 0.0005)
    #expect(study.findings.bars[0].name == "branch" && study.findings.bars[0].rank == 1)
  }

  @Test("Equal swings are tied, and one replicate ranks nothing")
  func ties() throws {
    let model = LinearGaussian(weights: [1, 1, 3], deviations: [1, 1, 1], correlations: [])
    let study = try model.scenario(draws: 1024).checked().tornado(of: "y")
    #expect(study.findings.bars.map(\.rank) == [1, nil, nil])
    let single = try model.scenario(draws: 1024).checked().tornado(of: "y", DrawOptions(replicates: 1))
    #expect(single.findings.bars.allSatisfy { $0.rank == nil && $0.standardError == nil })
    #expect(!single.notes.isEmpty)
  }

  /// P(x1 ≥ x2 | x1 = 10 ± z σ₁) = Φ(± z σ₁/σ₂).
  @Test("The mean of a condition is its probability")
  func probability() throws {
    let model = LinearGaussian(weights: [1, 1], deviations: [1, 2], correlations: [])
    let study = try model.scenario(question: "{probability: \"x1 >= x2\"}", draws: 8192).checked().tornado(
      of: "y")
    let bar = try #require(study.findings.bars.first { $0.name == "x1" })
    let exact = SpecialFunctions.normalCDF(SpecialFunctions.normalQuantile(0.9) / 2)
    #expect(abs(bar.high.mean - exact) < 0.002 && abs(bar.low.mean - (1 - exact)) < 0.002)
  }

  @Test("A date that may never come has no mean")
  func never() throws {
    let scenario = try powerOfSiberia2(questions: "  date: {of: first_gas, quantiles: [0.5]}")
    #expect {
      try scenario.checked().tornado(of: "date", DrawOptions(draws: 256))
    } throws: {
      "\($0)".contains("not finite")
    }
  }
}

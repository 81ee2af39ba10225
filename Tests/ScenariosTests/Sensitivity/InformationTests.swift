import ForesightNumerics
import Foundation
import Scenarios
import Testing

@Suite("Value of information")
struct InformationTests {
  /// E max(0, M − c) of M ~ N(μ, s²), less max(0, μ − c).
  private func gain(_ mean: Double, _ deviation: Double, _ threshold: Double) -> Double {
    let z = (mean - threshold) / deviation
    let density = exp(-0.5 * z * z) / (2 * Double.pi).squareRoot()
    return deviation * density + (mean - threshold) * SpecialFunctions.normalCDF(z)
      - max(0, mean - threshold)
  }

  /// E[Y | Xᵢ] is normal with deviation |Cov(Y, Xᵢ)|/σᵢ.
  @Test("A linear Gaussian quantity", arguments: [29.0, 30, 32.5])
  func linear(_ threshold: Double) throws {
    let model = LinearGaussian(weights: [1, 1, 1], deviations: [1, 2, 1], correlations: [(1, 2, 0.5)])
    let study = try model.scenario(draws: 16_384).checked().valueOfInformation(of: "y", threshold: threshold)
    for (index, deviation) in model.deviations.enumerated() {
      let row = try #require(study.findings.inputs.first { $0.name == "x\(index + 1)" })
      let slope = abs(model.slope(index)) / deviation
      let exact = gain(30, slope, threshold)
      let error = try #require(row.standardError)
      #expect(abs(row.value - exact) < 4 * error + 0.004 * exact, "\(row), exact \(exact)")
      #expect(abs(row.variance - slope * slope / model.variance) < 0.004)
    }
    let perfect = gain(30, model.variance.squareRoot(), threshold)
    #expect(abs(study.findings.perfect - perfect) < 0.01)
    #expect(abs(study.findings.payoff - (30 - threshold)) < 0.01)
  }

  /// Y = 1 in branch a (weight 0.3), −1 in b: knowing the branch is worth 0.3, knowing noise nothing.
  @Test("A branch is a group of its own")
  func branch() throws {
    let scenario = try Scenario.small(
      smallScenario(
        """
        branches: {a: {weight: 0.3}, b: {weight: 0.7}}
        inputs:
          noise: {unit: "1", basis: judgement, dim: 1, uniform: [-0.1, 0.1]}
        derived:
          y: {expr: "if(branch == a, 1, -1) + noise", unit: "1"}
        questions:
          y: {of: y, mean: true}
        """))
    let study = try scenario.checked().valueOfInformation(of: "y", threshold: 0)
    #expect(study.findings.inputs.map(\.name) == ["branch", "noise"])
    #expect(abs(study.findings.inputs[0].value - 0.3) < 0.001)
    #expect(study.findings.inputs[1].value == 0)
    #expect(study.findings.inputs.map(\.rank) == [1, 2])
  }
}

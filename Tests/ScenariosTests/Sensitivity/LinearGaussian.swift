import Foundation
import Scenarios

/// Y = Σ βᵢ Xᵢ with normal inputs: everything about its drivers has a closed form.
struct LinearGaussian {
  let weights: [Double]
  let deviations: [Double]
  /// The correlations of pairs i < j.
  let correlations: [(Int, Int, Double)]

  func covariance(_ i: Int, _ j: Int) -> Double {
    let r =
      i == j ? 1 : correlations.first { ($0.0, $0.1) == (min(i, j), max(i, j)) }?.2 ?? 0
    return r * deviations[i] * deviations[j]
  }

  var variance: Double {
    weights.indices.reduce(0) { sum, i in
      sum + weights.indices.reduce(0) { $0 + weights[i] * weights[$1] * covariance(i, $1) }
    }
  }

  /// Cov(Y, Xᵢ).
  func slope(_ i: Int) -> Double { weights.indices.reduce(0) { $0 + weights[$1] * covariance(i, $1) } }

  /// Var E[Y | X_J] = c' Σ_JJ⁻¹ c with c = Cov(Y, X_J).
  func explained(_ set: [Int]) -> Double {
    let n = set.count
    guard n > 0 else { return 0 }
    var matrix = set.map { i in set.map { covariance(i, $0) } + [slope(i)] }
    for pivot in 0..<n {
      for row in 0..<n where row != pivot {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        for column in 0...n { matrix[row][column] -= factor * matrix[pivot][column] }
      }
    }
    return (0..<n).reduce(0) { $0 + slope(set[$1]) * matrix[$1][n] / matrix[$1][$1] }
  }

  /// The Shapley effects by their definition over all subsets, shares of the variance.
  var shapley: [Double] {
    let d = weights.count
    func factorial(_ n: Int) -> Double { (0..<n).reduce(1) { $0 * Double($1 + 1) } }
    return (0..<d).map { own in
      let others = (0..<d).filter { $0 != own }
      var sum = 0.0
      for mask in 0..<(1 << others.count) {
        let set = others.indices.filter { mask >> $0 & 1 == 1 }.map { others[$0] }
        let weight = factorial(set.count) * factorial(d - set.count - 1) / factorial(d)
        sum += weight * (explained(set + [own]) - explained(set))
      }
      return sum / variance
    }
  }

  /// The scenario that draws it, `x1` … with mean 10 each, `y` their weighted sum.
  func scenario(question: String = "{of: y, mean: true}", draws: Int = 16_384) throws -> Scenario {
    let inputs = deviations.enumerated().map { i, deviation in
      "  x\(i + 1): {unit: \"1\", basis: judgement, dim: \(i + 1), normal: {mean: 10, sd: \(deviation)}}"
    }
    let pairs = correlations.map {
      "  - {between: [x\($0.0 + 1), x\($0.1 + 1)], gaussian_copula: \($0.2), parameter: normal-score}"
    }
    let sum = weights.enumerated().map { "\($1) * x\($0 + 1)" }.joined(separator: " + ")
    return try Scenario.small(
      smallScenario(
        run: "{method: sobol-owen, draws: \(draws), replicates: 8, seed: 11}",
        """
        inputs:
        \(inputs.joined(separator: "\n"))
        \(pairs.isEmpty ? "" : "correlations:\n" + pairs.joined(separator: "\n"))
        derived:
          y: {expr: "\(sum)", unit: "1"}
        questions:
          y: \(question)
        """))
  }
}

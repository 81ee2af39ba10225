import Foundation
import Scenarios
import Testing

@Suite("Copulas and sampling")
struct CopulaTests {
  static func pair(
    _ correlation: String, run: String = "{draws: 32768, replicates: 1, seed: 5}", dim: Bool = true
  ) throws -> [[Double]] {
    try Scenario.small(
      smallScenario(
        run: run,
        """
        inputs:
          a: {unit: fraction, basis: judgement, \(dim ? "dim: 1, " : "")uniform: [0, 1]}
          b: {unit: fraction, basis: judgement, \(dim ? "dim: 2, " : "")uniform: [0, 1]}
        correlations:
          - {between: [a, b], \(correlation)}
        """)
    ).checked().samples(of: ["a", "b"])
  }

  /// Spearman's ρ of two samples with uniform margins and no ties.
  static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    func ranks(_ values: [Double]) -> [Double] {
      var ranks = [Double](repeating: 0, count: values.count)
      for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
        ranks[index] = Double(rank)
      }
      return ranks
    }
    let n = Double(x.count)
    let squares = zip(ranks(x), ranks(y)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return 1 - 6 * squares / (n * (n * n - 1))
  }

  @Test(
    "The rank correlation asked for is the one drawn",
    arguments: [
      "gaussian_copula: 0.6", "gaussian_copula: -0.8", "t_copula: 0.6, df: 3", "t_copula: -0.4, df: 1.5",
    ])
  func rankCorrelation(_ copula: String) throws {
    let target = try #require(Double(copula.split(separator: " ")[1].replacing(",", with: "")))
    let sobol = try CopulaTests.pair(copula + ", parameter: spearman")
    #expect(abs(CopulaTests.spearman(sobol[0], sobol[1]) - target) < 0.01)
    let counter = try CopulaTests.pair(copula + ", parameter: spearman", dim: false)
    #expect(abs(CopulaTests.spearman(counter[0], counter[1]) - target) < 4 / 32768.0.squareRoot())
  }

  /// Every elliptical copula has P(X < 0, Y < 0) = ¼ + asin(r)/(2π).
  ///
  /// The coefficient of tail dependence of t is 2 T(−√((ν+1)(1−r)/(1+r)); ν+1);
  /// with r = 0.5, ν = 3 it is 2 T(−1.1547005; 4) = 0.3125.
  @Test("A t copula's orthant probability and tail dependence")
  func studentTails() throws {
    let draws = try CopulaTests.pair("t_copula: 0.5, df: 3", run: "{draws: 262144, replicates: 1, seed: 3}")
    let n = Double(draws[0].count)
    func share(_ level: Double) -> Double {
      Double(zip(draws[0], draws[1]).count { $0 < level && $1 < level }) / n
    }
    #expect(abs(share(0.5) - (0.25 + asin(0.5) / (2 * .pi))) < 0.002)
    #expect(abs(share(0.002) / 0.002 - 0.3125) < 0.06)
    let gaussian = try CopulaTests.pair(
      "gaussian_copula: 0.5", run: "{draws: 262144, replicates: 1, seed: 3}")
    let joint = Double(zip(gaussian[0], gaussian[1]).count { $0 < 0.002 && $1 < 0.002 }) / n
    #expect(joint / 0.002 < 0.2)
    // The margins stay uniform, and the first keeps its own draws.
    #expect(abs(draws[1].reduce(0, +) / n - 0.5) < 0.001)
    #expect(draws[0] == gaussian[0])
  }

  /// Higham (2002, section 4): the matrix with ones beside the diagonal and a zero in the corner has the nearest
  /// correlation matrix 0.7607 beside the diagonal and 0.1573 in the corner.
  @Test("The nearest correlation matrix on request, and shown")
  func nearest() throws {
    func file(_ repair: String) -> String {
      smallScenario(
        """
        inputs:
          a: {unit: fraction, basis: judgement, dim: 1, normal: {mean: 0, sd: 1}}
          b: {unit: fraction, basis: judgement, dim: 2, normal: {mean: 0, sd: 1}}
          c: {unit: fraction, basis: judgement, dim: 3, normal: {mean: 0, sd: 1}}
        correlations:
          - {between: [a, b], gaussian_copula: 1}
          - {between: [b, c], gaussian_copula: 1\(repair)}
        """)
    }
    let error = #expect(throws: ScenarioError.self) { try Scenario.small(file("")).checked() }
    #expect("\(try #require(error))".contains("a-b 0.7606"))
    let scenario = try Scenario.small(file(", repair: nearest"))
    let warnings = try scenario.checked().warnings.joined()
    #expect(warnings.contains("a-b 0.7606") && warnings.contains("a-c 0.1572"))
    let draws = try scenario.checked().samples(of: ["a", "c"])
    let mean = zip(draws[0], draws[1]).reduce(0) { $0 + $1.0 * $1.1 } / Double(draws[0].count)
    #expect(abs(mean - 0.15729) < 0.01)
  }

  @Test("One connected group takes one copula")
  func mixedGroup() {
    #expect(throws: ScenarioError.self) {
      try Scenario.small(
        smallScenario(
          """
          inputs:
            a: {unit: fraction, basis: judgement, uniform: [0, 1]}
            b: {unit: fraction, basis: judgement, uniform: [0, 1]}
            c: {unit: fraction, basis: judgement, uniform: [0, 1]}
          correlations:
            - {between: [a, b], gaussian_copula: 0.2}
            - {between: [b, c], t_copula: 0.2, df: 4}
          """)
      ).checked()
    }
  }

  @Test("A Latin hypercube has one draw in each cell, in an order keyed by the name")
  func latinHypercube() throws {
    let run = "{method: latin-hypercube, draws: 1000, replicates: 2, seed: 5}"
    let draws = try CopulaTests.pair("gaussian_copula: 0", run: run)
    for replicate in 0..<2 {
      let cells = draws[0][replicate * 1000..<(replicate + 1) * 1000].map { Int($0 * 1000) }
      #expect(cells.sorted() == Array(0..<1000))
      #expect(cells != Array(0..<1000))
    }
    let swapped = try Scenario.small(
      smallScenario(
        run: run,
        """
        inputs:
          c: {unit: fraction, basis: judgement, uniform: [0, 1]}
          a: {unit: fraction, basis: judgement, uniform: [0, 1]}
        """)
    ).checked().samples(of: ["a"])
    #expect(swapped[0] == draws[0])
  }
}

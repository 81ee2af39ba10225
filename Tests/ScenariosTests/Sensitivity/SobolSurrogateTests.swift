import Foundation
import Testing

@testable import Scenarios

/// Indices with closed forms, of functions that polynomials give exactly, nearly and not at all.
@Suite("Sobol' indices with a surrogate as control variate")
struct SobolSurrogateTests {
  /// A quantity of uniforms on (low, high).
  private func scenario(
    _ expression: String, inputs: Int, low: Double = 0, high: Double = 1, isPinned: Bool = true
  ) throws -> Scenario {
    let lines = (1...inputs).map {
      "  x\($0): {unit: \"1\", basis: judgement, \(isPinned ? "dim: \($0), " : "")uniform: [\(low), \(high)]}"
    }
    return try Scenario.small(
      smallScenario(
        """
        inputs:
        \(lines.joined(separator: "\n"))
        derived:
          y: {expr: "\(expression)", unit: "1"}
        questions:
          y: {of: y, mean: true}
        """))
  }

  private func findings(
    _ scenario: Scenario, _ draws: Int, groups: [SensitivityGroup] = [], seed: UInt64 = 1
  ) throws -> [String: SensitivityIndex] {
    let study = try scenario.checked().sobolIndices(
      of: "y", groups: groups, DrawOptions(draws: draws, seed: seed))
    return Dictionary(uniqueKeysWithValues: study.findings.map { ($0.name, $0) })
  }

  @Test(
    "A polynomial in one and two inputs has its indices to rounding, in groups too", arguments: [true, false])
  func polynomial(_ isPinned: Bool) throws {
    // Variances on (−1, 1): x 1/3, x1 x2 and x1 x3 1/9, x4³ 1/7.
    let scenario = try scenario(
      "x1 + x2 + x1 * x2 + x1 * x3 + x4^3", inputs: 4, low: -1, high: 1, isPinned: isPinned)
    let variance = 2.0 / 3 + 2.0 / 9 + 1.0 / 7
    let exact: [String: (first: Double, total: Double)] = [
      "x1": (1.0 / 3, 5.0 / 9), "x2": (1.0 / 3, 4.0 / 9), "x3": (0, 1.0 / 9), "x4": (1.0 / 7, 1.0 / 7),
    ]
    for (name, index) in try findings(scenario, 512) {
      let expected = try #require(exact[name])
      #expect(abs(index.first - expected.first / variance) < 1e-12, "\(index)")
      #expect(abs(index.total - expected.total / variance) < 1e-12, "\(index)")
    }
    let group = SensitivityGroup(name: "pair", members: ["x1", "x2"])
    let pair = try #require(try findings(scenario, 512, groups: [group])["pair"])
    #expect(abs(pair.first - (7.0 / 9) / variance) < 1e-12 && abs(pair.total - (8.0 / 9) / variance) < 1e-12)
  }

  /// Signs of sines that change eight times over the range: y = s1 s2 + s3/2, Var = 5/4, and x4 does nothing.
  @Test("Where no polynomial helps, indices converge, and an idle input has none", arguments: [true, false])
  func chessboard(_ isPinned: Bool) throws {
    let sign = { (input: Int) -> String in "if(sin(25.132741228718345 * x\(input)) > 0, 1, -1)" }
    let scenario = try scenario(
      "\(sign(1)) * \(sign(2)) + 0.5 * \(sign(3)) + 0 * x4", inputs: 4, isPinned: isPinned)
    let exact: [String: (first: Double, total: Double)] = [
      "x1": (0, 0.8), "x2": (0, 0.8), "x3": (0.2, 0.2), "x4": (0, 0),
    ]
    for (draws, bound) in [(1024, 0.15), (16_384, 0.03)] {
      var worst = 0.0
      for (name, index) in try findings(scenario, draws) {
        let expected = try #require(exact[name])
        worst = max(worst, abs(index.first - expected.first), abs(index.total - expected.total))
        if name == "x4" { #expect(index.first == 0 && index.total == 0) }
      }
      #expect(worst < bound, "\(draws) draws")
    }
  }

  /// Bratley's function Σ (−1)^i Π_{j ≤ i} x_j, whose terms in three and four inputs no surrogate has.
  @Test("Terms in more than two inputs are left to the points")
  func bratley() throws {
    let d = 4
    let products = (1...d).map { i in (1...i).map { "x\($0)" }.joined(separator: " * ") }
    let text = products.enumerated().map { ($0 % 2 == 0 ? "- " : "+ ") + $1 }.joined(separator: " ")
    // E[E[f | x_J]²]: a factor is 1, 1/2 where one of the two products has it, and 1/3 or 1/4 where both have.
    func moment(_ set: Set<Int>) -> Double {
      var sum = 0.0
      for i in 1...d {
        for k in 1...d {
          var term = (i + k) % 2 == 0 ? 1.0 : -1.0
          for j in 1...d {
            let both = j <= i && j <= k
            term *= both ? (set.contains(j) ? 1.0 / 3 : 0.25) : (j <= i || j <= k ? 0.5 : 1)
          }
          sum += term
        }
      }
      return sum
    }
    let all = Set(1...d)
    let variance = moment(all) - moment([])
    let found = try findings(try scenario("0 \(text)", inputs: d), 4096)
    for j in 1...d {
      let index = try #require(found["x\(j)"])
      #expect(abs(index.first - (moment([j]) - moment([])) / variance) < 0.001, "\(index)")
      #expect(
        abs(index.total - 1 + (moment(all.subtracting([j])) - moment([])) / variance) < 0.002, "\(index)")
    }
  }

  /// With a = 0, 1, 4.5, 9 …: Vᵢ = 1/(3 (1 + aᵢ)²), Var = Π (1 + Vᵢ) − 1, Tᵢ = Vᵢ Π_{j ≠ i} (1 + V_j).
  @Test("The intervals of Sobol's g hold its indices at about their level")
  func intervals() throws {
    let weights = [0, 1, 4.5, 9]
    let parts = weights.enumerated().map { "(abs(4 * x\($0 + 1) - 2) + \($1)) / \(1 + $1)" }
    let scenario = try scenario(parts.joined(separator: " * "), inputs: 4, isPinned: false)
    let own = weights.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let product = own.reduce(1) { $0 * (1 + $1) }
    var held = [0, 0]
    for seed in 1...40 {
      for (name, index) in try findings(scenario, 512, seed: UInt64(seed)) {
        let v = own[try #require(Int(name.dropFirst())) - 1]
        if try #require(index.firstInterval).contains(v / (product - 1)) { held[0] += 1 }
        if try #require(index.totalInterval).contains(v * product / (1 + v) / (product - 1)) { held[1] += 1 }
      }
    }
    // 160 intervals of level 0.95, four of a seed on the same points.
    #expect(held.allSatisfy { $0 >= 136 }, "\(held)")
  }

  @Test("Indices are the same on any number of threads")
  func threads() throws {
    let scenario = try Scenario.small(ishigamiScenario)
    let one = try scenario.checked().sobolIndices(of: "f", DrawOptions(draws: 5000, threads: 1)).findings
    #expect(
      try scenario.checked().sobolIndices(of: "f", DrawOptions(draws: 5000, threads: 3)).findings == one)
  }

  /// Without inputs to build on: Tᵢ by Jansen, Vᵢ by Saltelli's formula with the regression coefficient.
  @Test("Without a surrogate the formulas are those of Jansen and Saltelli")
  func plain() throws {
    let (a, b, mixed) = ([1.0, 4, -2, 3, 0.5, 2], [2.0, -1, 3, 3.5, 1, -2], [1.5, 3, -1, 2, 0.25, 4])
    let design = RadialDesign(inputs: [], points: 6, values: a + b + mixed)
    let found = try #require(design.estimates(level: 0.9, seed: 3).first)
    let mean = (a + b).reduce(0, +) / 12
    let variance = (a + b).reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 12
    let total = zip(a, mixed).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 12
    #expect(abs(found.total - total / variance) < 1e-14)
    let plain = zip(a, b).map { ($0 - mean) * ($1 - mean) }
    let joint = zip(mixed, b).map { ($0 - mean) * ($1 - mean) }
    let (p, q) = (plain.reduce(0, +) / 6, joint.reduce(0, +) / 6)
    let slope =
      zip(plain, joint).reduce(0) { $0 + ($1.0 - p) * ($1.1 - q) }
      / plain.reduce(0) { $0 + ($1 - p) * ($1 - p) }
    #expect(abs(found.first - (q - slope * p) / variance) < 1e-14)
  }

  @Test("Shifted Legendre polynomials are orthonormal")
  func legendre() {
    let n = 20_000
    let u = (0..<n).map { (Double($0) + 0.5) / Double(n) }
    let columns = ShiftedLegendre.columns(u[...], degree: 8)
    for j in 0..<8 {
      #expect(abs(columns[j * n..<(j + 1) * n].reduce(0, +) / Double(n)) < 1e-6)
      for k in 0...j {
        let product = (0..<n).reduce(0) { $0 + columns[j * n + $1] * columns[k * n + $1] } / Double(n)
        #expect(abs(product - (j == k ? 1 : 0)) < 1e-6)
      }
    }
  }
}

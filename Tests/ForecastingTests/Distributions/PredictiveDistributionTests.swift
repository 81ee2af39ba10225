import ForesightNumerics
import Foundation
import TestSupport
import Testing

@testable import Forecasting

@Suite struct PredictiveDistributionTests {
  let scale = Matrix(rows: 3, columns: 3, columnMajor: [4, 2, 1, 2, 5, -1, 1, -1, 3])

  /// The largest distance between the sample's distribution and a law: Kolmogorov's statistic.
  func distance(_ samples: [Double], _ law: any Distribution) -> Double {
    let sorted = samples.sorted()
    let n = Double(sorted.count)
    var most = 0.0
    for (i, x) in sorted.enumerated() {
      let p = law.cdf(x)
      most = max(most, abs(p - Double(i) / n), abs(p - Double(i + 1) / n))
    }
    return most
  }

  @Test(arguments: [3.0, 8, .infinity])
  func `margins and linear combinations are the law of the paths`(freedom: Double) throws {
    let law = try JointStudentT(location: [1, 2, 3], scale: scale, degreesOfFreedom: freedom)
    let count = 20_000
    let paths = law.samplePaths(count, seed: 7)
    // The 99.9 % point of Kolmogorov's distribution is 1.95/√n.
    let bound = 1.95 / Double(count).squareRoot()
    for step in 0..<3 { #expect(distance(paths.row(step), law.marginal(step)) < bound) }
    let weights = [1.0, -2, 0.5]
    let exact = try #require(try law.linearCombination(weights, constant: 10))
    let sums = (0..<count).map { path in
      10 + (0..<3).reduce(0.0) { $0 + weights[$1] * paths[$1, path] }
    }
    #expect(distance(sums, exact) < bound)
    // wᵀμ + c = 10 + 1 − 4 + 1.5; wᵀΣw = 4 + 20 + 0.75 + 2(−4 + 0.5 + 1).
    #expect(correctDigits(exact.quantile(0.5), 8.5) > 14)
    let unit: any Distribution = freedom.isFinite ? try StudentT(degreesOfFreedom: freedom) : Normal.standard
    #expect(correctDigits(exact.quantile(0.9) - 8.5, 19.75.squareRoot() * unit.quantile(0.9)) > 12)
  }

  @Test func `a unit weight gives the margin`() throws {
    let law = try JointStudentT(location: [1, 2, 3], scale: scale, degreesOfFreedom: 5)
    for step in 0..<3 {
      let weights = (0..<3).map { $0 == step ? 1.0 : 0 }
      let combination = try #require(try law.linearCombination(weights, constant: 0))
      for p in [0.01, 0.3, 0.5, 0.99] {
        #expect(correctDigits(combination.quantile(p), law.marginal(step).quantile(p)) > 13)
      }
    }
  }

  /// Var(wᵀy) = wᵀΣw at a horizon whose Σ is factored by blocks: Σ = min(i, j), and Σ = u uᵀ of rank 1.
  @Test(arguments: [false, true]) func `long horizons keep their scale`(_ isSingular: Bool) throws {
    let n = 150
    var scale = Matrix(rows: n, columns: n, repeating: 0)
    for j in 0..<n {
      for i in 0..<n { scale[i, j] = isSingular ? Double((i + 1) * (j + 1)) : Double(min(i, j) + 1) }
    }
    let law = try JointStudentT(location: [Double](repeating: 0, count: n), scale: scale)
    let weights = (0..<n).map { $0.isMultiple(of: 3) ? 1.0 : -0.25 }
    var expected = 0.0
    for j in 0..<n { for i in 0..<n { expected += weights[i] * scale[i, j] * weights[j] } }
    let variance = try #require(try law.linearCombination(weights, constant: 0)).variance
    #expect(abs(variance - expected) <= 1e-11 * expected)
  }

  @Test func `a semidefinite scale is a law on a subspace`() throws {
    let rank1 = Matrix(rows: 2, columns: 2, columnMajor: [1, 2, 2, 4])
    let law = try JointStudentT(location: [0, 0], scale: rank1)
    let difference = try #require(try law.linearCombination([2, -1], constant: 1))
    #expect(difference.variance == 0)
    #expect(difference.quantile(0.01) == 1)
    #expect(difference.cdf(0.999) == 0 && difference.cdf(1) == 1)
    let paths = law.samplePaths(10, seed: 1)
    for path in 0..<10 { #expect(paths[1, path] == 2 * paths[0, path]) }
  }

  @Test func `what is no scale matrix is refused`() {
    #expect(throws: NumericsError.self) {
      try JointStudentT(location: [0, 0], scale: Matrix(rows: 2, columns: 2, columnMajor: [1, 2, 2, 1]))
    }
    #expect(throws: NumericsError.self) {
      try JointStudentT(location: [0], scale: Matrix(rows: 2, columns: 2, repeating: 0))
    }
    #expect(throws: NumericsError.self) {
      try JointStudentT(location: [0], scale: Matrix(rows: 1, columns: 1, columnMajor: [.nan]))
    }
    #expect(throws: NumericsError.self) {
      try JointStudentT(
        location: [0], scale: Matrix(rows: 1, columns: 1, columnMajor: [1]), degreesOfFreedom: 0)
    }
  }

  @Test func `the first paths do not depend on how many are drawn`() throws {
    let normal = try JointStudentT(location: [1, 2, 3], scale: scale, degreesOfFreedom: 4)
    let sampled = try SampledPaths(normal.samplePaths(50, seed: 3))
    for law: any PredictiveDistribution in [normal, ExponentialOf(normal), sampled] {
      let few = law.samplePaths(10, seed: 9)
      let many = law.samplePaths(200, seed: 9)
      for path in 0..<10 { for step in 0..<3 { #expect(few[step, path] == many[step, path]) } }
    }
  }

  @Test func `the exponential's quantiles are the quantiles' exponentials, and its mean the lognormal's`()
    throws
  {
    let base = try JointStudentT(location: [1, 2, 3], scale: scale)
    let law = ExponentialOf(base)
    let margin = law.marginal(2)
    for p in [0.001, 0.25, 0.5, 0.9] {
      #expect(margin.quantile(p) == exp(base.marginal(2).quantile(p)))
      #expect(correctDigits(margin.cdf(margin.quantile(p)), p) > 11)
    }
    #expect(correctDigits(margin.mean, exp(4.5)) > 14)
    #expect(correctDigits(margin.variance, (exp(3) - 1) * exp(9)) > 13)
    let step = 1e-5
    let slope = (margin.cdf(20 + step) - margin.cdf(20 - step)) / (2 * step)
    #expect(correctDigits(margin.density(20), slope) > 7)
    #expect(margin.cdf(-1) == 0 && margin.density(0) == 0)
    #expect(law.samplePaths(4, seed: 2).elements == base.samplePaths(4, seed: 2).elements.map { exp($0) })
    #expect(try law.linearCombination([1, 1, 1], constant: 0) == nil)
  }

  @Test func `sampled paths are equally likely, in margins and in sums`() throws {
    let law = try SampledPaths(Matrix(rows: 2, columns: 3, columnMajor: [1, 10, 2, 30, 6, 20]))
    #expect(law.marginal(0).mean == 3)
    #expect(law.marginal(1).quantile(0.5) == 20)
    let sum = try #require(try law.linearCombination([1, 0.5], constant: 1))
    #expect(sum.quantile(0.01) == 7)
    #expect(sum.mean == 14)
    let drawn = law.samplePaths(500, seed: 1)
    let pairs = Set((0..<500).map { "\(drawn[0, $0]) \(drawn[1, $0])" })
    #expect(pairs == ["1.0 10.0", "2.0 30.0", "6.0 20.0"])
    #expect(throws: NumericsError.self) { try SampledPaths(Matrix(rows: 1, columns: 0, columnMajor: [])) }
    #expect(throws: NumericsError.self) {
      try SampledPaths(Matrix(rows: 1, columns: 2, columnMajor: [1, .nan]))
    }
    #expect(throws: NumericsError.self) { try law.linearCombination([1], constant: 0) }
  }

  /// The quantiles of all steps at once are those of the margins, bit for bit.
  @Test(arguments: [2.5, .infinity]) func `quantiles of all steps are the margins'`(freedom: Double) throws {
    var flat = scale
    for step in 0..<3 {
      flat[1, step] = 0
      flat[step, 1] = 0
    }
    for scale in [scale, flat] {
      let law = try JointStudentT(location: [1, 2, 3], scale: scale, degreesOfFreedom: freedom)
      for p in [0.001, 0.3, 0.5, 0.975] {
        #expect(law.quantile(p) == (0..<3).map { law.marginal($0).quantile(p) })
        let exponential = ExponentialOf(law)
        #expect(exponential.quantile(p) == (0..<3).map { exponential.marginal($0).quantile(p) })
      }
    }
  }
}

/// Laws that are known by the columns of a root.
@Suite struct ScaleColumnsTests {
  /// The columns of the root of a random walk with an AR(1) slope, a moved kernel from the third row on, and three others.
  private func root(_ horizon: Int) -> ScaleColumns {
    ScaleColumns(rows: horizon, kernel: (0..<(horizon - 2)).map { 1 + 0.5 * cos(Double($0)) }, others: 3) {
      place in
      switch place {
      case 0: (0, ArraySlice((0..<horizon).map { 0.1 * Double($0) }))
      case 1: (1, [2, -1, 0.5])
      default: (0, [3, 1])
      }
    }
  }

  private func matrix(_ root: ScaleColumns) -> Matrix {
    var result = Matrix(rows: root.rows, columns: root.count, repeating: 0)
    for place in 0..<root.count {
      let (first, values) = root(place)
      for (i, value) in values.enumerated() { result[first + i, place] = value }
    }
    return result
  }

  @Test func `margins, sums and scale are those of the product`() throws {
    let horizon = 30
    let root = root(horizon)
    let dense = matrix(root) * matrix(root).transposed()
    let location = (0..<horizon).map(Double.init)
    let law = try JointStudentT(location: location, columns: root, degreesOfFreedom: 7)
    let other = try JointStudentT(location: location, scale: dense, degreesOfFreedom: 7)
    for i in 0..<horizon {
      #expect(correctDigits(law.diagonal[i], dense[i, i]) > 13)
      for j in 0..<horizon { #expect(abs(law.scale[i, j] - dense[i, j]) < 1e-12 * dense[i, i]) }
    }
    let weights = (0..<horizon).map { $0 < 4 || $0 > 25 ? 0 : sin(Double($0)) }
    let sum = try #require(try law.linearCombination(weights, constant: 3))
    let expected = try #require(try other.linearCombination(weights, constant: 3))
    for p in [0.01, 0.4, 0.9] { #expect(correctDigits(sum.quantile(p), expected.quantile(p)) > 11) }
    // Paths are made from the factor of the same matrix.
    for (a, b) in zip(law.samplePaths(70, seed: 5).elements, other.samplePaths(70, seed: 5).elements) {
      #expect(abs(a - b) < 1e-9 * (1 + abs(b)))
    }
    let moved = try law.moved(to: location, factor: 3, degreesOfFreedom: 9)
    for i in 0..<horizon { #expect(correctDigits(moved.diagonal[i], 9 * dense[i, i]) > 13) }
  }

  @Test func `paths by columns are the product with the normals`() {
    let root = root(9)
    let z = (0..<(2 * root.count)).map { place in
      SIMD8<Double>((0..<8).map { sin(Double(1 + 8 * place + $0)) })
    }
    let product = root.multiplied(z, lanes: 2)
    for path in 0..<16 {
      let normals = (0..<root.count).map { z[2 * $0 + path / 8][path % 8] }
      for (row, expected) in (matrix(root) * normals).enumerated() {
        #expect(abs(product[2 * row + path / 8][path % 8] - expected) < 1e-13)
      }
    }
  }

  /// Beyond the longest factor the first paths do not depend on their number either.
  @Test func `long paths are made without a factor`() throws {
    let horizon = 1_030
    let law = try JointStudentT(location: [Double](repeating: 1, count: horizon), columns: root(horizon))
    let paths = law.samplePaths(9, seed: 4)
    #expect(paths.elements.allSatisfy { $0.isFinite })
    #expect(law.samplePaths(2, seed: 4).elements == Array(paths.elements[0..<(2 * horizon)]))
  }

  @Test func `a root that is not finite or of another size is refused`() {
    #expect(throws: NumericsError.self) {
      try JointStudentT(location: [0], columns: ScaleColumns(rows: 2, kernel: [1]))
    }
    #expect(throws: NumericsError.self) {
      try JointStudentT(location: [0, 0], columns: ScaleColumns(rows: 2, kernel: [1, .nan]))
    }
  }
}

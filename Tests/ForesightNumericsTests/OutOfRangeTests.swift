import ForesightNumerics
import Foundation
import Testing

/// Numbers that no distribution, bound or search has.
@Suite struct OutOfRangeTests {
  @Test(arguments: [-0.1, 1.1, 95, Double.nan, .infinity]) func `what is not a probability has no quantile`(
    p: Double
  ) throws {
    let laws: [any Distribution] = [
      Normal.standard, try StudentT(degreesOfFreedom: 3), try StudentT(degreesOfFreedom: 1e15),
      try Gamma(shape: 2, scale: 1), try Beta(alpha: 2, beta: 3), try Empirical([1, 2]), try PointMass(1),
      try LogNormal(median: 1, sigma: 1), try Uniform(lower: 0, upper: 1),
      try Triangular(minimum: 0, mode: 1, maximum: 2),
      try ChiSquared(degreesOfFreedom: 2),
    ]
    for law in laws {
      #expect(law.quantile(p).isNaN)
      var values = [0.5, p]
      law.quantiles(&values)
      #expect(values[1].isNaN && values[0] == law.quantile(0.5))
    }
  }

  /// scipy.stats.t.ppf(0.9, [1e10, 1e14, 1e15, 4.6e18]) = 1.2815515656 for all but the last digits; the first term in 1/ν is z(z² + 1)/4.
  @Test func `Student t goes over into the normal without a break`() throws {
    let z = Normal.standard.quantile(0.9)
    for freedom in [1e10, 1e14, 1e15, 1e16, 4.6e18, 1e300] {
      let law = try StudentT(degreesOfFreedom: freedom)
      let exact = z + z * (z * z + 1) / 4 / freedom
      #expect(abs(law.quantile(0.9) - exact) < 3e-15 * exact)
      #expect(abs(law.cdf(exact) - 0.9) < 1e-14 && abs(law.cdf(-exact) - 0.1) < 1e-14)
      #expect(abs(law.density(1) - Normal.standard.density(1)) < 1e-10)
      #expect(law.cdf(-1e7) < 1e-300 && law.cdf(1e200) == 1 && law.density(1e7) < 1e-300)
      #expect(law.quantile(0) == -.infinity && law.quantile(1) == .infinity && law.cdf(.infinity) == 1)
    }
    let sides = try (StudentT(degreesOfFreedom: 9.9e9), StudentT(degreesOfFreedom: 1e10))
    #expect(abs(sides.0.quantile(0.9) - sides.1.quantile(0.9)) < 1e-8)
    let near = try (StudentT(degreesOfFreedom: 9.99e4), StudentT(degreesOfFreedom: 1.001e5))
    #expect(abs(near.0.logDensity(0.3) - near.1.logDensity(0.3)) < 1e-8)
  }

  @Test func `a bracket without ends is refused, and an interval without ends is searched`() throws {
    let method = Brent()
    for bracket in [-Double.infinity...Double.infinity, 0...Double.infinity, -Double.infinity...0] {
      #expect(throws: NumericsError.self) { try method.root(in: bracket) { $0 - 1 } }
      #expect(method.minimum(in: bracket) { ($0 - 1) * ($0 - 1) }.point.isFinite)
    }
    let huge = -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    #expect(abs(try Brent(maximumIterations: 3000).root(in: huge) { $0 - 1 }.point - 1) < 1e-12)
    #expect(Brent(maximumIterations: -1).minimum(in: 0...1) { $0 }.convergence.isConverged == false)
  }

  @Test func `bounds of any lengths and order are bounds`() {
    let box = BoxBounds(lower: [1, .nan, 3], upper: [0, 2])
    #expect(box.lower == [0, -.infinity, 3] && box.upper == [1, 2, .infinity])
    #expect(box.clamp([5, 5, 5, 5]) == [1, 2, 5, 5] && BoxBounds.unbounded(-3).count == 0)
    let free = LBFGSB().minimize(from: [3, 3, 3, 3], bounds: box) { x, gradient in
      for i in x.indices { gradient[i] = 2 * x[i] }
      return x.reduce(0) { $0 + $1 * $1 }
    }
    #expect(free.point.count == 4 && free.point[2] == 3 && abs(free.point[3]) < 1e-8)
    #expect(NelderMead().minimize(from: [5], bounds: box) { $0[0] }.point == [0])
  }

  @Test func `batches and points of any size answer`() throws {
    for length in [Int.min, 0, 1] {
      #expect(throws: NumericsError.self) { try BatchedExponential(length: length).fit([1, 2]) }
      #expect(throws: NumericsError.self) { try BatchedLogLinear(length: length).fit([1, 2]) }
    }
    #expect(throws: NumericsError.self) { try BatchedLogLinear(length: 2, step: 0).fit([1, 2]) }
    let sobol = try ScrambledSobol(dimension: 0, seed: 1, name: "p")
    #expect(sobol.point(-5) == sobol.point(0) && sobol.point(.max) > 0)
    var few = [0.0]
    sobol.points(0..<100, into: &few)
    #expect(few == [sobol.point(0)])
  }
}

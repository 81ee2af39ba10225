import ForesightNumerics
import Foundation
import Testing

@Suite("Distributions")
struct DistributionTests {
  /// One of every continuous law, with an interval that holds nearly all of its probability.
  static func laws() throws -> [(name: String, law: any Distribution, range: ClosedRange<Double>)] {
    [
      ("normal", try Normal(mean: 3, standardDeviation: 2), -9...15),
      ("t", try StudentT(degreesOfFreedom: 6, location: 1, scale: 0.5), -4...6),
      ("chi-squared", try ChiSquared(degreesOfFreedom: 5), 0...40),
      ("gamma", try Gamma(shape: 3.5, scale: 0.5), 0...20),
      ("lognormal", try LogNormal(median: 2, sigma: 0.5), 0...30),
      ("shifted lognormal", try ShiftedLogNormal(p10: 10, p50: 20, p90: 40), 2...400),
      ("shifted lognormal, lower tail", try ShiftedLogNormal(p10: -40, p50: -20, p90: -10), -400 ... -2),
      ("shifted lognormal, nearly normal", try ShiftedLogNormal(p10: 1, p50: 2, p90: 3.001), -3...8),
      ("shifted lognormal, normal", try ShiftedLogNormal(p10: 1, p50: 2, p90: 3), -3...8),
      ("triangular", try Triangular(minimum: -1, mode: 0, maximum: 3), -1...3),
      ("triangular, mode at the end", try Triangular(minimum: 0, mode: 2, maximum: 2), 0...2),
      ("beta", try Beta(alpha: 2.5, beta: 4), 0...1),
      ("PERT", try PERT(minimum: 8, mode: 9, maximum: 15), 8...15),
      ("uniform", try Uniform(lower: -2, upper: 6), -2...6),
      (
        "mixture",
        try Mixture(
          [Normal(mean: 0, standardDeviation: 1), Normal(mean: 5, standardDeviation: 0.5)], weights: [3, 1]),
        -8...9
      ),
    ]
  }

  @Test("Quantiles to 2e-14, cdfs to 1e-13 and log densities to 1e-12 against 50-digit arithmetic")
  func published() throws {
    var worst = (quantile: 0.0, cdf: 0.0, logDensity: 0.0)
    for fixture in try DistributionFixture.all() {
      let law = try fixture.distribution()
      for point in fixture.points {
        let quantile = abs(law.quantile(point.p) - point.quantile) / abs(point.quantile)
        let cdf = abs(law.cdf(point.x) - point.cdf) / point.cdf
        let logDensity = abs(law.logDensity(point.x) - point.logDensity) / max(1, abs(point.logDensity))
        if point.quantile != 0 {
          #expect(quantile <= 2e-14, "\(fixture.law) \(fixture.parameters) at \(point.p): \(quantile)")
          worst.quantile = max(worst.quantile, quantile)
        }
        #expect(cdf <= 1e-13, "\(fixture.law) \(fixture.parameters) at \(point.x): \(cdf)")
        #expect(logDensity <= 1e-12, "\(fixture.law) \(fixture.parameters) at \(point.x): \(logDensity)")
        worst.cdf = max(worst.cdf, cdf)
        worst.logDensity = max(worst.logDensity, logDensity)
      }
    }
    print("Distributions, worst relative errors: \(worst)")
  }

  @Test("The cdf of a quantile is the probability")
  func inverse() throws {
    for (name, law, _) in try Self.laws() {
      for p in [1e-9, 0.001, 0.1, 0.25, 0.5, 0.6, 0.9, 0.999, 0.999_999] {
        let q = law.quantile(p)
        // A rounding of the quantile moves the cdf by density × ulp.
        #expect(abs(law.cdf(q) - p) <= 1e-14 * p + 4 * law.density(q) * q.ulp + 2e-16, "\(name) at \(p)")
      }
    }
  }

  @Test("The density integrates to the cdf, and to mean and variance")
  func integral() throws {
    for (name, law, range) in try Self.laws() {
      let steps = 40_000
      let h = (range.upperBound - range.lowerBound) / Double(steps)
      var mass = 0.0
      var first = 0.0
      var second = 0.0
      let centre = law.mean
      for i in 0..<steps {
        let x = range.lowerBound + (Double(i) + 0.5) * h
        let f = law.density(x) * h
        mass += f
        first += (x - centre) * f
        second += (x - centre) * (x - centre) * f
        if i % 10_000 == 9999 {
          let end = range.lowerBound + Double(i + 1) * h
          #expect(abs(mass - (law.cdf(end) - law.cdf(range.lowerBound))) < 1e-6, "\(name) at \(end)")
        }
        #expect(abs(law.logDensity(x) - Double.log(law.density(x))) < 1e-12 || f == 0, "\(name) at \(x)")
      }
      let spread = law.standardDeviation
      #expect(abs(first) < 2e-3 * spread, "mean of \(name)")
      #expect(abs(second - law.variance) < 2e-2 * law.variance, "variance of \(name)")
    }
  }

  @Test("Bulk quantiles are the quantiles")
  func bulk() throws {
    let stream = RandomStream(seed: 11, name: "bulk")
    let probabilities =
      [0, .leastNonzeroMagnitude, 0x1p-1030, 1e-300, 1e-9, 0.5, 1 - 0x1p-53, 1] + stream.uniforms(0..<5000)
    for (name, law, _) in try Self.laws() where name != "mixture" {
      var values = probabilities
      law.quantiles(&values)
      for (p, value) in zip(probabilities, values) {
        let single = law.quantile(p)
        if name == "beta" || name == "PERT" {
          #expect(abs(value - single) <= 2e-14 * abs(single), "\(name) at \(p)")
        } else {
          #expect(value == single, "\(name) at \(p)")
        }
      }
    }
  }

  @Test(
    "The bulk beta quantile is within 2e-14 of the exact one in every shape of a PERT law",
    arguments: [0, 1e-6, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999, 1])
  func table(_ mode: Double) throws {
    let law = try PERT(minimum: 0, mode: mode, maximum: 1)
    let probabilities =
      RandomStream(seed: 5, name: "table").uniforms(0..<4000)
      + (1...300).flatMap { [Double.exp(-Double($0) / 8), 1 - Double.exp(-Double($0) / 8)] }
    var values = probabilities
    law.quantiles(&values)
    for (p, value) in zip(probabilities, values) {
      let single = law.quantile(p)
      #expect(abs(value - single) <= 2e-14 * single, "at \(p)")
    }
  }

  @Test("The ends of the support")
  func ends() throws {
    func ends(_ law: any Distribution) -> [Double] { [law.quantile(0), law.quantile(1)] }
    #expect(ends(try LogNormal(mu: 0, sigma: 1)) == [0, .infinity])
    #expect(ends(try ShiftedLogNormal(p10: 10, p50: 20, p90: 40))[1] == .infinity)
    #expect(abs(ends(try ShiftedLogNormal(p10: 10, p50: 20, p90: 40))[0]) < 1e-14)
    #expect(ends(try ShiftedLogNormal(p10: 1, p50: 2, p90: 3)) == [-.infinity, .infinity])
    #expect(ends(try Triangular(minimum: -1, mode: 0.3, maximum: 3)) == [-1, 3])
    #expect(ends(try PERT(minimum: 0.1, mode: 0.3, maximum: 0.7)) == [0.1, 0.7])
    #expect(ends(try Beta(alpha: 0.5, beta: 3)) == [0, 1])
    #expect(ends(try Uniform(lower: 0.1, upper: 0.3)) == [0.1, 0.3])
    #expect(ends(try Gamma(shape: 2, scale: 3)) == [0, .infinity])
    #expect(ends(try PointMass(4)) == [4, 4])
    for (name, law, _) in try Self.laws() {
      #expect(law.cdf(-.infinity) == 0 && law.cdf(.infinity) == 1, "\(name)")
      #expect(law.density(-.infinity) == 0 && law.density(.infinity) == 0, "\(name)")
      #expect(law.logDensity(-.infinity) == -.infinity && law.logDensity(.infinity) == -.infinity, "\(name)")
    }
  }

  @Test("A shifted lognormal law has the three quantiles it is given")
  func threeQuantiles() throws {
    for q in [[10, 20, 40], [2, 4, 6], [2, 4, 5], [1, 2, 3 + 1e-9], [-5, -1, 20]] {
      let law = try ShiftedLogNormal(p10: q[0], p50: q[1], p90: q[2])
      for (p, x) in zip([0.1, 0.5, 0.9], q) {
        #expect(abs(law.quantile(p) - x) <= 4e-15 * (q[2] - q[0]) * 10, "\(q) at \(p)")
        #expect(abs(law.cdf(x) - p) <= 1e-14)
      }
    }
    let law = try ShiftedLogNormal(p10: 12, p50: 20, p90: 40)
    #expect(abs(law.shift - (12 * 40 - 400) / 12) < 1e-13)
  }

  @Test("A mixture with atoms and a value that never comes")
  func atoms() throws {
    let law = try Mixture(
      [Uniform(lower: 0, upper: 1), PointMass(2), PointMass(.infinity)], weights: [2, 1, 1])
    #expect(law.cdf(2) == 0.75 && law.cdf(2.0.nextDown) == 0.5 && law.cdf(1e300) == 0.75)
    #expect(law.quantile(0.25) == 0.5)
    #expect(law.quantile(0.5) == 1)
    #expect(law.quantile(0.5.nextUp) == 2)
    #expect(law.quantile(0.75) == 2)
    #expect(law.quantile(0.76) == .infinity)
    #expect(law.mean == .infinity && law.variance == .infinity)
    #expect(law.quantile(0) == 0 && law.quantile(1) == .infinity)
    let wide = try Mixture([PointMass(-.infinity), PointMass(.infinity), PointMass(0)], weights: [1, 1, 2])
    #expect(wide.quantile(0.25) == -.infinity && wide.quantile(0.5) == 0 && wide.quantile(0.8) == .infinity)
    let dropped = try Mixture([PointMass(3), Uniform(lower: 0, upper: 1)], weights: [1, 0])
    #expect(dropped.components.count == 1 && dropped.mean == 3)
  }

  @Test("Quantiles of samples invert the empirical cdf")
  func empirical() throws {
    let law = try Empirical((1...100).map { Double($0) / 100 })
    for k in 1...100 {
      let p = Double(k) / 100
      #expect(law.quantile(p) == p && law.cdf(p) == p)
    }
    #expect(try Empirical([1, .infinity]).variance == .infinity)
  }

  @Test("Samples of a stream follow the law and do not depend on how many are asked for")
  func sampling() throws {
    let stream = RandomStream(seed: 3, name: "law")
    let law = try PERT(minimum: 0, mode: 1, maximum: 5)
    let draws = law.samples(0..<20_000, of: stream)
    #expect(Array(draws[100..<200]) == law.samples(100..<200, of: stream))
    let mean = draws.reduce(0, +) / 20_000
    #expect(abs(mean - law.mean) < 4 * law.standardDeviation / 20_000.squareRoot())
    var generator = stream.generator(draw: 1)
    let single = law.sample(using: &generator)
    #expect(single > 0 && single < 5)
  }

  @Test("Parameters without meaning are refused by name")
  func refusals() {
    func refused(_ name: String, _ value: Double, _ body: () throws(NumericsError) -> any Distribution) {
      #expect(throws: NumericsError.invalidParameter(name: name, value: value)) { _ = try body() }
    }
    refused("median", 0) { () throws(NumericsError) in try LogNormal(median: 0, sigma: 1) }
    refused("sigma", -1) { () throws(NumericsError) in try LogNormal(mu: 0, sigma: -1) }
    refused("mu", 1000) { () throws(NumericsError) in try LogNormal(mu: 1000, sigma: 1) }
    refused("p10", 3) { () throws(NumericsError) in try ShiftedLogNormal(p10: 3, p50: 2, p90: 4) }
    refused("p90", 2) { () throws(NumericsError) in try ShiftedLogNormal(p10: 1, p50: 2, p90: 2) }
    refused("mode", 4) { () throws(NumericsError) in try Triangular(minimum: 0, mode: 4, maximum: 3) }
    refused("maximum", 0) { () throws(NumericsError) in try PERT(minimum: 0, mode: 0, maximum: 0) }
    refused("upper", 1) { () throws(NumericsError) in try Uniform(lower: 1, upper: 1) }
    refused("alpha", 0) { () throws(NumericsError) in try Beta(alpha: 0, beta: 1) }
    refused("beta", .infinity) { () throws(NumericsError) in try Beta(alpha: 1, beta: .infinity) }
    refused("shape", -2) { () throws(NumericsError) in try Gamma(shape: -2, scale: 1) }
    refused("degreesOfFreedom", 0) { () throws(NumericsError) in try ChiSquared(degreesOfFreedom: 0) }
    refused("weight", -1) { () throws(NumericsError) in
      try Mixture([PointMass(1), PointMass(2)], weights: [2, -1])
    }
    #expect(throws: NumericsError.dimensionMismatch(expected: 1, found: 2)) {
      try Mixture([PointMass(1)], weights: [1, 2])
    }
    #expect(throws: NumericsError.self) { try PointMass(.nan) }
    #expect(throws: NumericsError.self) { try Triangular(minimum: .nan, mode: 1, maximum: 2) }
  }
}

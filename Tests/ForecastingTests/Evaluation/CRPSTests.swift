import Forecasting
import ForesightNumerics
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct CRPSTests {
  /// ∫ (F − 1{x ≥ y})² dx by Simpson's rule on both sides of y.
  func integral(_ law: some Distribution, _ y: Double, from: Double, to: Double, steps: Int = 20_000)
    -> Double
  {
    func simpson(_ a: Double, _ b: Double, _ f: (Double) -> Double) -> Double {
      guard b > a else { return 0 }
      let h = (b - a) / Double(steps)
      var sum = f(a) + f(b)
      for i in 1..<steps { sum += (i % 2 == 1 ? 4 : 2) * f(a + Double(i) * h) }
      return sum * h / 3
    }
    return simpson(min(from, y), y) { pow(law.cdf($0), 2) }
      + simpson(y, max(to, y)) { pow(1 - law.cdf($0), 2) }
  }

  /// The margin of a one-step joint law.
  func margin(_ location: Double, _ variance: Double, freedom: Double = .infinity) throws -> JointStudentT {
    try JointStudentT(
      location: [location], scale: Matrix(rows: 1, columns: 1, columnMajor: [variance]),
      degreesOfFreedom: freedom)
  }

  @Test(arguments: [-3.0, 0, 1, 2.5, 9])
  func `the normal's closed form is the integral of its definition`(y: Double) throws {
    let law = try Normal(mean: 1, standardDeviation: 2)
    #expect(correctDigits(law.crps(y), integral(law, y, from: -19, to: 21)) > 9)
    let joint: any Distribution = try margin(1, 4).marginal(0)
    #expect(correctDigits(joint.crps(y), law.crps(y)) > 14)
  }

  @Test func `a normal at its mean scores (√2 − 1)σ/√π`() throws {
    let law = try Normal(mean: 7, standardDeviation: 3)
    #expect(correctDigits(law.crps(7), 3 * (2.0.squareRoot() - 1) / Double.pi.squareRoot()) > 14)
  }

  @Test(arguments: [(-4.0, 5.0), (0.5, 3.0), (2, 30), (0, 1.5), (6, 3)])
  func `Student's closed form is the integral of its definition`(y: Double, freedom: Double) throws {
    let law = try StudentT(degreesOfFreedom: freedom, location: 0.5, scale: 1.5)
    // Beyond ±b the integrand is c²x^{−2ν}: its integral, known to leading order, is added to the finite part.
    let b = 3000.0
    let edge = 2 * b * pow(law.cdf(-b), 2) / (2 * freedom - 1)
    let expected = integral(law, y, from: -b, to: b, steps: 200_000) + edge
    #expect(correctDigits(law.crps(y), expected) > 6)
    let joint: any Distribution = try margin(0.5, 2.25, freedom: freedom).marginal(0)
    #expect(correctDigits(joint.crps(y), law.crps(y)) > 13)
  }

  @Test func `Student's score tends to the normal's`() throws {
    let wide = try StudentT(degreesOfFreedom: 1e7)
    #expect(correctDigits(wide.crps(0.7), Normal.standard.crps(0.7)) > 6)
  }

  @Test(arguments: [-1.0, 0, 0.4, 3, 20])
  func `the lognormal's closed form is the integral of its definition`(y: Double) throws {
    let law: any Distribution = ExponentialOf(try margin(0.4, 0.49)).marginal(0)
    let expected = integral(LognormalCDF(location: 0.4, scale: 0.7), y, from: 0, to: 400, steps: 200_000)
    #expect(correctDigits(law.crps(y), expected) > 7)
    #expect(correctDigits(try LogNormal(mu: 0.4, sigma: 0.7).crps(y), law.crps(y)) > 14)
  }

  @Test func `the exponential of Student's t scores near the lognormal when it is near it`() throws {
    let t: any Distribution = ExponentialOf(try margin(0.4, 0.01, freedom: 1e6)).marginal(0)
    let normal: any Distribution = ExponentialOf(try margin(0.4, 0.01)).marginal(0)
    #expect(abs(t.crps(1.7) / normal.crps(1.7) - 1) < 1e-3)
    let heavy: any Distribution = ExponentialOf(try margin(0.4, 1, freedom: 2)).marginal(0)
    #expect(heavy.crps(1.7).isFinite)
  }

  @Test func `an empirical law scores mean distance less half the mean difference`() throws {
    let samples = [3.0, -1, 4, 1, 5, 9, -2, 6]
    let law = try Empirical(samples)
    for y in [-7.0, 0, 2.5, 4, 30] {
      let distance = samples.reduce(0) { $0 + abs($1 - y) } / 8
      var spread = 0.0
      for a in samples { for b in samples { spread += abs(a - b) } }
      #expect(correctDigits(law.crps(y), distance - spread / 128) > 13)
    }
    #expect(try Empirical([5]).crps(7) == 2)
  }

  @Test func `other laws are integrated over their quantiles`() throws {
    // Chi-squared with 2 degrees of freedom is exponential with mean 2: CRPS(y) = y + 2·2e^{−y/2} − 3·2/2 for y ≥ 0.
    let law = try ChiSquared(degreesOfFreedom: 2)
    for y in [0.1, 1.0, 5, 12] {
      #expect(correctDigits(law.crps(y), y + 4 * exp(-y / 2) - 3) > 9)
    }
  }

  @Test func `a mixture of normals has Grimit's closed form`() throws {
    // Σ wᵢ A(y − μᵢ, σᵢ²) − ½ Σᵢⱼ wᵢwⱼ A(μᵢ − μⱼ, σᵢ² + σⱼ²), A(μ, σ²) = 2σφ(μ/σ) + μ(2Φ(μ/σ) − 1) = E|N(μ, σ²)|.
    func a(_ mean: Double, _ variance: Double) -> Double {
      let sigma = variance.squareRoot()
      let z = mean / sigma
      return 2 * sigma * Normal.standard.density(z) + mean * (2 * Normal.standard.cdf(z) - 1)
    }
    let parts = [(0.3, -1.0, 0.5), (0.7, 2.0, 1.5)]
    let law = try Mixture(
      parts.map { try Normal(mean: $0.1, standardDeviation: $0.2) }, weights: parts.map(\.0))
    for y in [-2.0, 0.3, 4] {
      var expected = 0.0
      for p in parts {
        expected += p.0 * a(y - p.1, p.2 * p.2)
        for q in parts { expected -= 0.5 * p.0 * q.0 * a(p.1 - q.1, p.2 * p.2 + q.2 * q.2) }
      }
      #expect(correctDigits(law.crps(y), expected) > 8)
    }
  }

  @Test func `a mixture of fifty Student laws is scored as by its definition, from few values of its cdf`()
    throws
  {
    let counter = Counter()
    let laws = try (0..<50).map { k in
      let law = try StudentT(
        degreesOfFreedom: 30, location: sin(Double(k)), scale: 1 + 0.3 * cos(3 * Double(k)))
      return Counted(law: law, counter: counter)
    }
    let mixture = try Mixture(laws, weights: [Double](repeating: 1, count: 50))
    for y in [-20.0, -1.5, 0.2, 3] {
      let expected = integral(mixture, y, from: -40, to: 40)
      counter.value.withLock { $0 = 0 }
      #expect(correctDigits(mixture.crps(y), expected) > 8)
      #expect(counter.value.withLock { $0 } < 50 * 1500)
    }
  }

  @Test func `a mixture of samples and points is scored as by its definition`() throws {
    let law = try Mixture(
      [Empirical([-1, 0, 3, 4]), PointMass(2), Empirical([0.5, 7])], weights: [4, 1, 2])
    let pooled = try Empirical([-1, 0, 3, 4, 2, 0.5, 7])
    for y in [-3.0, 0.5, 2.5, 11] { #expect(correctDigits(law.crps(y), pooled.crps(y)) > 3) }
  }

  @Test func `the score is proper: the true law scores best on average`() throws {
    let truth = try Normal(mean: 0, standardDeviation: 1)
    let rivals = [try Normal(mean: 0.3, standardDeviation: 1), try Normal(mean: 0, standardDeviation: 1.5)]
    let draws = (0..<2000).map { truth.quantile((Double($0) + 0.5) / 2000) }
    let own = draws.reduce(0) { $0 + truth.crps($1) }
    for rival in rivals { #expect(draws.reduce(0) { $0 + rival.crps($1) } > own) }
  }

  @Test func `a point law scores the absolute error`() throws {
    let point: any Distribution = try margin(3, 0).marginal(0)
    #expect(point.crps(5) == 2)
    #expect(try PointMass(3).crps(5) == 2)
  }

  @Test func `the pinball loss weighs both sides`() throws {
    let law = try Empirical([1, 2, 3, 4])
    #expect(law.pinballLoss(5, at: 0.75) == 1.5)
    #expect(law.pinballLoss(2, at: 0.75) == 0.25)
  }
}

/// The lognormal cdf, apart from the code under test.
struct LognormalCDF: Distribution {
  let location: Double
  let scale: Double
  var mean: Double { exp(location + scale * scale / 2) }
  var variance: Double { (exp(scale * scale) - 1) * mean * mean }
  func density(_ x: Double) -> Double { 0 }
  func logDensity(_ x: Double) -> Double { -.infinity }
  func cdf(_ x: Double) -> Double { x > 0 ? erfc((location - log(x)) / scale / 2.0.squareRoot()) / 2 : 0 }
  func quantile(_ p: Double) -> Double { exp(location + scale * Normal.standard.quantile(p)) }
}

/// A count that copies share.
private final class Counter: Sendable {
  let value = Mutex(0)
}

/// A law that counts how often its cdf is asked for.
private struct Counted: Distribution {
  let law: StudentT
  let counter: Counter
  var mean: Double { law.mean }
  var variance: Double { law.variance }
  func density(_ x: Double) -> Double { law.density(x) }
  func logDensity(_ x: Double) -> Double { law.logDensity(x) }
  func cdf(_ x: Double) -> Double {
    counter.value.withLock { $0 += 1 }
    return law.cdf(x)
  }
  func quantile(_ p: Double) -> Double { law.quantile(p) }
}

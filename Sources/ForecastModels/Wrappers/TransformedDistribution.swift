internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The joint distribution of g⁻¹(w) for a joint distribution of w.
struct TransformedDistribution: PredictiveDistribution {
  let base: any PredictiveDistribution
  let transform: SeriesTransform

  var horizon: Int { base.horizon }

  func marginal(_ step: Int) -> any Distribution {
    let law = base as? JointStudentT
    return TransformedMargin(
      base: base.marginal(step), transform: transform,
      normal: law.map { ($0.location[step], $0.diagonal[step].squareRoot()) })
  }

  func quantile(_ probability: Double) -> [Double] {
    base.quantile(probability).map { transform.inverse($0) }
  }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let paths = base.samplePaths(count, seed: seed)
    return Matrix(
      rows: paths.rows, columns: paths.columns,
      columnMajor: paths.elements.map { transform.inverse($0) })
  }
}

/// The law of g⁻¹(w): quantiles and probabilities map exactly.
///
/// Mean and variance are integrals. Where w is normal or Student t they are those of the normal law with its location and
/// scale: under a Student t law exp(w) has no mean, and this is its value for a known variance, as in `ExponentialOf`.
/// Elsewhere they are averages over 512 quantiles of equal probability.
struct TransformedMargin: Distribution {
  let base: any Distribution
  let transform: SeriesTransform
  /// Location and scale of a normal or Student t base.
  let normal: (location: Double, scale: Double)?

  func quantile(_ p: Double) -> Double {
    if p <= 0 { return transform.domain.lowerBound }
    if p >= 1 { return transform.domain.upperBound }
    return transform.inverse(base.quantile(p))
  }

  func cdf(_ x: Double) -> Double {
    guard let w = transform.forward(x) else { return x <= transform.domain.lowerBound ? 0 : 1 }
    return base.cdf(w)
  }

  func logDensity(_ x: Double) -> Double {
    guard let w = transform.forward(x) else { return -.infinity }
    return base.logDensity(w) + transform.logDerivative(x)
  }

  func density(_ x: Double) -> Double { .exp(logDensity(x)) }

  var mean: Double {
    if let normal, transform == .log || transform == .boxCox(lambda: 0) {
      return .exp(normal.location + normal.scale * normal.scale / 2)
    }
    return expectation { $0 }
  }

  var variance: Double {
    if let normal, transform == .log || transform == .boxCox(lambda: 0) {
      return Double.expMinusOne(normal.scale * normal.scale) * mean * mean
    }
    let centre = mean
    return expectation { ($0 - centre) * ($0 - centre) }
  }

  private func expectation(_ function: (Double) -> Double) -> Double {
    guard let normal else {
      let count = 512
      return (0..<count).reduce(0) { $0 + function(quantile((Double($1) + 0.5) / Double(count))) }
        / Double(count)
    }
    // The trapezoidal rule on a normal law converges faster than any power of the step.
    let step = 1.0 / 16
    var sum = 0.0
    var mass = 0.0
    for k in -144...144 {
      let z = Double(k) * step
      let share = Double.exp(-0.5 * z * z)
      sum += share * function(transform.inverse(normal.location + normal.scale * z))
      mass += share
    }
    return sum / mass
  }
}

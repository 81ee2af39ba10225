public import ForesightNumerics

/// A multivariate normal or Student t distribution of the steps: location, scale matrix and degrees of freedom.
///
/// y = μ + L z √(ν/χ²_ν) with Σ = L Lᵀ; ν = ∞ is the normal. Marginals and linear combinations are exact:
/// wᵀy + c has location wᵀμ + c and scale √(wᵀΣw) (Kotz and Nadarajah, Multivariate t Distributions, 2004, ch. 1).
public struct JointStudentT: PredictiveDistribution {
  /// The degrees of freedom, infinite for the normal.
  public let degreesOfFreedom: Double
  /// The location of each step.
  public let location: [Double]
  /// The scale matrix Σ, horizon × horizon.
  public let scale: Matrix
  private let factor: Matrix

  /// The joint distribution with a scale matrix, positive semidefinite.
  ///
  /// - Throws: `NumericsError` when the scale matrix is not positive semidefinite or holds a value that is not finite.
  public init(location: [Double], scale: Matrix, degreesOfFreedom: Double = .infinity) throws(NumericsError) {
    guard scale.rows == location.count, scale.columns == location.count else {
      throw .dimensionMismatch(expected: location.count, found: scale.rows)
    }
    guard degreesOfFreedom > 0 else {
      throw .invalidParameter(name: "degreesOfFreedom", value: degreesOfFreedom)
    }
    self.location = location
    self.scale = scale
    self.degreesOfFreedom = degreesOfFreedom
    factor = try JointStudentT.lowerFactor(scale)
  }

  /// The number of steps.
  public var horizon: Int { location.count }

  /// The distribution of one step: normal, or Student t with the joint degrees of freedom.
  public func marginal(_ step: Int) -> any Distribution {
    law(location: location[step], variance: scale[step, step])
  }

  /// The quantile of every step: the standard law's is taken once.
  public func quantile(_ probability: Double) -> [Double] {
    let standard = LocationScaleT(location: 0, scale: 1, degreesOfFreedom: degreesOfFreedom)
      .quantile(probability)
    return (0..<horizon).map { step in
      let spread = scale[step, step].squareRoot()
      return spread > 0 ? location[step] + spread * standard : location[step]
    }
  }

  /// Joint sample paths, one a column.
  public func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let normals = RandomStream(seed: seed, name: "forecast.innovations")
    let mixing = RandomStream(seed: seed, name: "forecast.scale")
    var paths = Matrix(rows: horizon, columns: count, repeating: 0)
    let chiSquared = try? ChiSquared(degreesOfFreedom: degreesOfFreedom)
    for path in 0..<count {
      let z = (0..<horizon).map {
        SpecialFunctions.normalQuantile(normals.uniform(path * horizon + $0))
      }
      var stretch = 1.0
      if degreesOfFreedom.isFinite, let chiSquared {
        let drawn = chiSquared.quantile(mixing.uniform(path))
        stretch = (degreesOfFreedom / max(drawn, .leastNormalMagnitude)).squareRoot()
      }
      for step in 0..<horizon {
        var sum = 0.0
        for j in 0...step { sum += factor[step, j] * z[j] }
        paths[step, path] = location[step] + stretch * sum
      }
    }
    return paths
  }

  /// The exact distribution of Σ wₛ yₛ + c.
  public func linearCombination(
    _ weights: [Double], constant: Double
  ) throws(NumericsError) -> (any Distribution)? {
    guard weights.count == horizon else {
      throw .dimensionMismatch(expected: horizon, found: weights.count)
    }
    var centre = constant
    for step in 0..<horizon { centre += weights[step] * location[step] }
    // |Lᵀw|² cannot turn negative by rounding as wᵀΣw could.
    var variance = 0.0
    for j in 0..<horizon {
      var sum = 0.0
      for step in j..<horizon { sum += weights[step] * factor[step, j] }
      variance += sum * sum
    }
    return law(location: centre, variance: variance)
  }

  private func law(location: Double, variance: Double) -> any Distribution {
    LocationScaleT(location: location, scale: variance.squareRoot(), degreesOfFreedom: degreesOfFreedom)
  }

  /// Σ = L Lᵀ for a positive semidefinite Σ: a column whose pivot vanishes against the diagonal is zero.
  private static func lowerFactor(_ scale: Matrix) throws(NumericsError) -> Matrix {
    let n = scale.rows
    var factor = Matrix(rows: n, columns: n, repeating: 0)
    for j in 0..<n {
      for i in 0..<n where !scale[i, j].isFinite { throw .nonFinite(row: i, column: j) }
      var pivot = scale[j, j]
      for k in 0..<j { pivot -= factor[j, k] * factor[j, k] }
      let slack = 1e-12 * Double(n) * abs(scale[j, j])
      guard pivot >= -slack else { throw .notPositiveDefinite(pivot: j) }
      guard pivot > slack else { continue }
      let root = pivot.squareRoot()
      factor[j, j] = root
      for i in (j + 1)..<max(n, j + 1) {
        var sum = scale[i, j]
        for k in 0..<j { sum -= factor[i, k] * factor[j, k] }
        factor[i, j] = sum / root
      }
    }
    return factor
  }
}

/// A normal or Student t law that may be degenerate: with scale 0 it is the point at its location.
struct LocationScaleT: Distribution {
  let location: Double
  let scale: Double
  let degreesOfFreedom: Double

  private var base: any Distribution {
    // The parameters of the standard laws are valid by construction.
    if degreesOfFreedom.isFinite,
      let t = try? StudentT(degreesOfFreedom: degreesOfFreedom, location: 0, scale: 1)
    {
      return t
    }
    return Normal.standard
  }

  /// The location; for ν ≤ 1, where no mean exists, the median.
  var mean: Double { location }
  /// Infinite for ν ≤ 2.
  var variance: Double {
    guard scale > 0 else { return 0 }
    return scale * scale * base.variance
  }
  func density(_ x: Double) -> Double {
    guard scale > 0 else { return x == location ? .infinity : 0 }
    return base.density((x - location) / scale) / scale
  }
  func logDensity(_ x: Double) -> Double {
    guard scale > 0 else { return x == location ? .infinity : -.infinity }
    return base.logDensity((x - location) / scale) - logarithm(scale)
  }
  func cdf(_ x: Double) -> Double {
    guard scale > 0 else { return x >= location ? 1 : 0 }
    return base.cdf((x - location) / scale)
  }
  func quantile(_ p: Double) -> Double { scale > 0 ? location + scale * base.quantile(p) : location }
}

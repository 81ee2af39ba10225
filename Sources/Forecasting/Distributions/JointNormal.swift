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
  private let root: Root

  /// A square root of Σ.
  private enum Root: Sendable {
    /// The rows of L, one after another, the upper triangle left out.
    case dense([Double])
    /// Σ = B Bᵀ + diag(d²): one column of B a common cause, d a step's own.
    case factors(loadings: Matrix, own: [Double])
  }

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
    let factor = try JointStudentT.factor(scale)
    root = .dense((0..<factor.rows).flatMap { row in (0...row).map { factor[row, $0] } })
  }

  /// The joint distribution of a few common causes and independent noise: Σ = B Bᵀ + diag(d²).
  ///
  /// Paths cost O(horizon) instead of O(horizon²).
  ///
  /// - Parameters:
  ///   - location: the location of each step.
  ///   - loadings: B, one row a step.
  ///   - own: d, one value a step.
  ///   - degreesOfFreedom: infinite for the normal.
  /// - Throws: `NumericsError` for sizes that disagree or a value that is not finite.
  public init(
    location: [Double], loadings: Matrix, own: [Double], degreesOfFreedom: Double = .infinity
  ) throws(NumericsError) {
    guard loadings.rows == location.count else {
      throw .dimensionMismatch(expected: location.count, found: loadings.rows)
    }
    guard own.count == location.count else {
      throw .dimensionMismatch(expected: location.count, found: own.count)
    }
    guard degreesOfFreedom > 0 else {
      throw .invalidParameter(name: "degreesOfFreedom", value: degreesOfFreedom)
    }
    let n = location.count
    for i in 0..<n {
      for k in 0..<loadings.columns where !loadings[i, k].isFinite { throw .nonFinite(row: i, column: k) }
      guard own[i].isFinite else { throw .nonFinite(row: i, column: loadings.columns) }
    }
    var scale = Matrix(rows: n, columns: n, repeating: 0)
    for i in 0..<n {
      for j in 0..<n {
        var sum = i == j ? own[i] * own[i] : 0
        for k in 0..<loadings.columns { sum += loadings[i, k] * loadings[j, k] }
        scale[i, j] = sum
      }
    }
    self.location = location
    self.scale = scale
    self.degreesOfFreedom = degreesOfFreedom
    root = .factors(loadings: loadings, own: own)
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
    var paths = [Double](repeating: 0, count: horizon * count)
    let stretches = self.stretches(count, seed: seed)
    for first in stride(from: 0, to: count, by: JointStudentT.lanes) {
      let width = min(JointStudentT.lanes, count - first)
      switch root {
      case .dense(let rows):
        let z = normals.normals(first * horizon..<(first + width) * horizon)
        multiply(rows, z, stretches, first: first, width: width, into: &paths)
      case .factors(let loadings, let own):
        let causes = loadings.columns
        let size = causes + horizon
        let z = normals.normals(first * size..<(first + width) * size)
        for lane in 0..<width {
          for step in 0..<horizon {
            var sum = own[step] * z[lane * size + causes + step]
            for k in 0..<causes { sum += loadings[step, k] * z[lane * size + k] }
            paths[(first + lane) * horizon + step] = location[step] + stretches[first + lane] * sum
          }
        }
      }
    }
    return Matrix(rows: horizon, columns: count, columnMajor: paths)
  }

  /// The paths that are multiplied side by side.
  private static let lanes = 8

  /// √(ν/χ²_ν) of each path.
  private func stretches(_ count: Int, seed: UInt64) -> [Double] {
    guard degreesOfFreedom.isFinite, let chiSquared = try? ChiSquared(degreesOfFreedom: degreesOfFreedom)
    else {
      return [Double](repeating: 1, count: count)
    }
    return RandomStream(seed: seed, name: "forecast.scale").uniforms(0..<count).map {
      (degreesOfFreedom / max(chiSquared.quantile($0), .leastNormalMagnitude)).squareRoot()
    }
  }

  /// Writes location + stretch · L z for a few paths whose normals follow one another.
  private func multiply(
    _ rows: [Double], _ z: [Double], _ stretches: [Double], first: Int, width: Int, into paths: inout [Double]
  ) {
    var lanes = [SIMD8<Double>](repeating: .zero, count: horizon)
    for step in 0..<horizon {
      for lane in 0..<width { lanes[step][lane] = z[lane * horizon + step] }
    }
    var place = 0
    for step in 0..<horizon {
      var sum = SIMD8<Double>.zero
      for j in 0...step { sum += rows[place + j] * lanes[j] }
      place += step + 1
      for lane in 0..<width {
        paths[(first + lane) * horizon + step] = location[step] + stretches[first + lane] * sum[lane]
      }
    }
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
    // A sum of squares cannot turn negative by rounding as wᵀΣw could.
    var variance = 0.0
    switch root {
    case .dense(let rows):
      var sums = [Double](repeating: 0, count: horizon)
      var place = 0
      for step in 0..<horizon {
        for j in 0...step { sums[j] += weights[step] * rows[place + j] }
        place += step + 1
      }
      for sum in sums { variance += sum * sum }
    case .factors(let loadings, let own):
      for k in 0..<loadings.columns {
        var sum = 0.0
        for step in 0..<horizon { sum += weights[step] * loadings[step, k] }
        variance += sum * sum
      }
      for step in 0..<horizon { variance += weights[step] * weights[step] * own[step] * own[step] }
    }
    return law(location: centre, variance: variance)
  }

  private func law(location: Double, variance: Double) -> any Distribution {
    LocationScaleT(location: location, scale: variance.squareRoot(), degreesOfFreedom: degreesOfFreedom)
  }

  /// Σ = L Lᵀ; a long horizon goes by blocks first, which a Σ that is only semidefinite refuses.
  private static func factor(_ scale: Matrix) throws(NumericsError) -> Matrix {
    guard scale.rows > 64 else { return try lowerFactor(scale) }
    do {
      return try Cholesky(scale).lower
    } catch .notPositiveDefinite {
      return try lowerFactor(scale)
    }
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

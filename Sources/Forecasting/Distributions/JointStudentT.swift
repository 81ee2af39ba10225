public import ForesightNumerics
internal import Synchronization

/// A multivariate normal or Student t distribution of the steps, given by its location, scale matrix and degrees of freedom.
///
/// y = μ + L z √(ν/χ²_ν) with Σ = L Lᵀ; ν = ∞ is the normal. Marginals and linear combinations are exact:
/// wᵀy + c has location wᵀμ + c and scale √(wᵀΣw) (Kotz and Nadarajah, Multivariate t Distributions, 2004, ch. 1).
public struct JointStudentT: PredictiveDistribution {
  /// The degrees of freedom; infinite for the normal distribution.
  public let degreesOfFreedom: Double
  /// The location of each step.
  public let location: [Double]
  /// The diagonal of Σ: the squared scale of each step.
  public let diagonal: [Double]
  let root: Root
  private let held = Held()

  /// A square root of Σ.
  enum Root: Sendable {
    /// Σ, and the rows of L one after another, without the upper triangle.
    case dense(Matrix, [Double])
    /// Σ = B Bᵀ + diag(d²): each column of B is a common factor, and d is the scale of each step's own noise.
    case factors(loadings: Matrix, own: [Double])
    /// Σ = R Rᵀ, one column of R at a time.
    case columns(ScaleColumns)
  }

  /// What is computed when it is first needed.
  private final class Held: Sendable {
    let scale = Mutex<Matrix?>(nil)
    /// The rows of L for a root given by its columns; empty if rounding errors prevent the factorization.
    let rows = Mutex<[Double]?>(nil)
  }

  /// Longer horizons are sampled from the columns of the root, without a matrix.
  private static let longestFactor = 1_024
  /// Longer horizons are not written by their root.
  static let longestStored = 512

  /// Whether the root is short enough, and known, to be written.
  var isStorable: Bool {
    if case .factors = root { return true }
    return horizon <= JointStudentT.longestStored && factorRows.count == horizon * (horizon + 1) / 2
  }

  /// The scale matrix Σ, horizon × horizon.
  ///
  /// It is computed on first use if the root is given by its columns; cost O(h³) at most.
  public var scale: Matrix {
    if case .dense(let scale, _) = root { return scale }
    return held.scale.withLock { held in
      if let held { return held }
      let made = madeScale()
      held = made
      return made
    }
  }

  private func madeScale() -> Matrix {
    switch root {
    case .dense(let scale, _): return scale
    case .columns(let columns): return columns.scale
    case .factors(let loadings, let own):
      var scale = Matrix(rows: horizon, columns: horizon, repeating: 0)
      for i in 0..<horizon {
        for j in 0..<horizon {
          var sum = i == j ? own[i] * own[i] : 0
          for k in 0..<loadings.columns { sum += loadings[i, k] * loadings[j, k] }
          scale[i, j] = sum
        }
      }
      return scale
    }
  }

  /// Creates the joint distribution with a positive semidefinite scale matrix.
  ///
  /// Cost: O(h³).
  ///
  /// - Throws: `NumericsError` if the scale matrix is not positive semidefinite or contains a value that is not finite.
  public init(location: [Double], scale: Matrix, degreesOfFreedom: Double = .infinity) throws(NumericsError) {
    guard scale.rows == location.count, scale.columns == location.count else {
      throw .dimensionMismatch(expected: location.count, found: scale.rows)
    }
    guard degreesOfFreedom > 0 else {
      throw .invalidParameter(name: "degreesOfFreedom", value: degreesOfFreedom)
    }
    try JointStudentT.requireFinite(location)
    self.location = location
    self.degreesOfFreedom = degreesOfFreedom
    diagonal = location.indices.map { scale[$0, $0] }
    root = .dense(scale, try JointStudentT.rows(scale))
  }

  /// Creates the joint distribution with a root of the scale matrix, given by its columns.
  ///
  /// Cost: O(h²).
  ///
  /// - Throws: `NumericsError` if the sizes disagree or the root is not finite.
  package init(
    location: [Double], columns: ScaleColumns, degreesOfFreedom: Double = .infinity
  ) throws(NumericsError) {
    guard columns.rows == location.count else {
      throw .dimensionMismatch(expected: location.count, found: columns.rows)
    }
    guard degreesOfFreedom > 0 else {
      throw .invalidParameter(name: "degreesOfFreedom", value: degreesOfFreedom)
    }
    diagonal = columns.diagonal
    if let row = diagonal.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(row: row, column: row) }
    try JointStudentT.requireFinite(location)
    self.location = location
    self.degreesOfFreedom = degreesOfFreedom
    root = .columns(columns)
  }

  private static func requireFinite(_ location: [Double]) throws(NumericsError) {
    if let row = location.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(row: row, column: 0) }
  }

  /// Returns the distribution with a different location and with deviations multiplied by a factor.
  ///
  /// - Throws: `NumericsError` if the sizes disagree or the factor leads out of the range of numbers.
  public func moved(
    to location: [Double], factor: Double = 1, degreesOfFreedom: Double
  ) throws(NumericsError) -> JointStudentT {
    switch root {
    case .columns(let columns):
      try JointStudentT(
        location: location, columns: columns.scaled(by: factor), degreesOfFreedom: degreesOfFreedom)
    case .dense(let scale, _):
      try JointStudentT(
        location: location, scale: factor * factor * scale, degreesOfFreedom: degreesOfFreedom)
    case .factors(let loadings, let own):
      try JointStudentT(
        location: location, loadings: factor * loadings, own: own.map { factor * $0 },
        degreesOfFreedom: degreesOfFreedom)
    }
  }

  /// Creates the joint distribution of a few common factors and independent noise: Σ = B Bᵀ + diag(d²).
  ///
  /// A sample path costs O(h) instead of O(h²).
  ///
  /// - Parameters:
  ///   - location: The location of each step.
  ///   - loadings: B, with one row per step.
  ///   - own: d, with one value per step.
  ///   - degreesOfFreedom: Infinite for the normal distribution.
  /// - Throws: `NumericsError` if the sizes disagree or a value is not finite.
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
    try JointStudentT.requireFinite(location)
    let n = location.count
    for i in 0..<n {
      for k in 0..<loadings.columns where !loadings[i, k].isFinite { throw .nonFinite(row: i, column: k) }
      guard own[i].isFinite else { throw .nonFinite(row: i, column: loadings.columns) }
    }
    diagonal = (0..<n).map { i in
      var sum = own[i] * own[i]
      for k in 0..<loadings.columns { sum += loadings[i, k] * loadings[i, k] }
      return sum
    }
    self.location = location
    self.degreesOfFreedom = degreesOfFreedom
    root = .factors(loadings: loadings, own: own)
  }

  /// The distribution of parts that are known to fit each other.
  init(location: [Double], diagonal: [Double], degreesOfFreedom: Double, root: Root) {
    self.location = location
    self.diagonal = diagonal
    self.degreesOfFreedom = degreesOfFreedom
    self.root = root
  }

  /// The distribution of factors that are known to fit each other.
  init(unchecked location: [Double], loadings: Matrix, own: [Double], degreesOfFreedom: Double) {
    self.location = location
    self.degreesOfFreedom = degreesOfFreedom
    diagonal = own.indices.map { i in
      (0..<loadings.columns).reduce(own[i] * own[i]) { $0 + loadings[i, $1] * loadings[i, $1] }
    }
    root = .factors(loadings: loadings, own: own)
  }

  /// The standard distribution of steps that do not depend on each other but through a common scale.
  package init(standard horizon: Int, degreesOfFreedom: Double) {
    location = [Double](repeating: 0, count: horizon)
    let own = [Double](repeating: 1, count: horizon)
    diagonal = own
    self.degreesOfFreedom = degreesOfFreedom
    root = .factors(loadings: Matrix(rows: horizon, columns: 0, repeating: 0), own: own)
  }

  /// The number of steps.
  public var horizon: Int { location.count }

  /// Returns the distribution of one step: normal, or Student t with the joint degrees of freedom.
  public func marginal(_ step: Int) -> any Distribution {
    law(location: location[step], variance: diagonal[step])
  }

  /// Returns the quantile of every step; the quantile of the standard distribution is computed once.
  public func quantile(_ probability: Double) -> [Double] {
    let standard = LocationScaleT(location: 0, scale: 1, degreesOfFreedom: degreesOfFreedom)
      .quantile(probability)
    return (0..<horizon).map { step in
      let spread = diagonal[step].squareRoot()
      return spread > 0 ? location[step] + spread * standard : location[step]
    }
  }

  /// Returns joint sample paths, one per column.
  public func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let normals = RandomStream(seed: seed, name: "forecast.innovations")
    var paths = [Double](repeating: 0, count: horizon * count)
    let stretches = self.stretches(count, seed: seed)
    let rows = factorRows
    for first in stride(from: 0, to: count, by: JointStudentT.block) {
      let width = min(JointStudentT.block, count - first)
      let size =
        switch root {
        case .factors(let loadings, _): loadings.columns + horizon
        case .columns(let columns) where rows.isEmpty: columns.count
        default: horizon
        }
      let z = normals.normals(first * size..<(first + width) * size)
      func write(_ values: [SIMD8<Double>], lanes: Int) {
        for lane in 0..<width {
          for step in 0..<horizon {
            let sum = values[step * lanes + lane / 8][lane % 8]
            paths[(first + lane) * horizon + step] = location[step] + stretches[first + lane] * sum
          }
        }
      }
      switch root {
      case .factors(let loadings, let own):
        let causes = loadings.columns
        for lane in 0..<width {
          for step in 0..<horizon {
            var sum = own[step] * z[lane * size + causes + step]
            for k in 0..<causes { sum += loadings[step, k] * z[lane * size + k] }
            paths[(first + lane) * horizon + step] = location[step] + stretches[first + lane] * sum
          }
        }
      case .columns(let columns) where rows.isEmpty:
        let lanes = (width + 7) / 8
        write(
          columns.multiplied(JointStudentT.vectors(z, size: size, width: width), lanes: lanes), lanes: lanes)
      default:
        let lanes = (width + 7) / 8
        write(
          multiplied(rows, JointStudentT.vectors(z, size: size, width: width), lanes: lanes), lanes: lanes)
      }
    }
    return Matrix(rows: horizon, columns: count, columnMajor: paths)
  }

  /// The number of paths that are multiplied side by side.
  private static let block = 64

  /// The rows of L, if paths are multiplied by it.
  var factorRows: [Double] {
    switch root {
    case .dense(_, let rows): return rows
    case .factors: return []
    case .columns:
      guard horizon <= JointStudentT.longestFactor else { return [] }
      let scale = self.scale
      return held.rows.withLock { held in
        if let held { return held }
        let made = (try? JointStudentT.rows(scale)) ?? []
        held = made
        return made
      }
    }
  }

  /// Rearranges the normals of paths one after another into vectors of eight paths, with the same entry side by side.
  private static func vectors(_ z: [Double], size: Int, width: Int) -> [SIMD8<Double>] {
    let lanes = (width + 7) / 8
    var result = [SIMD8<Double>](repeating: .zero, count: size * lanes)
    for path in 0..<width {
      for entry in 0..<size { result[entry * lanes + path / 8][path % 8] = z[path * size + entry] }
    }
    return result
  }

  /// √(ν/χ²_ν) for each path.
  private func stretches(_ count: Int, seed: UInt64) -> [Double] {
    guard degreesOfFreedom.isFinite, let chiSquared = try? ChiSquared(degreesOfFreedom: degreesOfFreedom)
    else {
      return [Double](repeating: 1, count: count)
    }
    guard degreesOfFreedom < 1e10 else {
      // The cube of Wilson and Hilferty (1931) has an error of order ν^(−3/2).
      let share = 2 / (9 * degreesOfFreedom)
      return RandomStream(seed: seed, name: "forecast.scale").normals(0..<count).map { z in
        let root = 1 - share + z * share.squareRoot()
        return 1 / (root * root * root).squareRoot()
      }
    }
    return RandomStream(seed: seed, name: "forecast.scale").uniforms(0..<count).map {
      (degreesOfFreedom / max(chiSquared.quantile($0), .leastNormalMagnitude)).squareRoot()
    }
  }

  /// Lz for paths side by side.
  private func multiplied(_ rows: [Double], _ z: [SIMD8<Double>], lanes: Int) -> [SIMD8<Double>] {
    var result = [SIMD8<Double>](repeating: .zero, count: horizon * lanes)
    for lane in 0..<lanes {
      var place = 0
      for step in 0..<horizon {
        var sum = SIMD8<Double>.zero
        for j in 0...step { sum += rows[place + j] * z[j * lanes + lane] }
        place += step + 1
        result[step * lanes + lane] = sum
      }
    }
    return result
  }

  /// Returns the exact distribution of Σ wₛ yₛ + c.
  ///
  /// Cost: O(h²).
  public func linearCombination(
    _ weights: [Double], constant: Double
  ) throws(NumericsError) -> (any Distribution)? {
    guard weights.count == horizon else {
      throw .dimensionMismatch(expected: horizon, found: weights.count)
    }
    var centre = constant
    for step in 0..<horizon { centre += weights[step] * location[step] }
    // Unlike wᵀΣw, a sum of squares cannot become negative by rounding.
    var variance = 0.0
    switch root {
    case .columns(let columns):
      for sum in columns.products(weights) { variance += sum * sum }
    case .dense(_, let rows):
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

  /// The rows of L, Σ = L Lᵀ.
  private static func rows(_ scale: Matrix) throws(NumericsError) -> [Double] {
    let factor = try factor(scale)
    return (0..<factor.rows).flatMap { row in (0...row).map { factor[row, $0] } }
  }

  /// Σ = L Lᵀ.
  ///
  /// A long horizon first tries the blocked factorization, which fails if Σ is only semidefinite.
  private static func factor(_ scale: Matrix) throws(NumericsError) -> Matrix {
    // A column whose pivot vanishes against the diagonal is zero.
    let semidefinite = Cholesky.SmallPivot.dropped(share: 1e-12 * Double(scale.rows))
    guard scale.rows > 64 else { return try Cholesky.factor(scale, semidefinite) }
    do {
      return try Cholesky(scale).lower
    } catch .notPositiveDefinite {
      return try Cholesky.factor(scale, semidefinite)
    }
  }
}

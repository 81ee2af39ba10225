internal import ForesightNumerics
internal import RealModule

/// The diffuse part δ of a start, estimated by generalized least squares from the innovations of a filter.
///
/// With v the innovations of the series, V those of the columns of A and F their variances, δ̂ minimizes Σ(v + Vδ)²/F.
/// Cost: O(nq²) for n observations and q entries of δ.
struct DiffuseStart {
  /// δ̂, or the δ that was given.
  let values: [Double]
  /// The variance of δ̂ over σ², row by row: (ΣVVᵀ/F)⁻¹.
  let variance: [Double]
  /// Σ(v + Vδ)²/F.
  let squares: Double
  /// Σ log F.
  let logDeterminant: Double

  /// Estimates δ.
  ///
  /// - Parameters:
  ///   - outcome: A run of the filter over the series alone.
  ///   - given: δ, if it is known.
  ///   - season: The entries of δ that are the seasonal indices 2 … m; the first one is minus their sum. What the data do not
  ///     determine of the indices makes them as small as possible, and has the mean square of the indices as its variance.
  /// - Returns: `nil` if the data do not determine δ otherwise.
  init?(_ outcome: StateSpaceFilter<Double>.Outcome, given: [Double]?, season: Range<Int> = 0..<0) {
    let columns = outcome.state.columns
    let q = columns - 1
    var normal = [Double](repeating: 0, count: columns * columns)
    var logs = 0.0
    for (innovation, variance) in zip(outcome.innovations, outcome.variances) {
      for i in 0..<columns {
        let scaled = innovation[i] / variance
        for j in 0...i { normal[i * columns + j] += scaled * innovation[j] }
      }
      logs += .log(variance)
    }
    logDeterminant = logs
    var information = Matrix(rows: q, columns: q, repeating: 0)
    for i in 0..<q {
      for j in 0...i {
        information[i, j] = normal[(i + 1) * columns + j + 1]
        information[j, i] = information[i, j]
      }
    }
    let right = (0..<q).map { -normal[($0 + 1) * columns] }
    var free: FreeSeason?
    var inverse = DiffuseStart.inverse(information)
    if inverse == nil {
      free = FreeSeason(information, season: season)
      inverse = free?.inverse
    }
    guard let inverse else { return nil }
    let values = given ?? (0..<q).map { i in (0..<q).reduce(0) { $0 + inverse[i, $1] * right[$1] } }
    self.values = values
    var squares = normal[0]
    for i in 0..<q {
      squares -= 2 * values[i] * right[i]
      for j in 0..<q { squares += values[i] * information[i, j] * values[j] }
    }
    self.squares = max(squares, 0)
    let n = Double(outcome.variances.count)
    let share = free.map { $0.meanSquare(values) / max(squares / n, .leastNormalMagnitude) } ?? 0
    variance = (0..<q).flatMap { i in
      (0..<q).map { j in inverse[i, j] + (free.map { share * $0.directions[i, j] } ?? 0) }
    }
  }

  /// The inverse of an information matrix; `nil` if it is singular to rounding.
  private static func inverse(_ information: Matrix) -> Matrix? {
    guard information.rows > 0 else { return information }
    guard let factor = try? Cholesky(information) else { return nil }
    for j in 0..<information.rows {
      let pivot = factor.lower[j, j] * factor.lower[j, j]
      guard pivot > 1e-11 * information[j, j], pivot > 0 else { return nil }
    }
    return try? factor.inverse()
  }

  /// The entry of the series in a row, plus those of the columns of A times δ.
  func combined(_ row: [Double]) -> Double {
    var sum = row[0]
    for (k, value) in values.enumerated() { sum += row[k + 1] * value }
    return sum
  }
}

/// What data do not determine of the seasonal indices in a diffuse start.
///
/// With Z a basis of the null space of the information I and M the sum of squares of all m indices as a form in δ, the estimate
/// is the least-squares solution with the least δᵀMδ, and Z(ZᵀMZ)⁻¹Zᵀ is the covariance of the rest for indices of variance 1.
private struct FreeSeason {
  let inverse: Matrix
  let directions: Matrix
  private let season: Range<Int>

  /// - Returns: `nil` if the null space holds more than seasonal indices.
  init?(_ information: Matrix, season: Range<Int>) {
    let q = information.rows
    guard !season.isEmpty, season.upperBound <= q,
      (0..<q).allSatisfy({ information[$0, $0] > 0 || season.contains($0) })
    else { return nil }
    // In units in which the diagonal is 1.
    let units = (0..<q).map { information[$0, $0] > 0 ? 1 / information[$0, $0].squareRoot() : 1 }
    var scaled = information
    for i in 0..<q { for j in 0..<q { scaled[i, j] *= units[i] * units[j] } }
    guard let eigen = try? SymmetricEigen(scaled) else { return nil }
    let floor = 1e-9 * (eigen.values.max() ?? 0)
    var generalised = Matrix(rows: q, columns: q, repeating: 0)
    var null: [[Double]] = []
    for (k, value) in eigen.values.enumerated() {
      let vector = zip(eigen.vectors.column(k), units).map { $0 * $1 }
      guard value > floor else {
        null.append(vector)
        continue
      }
      for i in 0..<q { for j in 0..<q { generalised[i, j] += vector[i] * vector[j] / value } }
    }
    func form(_ a: [Double], _ b: [Double]) -> Double {
      var product = 0.0
      var (first, second) = (0.0, 0.0)
      for k in season {
        product += a[k] * b[k]
        first += a[k]
        second += b[k]
      }
      return product + first * second
    }
    guard !null.isEmpty else { return nil }
    var norm = Matrix(rows: null.count, columns: null.count, repeating: 0)
    for (i, a) in null.enumerated() { for (j, b) in null.enumerated() { norm[i, j] = form(a, b) } }
    guard let factor = try? Cholesky(norm), let normal = try? factor.inverse(),
      (0..<null.count).allSatisfy({ factor.lower[$0, $0] * factor.lower[$0, $0] > 1e-9 * norm[$0, $0] })
    else { return nil }
    // P = I − Z(ZᵀMZ)⁻¹ZᵀM takes the season out that the data do not determine.
    func project(_ vector: [Double]) -> [Double] {
      let shares = null.map { form($0, vector) }
      var result = vector
      for i in null.indices {
        let weight = shares.indices.reduce(0) { $0 + normal[i, $1] * shares[$1] }
        for k in result.indices { result[k] -= weight * null[i][k] }
      }
      return result
    }
    var half = Matrix(rows: q, columns: q, repeating: 0)
    for j in 0..<q { for (i, x) in project(generalised.column(j)).enumerated() { half[i, j] = x } }
    var inverse = half
    for i in 0..<q { for (j, x) in project(half.row(i)).enumerated() { inverse[i, j] = x } }
    var directions = Matrix(rows: q, columns: q, repeating: 0)
    for i in 0..<q {
      for j in 0..<q {
        for (a, u) in null.enumerated() {
          for (b, v) in null.enumerated() { directions[i, j] += u[i] * normal[a, b] * v[j] }
        }
      }
    }
    self.inverse = inverse
    self.directions = directions
    self.season = season
  }

  /// The mean square of all indices.
  func meanSquare(_ values: [Double]) -> Double {
    let sum = season.reduce(0) { $0 + values[$1] }
    return (season.reduce(0) { $0 + values[$1] * values[$1] } + sum * sum) / Double(season.count + 1)
  }
}

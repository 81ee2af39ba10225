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
  /// - Returns: `nil` if the data do not determine δ.
  init?(_ outcome: StateSpaceFilter<Double>.Outcome, given: [Double]?) {
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
    guard let inverse = DiffuseStart.inverse(information) else { return nil }
    let right = (0..<q).map { -normal[($0 + 1) * columns] }
    let values = given ?? (0..<q).map { i in (0..<q).reduce(0) { $0 + inverse[i, $1] * right[$1] } }
    self.values = values
    variance = (0..<q).flatMap { i in (0..<q).map { inverse[i, $0] } }
    var squares = normal[0]
    for i in 0..<q {
      squares -= 2 * values[i] * right[i]
      for j in 0..<q { squares += values[i] * information[i, j] * values[j] }
    }
    self.squares = max(squares, 0)
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

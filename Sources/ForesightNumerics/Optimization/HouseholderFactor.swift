/// The QR factorization of a tall, narrow Jacobian, with damped solves that reuse it.
///
/// Levenberg–Marquardt factors one such matrix per step and solves several damped systems with it. Columns are scaled
/// to unit length first, so that the condition number is the best one that scaling can give (van der Sluis).
struct HouseholderFactor {
  let rows: Int
  let columns: Int
  /// Length of each original column; 1 for a zero column.
  private(set) var lengths: [Double]
  /// Householder vectors below, column-major.
  private var store: [Double]
  private var heads: [Double]
  /// The upper triangle of the scaled matrix, column-major, columns × columns.
  private(set) var r: [Double]

  /// Factors the chosen columns of a column-major matrix.
  init(_ matrix: [Double], rows: Int, choosing chosen: [Int]) {
    self.rows = rows
    columns = chosen.count
    lengths = [Double](repeating: 1, count: chosen.count)
    store = [Double](repeating: 0, count: rows * chosen.count)
    heads = [Double](repeating: 0, count: chosen.count)
    r = [Double](repeating: 0, count: chosen.count * chosen.count)
    for (k, column) in chosen.enumerated() {
      let base = column * rows
      var length = 0.0
      for i in 0..<rows { length = max(length, abs(matrix[base + i])) }
      if length > 0 {
        var sum = 0.0
        for i in 0..<rows {
          let t = matrix[base + i] / length
          sum += t * t
        }
        length *= sum.squareRoot()
        lengths[k] = length
      }
      for i in 0..<rows { store[k * rows + i] = matrix[base + i] / lengths[k] }
    }
    for k in 0..<min(columns, rows) {
      let base = k * rows
      var norm = 0.0
      for i in k..<rows { norm += store[base + i] * store[base + i] }
      norm = norm.squareRoot()
      let diagonal = store[base + k]
      let alpha = diagonal > 0 ? -norm : norm
      if norm > 0 {
        // v = x − αe, kept unnormalized; head = 2/vᵀv = 1/(norm·(norm + |x₀|)).
        store[base + k] = diagonal - alpha
        heads[k] = 1 / (norm * (norm + abs(diagonal)))
        for j in (k + 1)..<max(columns, k + 1) { reflect(&store, at: j * rows, with: k) }
      }
      for j in k..<columns { r[j * columns + k] = j == k ? alpha : store[j * rows + k] }
    }
  }

  private func reflect(_ target: inout [Double], at offset: Int, with k: Int) {
    let base = k * rows
    var sum = 0.0
    for i in k..<rows { sum += store[base + i] * target[offset + i] }
    sum *= heads[k]
    for i in k..<rows { target[offset + i] -= sum * store[base + i] }
  }

  /// Qᵀ·v, all rows.
  func applyTransposed(_ vector: [Double]) -> [Double] {
    var result = vector
    for k in 0..<min(columns, rows) where heads[k] != 0 { reflect(&result, at: 0, with: k) }
    return result
  }

  /// The minimizer of ‖Jδ + v‖² + λ‖Dδ‖² where q = Qᵀv and D are the column weights.
  ///
  /// The damping rows are rotated into R, so JᵀJ is never formed. A zero pivot gives a zero entry.
  func solve(_ q: [Double], damping: Double, weights: [Double]) -> [Double] {
    let n = columns
    var triangle = r
    var right = (0..<n).map { -q[$0] }
    if damping > 0 {
      for k in 0..<n {
        var row = [Double](repeating: 0, count: n)
        row[k] = damping.squareRoot() * weights[k] / lengths[k]
        var carried = 0.0
        for j in k..<n where row[j] != 0 {
          let a = triangle[j * n + j]
          let hypotenuse = (a * a + row[j] * row[j]).squareRoot()
          let c = a / hypotenuse
          let s = row[j] / hypotenuse
          for l in j..<n {
            let upper = triangle[l * n + j]
            triangle[l * n + j] = c * upper + s * row[l]
            row[l] = c * row[l] - s * upper
          }
          let upper = right[j]
          right[j] = c * upper + s * carried
          carried = c * carried - s * upper
        }
      }
    }
    for k in (0..<n).reversed() {
      var sum = right[k]
      for j in (k + 1)..<max(n, k + 1) { sum -= triangle[j * n + k] * right[j] }
      right[k] = triangle[k * n + k] == 0 ? 0 : sum / triangle[k * n + k]
    }
    return (0..<n).map { right[$0] / lengths[$0] }
  }

  /// (JᵀJ)⁻¹, row by row; nil when R has a zero on its diagonal.
  func inverseGram() -> [[Double]]? {
    let n = columns
    var inverse = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for k in 0..<n {
      if r[k * n + k] == 0 { return nil }
      // Column k of R⁻¹.
      for i in (0...k).reversed() {
        var sum = i == k ? 1.0 : 0
        for j in (i + 1)..<max(k + 1, i + 1) { sum -= r[j * n + i] * inverse[j][k] }
        inverse[i][k] = sum / r[i * n + i]
      }
    }
    var gram = [[Double]](repeating: [Double](repeating: 0, count: n), count: n)
    for i in 0..<n {
      for j in 0..<n {
        var sum = 0.0
        for k in max(i, j)..<n { sum += inverse[i][k] * inverse[j][k] }
        gram[i][j] = sum / (lengths[i] * lengths[j])
      }
    }
    return gram
  }

  /// The singular values of the column-scaled matrix, largest first, by one-sided Jacobi rotations on R.
  func singularValues() -> [Double] {
    let n = columns
    var a = r
    for _ in 0..<30 {
      var turned = false
      for p in 0..<n {
        for q in (p + 1)..<max(n, p + 1) {
          var alpha = 0.0
          var beta = 0.0
          var gamma = 0.0
          for i in 0..<n {
            let x = a[p * n + i]
            let y = a[q * n + i]
            alpha += x * x
            beta += y * y
            gamma += x * y
          }
          if abs(gamma) <= 1e-15 * (alpha * beta).squareRoot() || gamma == 0 { continue }
          turned = true
          let zeta = (beta - alpha) / (2 * gamma)
          let t = (zeta >= 0 ? 1.0 : -1.0) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
          let c = 1 / (1 + t * t).squareRoot()
          let s = c * t
          for i in 0..<n {
            let x = a[p * n + i]
            let y = a[q * n + i]
            a[p * n + i] = c * x - s * y
            a[q * n + i] = s * x + c * y
          }
        }
      }
      if !turned { break }
    }
    let values = (0..<n).map { k -> Double in
      var sum = 0.0
      for i in 0..<n { sum += a[k * n + i] * a[k * n + i] }
      return sum.squareRoot()
    }
    return values.sorted(by: >)
  }
}

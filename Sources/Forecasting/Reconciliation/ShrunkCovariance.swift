internal import ForesightNumerics

/// The covariance of one-step residuals, with correlations shrunk toward zero.
///
/// Ŵ = λ diag(Σ̂) + (1 − λ) Σ̂ with Σ̂ = X Xᵀ/T and λ = Σ_{i≠j} Var(rᵢⱼ) / Σ_{i≠j} rᵢⱼ², limited to [0, 1], where rᵢⱼ are the correlations and
/// Var(rᵢⱼ) = (Σ wₜ² − (Σ wₜ)²/T)/(T (T − 1)) with w = zᵢzⱼ for residuals z divided by their root mean squares. Residuals are not demeaned.
/// J. Schäfer and K. Strimmer, *Stat. Appl. Genet. Mol. Biol.* 4(1) (2005) 32, doi:10.2202/1544-6115.1175.
struct ShrunkCovariance {
  let matrix: Matrix
  /// λ.
  let shrinkage: Double

  /// Estimates from residuals, with one row per series; a row of zeros is that of a series without error.
  init(_ rows: [[Double]]) {
    let count = Double(rows[0].count)
    let scales = rows.map { ($0.reduce(0) { $0 + $1 * $1 } / count).squareRoot() }
    let scaled = zip(rows, scales).map { row, scale in row.map { scale > 0 ? $0 / scale : 0 } }
    var correlations = Matrix.identity(rows.count)
    var (variance, square) = (0.0, 0.0)
    for i in rows.indices {
      for j in 0..<i {
        var (sum, sumOfSquares) = (0.0, 0.0)
        for (x, y) in zip(scaled[i], scaled[j]) {
          sum += x * y
          sumOfSquares += (x * y) * (x * y)
        }
        correlations[i, j] = sum / count
        correlations[j, i] = sum / count
        variance += (sumOfSquares - sum * sum / count) / (count * (count - 1))
        square += (sum / count) * (sum / count)
      }
    }
    let share = square > 0 ? max(0, min(1, variance / square)) : 1
    var matrix = Matrix(rows: rows.count, columns: rows.count)
    for i in rows.indices {
      for j in rows.indices {
        matrix[i, j] = (i == j ? 1 : (1 - share) * correlations[i, j]) * scales[i] * scales[j]
      }
    }
    self.matrix = matrix
    shrinkage = share
  }
}

/// Linear equality constraints Cβ = d on the coefficients.
public struct EqualityConstraints: Sendable, Equatable {
  /// C, one row per equality.
  public let matrix: Matrix
  /// d.
  public let values: [Double]

  /// Creates the constraints Cβ = d.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`, `.nonFinite` (column `matrix.columns` for a value of d).
  public init(_ matrix: Matrix, equal values: [Double]) throws(NumericsError) {
    guard values.count == matrix.rows else {
      throw .dimensionMismatch(expected: matrix.rows, found: values.count)
    }
    try matrix.requireFinite()
    if let bad = values.firstIndex(where: { !$0.isFinite }) {
      throw .nonFinite(row: bad, column: matrix.columns)
    }
    self.matrix = matrix
    self.values = values
  }
}

extension LeastSquares {
  /// Solves least squares under linear equality constraints by direct elimination in double-double arithmetic.
  ///
  /// Each equality expresses one coefficient by the others; an ordinary problem remains (Björck, *Numerical Methods for
  /// Least Squares Problems*, 1996, §5.1). Cost: 2m(n − r)² + 2mnr for r equalities.
  ///
  /// - Throws: `NumericsError.dimensionMismatch`, `.nonFinite`, `.invalidParameter` for a negative weight, and
  ///   `.rankDeficient` if the equalities are linearly dependent or contradict each other.
  public func solve(
    _ design: Matrix, _ response: [Double], subjectTo constraints: EqualityConstraints,
    weights: [Double]? = nil
  ) throws(NumericsError) -> LeastSquaresSolution {
    try LeastSquares.check(design, response, weights)
    let (m, n) = (design.rows, design.columns)
    guard constraints.matrix.columns == n else {
      throw .dimensionMismatch(expected: n, found: constraints.matrix.columns)
    }
    let elimination = try Elimination(constraints)
    let (free, bound) = (elimination.free, elimination.bound)
    let exact = ExtendedMatrix(design)

    // Xβ = Σ over the free columns of (x_f + Σ x_b T_bf) z_f + Σ x_b d_b.
    var reduced = exact.selecting(free)
    var target = response.map { DoubleDouble($0) }
    for (b, column) in bound.enumerated() {
      let constant = elimination.constants[b]
      for i in 0..<m { target[i] = target[i] - exact[i, column] * constant }
      for f in free.indices {
        let factor = elimination.factors[b][f]
        for i in 0..<m { reduced[i, f] = reduced[i, f] + exact[i, column] * factor }
      }
    }
    let inner = try run(reduced, target, weights)

    var coefficients = [Double](repeating: 0, count: n)
    for (f, column) in free.enumerated() { coefficients[column] = inner.coefficients[f] }
    // β = T z + constants.
    var expansion = Matrix(rows: n, columns: free.count)
    for (f, column) in free.enumerated() { expansion[column, f] = 1 }
    for (b, column) in bound.enumerated() {
      var sum = elimination.constants[b]
      for f in free.indices {
        sum = sum + elimination.factors[b][f] * DoubleDouble(inner.coefficients[f])
        expansion[column, f] = elimination.factors[b][f].doubleValue
      }
      coefficients[column] = sum.doubleValue
    }
    return LeastSquaresSolution(
      coefficients: coefficients, fitted: zip(response, inner.residuals).map { $0 - $1 },
      residuals: inner.residuals, rank: inner.rank + bound.count, aliased: inner.aliased.map { free[$0] },
      degreesOfFreedom: inner.degreesOfFreedom, residualSumOfSquares: inner.residualSumOfSquares,
      conditionNumber: inner.conditionNumber,
      unscaledCovariance: expansion * inner.unscaledCovariance * expansion.transposed(),
      refinements: inner.refinements)
  }
}

/// The constraints solved for one coefficient per equality: β_bound = constants + factors · β_free.
private struct Elimination {
  /// The columns that are expressed by the others.
  let bound: [Int]
  /// The columns that remain.
  let free: [Int]
  let constants: [DoubleDouble]
  let factors: [[DoubleDouble]]

  /// Gauss–Jordan elimination with complete pivoting on rows of unit size.
  init(_ constraints: EqualityConstraints) throws(NumericsError) {
    let (count, n) = (constraints.matrix.rows, constraints.matrix.columns)
    var rows: [[DoubleDouble]] = []
    for i in 0..<count {
      let row = constraints.matrix.row(i)
      let scale = LeastSquares.scale(Matrix.norm(row))
      rows.append((row + [constraints.values[i]]).map { DoubleDouble($0 * scale) })
    }
    var pivots: [Int] = []
    for k in 0..<count {
      var best = (row: k, column: -1, size: 0.0)
      for i in k..<count {
        for j in 0..<n where abs(rows[i][j].high) > best.size { best = (i, j, abs(rows[i][j].high)) }
      }
      guard best.column >= 0, best.size > Double(n) * Double.ulpOfOne else {
        throw .rankDeficient(rank: k, columns: count)
      }
      rows.swapAt(k, best.row)
      pivots.append(best.column)
      let pivot = rows[k][best.column]
      for j in 0...n { rows[k][j] = rows[k][j] / pivot }
      for i in 0..<count where i != k {
        let factor = rows[i][best.column]
        for j in 0...n { rows[i][j] = rows[i][j] - factor * rows[k][j] }
        rows[i][best.column] = DoubleDouble(0)
      }
    }
    bound = pivots
    free = (0..<n).filter { !pivots.contains($0) }
    constants = rows.map { $0[n] }
    let remaining = free
    factors = rows.map { row in remaining.map { -row[$0] } }
  }
}

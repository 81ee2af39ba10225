extension SVD {
  /// Returns the x of least length among those that minimize ‖A x − b‖, for a matrix of any shape and rank.
  ///
  /// Singular values of at most `tolerance` times the largest count as zero, by default max(m, n) ε. Cost: O(k(m + n)).
  ///
  /// ```swift
  /// let x = try SVD(Matrix([[1, 1], [1, 1]])).solve([2, 2])   // [1, 1]
  /// ```
  ///
  /// - Throws: `NumericsError.dimensionMismatch` unless b has one entry per row of A, `.nonFinite`.
  public func solve(_ b: [Double], tolerance: Double? = nil) throws(NumericsError) -> [Double] {
    guard b.count == u.rows else { throw .dimensionMismatch(expected: u.rows, found: b.count) }
    if let row = b.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(row: row, column: 0) }
    var x = [Double](repeating: 0, count: vt.columns)
    for k in 0..<rank(tolerance: tolerance) {
      var weight = 0.0
      for i in 0..<u.rows { weight += u[i, k] * b[i] }
      weight /= singularValues[k]
      for j in 0..<vt.columns { x[j] += weight * vt[k, j] }
    }
    return x
  }

  /// Returns the Moore–Penrose inverse A⁺ = V diag(1/s) Uᵀ, n × m.
  ///
  /// Singular values of at most `tolerance` times the largest count as zero, by default max(m, n) ε. Cost: O(kmn).
  public func pseudoInverse(tolerance: Double? = nil) -> Matrix {
    var inverse = Matrix(rows: vt.columns, columns: u.rows)
    for k in 0..<rank(tolerance: tolerance) {
      for j in 0..<u.rows {
        let weight = u[j, k] / singularValues[k]
        for i in 0..<vt.columns { inverse[i, j] += vt[k, i] * weight }
      }
    }
    return inverse
  }
}

extension SymmetricEigen {
  /// The number of eigenvalues whose absolute value exceeds `tolerance` times the largest, by default n ε.
  public func rank(tolerance: Double? = nil) -> Int { kept(tolerance).count }

  /// Returns the x of least length among those that minimize ‖A x − b‖, for a symmetric matrix of any rank.
  ///
  /// Cost: O(n²).
  ///
  /// - Throws: `NumericsError.dimensionMismatch` unless b has one entry per row, `.nonFinite`.
  public func solve(_ b: [Double], tolerance: Double? = nil) throws(NumericsError) -> [Double] {
    guard b.count == values.count else { throw .dimensionMismatch(expected: values.count, found: b.count) }
    if let row = b.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(row: row, column: 0) }
    var x = [Double](repeating: 0, count: b.count)
    for k in kept(tolerance) {
      var weight = 0.0
      for i in b.indices { weight += vectors[i, k] * b[i] }
      weight /= values[k]
      for i in b.indices { x[i] += weight * vectors[i, k] }
    }
    return x
  }

  /// Returns the Moore–Penrose inverse V diag(1/λ) Vᵀ, symmetric to the last bit.
  ///
  /// Cost: O(n³).
  public func pseudoInverse(tolerance: Double? = nil) -> Matrix {
    let n = values.count
    var inverse = Matrix(rows: n, columns: n)
    for k in kept(tolerance) {
      for j in 0..<n {
        let weight = vectors[j, k] / values[k]
        for i in j..<n { inverse[i, j] += vectors[i, k] * weight }
      }
    }
    for j in 0..<n { for i in 0..<j { inverse[i, j] = inverse[j, i] } }
    return inverse
  }

  private func kept(_ tolerance: Double?) -> [Int] {
    let largest = values.reduce(0) { max($0, abs($1)) }
    let limit = (tolerance ?? Double(values.count) * .ulpOfOne) * largest
    return values.indices.filter { abs(values[$0]) > limit }
  }
}

extension QR {
  /// Returns the solution of A x = b, or for m > n the x that minimizes ‖A x − b‖.
  ///
  /// Cost: O(mn).
  ///
  /// - Throws: `NumericsError.dimensionMismatch` unless b has one entry per row, `.tooFewObservations` for fewer rows than columns, and
  ///   `.rankDeficient` for columns that depend on each other exactly; `SVD.solve(_:tolerance:)` solves such systems.
  public func solve(_ b: [Double]) throws(NumericsError) -> [Double] {
    guard rows >= columns else { throw .tooFewObservations(needed: columns, found: rows) }
    let pivoted = try solveR(Array(applyQ(b, transposed: true).prefix(columns)), size: columns)
    var x = [Double](repeating: 0, count: columns)
    for (place, column) in order.enumerated() { x[column] = pivoted[place] }
    return x
  }
}

extension Matrix {
  /// Returns the solution of A x = b for a square matrix, or the least-squares solution for more rows than columns, by pivoted QR.
  ///
  /// - Throws: What `QR.solve(_:)` throws, and `NumericsError.nonFinite`.
  public func solve(_ b: [Double]) throws(NumericsError) -> [Double] {
    try QR(self, pivoting: true).solve(b)
  }

  /// Returns the Moore–Penrose inverse by the singular value decomposition.
  ///
  /// - Throws: `NumericsError.nonFinite`.
  public func pseudoInverse(tolerance: Double? = nil) throws(NumericsError) -> Matrix {
    try SVD(self).pseudoInverse(tolerance: tolerance)
  }
}

extension LeastSquares {
  /// The standard path: factors the design rounded to doubles and refines against the design as given.
  func refined(
    _ design: ExtendedMatrix, _ response: [DoubleDouble], _ weights: [Double]?
  ) throws(NumericsError) -> LeastSquaresSolution {
    let m = design.rows
    let n = design.columns
    let (exact, scales) = LeastSquares.scaled(design, weights)
    let scaled = exact.rounded
    let target = LeastSquares.weighted(response, weights)

    let pivoted = try QR(scaled, pivoting: true)
    let rank = pivoted.rank(tolerance: rankTolerance)
    let kept = Array(pivoted.order.prefix(rank))
    // If columns were dropped, the leading ones are factored alone, so that Q spans only them.
    let system = exact.selecting(kept)
    let factor = rank == n ? pivoted : try QR(system.rounded)
    let (solution, residual, steps) = try refine(system, target, factor)

    var coefficients = [Double](repeating: 0, count: n)
    for (k, j) in kept.enumerated() { coefficients[j] = solution[k].doubleValue * scales[j] }
    var sum = DoubleDouble(0)
    for r in residual { sum = sum + r * r }

    var covariance = Matrix(rows: n, columns: n)
    let gram = try factor.inverseGram(size: rank)
    for (a, j) in kept.enumerated() {
      for (b, k) in kept.enumerated() { covariance[j, k] = gram[a, b] * scales[j] * scales[k] }
    }
    let reciprocal = rank > 0 ? try factor.reciprocalCondition(size: rank) : 1
    // With weights the refined residuals are scaled, and unknown where a weight is zero.
    let own = weights == nil ? residual : LeastSquares.residuals(design, coefficients, response)
    let residuals = own.map(\.doubleValue)
    let used = weights.map { $0.count { $0 > 0 } } ?? m
    return LeastSquaresSolution(
      coefficients: coefficients, fitted: zip(response, own).map { ($0 - $1).doubleValue },
      residuals: residuals,
      rank: rank, aliased: (0..<n).filter { !kept.contains($0) }, degreesOfFreedom: max(0, used - rank),
      residualSumOfSquares: sum.doubleValue, conditionNumber: reciprocal > 0 ? 1 / reciprocal : .infinity,
      unscaledCovariance: covariance, refinements: steps)
  }

  /// Björck's refinement of x and r together on the augmented system [I A; Aᵀ 0][r; x] = [b; 0].
  private func refine(
    _ a: ExtendedMatrix, _ b: [DoubleDouble], _ qr: QR
  ) throws(NumericsError) -> (x: [DoubleDouble], r: [DoubleDouble], steps: Int) {
    let m = a.rows
    let n = a.columns
    var x = [DoubleDouble](repeating: DoubleDouble(0), count: n)
    var r = [DoubleDouble](repeating: DoubleDouble(0), count: m)
    var lastCorrection = Double.infinity
    for step in 0..<12 {
      var f = b
      for i in 0..<m { f[i] = f[i] - r[i] }
      for j in 0..<n {
        let factor = -x[j]
        for i in 0..<m { f[i] = f[i] + factor * a.elements[i + j * m] }
      }
      var g = [Double](repeating: 0, count: n)
      for j in 0..<n {
        var sum = DoubleDouble(0)
        for i in 0..<m { sum = sum + r[i] * a.elements[i + j * m] }
        g[j] = -sum.doubleValue
      }
      let h = try qr.solveR(g, size: n, transposed: true)
      var c = try qr.applyQ(f.map(\.doubleValue), transposed: true)
      var top = [Double](repeating: 0, count: n)
      for k in 0..<n { top[k] = c[k] - h[k] }
      let dx = try qr.solveR(top, size: n)
      for k in 0..<n { c[k] = h[k] }
      let dr = try qr.applyQ(c, transposed: false)
      let size = x.reduce(0) { max($0, abs($1.high)) }
      let correction = dx.reduce(0) { max($0, abs($1)) }
      guard correction.isFinite else { throw .rankDeficient(rank: n - 1, columns: n) }
      // A correction that no longer shrinks carries no information.
      if step > 1, correction > 0.5 * lastCorrection { return (x, r, step - 1) }
      for k in 0..<n { x[k] = x[k] + DoubleDouble(dx[k]) }
      for i in 0..<m { r[i] = r[i] + DoubleDouble(dr[i]) }
      if step > 0, correction <= 0x1p-70 * size { return (x, r, step) }
      lastCorrection = correction
    }
    return (x, r, 12)
  }

  /// y − Xβ, accumulated in double-double arithmetic.
  static func residuals(
    _ design: ExtendedMatrix, _ coefficients: [Double], _ response: [DoubleDouble]
  ) -> [DoubleDouble] {
    var result = response
    for (j, coefficient) in coefficients.enumerated() where coefficient != 0 {
      let factor = DoubleDouble(-coefficient)
      for i in 0..<design.rows { result[i] = result[i] + factor * design.elements[i + j * design.rows] }
    }
    return result
  }
}

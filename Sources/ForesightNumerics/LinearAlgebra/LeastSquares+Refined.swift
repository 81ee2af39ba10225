extension LeastSquares {
  /// The standard path.
  func refined(
    _ design: Matrix, _ response: [Double], _ weights: [Double]?
  ) throws(NumericsError) -> LeastSquaresSolution {
    let m = design.rows
    let n = design.columns
    let roots = weights?.map { $0.squareRoot() }
    var scaled = design
    var scales = [Double](repeating: 1, count: n)
    for j in 0..<n {
      if let roots { for i in 0..<m { scaled.elements[i + j * m] *= roots[i] } }
      scales[j] = LeastSquares.scale(norm(scaled.elements, from: j * m, count: m))
      for i in 0..<m { scaled.elements[i + j * m] *= scales[j] }
    }
    let target = roots.map { roots in zip(response, roots).map { $0 * $1 } } ?? response

    let pivoted = try QR(scaled, pivoting: true)
    let rank = pivoted.rank(tolerance: rankTolerance)
    let kept = Array(pivoted.order.prefix(rank))
    // The leading columns factor alone when some were dropped, so that Q spans them only.
    var system = Matrix(rows: m, columns: rank)
    for (k, j) in kept.enumerated() {
      for i in 0..<m { system.elements[i + k * m] = scaled.elements[i + j * m] }
    }
    let factor = rank == n ? pivoted : try QR(system)
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
    let residuals: [Double]
    if weights == nil {
      residuals = residual.map(\.doubleValue)
    } else {
      residuals = LeastSquares.residuals(design, coefficients, response)
    }
    let used = weights.map { $0.count { $0 > 0 } } ?? m
    return LeastSquaresSolution(
      coefficients: coefficients, fitted: zip(response, residuals).map { $0 - $1 }, residuals: residuals,
      rank: rank, aliased: (0..<n).filter { !kept.contains($0) }, degreesOfFreedom: max(0, used - rank),
      residualSumOfSquares: sum.doubleValue, conditionNumber: reciprocal > 0 ? 1 / reciprocal : .infinity,
      unscaledCovariance: covariance, refinements: steps)
  }

  /// Björck's refinement of x and r together on the augmented system [I A; Aᵀ 0][r; x] = [b; 0].
  private func refine(
    _ a: Matrix, _ b: [Double], _ qr: QR
  ) throws(NumericsError) -> (x: [DoubleDouble], r: [DoubleDouble], steps: Int) {
    let m = a.rows
    let n = a.columns
    var x = [DoubleDouble](repeating: DoubleDouble(0), count: n)
    var r = [DoubleDouble](repeating: DoubleDouble(0), count: m)
    var lastCorrection = Double.infinity
    for step in 0..<12 {
      var f = b.map { DoubleDouble($0) }
      for i in 0..<m { f[i] = f[i] - r[i] }
      for j in 0..<n {
        let factor = -x[j]
        for i in 0..<m { f[i] = f[i] + factor * DoubleDouble(a.elements[i + j * m]) }
      }
      var g = [Double](repeating: 0, count: n)
      for j in 0..<n {
        var sum = DoubleDouble(0)
        for i in 0..<m { sum = sum + r[i] * DoubleDouble(a.elements[i + j * m]) }
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
  static func residuals(_ design: Matrix, _ coefficients: [Double], _ response: [Double]) -> [Double] {
    (0..<design.rows).map { i in
      var sum = DoubleDouble(response[i])
      for j in 0..<design.columns { sum.add(-coefficients[j], times: design.elements[i + j * design.rows]) }
      return sum.doubleValue
    }
  }

  private func norm(_ elements: [Double], from start: Int, count: Int) -> Double {
    var largest = 0.0
    for i in 0..<count { largest = max(largest, abs(elements[start + i])) }
    guard largest > 0 else { return 0 }
    var sum = 0.0
    for i in 0..<count {
      let part = elements[start + i] / largest
      sum += part * part
    }
    return largest * sum.squareRoot()
  }
}

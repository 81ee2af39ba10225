internal import ForesightNumerics
internal import RealModule

/// A ridge autoregression on a few recent and seasonal lags, as one of the gate's candidates.
enum GateAutoregression {
  /// The forecasts of the periods after an origin, in units, within half a range of the data; `nil` if there are too few values.
  ///
  /// The lags and the shrinkage are those of `RidgeAutoregression`, the intercept with them.
  static func forecasts(_ subject: GateSubject, origin n: Int, horizon: Int) -> [Double]? {
    let m = subject.cycle
    var lags = lags(subject, origin: n)
    if n - (lags.last ?? 1) < max(2 * m, 3 * lags.count) { lags = m > 1 ? [1, m] : [1] }
    let longest = lags.last ?? 1
    let rows = n - longest
    guard rows >= 6 else { return nil }
    let x = subject.values[..<n]
    let center = x.reduce(0, +) / Double(n)
    var squares = 0.0
    for value in x { squares += (value - center) * (value - center) }
    let unit = (squares / Double(n)).squareRoot() + 1e-12
    let z = x.map { ($0 - center) / unit }
    let centers = lags.map { lag -> Double in
      guard lags.contains(subject.longer), subject.longer > 0 else { return lag == m ? 1 : 0 }
      return lag == m || lag == subject.longer ? 0.5 : 0
    }
    guard
      let slopes = coefficients(
        z, lags: lags, centers: centers, halfLife: max(14 * Double(m), 0.5 * Double(n)))
    else { return nil }
    var window = Array(z.suffix(longest))
    window.reserveCapacity(longest + horizon)
    for _ in 0..<horizon {
      var next = slopes[lags.count]
      for (place, lag) in lags.enumerated() { next += slopes[place] * window[window.count - lag] }
      // A path that runs away is stopped before its numbers overflow.
      window.append(min(max(next, -1e6), 1e6))
    }
    let low = z.min() ?? 0
    let high = z.max() ?? 0
    let room = 0.5 * (high - low)
    return window.suffix(horizon).map { center + unit * min(max($0, low - room), high + room) }
  }

  private static func lags(_ subject: GateSubject, origin n: Int) -> [Int] {
    let m = subject.cycle
    var set: Set<Int> = [1, 2, 3, m - 1, m, m + 1, 2 * m]
    if n > 5 * m { set.insert(3 * m) }
    let longer = subject.longer
    if longer > 0, n >= 2 * longer + m { set.formUnion([longer - 1, longer, longer + 1]) }
    return set.filter { $0 >= 1 }.sorted()
  }

  /// The coefficients of the lags and the intercept: XᵀWX and XᵀWr by BLAS.
  private static func coefficients(
    _ z: [Double], lags: [Int], centers: [Double], halfLife: Double
  ) -> [Double]? {
    let n = z.count
    let longest = lags.last ?? 1
    let rows = n - longest
    let size = lags.count + 1
    var design: [Double] = []
    design.reserveCapacity(rows * (size + 1))
    for lag in lags { design.append(contentsOf: z[(longest - lag)..<(n - lag)]) }
    design.append(contentsOf: repeatElement(1, count: rows))
    var rest = Array(z[longest...])
    for (place, center) in centers.enumerated() where center != 0 {
      for t in 0..<rows { rest[t] -= center * design[place * rows + t] }
    }
    design.append(contentsOf: rest)
    let decay = Double.exp2(-0.5 / halfLife)
    var roots = [Double](repeating: 1, count: rows)
    for t in (0..<(rows - 1)).reversed() { roots[t] = roots[t + 1] * decay }
    for column in 0...size { for t in 0..<rows { design[column * rows + t] *= roots[t] } }
    let weighted = Matrix(rows: rows, columns: size + 1, columnMajor: design)
    var gram = Matrix(rows: size + 1, columns: size + 1)
    gram.addProduct(transposing: weighted, weighted)
    var drawn = Matrix(rows: size, columns: size)
    var trace = 0.0
    for i in 0..<size {
      trace += gram[i, i]
      for j in 0..<size { drawn[i, j] = 0.5 * (gram[i, j] + gram[j, i]) }
    }
    for i in 0..<size { drawn[i, i] += 0.03 * trace / Double(size) + 1e-9 }
    guard let factor = try? Cholesky(drawn),
      let change = try? factor.solve((0..<size).map { gram[$0, size] })
    else { return nil }
    return (0..<size).map { $0 < centers.count ? centers[$0] + change[$0] : change[$0] }
  }
}

internal import ForesightNumerics
internal import RealModule

/// The lags of a ridge autoregression and the coefficients that they are drawn to.
struct RidgeLags: Sendable, Hashable, Codable {
  /// In ascending order.
  let lags: [Int]
  /// The coefficient that each is drawn to.
  let centers: [Double]
  /// The shortest cycle.
  let cycle: Int

  /// The lags for cycles, of which the first counts and a longer one where a series of `count` values repeats it.
  ///
  /// A series of few cycles has fewer of them: no lag reaches over more than half of it, and those that reach beyond a cycle leave
  /// two cycles of equations.
  init(cycles: [Int], count: Int) {
    let m = cycles.first ?? 1
    cycle = m
    var set: Set<Int> = [1, 2, 3, m - 1, m, m + 1]
    if count >= 4 * m { set.insert(2 * m) }
    if count > 5 * m { set.insert(3 * m) }
    let longer = cycles.dropFirst().first { count >= 2 * $0 + m }
    if let longer { set.formUnion([longer - 1, longer, longer + 1]) }
    let kept = set.filter { $0 >= 1 && 2 * $0 <= max(count, 2) }.sorted()
    lags = kept
    let whole = kept.contains(m) ? m : 1
    centers = kept.map { lag in
      guard let longer else { return lag == whole ? 1 : 0 }
      return lag == m || lag == longer ? 0.5 : 0
    }
  }

  /// The periods that a prediction looks back over.
  var longest: Int { lags.last ?? 1 }
}

/// The coefficients of a ridge autoregression of values in units of their standard deviation.
struct RidgeEstimate: Sendable {
  let lags: RidgeLags
  let coefficients: [Double]
  let intercept: Double
  /// The mean and standard deviation that the values are measured by.
  let center: Double
  let unit: Double
  /// The weighted mean square of the residuals over their degrees of freedom.
  let variance: Double
  let degreesOfFreedom: Double
  /// The least and largest value, in units.
  let range: ClosedRange<Double>

  /// The estimate for values in which NaN is missing; `nil` if they are too few.
  init?(_ values: [Double], lags: RidgeLags) {
    let observed = values.filter { !$0.isNaN }
    guard !observed.isEmpty else { return nil }
    let mean = observed.reduce(0, +) / Double(observed.count)
    let spread = (observed.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(observed.count)).squareRoot()
    self.lags = lags
    center = mean
    // A constant has a unit too.
    let unit = spread > 0 ? spread : max(abs(mean), 1)
    self.unit = unit
    let x = values.map { ($0 - mean) / unit }
    let units = observed.map { ($0 - mean) / unit }
    range = (units.min() ?? 0)...(units.max() ?? 0)

    let first = lags.longest
    let n = values.count
    let k = lags.lags.count + 1
    let rows = (min(first, n)..<n).filter { t in !x[t].isNaN && lags.lags.allSatisfy { !x[t - $0].isNaN } }
    guard rows.count >= 3 else { return nil }
    let halfLife = max(14 * Double(lags.cycle), Double(n) / 2)
    var gram = [Double](repeating: 0, count: k * k)
    var product = [Double](repeating: 0, count: k)
    var total = 0.0
    var squaredWeights = 0.0
    var row = [Double](repeating: 1, count: k)
    let decay = Double.exp2(-1 / halfLife)
    let weights = RidgeEstimate.powers(of: decay, count: n)
    for t in rows {
      let weight = weights[n - 1 - t]
      var rest = x[t]
      for (place, lag) in lags.lags.enumerated() {
        row[place] = x[t - lag]
        rest -= lags.centers[place] * row[place]
      }
      total += weight
      squaredWeights += weight * weight
      for i in 0..<k {
        let weighted = weight * row[i]
        product[i] += weighted * rest
        for j in 0...i { gram[j * k + i] += weighted * row[j] }
      }
    }
    var trace = 0.0
    for i in 0..<k {
      trace += gram[i * k + i]
      for j in 0..<i { gram[i * k + j] = gram[j * k + i] }
    }
    let ridge = 0.03 * trace / Double(k)
    var drawn = Matrix(rows: k, columns: k, columnMajor: gram)
    for i in 0..<k { drawn[i, i] += ridge }
    guard let factor = try? Cholesky(drawn), let change = try? factor.solve(product),
      let inverse = try? factor.inverse()
    else { return nil }
    coefficients = lags.centers.indices.map { lags.centers[$0] + change[$0] }
    let intercept = change[k - 1]
    self.intercept = intercept
    var squares = 0.0
    for t in rows {
      var residual = x[t] - intercept
      for (place, lag) in lags.lags.enumerated() { residual -= coefficients[place] * x[t - lag] }
      squares += weights[n - 1 - t] * residual * residual
    }
    // The coefficients use up the trace of X(XᵀWX + λI)⁻¹XᵀW of the degrees of freedom.
    let used = Double(k) - ridge * (0..<k).reduce(0) { $0 + inverse[$1, $1] }
    let effective = total * total / squaredWeights
    let freedom = max(effective - used, 1)
    degreesOfFreedom = freedom
    variance = squares / total * effective / freedom
    guard variance.isFinite, coefficients.allSatisfy(\.isFinite), intercept.isFinite else { return nil }
  }

  private static func powers(of base: Double, count: Int) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(count)
    var power = 1.0
    for _ in 0..<count {
      result.append(power)
      power *= base
    }
    return result
  }
}

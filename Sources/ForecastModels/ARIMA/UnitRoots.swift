internal import ForesightNumerics
internal import RealModule

/// Tests that choose the numbers of differences.
enum UnitRoots {
  /// The KPSS statistic for level stationarity, with Bartlett weights up to lag ⌊3√n/13⌋.
  ///
  /// D. Kwiatkowski, P. Phillips, P. Schmidt and Y. Shin, *J. Econometrics* 54 (1992) 159–178,
  /// doi:10.1016/0304-4076(92)90104-Y.
  static func kpss(_ values: [Double]) -> Double {
    let n = values.count
    guard n > 1 else { return 0 }
    let mean = values.reduce(0, +) / Double(n)
    let e = values.map { $0 - mean }
    var sum = 0.0
    var eta = 0.0
    var spread = 0.0
    for x in e {
      sum += x
      eta += sum * sum
      spread += x * x
    }
    guard spread > 0 else { return 0 }
    let lags = Int(3 * Double(n).squareRoot() / 13)
    var long = spread
    for lag in 1..<max(lags + 1, 1) {
      var product = 0.0
      for t in lag..<n { product += e[t] * e[t - lag] }
      long += 2 * (1 - Double(lag) / Double(lags + 1)) * product
    }
    return long > 0 ? eta / (Double(n) * long) : 0
  }

  /// The number of first differences until the test no longer rejects level stationarity at 5% (0.463), at most `limit`.
  static func differences(_ values: [Double], limit: Int) -> Int {
    var x = values
    var d = 0
    while d < limit, x.count > 3, !isConstant(x), kpss(x) > 0.463 {
      let next = ARIMASample.difference(x, 1, seasonal: 0, period: 1)
      d += 1
      x = next
    }
    return d
  }

  /// The strength of the season, 1 − var(remainder)/var(remainder + season) of `STL`, from 0 to 1.
  ///
  /// Missing values are NaN. Without two cycles, or if a position of the cycle is never observed, the strength is 0 (X. Wang, K. Smith
  /// and R. Hyndman, *Data Min. Knowl. Discov.* 13 (2006) 335–364, doi:10.1007/s10618-005-0039-x).
  static func seasonalStrength(_ values: [Double], period: Int) -> Double {
    guard period > 1, values.count > 2 * period else { return 0 }
    var isSeen = [Bool](repeating: false, count: period)
    for (t, x) in values.enumerated() where !x.isNaN { isSeen[t % period] = true }
    guard isSeen.allSatisfy({ $0 }) else { return 0 }
    let parts = STL().parts(of: values, period: period)
    var remainder: [Double] = []
    var detrended: [Double] = []
    for (t, x) in values.enumerated() where !x.isNaN {
      detrended.append(x - parts.trend[t])
      remainder.append(x - parts.trend[t] - parts.seasonal[t])
    }
    let whole = variance(detrended)
    guard whole > 0 else { return 0 }
    let strength = 1 - variance(remainder) / whole
    return strength.isFinite ? min(max(strength, 0), 1) : 0
  }

  /// The number of seasonal differences, 0 or 1, by a test.
  ///
  /// The test is the strength of the season above 0.64, as in R's `nsdiffs`, or a seasonal unit root that is not rejected. If the series is too short for the test, the strength decides.
  ///
  /// - Parameters:
  ///   - values: The values, with missing ones filled.
  ///   - gaps: The positions of the missing ones, which the strength leaves out.
  static func seasonalDifferences(
    _ values: [Double], gaps: [Int] = [], period: Int, by test: SeasonalTest
  ) -> Int {
    guard !isConstant(values) else { return 0 }
    if test == .ocsb, let isPresent = SeasonalUnitRoot(values: values, period: period).isPresent {
      return isPresent ? 1 : 0
    }
    var seen = values
    for t in gaps { seen[t] = .nan }
    return seasonalStrength(seen, period: period) > 0.64 ? 1 : 0
  }

  /// Whether a mean of zero fits values: the mean is within two standard errors of zero.
  ///
  /// The standard error counts n(1 − r)/(1 + r) values, with r the autocorrelation at lag 1, from 0 to 0.95.
  static func mayHaveZeroMean(_ values: [Double]) -> Bool {
    let n = Double(values.count)
    guard n > 1 else { return true }
    let mean = values.reduce(0, +) / n
    var squares = 0.0
    var products = 0.0
    for (t, x) in values.enumerated() {
      squares += (x - mean) * (x - mean)
      if t > 0 { products += (x - mean) * (values[t - 1] - mean) }
    }
    let r = squares > 0 ? min(max(products / squares, 0), 0.95) : 0
    return mean * mean <= 4 * squares / (n - 1) / n * (1 + r) / (1 - r)
  }

  static func isConstant(_ values: [Double]) -> Bool { values.allSatisfy { $0 == values[0] } }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    var sum = 0.0
    for x in values { sum += (x - mean) * (x - mean) }
    return sum / Double(max(values.count - 1, 1))
  }
}

/// How the number of seasonal differences is chosen.
public enum SeasonalTest: String, Sendable, Hashable, Codable, CaseIterable {
  /// One difference if the strength of the season exceeds 0.64.
  case strength
  /// One difference if the test of Osborn, Chui, Smith and Birchenhall does not reject a seasonal unit root at 5%.
  case ocsb
}

/// The regression of the test for a seasonal unit root.
///
/// With x the series, m the period and λ(B) an autoregression fitted to (1 − B)(1 − B^m)x_t first,
///
///     (1 − B)(1 − B^m)x_t = Σ a_i (1 − B)(1 − B^m)x_{t−i} + π₁ λ(B)(1 − B^m)x_{t−1} + π₂ λ(B)(1 − B)x_{t−m} + ε_t
///
/// and the statistic is the t ratio of π₂ (D. R. Osborn, A. P. L. Chui, J. P. Smith and C. R. Birchenhall, *Oxford Bull. Econ.
/// Stat.* 50 (1988) 361–377, doi:10.1111/j.1468-0084.1988.mp50004002.x).
struct SeasonalUnitRoot {
  let values: [Double]
  let period: Int

  /// Whether a seasonal unit root is not rejected at 5%, with up to three lags chosen by Akaike's criterion.
  ///
  /// `nil` if the series is too short for the regression or has no variation left.
  var isPresent: Bool? {
    let fits = (0...3).compactMap { fit(lags: $0, omitting: 3) }
    guard let best = fits.enumerated().min(by: { $0.element.criterion < $1.element.criterion }) else {
      return nil
    }
    return statistic(lags: best.element.lags).map { $0 > SeasonalUnitRoot.criticalValue(period: period) }
  }

  /// The t ratio of π₂ with a number of lags; `nil` if the regression is not determined.
  func statistic(lags: Int) -> Double? { fit(lags: lags, omitting: lags)?.ratio }

  /// The 5% critical value without trend, as a function of the period, from simulations under the null hypothesis.
  ///
  /// This is the response surface of R's `forecast` 8.20; the tests compare it with independent simulations.
  static func criticalValue(period: Int) -> Double {
    let distance = Double.log(Double(period)) - 0.7656451
    return -0.2937411 * Double.exp(-0.2850853 * distance - 0.05983644 * distance * distance) - 1.652202
  }

  private struct Fit {
    var lags: Int
    var ratio: Double
    var criterion: Double
  }

  /// The regression with `lags` lags, without the first `omitting` values after differencing.
  private func fit(lags: Int, omitting: Int) -> Fit? {
    let seasonal = ARIMASample.difference(values, 0, seasonal: 1, period: period)
    let plain = ARIMASample.difference(values, 1, seasonal: 0, period: 1)
    let both = ARIMASample.difference(values, 1, seasonal: 1, period: period)
    guard values.count > 2 * period + omitting + lags + 4 else { return nil }
    // λ(B) by least squares on the lags.
    var filter: [Double] = []
    if lags > 0 {
      let rows = (max(lags, omitting)..<both.count).map { t in (1...lags).map { both[t - $0] } }
      guard let solution = SeasonalUnitRoot.solve(rows, Array(both[max(lags, omitting)...])) else {
        return nil
      }
      filter = solution.coefficients
    }
    /// λ(B)z, NaN where lags reach before the start.
    func filtered(_ z: [Double]) -> [Double] {
      z.indices.map { t in
        guard t >= filter.count else { return .nan }
        return filter.enumerated().reduce(z[t]) { $0 - $1.element * z[t - $1.offset - 1] }
      }
    }
    let level = filtered(seasonal)
    let season = filtered(plain)
    // `both` begins at period + 1 of the values, `seasonal` at period, `plain` at 1.
    var rows: [[Double]] = []
    var response: [Double] = []
    for t in max(lags, omitting)..<both.count {
      let time = t + period + 1
      let row =
        (0..<lags).map { both[t - $0 - 1] } + [level[time - 1 - period], season[time - period - 1]]
      guard row.allSatisfy({ !$0.isNaN }) else { continue }
      rows.append(row)
      response.append(both[t])
    }
    guard let solution = SeasonalUnitRoot.solve(rows, response) else { return nil }
    let error = solution.standardErrors[lags + 1]
    guard error > 0 else { return nil }
    let n = Double(rows.count)
    return Fit(
      lags: lags, ratio: solution.coefficients[lags + 1] / error,
      criterion: n * Double.log(solution.residualSumOfSquares / n) + 2 * Double(lags))
  }

  private static func solve(_ rows: [[Double]], _ response: [Double]) -> LeastSquaresSolution? {
    guard let width = rows.first?.count, rows.count > width else { return nil }
    var design = Matrix(rows: rows.count, columns: width, repeating: 0)
    for (i, row) in rows.enumerated() { for (j, x) in row.enumerated() { design[i, j] = x } }
    guard let solution = try? LeastSquares().solve(design, response), solution.isFullRank else { return nil }
    return solution
  }
}

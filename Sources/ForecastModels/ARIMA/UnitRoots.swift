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

  /// The strength of the season, 1 − var(remainder)/var(remainder + season), from 0 to 1.
  ///
  /// The trend is a centered moving average over a cycle, the season the means of what is left (X. Wang, K. Smith and R. Hyndman,
  /// *Data Min. Knowl. Discov.* 13 (2006) 335–364, doi:10.1007/s10618-005-0039-x).
  static func seasonalStrength(_ values: [Double], period: Int) -> Double {
    let n = values.count
    guard period > 1, n >= 2 * period + period % 2 else { return 0 }
    let half = period / 2
    var rest: [Double] = []
    for t in half..<(n - half) {
      var sum = 0.0
      for k in -half...half { sum += (abs(k) == half && period % 2 == 0 ? 0.5 : 1) * values[t + k] }
      rest.append(values[t] - sum / Double(period))
    }
    var sums = [Double](repeating: 0, count: period)
    var counts = sums
    for (t, x) in rest.enumerated() {
      sums[t % period] += x
      counts[t % period] += 1
    }
    var remainder = rest
    for t in rest.indices { remainder[t] -= sums[t % period] / counts[t % period] }
    let whole = variance(rest)
    guard whole > 0 else { return 0 }
    return min(max(1 - variance(remainder) / whole, 0), 1)
  }

  /// The number of seasonal differences, 0 or 1: by the strength of the season above 0.64, as in R's `nsdiffs`, or by a
  /// seasonal unit root that is not rejected. If the series is too short for the test, the strength decides.
  static func seasonalDifferences(_ values: [Double], period: Int, by test: SeasonalTest) -> Int {
    guard !isConstant(values) else { return 0 }
    if test == .ocsb, let isPresent = SeasonalUnitRoot(values: values, period: period).isPresent {
      return isPresent ? 1 : 0
    }
    return seasonalStrength(values, period: period) > 0.64 ? 1 : 0
  }

  static func isConstant(_ values: [Double]) -> Bool { values.allSatisfy { $0 == values[0] } }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(max(values.count, 1))
    var sum = 0.0
    for x in values { sum += (x - mean) * (x - mean) }
    return sum / Double(max(values.count - 1, 1))
  }
}

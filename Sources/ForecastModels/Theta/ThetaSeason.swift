internal import RealModule

/// The seasonal indices of a classical decomposition, or none.
struct ThetaSeason: Sendable, Hashable, Codable {
  /// Whether indices multiply; else they add.
  let isMultiplicative: Bool
  /// One index a period of the cycle, from the first period fitted on; empty without season.
  let indices: [Double]
  /// The standard error of each index, from the scatter of the cycles.
  let errors: [Double]

  /// No season.
  static let none = ThetaSeason(isMultiplicative: false, indices: [], errors: [])

  /// The index of a period counted from the first fitted.
  func index(_ time: Int) -> Double {
    indices.isEmpty ? (isMultiplicative ? 1 : 0) : indices[time % indices.count]
  }

  /// A value without its season.
  func adjusted(_ value: Double, at time: Int) -> Double {
    isMultiplicative ? value / index(time) : value - index(time)
  }

  /// An adjusted value with the season put back.
  func seasonal(_ value: Double, at time: Int) -> Double {
    isMultiplicative ? value * index(time) : value + index(time)
  }
}

/// The test for a season and the classical decomposition, over values in which NaN is missing.
struct ThetaDecomposition {
  let values: [Double]
  let period: Int

  /// Whether the autocorrelation at the seasonal lag exceeds so many of its standard errors, by Bartlett's formula.
  ///
  /// |r_m| > z √((1 + 2Σ_{k<m} r_k²)/n); missing values leave their products out. Cost: O(nm).
  func hasSeason(beyond z: Double) -> Bool {
    var count = 0.0
    var sum = 0.0
    for y in values where !y.isNaN {
      sum += y
      count += 1
    }
    guard period > 1, values.count > 2 * period, count > Double(2 * period) else { return false }
    let mean = sum / count
    let centred = values.map { $0.isNaN ? 0 : $0 - mean }
    let total = product(centred, lag: 0)
    guard total > 0 else { return false }
    var spread = 1.0
    for lag in 1..<period {
      let r = product(centred, lag: lag) / total
      spread += 2 * r * r
    }
    return abs(product(centred, lag: period) / total) > z * (spread / count).squareRoot()
  }

  private func product(_ x: [Double], lag: Int) -> Double {
    var sum = 0.0
    for t in lag..<x.count { sum += x[t] * x[t - lag] }
    return sum
  }

  /// The indices: means over the cycles of values against their centred moving average, normalised.
  ///
  /// `shrinkage` draws the indices together by so many times the share of noise in their variance (D. M. Miller and
  /// D. Williams, *Int. J. Forecasting* 19 (2003) 669–684, doi:10.1016/S0169-2070(02)00077-8). `nil` where some period of
  /// the cycle is never seen against an average, or an index is no safe divisor.
  func season(isMultiplicative: Bool, shrinkage: Double) -> ThetaSeason? {
    let n = values.count
    let half = period / 2
    var sums = [Double](repeating: 0, count: period)
    var squares = [Double](repeating: 0, count: period)
    var counts = [Double](repeating: 0, count: period)
    let isEven = period.isMultiple(of: 2)
    for t in half..<(n - half) where !values[t].isNaN {
      var average = 0.0
      for k in (t - half)...(t + half) {
        let share = isEven && (k == t - half || k == t + half) ? 0.5 : 1.0
        average += share * values[k]
      }
      average /= Double(period)
      // A window with a missing value has no average.
      guard !average.isNaN else { continue }
      let figure = isMultiplicative ? values[t] / average : values[t] - average
      sums[t % period] += figure
      squares[t % period] += figure * figure
      counts[t % period] += 1
    }
    guard counts.allSatisfy({ $0 > 0 }) else { return nil }
    var indices = (0..<period).map { sums[$0] / counts[$0] }
    var scatter = 0.0
    var freedom = 0.0
    for k in 0..<period {
      scatter += max(squares[k] - counts[k] * indices[k] * indices[k], 0)
      freedom += counts[k] - 1
    }
    let mean = indices.reduce(0, +) / Double(period)
    indices = indices.map { isMultiplicative ? $0 / mean : $0 - mean }
    let spread = freedom > 0 ? (scatter / freedom).squareRoot() : 0
    let still = isMultiplicative ? 1.0 : 0.0
    let noise = counts.reduce(0) { $0 + spread * spread / $1 } / Double(period)
    let total = indices.reduce(0) { $0 + ($1 - still) * ($1 - still) } / Double(period - 1)
    let drawn = total > 0 ? min(shrinkage * noise / max(total, noise), 1) : 0
    indices = indices.map { $0 + drawn * (still - $0) }
    guard indices.allSatisfy({ isMultiplicative ? $0 > 0.01 : $0.isFinite }) else { return nil }
    return ThetaSeason(
      isMultiplicative: isMultiplicative, indices: indices, errors: counts.map { spread / $0.squareRoot() })
  }
}

/// How the parameters of a theta model and its season are estimated.
public enum ThetaEstimation: String, Sendable, Hashable, Codable, CaseIterable {
  /// Least squares; a season is taken out as it is measured, where the 90 per cent test finds one.
  case leastSquares = "least-squares"
  /// Least squares with 1 − 1/θ drawn a third of the way to ½; a season is taken out where its autocorrelation exceeds
  /// one standard error, its indices drawn together by one and a half times the share of noise in their variance.
  ///
  /// The three figures are those of rolling origins inside the training parts of the M3 series.
  case shrinkage

  var limits: ThetaLimits { self == .leastSquares ? .leastSquares : .shrinkage }
  var seasonalBand: Double { self == .leastSquares ? 1.645 : 1 }
  var seasonalShrinkage: Double { self == .leastSquares ? 0 : 1.5 }
}

/// How a season is taken out before a theta model is fitted.
public enum ThetaAdjustment: String, Sendable, Hashable, Codable, CaseIterable {
  /// By multiplication where all values are positive, else by addition; only where the test finds a season.
  case automatic
  /// By multiplication, where the test finds a season.
  case multiplicative
  /// By addition, where the test finds a season.
  case additive
  /// Not at all.
  case none
}

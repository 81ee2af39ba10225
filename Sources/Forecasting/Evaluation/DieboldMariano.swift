internal import ForesightNumerics

/// The Diebold–Mariano test of equal accuracy of two forecasts, with a small-sample correction.
///
/// With d_t the difference of losses and V̂ the long-run variance over h − 1 lags, DM = d̄/√(V̂/n) is multiplied by
/// √((n + 1 − 2h + h(h − 1)/n)/n) and compared with Student's t with n − 1 degrees of freedom (Diebold and Mariano,
/// Journal of Business & Economic Statistics 13, 1995; Harvey, Leybourne and Newbold, International Journal of
/// Forecasting 13, 1997, eq. 9).
public struct DieboldMariano: Sendable, Hashable, Codable {
  /// The estimator of the long-run variance.
  public enum Variance: String, Sendable, Hashable, Codable {
    /// Equal weights on the first h − 1 autocovariances, as originally proposed; if the estimate is not positive, h = 1 is used.
    case rectangular
    /// Bartlett weights 1 − k/h, never negative (Newey and West).
    case bartlett
  }

  /// The mean of the first loss minus the second; negative if the first forecast is better.
  public let meanDifference: Double
  /// The corrected statistic.
  public let statistic: Double
  /// The two-sided p value of Student's t with n − 1 degrees of freedom.
  public let pValue: Double
  /// The number of loss differences.
  public let count: Int
  /// The h that was used: the number of lags plus one.
  public let horizon: Int
  /// The estimator of the long-run variance that was used.
  public let variance: Variance

  /// Tests two lists of losses of h-step forecasts, in time order.
  ///
  /// Cost: O(n h).
  ///
  /// - Throws: `ForecastError.invalidOption` for lists of different length and a horizon below 1, `.tooFewObservations` for h
  ///   losses or fewer, `.constantSeries` if the difference of the losses does not vary, `.numerics` for a loss that is not finite.
  public init(
    _ first: [Double], _ second: [Double], horizon: Int = 1, variance: Variance = .rectangular
  ) throws(ForecastError) {
    let name = "Diebold–Mariano test"
    guard horizon >= 1 else {
      throw .invalidOption(name: "horizon", value: "\(horizon)", reason: "must be at least 1 step")
    }
    guard first.count == second.count else {
      throw .invalidOption(
        name: name, value: "\(second.count) losses",
        reason: "must be as many as the \(first.count) of the other forecast")
    }
    let d = zip(first, second).map { $0 - $1 }
    if let bad = d.firstIndex(where: { !$0.isFinite }) {
      throw .numerics(model: name, series: "loss differences", .nonFinite(row: bad, column: 0))
    }
    let n = d.count
    guard n > max(1, horizon) else {
      throw .tooFewObservations(
        model: name, series: "losses", needed: horizon == .max ? .max : horizon + 1, found: n)
    }
    let size = Double(n)
    let mean = d.reduce(0, +) / size
    func autocovariance(_ lag: Int) -> Double {
      var sum = 0.0
      for t in lag..<n { sum += (d[t] - mean) * (d[t - lag] - mean) }
      return sum / size
    }
    let own = autocovariance(0)
    guard own.isFinite else {
      throw .numerics(model: name, series: "loss differences", .nonFinite(row: 0, column: 0))
    }
    guard own > 0 else { throw .constantSeries(model: name, series: "loss differences") }
    var h = horizon
    var longRun = own
    for lag in 1..<max(1, h) {
      let weight = variance == .bartlett ? 1 - Double(lag) / Double(h) : 1
      longRun += 2 * weight * autocovariance(lag)
    }
    if longRun <= 0 {
      h = 1
      longRun = own
    }
    let k = Double(h)
    let correction = ((size + 1 - 2 * k + k * (k - 1) / size) / size).squareRoot()
    meanDifference = mean
    statistic = correction * mean / (longRun / size).squareRoot()
    do throws(NumericsError) {
      pValue = 2 * (try StudentT(degreesOfFreedom: size - 1)).cdf(-abs(statistic))
    } catch {
      throw .numerics(model: name, series: "loss differences", error)
    }
    count = n
    self.horizon = h
    self.variance = variance
  }
}

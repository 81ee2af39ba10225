internal import Forecasting
internal import Synchronization

/// What is said of a fit whose search ended short of an optimum.
func shortfallNote(_ shortfall: String) -> String {
  "The search for the parameters ended short of an optimum: \(shortfall)"
}

/// A forecaster whose fits that ended short of an optimum are remembered by the series' name.
struct WatchedForecaster<Base: Forecaster>: Forecaster {
  let base: Base
  let shortfalls: Shortfalls

  var name: String { base.name }

  func fit(_ series: TimeSeries) throws(ForecastError) -> Base.Fitted {
    let fit = try base.fit(series)
    if let shortfall = fit.summary.shortfall { shortfalls.add(shortfall, of: series.name) }
    return fit
  }
}

/// The fits that ended short of an optimum, written from any thread.
final class Shortfalls: Sendable {
  private let found = Mutex<[String: String]>([:])

  func add(_ shortfall: String, of series: String) { found.withLock { $0[series] = shortfall } }

  /// What there is of a series, which is then forgotten.
  func take(_ series: String) -> String? { found.withLock { $0.removeValue(forKey: series) } }
}

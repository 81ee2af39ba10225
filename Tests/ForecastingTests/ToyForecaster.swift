import Forecasting
import ForesightNumerics

/// The last per-period value with a fixed normal error: simple enough to score by hand.
struct LastValue: Forecaster {
  var name = "Last value"
  var deviation = 1.0
  var failsAfter: Period?
  var offset = 0.0

  func fit(_ series: TimeSeries) throws(ForecastError) -> FittedLastValue {
    if let failsAfter, series.end > failsAfter {
      throw .constantSeries(model: name, series: series.name)
    }
    return FittedLastValue(
      name: name, series: series, level: try level(of: series), deviation: deviation, offset: offset)
  }

  func level(of series: TimeSeries) throws(ForecastError) -> Double {
    guard let last = series.observations.last(where: { $0.value != nil }), let value = last.value else {
      throw .tooFewObservations(model: name, series: series.name, needed: 1, found: 0)
    }
    return series.rule == .sum ? value / Double(last.span.count) : value
  }
}

/// A level that is held or updated.
struct FittedLastValue: FittedForecaster {
  let name: String
  let series: TimeSeries
  let level: Double
  let deviation: Double
  let offset: Double
  var updates = 0

  var fitted: [Double?] { series.values.map { _ in level } }
  var summary: FitSummary { FitSummary(model: name, of: series) }

  func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    var scale = Matrix(rows: horizon, columns: horizon, repeating: 0)
    for i in 0..<horizon { scale[i, i] = deviation * deviation }
    let location = [Double](repeating: level + offset, count: horizon)
    do throws(NumericsError) {
      return try JointStudentT(location: location, scale: scale)
    } catch {
      throw .numerics(model: name, series: series.name, error)
    }
  }

  func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedLastValue {
    FittedLastValue(
      name: name, series: series, level: level, deviation: deviation, offset: offset, updates: updates + 1)
  }
}

/// A model whose fit cannot hold its parameters.
struct Unyielding: Forecaster {
  var name: String { "Unyielding" }

  func fit(_ series: TimeSeries) throws(ForecastError) -> Fitted {
    Fitted(inner: try LastValue().fit(series))
  }

  struct Fitted: FittedForecaster {
    let inner: FittedLastValue
    var name: String { "Unyielding" }
    var series: TimeSeries { inner.series }
    var fitted: [Double?] { inner.fitted }
    var summary: FitSummary { inner.summary }
    func distribution(
      _ horizon: Int, regressors: Regressors?
    ) throws(ForecastError) -> any PredictiveDistribution {
      try inner.distribution(horizon, regressors: regressors)
    }
  }
}

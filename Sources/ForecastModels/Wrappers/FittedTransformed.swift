public import Forecasting

/// A model fitted to a transformed series.
public struct FittedTransformed<Base: FittedForecaster>: FittedForecaster {
  /// The transformation with the model's name.
  public let name: String
  /// The series that was fitted, on its own scale.
  public let series: TimeSeries
  /// The transformation.
  public let transform: SeriesTransform
  /// The model fitted to the transformed series.
  public let base: Base

  /// The model's fitted values mapped back: medians where the model's are.
  public var fitted: [Double?] { base.fitted.map { $0.map { transform.inverse($0) } } }

  /// The log-likelihood on the scale of y, `nil` where the model has none.
  public var logLikelihood: Double? { base.summary.logLikelihood.map { $0 + logJacobian } }

  /// Whether the model inside has converged.
  public var hasConverged: Bool { base.hasConverged }

  /// The model's summary on the scale of y; coefficients are those of the transformed scale.
  public var summary: FitSummary {
    var summary = base.summary
    summary.model = name
    summary.unit = series.unit
    summary.logLikelihood = logLikelihood
    summary.aic = summary.aic.map { $0 - 2 * logJacobian }
    summary.aicc = summary.aicc.map { $0 - 2 * logJacobian }
    summary.bic = summary.bic.map { $0 - 2 * logJacobian }
    if case .boxCox(let lambda) = transform {
      summary.facts.insert(FitSummary.Fact(name: "λ", value: lambda), at: 0)
    }
    summary.notes.append("coefficients and residual error belong to the transformed scale")
    return summary
  }

  private var logJacobian: Double {
    series.observations.reduce(0) { $0 + ($1.value.map { transform.logDerivative($0) } ?? 0) }
  }

  /// The joint distribution of the next base periods, mapped back.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    TransformedDistribution(
      base: try base.distribution(horizon, regressors: regressors), transform: transform)
  }

  /// The seed of the model inside.
  public var seed: UInt64 { base.seed }

  /// Whether the model inside uses external variables.
  public var usesRegressors: Bool { base.usesRegressors }
}

extension FittedTransformed {
  /// Whether the model inside follows them.
  public var followsObservations: Bool { base.followsObservations }

  /// What the model inside takes.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { base.valuesTaken(from: series) }

  /// The model's state on later data, its parameters and the transformation held.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedTransformed {
    FittedTransformed(
      name: name, series: series, transform: transform,
      base: try base.updated(to: try series.transformed(by: transform, for: name), regressors: regressors))
  }

  /// The model inside with later observations taken in, transformed, at its own cost.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> FittedTransformed {
    let whole = try series.appending(observations)
    let later = try whole.slice(from: series.end + 1)?.transformed(by: transform, for: name)
    return FittedTransformed(
      name: name, series: whole, transform: transform,
      base: try base.appending(later?.observations ?? [], regressors: regressors))
  }
}

extension FittedTransformed: Codable, SavedFit where Base: Codable {
  static var envelopes: [ModelEnvelope] { [ModelEnvelope("foresight.transformed", version: 1)] }

  /// The transformation, the end of the series and the model inside.
  var saved: SavedFields {
    [
      "name": name, "series": series.tail(cycle: series.seasonalPeriod), "transform": transform,
      "base": base,
    ]
  }

  init(_ saved: SavedReader) throws {
    name = try saved.name
    series = try saved.series
    transform = try saved.transform
    base = try saved.base
  }

  func requireSound() throws(UnsoundFit) {
    try require(transform.hasMean, "transform", "is a power below 0, whose forecasts have no mean")
    try require(base.series.end == series.end, "base", "does not end with the series")
    let values = series.observations.compactMap(\.value)
    try require(
      values.allSatisfy { transform.forward($0) != nil }, "series", "has a value without a transform")
  }
}

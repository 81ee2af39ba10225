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
  public func forecast(_ horizon: Int) -> Forecast {
    let own = base.forecast(horizon)
    return Forecast(
      model: name, series: series,
      distribution: TransformedDistribution(base: own.distribution, transform: transform), seed: own.seed)
  }
}

extension FittedTransformed: UpdatableForecaster where Base: UpdatableForecaster {
  /// Whether the model inside follows them.
  public var followsObservations: Bool { base.followsObservations }

  /// What the model inside takes.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { base.valuesTaken(from: series) }

  /// The model's state on later data, its parameters and the transformation held.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedTransformed {
    FittedTransformed(
      name: name, series: series, transform: transform,
      base: try base.updated(to: try series.transformed(by: transform, for: name)))
  }

  /// The model inside with later observations taken in, transformed, at its own cost.
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedTransformed {
    let whole = try series.appending(observations)
    let later = try whole.slice(from: series.end + 1)?.transformed(by: transform, for: name)
    return FittedTransformed(
      name: name, series: whole, transform: transform, base: try base.appending(later?.observations ?? []))
  }
}

extension FittedTransformed: Codable where Base: Codable {
  private enum CodingKeys: String, CodingKey { case name, series, transform, base }

  static var envelope: ModelEnvelope { ModelEnvelope("foresight.transformed", version: 1) }

  /// Writes the transformation, the series and the model inside, of kilobytes.
  public func encode(to encoder: any Encoder) throws {
    try Self.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(series.tail(cycle: series.seasonalPeriod), forKey: .series)
    try container.encode(transform, forKey: .transform)
    try container.encode(base, forKey: .base)
  }

  /// Reads what `encode(to:)` wrote; forecasts agree to the bit.
  ///
  /// - Throws: `DecodingError` for another format, a later version or what is no model.
  public init(from decoder: any Decoder) throws {
    try Self.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    name = try container.decode(String.self, forKey: .name)
    series = try container.decode(TimeSeries.self, forKey: .series)
    transform = try container.decode(SeriesTransform.self, forKey: .transform)
    base = try container.decode(Base.self, forKey: .base)
    guard transform.hasMean else {
      throw DecodingError.dataCorruptedError(
        forKey: .transform, in: container,
        debugDescription: "is a power below 0, whose forecasts have no mean")
    }
  }
}

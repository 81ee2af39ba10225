public import Forecasting

/// How the transformation of a series is chosen.
public enum TransformChoice: Sendable, Hashable, Codable {
  /// One that is given.
  case fixed(SeriesTransform)
  /// The Box–Cox λ in [0, 2] that makes the deviation of each cycle proportional to its mean to the power 1 − λ with the
  /// least relative scatter (V. M. Guerrero, *J. Forecasting* 12 (1993) 37–48, doi:10.1002/for.3980120104).
  case guerrero
  /// The Box–Cox λ in [0, 2] of the largest likelihood of the model on the scale of y.
  case likelihood
}

/// A forecaster that works on a transformed series and answers on the series' own scale.
///
/// Quantiles are those of the model mapped back, exactly; means are means, not mapped means, so that they need no correction
/// for bias. Values stay in the transformation's domain by construction: positive under a logarithm or a power, between
/// its bounds under a logit. The likelihood of the summary is that of y, the Jacobian included, and may be compared with
/// that of models without transformation.
public struct Transformed<Base: Forecaster>: Forecaster {
  /// The model on the transformed scale.
  public let base: Base
  /// How the transformation is chosen.
  public let choice: TransformChoice

  /// The model on a transformed scale.
  ///
  /// - Precondition: a logit's lower bound is below its upper one, λ and bounds are finite.
  public init(_ base: Base, by choice: TransformChoice) {
    switch choice {
    case .fixed(.logit(let lower, let upper)):
      precondition(lower < upper && (upper - lower).isFinite, "the bounds of a logit are ordered and finite")
    case .fixed(.boxCox(let lambda)): precondition(lambda.isFinite, "λ is finite")
    default: break
    }
    self.base = base
    self.choice = choice
  }

  /// `Log(…)`, `Logit(…)` or `Box–Cox(…)` with the model's name.
  public var name: String {
    switch choice {
    case .fixed(.log): "Log(\(base.name))"
    case .fixed(.logit): "Logit(\(base.name))"
    case .fixed(.boxCox), .guerrero, .likelihood: "Box–Cox(\(base.name))"
    }
  }

  /// The model fitted to the transformed series.
  ///
  /// Cost: one fit of the model; some thirty where λ is chosen by likelihood.
  ///
  /// - Throws: `ForecastError.invalidOption` for a given λ below 0, under which a forecast has no mean, `.notPositive` or `.outsideDomain` for a value without a transform, `.spanNotSupported` for a
  ///   sum or mean over several periods, `.tooFewObservations` where λ cannot be chosen, and what the model's fit throws.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedTransformed<Base.Fitted> {
    let transform: SeriesTransform
    switch choice {
    case .fixed(let given):
      guard given.hasMean else {
        throw .invalidOption(
          name: "λ", value: "\(given.power)", reason: "a power below 0 gives forecasts without a mean")
      }
      transform = given
    case .guerrero:
      transform = .boxCox(
        lambda: try guerreroLambda(positive(series), period: series.seasonalPeriod, of: series, for: name))
    case .likelihood:
      _ = try positive(series)
      transform = .boxCox(
        lambda: bestPower { lambda in
          let fit = try? fitted(series, .boxCox(lambda: lambda))
          return fit.flatMap(\.logLikelihood).map { -$0 } ?? .infinity
        })
    }
    return try fitted(series, transform)
  }

  private func fitted(
    _ series: TimeSeries, _ transform: SeriesTransform
  ) throws(ForecastError) -> FittedTransformed<Base.Fitted> {
    FittedTransformed(
      name: name, series: series, transform: transform,
      base: try base.fit(try series.transformed(by: transform, for: name)))
  }

  private func positive(_ series: TimeSeries) throws(ForecastError) -> [Double] {
    try series.transformed(by: .log, for: name)
    return series.observations.compactMap(\.value)
  }
}

extension TimeSeries {
  /// The series of g(y); missing values stay missing.
  @discardableResult
  func transformed(by transform: SeriesTransform, for model: String) throws(ForecastError) -> TimeSeries {
    var mapped: [Observation] = []
    mapped.reserveCapacity(count)
    for observation in observations {
      guard observation.span.count == 1 || rule == .last else {
        throw .spanNotSupported(model: model, series: name, span: observation.span)
      }
      guard let value = observation.value else {
        mapped.append(observation)
        continue
      }
      guard let w = transform.forward(value) else {
        if case .logit(let lower, let upper) = transform {
          throw .outsideDomain(
            model: model, series: name, span: observation.span, value: value, lower: lower, upper: upper)
        }
        throw .notPositive(model: model, series: name, span: observation.span, value: value)
      }
      mapped.append(Observation(observation.span, w))
    }
    return try TimeSeries(
      name: name, unit: unit, rule: rule, observations: mapped, seasonalPeriod: seasonalPeriod,
      provenance: provenance)
  }
}

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
  public var base: Base
  /// How the transformation is chosen.
  public var choice: TransformChoice

  /// The model on a transformed scale.
  public init(_ base: Base, by choice: TransformChoice = .fixed(.log)) {
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
    try fit(series, regressors: nil)
  }

  /// Whether the model on the transformed scale takes external variables; they are not transformed.
  public var takesRegressors: Bool { base.takesRegressors }

  /// The model fitted to the transformed series and to external variables as they are.
  ///
  /// - Throws: as `fit(_:)`, and what the model's fit throws of the variables.
  public func fit(
    _ series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedTransformed<Base.Fitted> {
    try validateChoice()
    let transform: SeriesTransform
    switch choice {
    case .fixed(let given): transform = given
    case .guerrero:
      transform = .boxCox(
        lambda: try guerreroLambda(positive(series), period: series.seasonalPeriod, of: series, for: name))
    case .likelihood:
      _ = try positive(series)
      transform = .boxCox(
        lambda: bestPower { lambda in
          let fit = try? fitted(series, .boxCox(lambda: lambda), regressors)
          return fit.flatMap(\.logLikelihood).map { -$0 } ?? .infinity
        })
    }
    return try fitted(series, transform, regressors)
  }

  private func fitted(
    _ series: TimeSeries, _ transform: SeriesTransform, _ regressors: Regressors?
  ) throws(ForecastError) -> FittedTransformed<Base.Fitted> {
    FittedTransformed(
      name: name, series: series, transform: transform,
      base: try base.fit(try series.transformed(by: transform, for: name), regressors: regressors))
  }

  private func positive(_ series: TimeSeries) throws(ForecastError) -> [Double] {
    try series.transformed(by: .log, for: name)
    return series.observations.compactMap(\.value)
  }
}

extension Transformed: Equatable where Base: Equatable {}

extension Transformed {
  static var options: [ModelOption<Transformed>] {
    [
      ModelOption(
        "by", \.choice, .transform,
        "the transformation; guerrero, likelihood and a number are Box–Cox powers, estimated or given"),
      ModelOption(
        "lower", \.lower, .number(), "the lower bound of a logit", needs: "by=logit",
        setting: "by=logit,upper=10"),
      ModelOption(
        "upper", \.upper, .number(), "the upper bound of a logit", needs: "by=logit",
        setting: "by=logit,lower=-10"),
    ]
  }

  func validateChoice() throws(ForecastError) {
    if case .fixed(.boxCox(let power)) = choice, power < 0 {
      throw .invalidOption(
        name: "λ", value: "\(power)", reason: "a power below 0 gives forecasts without a mean")
    }
    for option in Transformed.options { try option.validate(self) }
    guard lower < upper, (upper - lower).isFinite else {
      throw .invalidOption(
        name: "upper", value: NumberText.plain(upper),
        reason: "must be above lower, \(NumberText.plain(lower))")
    }
  }

  private var lower: Double {
    get { if case .fixed(.logit(let lower, _)) = choice { lower } else { 0 } }
    set { if case .fixed(.logit) = choice { choice = .fixed(.logit(lower: newValue, upper: upper)) } }
  }

  private var upper: Double {
    get { if case .fixed(.logit(_, let upper)) = choice { upper } else { 1 } }
    set { if case .fixed(.logit) = choice { choice = .fixed(.logit(lower: lower, upper: newValue)) } }
  }
}

extension OptionSyntax<TransformChoice> {
  /// The name of a transformation, or a power.
  fileprivate static var transform: OptionSyntax {
    .oneOf(
      .word("log", .fixed(.log)),
      OptionSyntax(
        ["logit"], read: { $0 == "logit" ? .fixed(.logit(lower: 0, upper: 1)) : nil },
        write: { choice in if case .fixed(.logit) = choice { "logit" } else { nil } }),
      .word("guerrero", .guerrero), .word("likelihood", .likelihood),
      OptionSyntax<Double>.number(atLeast: 0, atMost: 3).map(
        { .fixed(.boxCox(lambda: $0)) },
        { choice in if case .fixed(.boxCox(let power)) = choice { power } else { nil } }))
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

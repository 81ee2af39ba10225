public import Forecasting
internal import RealModule

/// Exponential smoothing with a given form: an innovations state space model with error, trend and season.
///
/// With q = l, l + φb or l·b^φ the one-step prediction is ŷ = q, q + s or q·s and y = ŷ + e or y = ŷ(1 + ε); level, slope
/// and seasonal index then change by α, β and γ times the innovation (R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D. Snyder,
/// *Forecasting with Exponential Smoothing*, 2008, tables 2.1–2.3). Initial states are estimated with the parameters.
/// A missing value leaves the state unchanged. Aggregated periods are exact in the linear forms. Cost: an evaluation with
/// derivatives takes O(np²) for p parameters, the seasonal ones included.
public struct ETS: Forecaster {
  /// The form, or what is given of it.
  public var pattern: ETSPattern
  /// The base periods in a cycle; `nil` takes the series' own.
  public var seasonalPeriod: Int?
  /// Whether a trend is damped; `nil` leaves it to the pattern, and to the data where that has none.
  public var damped: Bool?
  /// How the parameters are estimated.
  public var estimation: ETSEstimation
  /// The region in which the smoothing parameters are searched.
  public var bounds: ETSBounds

  /// Creates a model with a given form.
  public init(
    _ form: ETSForm, seasonalPeriod: Int? = nil, estimation: ETSEstimation = .shrinkage,
    bounds: ETSBounds = .usual
  ) {
    self.init(ETSPattern(form), seasonalPeriod: seasonalPeriod, estimation: estimation, bounds: bounds)
  }

  /// Exponential smoothing of the best form that a pattern allows, chosen as `AutoETS` does.
  public init(
    _ pattern: ETSPattern = ETSPattern(), seasonalPeriod: Int? = nil, damped: Bool? = nil,
    estimation: ETSEstimation = .shrinkage, bounds: ETSBounds = .usual
  ) {
    self.pattern = pattern
    self.seasonalPeriod = seasonalPeriod
    self.damped = damped
    self.estimation = estimation
    self.bounds = bounds
  }

  /// The form; `nil` where the data choose a component.
  public var form: ETSForm? {
    var full = pattern
    full.trend = trend
    return full.form
  }

  /// The trend of the pattern, damped where that is asked for.
  private var trend: ETSForm.TrendKind? {
    switch pattern.trend {
    case .additive? where damped == true: .additiveDamped
    case .multiplicative? where damped == true: .multiplicativeDamped
    case let given: given
    }
  }

  /// The choice among the forms that the pattern allows.
  private var choice: AutoETS {
    var choice = AutoETS(seasonalPeriod: seasonalPeriod, estimation: estimation, bounds: bounds)
    choice.damped = damped
    if let error = pattern.error { choice.restrictions.errors = [error] }
    if let trend { choice.restrictions.trends = [trend] }
    if let season = pattern.season { choice.restrictions.seasons = [season] }
    return choice
  }

  /// `ETS(A,Ad,M)`; `AutoETS` where the data choose a component.
  public var name: String { form?.description ?? choice.name }

  /// Fits the model to a series.
  ///
  /// - Throws: `ForecastError.notPositive` for a form with a multiplicative component on data that are not positive,
  ///   `.tooFewObservations` where observations do not outnumber parameters by two, `.spanNotSupported`,
  ///   `.invalidOption` for a seasonal form on a series without season, `.tooFewPeriods` for a cycle longer than the series.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedETS {
    try validate()
    guard let form else { return try choice.fit(series) }
    let period =
      form.season == .none
      ? series.cycle(seasonalPeriod)
      : try series.requiredCycle(seasonalPeriod, option: "form", value: form.shortName, model: name)
    if series.hasSpans {
      return try ETSSpanEstimator(series, model: name, period: period, estimation: estimation, bounds: bounds)
        .best(of: [form], spread: .exact)
    }
    let sample = try ScaledSample(series, model: name)
    try ETS.check(form, sample, series, period: period)
    let estimator = ETSEstimator(sample, period: period, bounds: bounds, estimation: estimation)
    return estimator.fit(estimator.optimum(form), series)
  }

  /// Throws if the form cannot be fitted to a series.
  static func check(
    _ form: ETSForm, _ sample: ScaledSample, _ series: TimeSeries, period: Int
  ) throws(ForecastError) {
    let needed = form.parameterCount(period: period) + 2
    guard sample.observed >= needed else {
      throw .tooFewObservations(
        model: form.description, series: series.name, needed: needed, found: sample.observed)
    }
    guard form.needsPositiveData, !sample.isPositive else { return }
    for observation in series.observations {
      if let value = observation.value, !(value > 0) {
        throw .notPositive(model: form.description, series: series.name, span: observation.span, value: value)
      }
    }
  }
}

extension ETS: DescribedForecaster {
  /// `ets`.
  public static let descriptions = [
    ModelDescription(
      "ets", "exponential smoothing of a given form, or of the best one that a pattern allows", ETS(),
      [
        ModelOption("form", \.pattern, .pattern, "error, trend and season; Z lets the data choose"),
        .season(\.seasonalPeriod), .damped(\.damped), .estimation(\.estimation), .bounds(\.bounds),
      ])
  ]

  /// Refuses options without meaning, and damping that contradicts the form.
  public func validate() throws(ForecastError) {
    if let text = pattern.unread {
      throw .invalidOption(
        name: "form", value: "\"\(text)\"",
        reason: "must be error, trend and season such as AAN, MAdM or ZZZ")
    }
    try validateOptions()
    guard let damped, let trend = pattern.trend else { return }
    if damped, trend == .none {
      throw .invalidOption(name: "damped", value: "true", reason: "form \(pattern.shortName) has no trend")
    }
    if !damped, trend.isDamped {
      throw .invalidOption(
        name: "damped", value: "false", reason: "form \(pattern.shortName) has a damped trend")
    }
  }
}

extension OptionSyntax<ETSPattern> {
  /// A form such as `AAdM`, with Z where the data choose.
  fileprivate static var pattern: OptionSyntax {
    OptionSyntax(
      ["a form such as AAN, MAdM or ZZZ (error A, M or Z; trend N, A, Ad, M, Md or Z; season N, A, M or Z)"],
      examples: ["ZZZ", "AAdM", "ANN", "MZN"], read: { ETSPattern($0) }, write: { $0.shortName })
  }
}

extension ModelOption {
  /// Whether a trend is damped.
  static func damped(_ path: any WritableKeyPath<Model, Bool?> & Sendable) -> ModelOption {
    ModelOption(
      "damped", path, .optional(.flag, absent: "auto"), "whether a trend is damped; auto tries both")
  }

  /// How exponential smoothing estimates its parameters.
  static func estimation(_ path: any WritableKeyPath<Model, ETSEstimation> & Sendable) -> ModelOption {
    ModelOption("estimation", path, .choice(), "how parameters are estimated")
  }

  /// The region of the smoothing parameters.
  static func bounds(_ path: any WritableKeyPath<Model, ETSBounds> & Sendable) -> ModelOption {
    ModelOption("bounds", path, .choice(), "the region of the smoothing parameters")
  }
}

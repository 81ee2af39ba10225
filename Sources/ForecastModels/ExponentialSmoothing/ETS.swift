public import Forecasting
internal import RealModule

/// Exponential smoothing of a given form: an innovations state space model with error, trend and season.
///
/// With q = l, l + φb or l·b^φ the one-step prediction is ŷ = q, q + s or q·s and y = ŷ + e or y = ŷ(1 + ε); level, slope
/// and index then move by α, β and γ times the innovation (R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D. Snyder,
/// *Forecasting with Exponential Smoothing*, 2008, tables 2.1–2.3). Initial states are estimated with the parameters.
/// A missing value moves no state; observation spans are exact in the linear forms, by a cumulator. Cost of an evaluation with derivatives: O(n p²) for p parameters, m of them seasonal.
public struct ETS: Forecaster {
  /// The form.
  public let form: ETSForm
  /// The base periods in a cycle; the series' own where `nil`.
  public let seasonalPeriod: Int?
  /// How the parameters are estimated.
  public let estimation: ETSEstimation
  /// The region they are searched in.
  public let bounds: ETSBounds

  /// Exponential smoothing of a form.
  public init(
    _ form: ETSForm, seasonalPeriod: Int? = nil, estimation: ETSEstimation = .shrinkage,
    bounds: ETSBounds = .usual
  ) {
    precondition(seasonalPeriod.map { $0 > 0 } ?? true, "a cycle has at least one period")
    self.form = form
    self.seasonalPeriod = seasonalPeriod
    self.estimation = estimation
    self.bounds = bounds
  }

  /// `ETS(A,Ad,M)`.
  public var name: String { form.description }

  /// The model fitted to a series.
  ///
  /// - Throws: `ForecastError.notPositive` for a form with a multiplicative component on data that are not positive,
  ///   `.tooFewObservations` where observations do not outnumber parameters by two, `.spanNotSupported`,
  ///   `.invalidOption` for a seasonal form on a series without season.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedETS {
    let period = seasonalPeriod ?? series.seasonalPeriod
    if form.season != .none && period < 2 {
      throw .invalidOption(
        name: "form", value: form.shortName, reason: "needs a seasonal period of 2 or more")
    }
    if series.hasSpans {
      return try ETSSpanEstimator(series, model: name, period: period, estimation: estimation, bounds: bounds)
        .best(of: [form], spread: .exact)
    }
    let sample = try ScaledSample(series, model: name)
    try ETS.check(form, sample, series, period: period)
    let estimator = ETSEstimator(sample, period: period, bounds: bounds, estimation: estimation)
    return estimator.fit(estimator.optimum(form), series)
  }

  /// Refuses a series that the form cannot be fitted to.
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

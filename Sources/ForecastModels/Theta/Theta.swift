public import Forecasting

/// A theta model with a given form.
///
/// The series is first seasonally adjusted if the test finds a season: by a classical decomposition, additive or, for positive
/// values, multiplicative, whichever fits better. Least squares estimates α, ℓ₀ and θ. Given α the other two are linear, so the search has one dimension. At a
/// missing value the level follows the prediction and the line does not change. Cost of a fit: about ten passes of O(n), each for
/// eight values of α side by side.
public struct Theta: Forecaster {
  /// The form.
  public var form: ThetaForm
  /// The seasonal period in base periods; `nil` for that of the series.
  public var seasonalPeriod: Int?
  /// How the season is removed.
  public var adjustment: ThetaAdjustment
  /// How the parameters are estimated.
  public var estimation: ThetaEstimation

  /// Creates a theta model with a form.
  public init(
    _ form: ThetaForm = .standard, seasonalPeriod: Int? = nil, adjustment: ThetaAdjustment = .automatic,
    estimation: ThetaEstimation = .shrinkage
  ) {
    self.form = form
    self.seasonalPeriod = seasonalPeriod
    self.adjustment = adjustment
    self.estimation = estimation
  }

  /// `Theta`, `OTM`, `DSTM` or `DOTM`.
  public var name: String { form.shortName }

  /// Fits the model to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below five values (six for OTM and DSTM, seven for DOTM),
  ///   `.spanNotSupported`, `.notPositive` for a multiplicative season if a value is not positive, and `.numerics` for values
  ///   whose squares overflow.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedTheta {
    try validate()
    let sample = try ThetaSample(
      series, model: name, period: series.cycle(seasonalPeriod), adjustment: adjustment,
      estimation: estimation)
    try sample.require(form.needed, model: name, series)
    return FittedTheta(name: name, form: form, series: series, sample: sample, limits: estimation.limits)
  }
}

extension Theta: DescribedForecaster {
  /// `theta`, `otm`, `dstm` and `dotm`.
  public static let descriptions = [
    ModelDescription(
      "theta", "exponential smoothing whose drift is half the slope of a line through all observations",
      Theta(), options),
    ModelDescription(
      "otm", "the optimized theta model: how closely it follows a line through all observations is estimated",
      Theta(.optimised), options),
    ModelDescription(
      "dstm", "the dynamic theta model: the line moves with the observations", Theta(.dynamicStandard),
      options),
    ModelDescription(
      "dotm",
      "the dynamic optimized theta model: the line moves, and how closely it is followed is estimated",
      Theta(.dynamicOptimised), options),
  ]

  private static let options: [ModelOption<Theta>] = [
    .season(\.seasonalPeriod), .adjustment(\.adjustment), .estimation(\.estimation),
  ]
}

extension ModelOption {
  /// How a theta model removes the seasonal component.
  static func adjustment(_ path: any WritableKeyPath<Model, ThetaAdjustment> & Sendable) -> ModelOption {
    ModelOption("adjustment", path, .choice(), "how a seasonal component that the test finds is removed")
  }

  /// How a theta model estimates its parameters.
  static func estimation(_ path: any WritableKeyPath<Model, ThetaEstimation> & Sendable) -> ModelOption {
    ModelOption("estimation", path, .choice(), "how parameters and seasonal component are estimated")
  }
}

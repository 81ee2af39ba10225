public import Forecasting

/// A theta model of a given form.
///
/// The series is first adjusted for season where the test finds one: a classical decomposition, multiplicative where all
/// values are positive. α, ℓ₀ and θ are those of least squares: given α the other two are linear, so that the search has
/// one dimension. A missing value moves the level along the prediction and leaves the line as it is. Cost of a fit: about
/// ten passes of O(n), eight values of α side by side in each.
public struct Theta: Forecaster {
  /// The form.
  public var form: ThetaForm
  /// The base periods in a cycle; the series' own where `nil`.
  public var seasonalPeriod: Int?
  /// How a season is taken out.
  public var adjustment: ThetaAdjustment
  /// How the parameters are estimated.
  public var estimation: ThetaEstimation

  /// A theta model of a form.
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

  /// The model fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below five values (six for OTM and DSTM, seven for DOTM),
  ///   `.spanNotSupported`, `.notPositive` where a multiplicative season is asked of data that are not positive,
  ///   `.numerics` for values whose squares have no place among the numbers.
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

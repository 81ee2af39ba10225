public import Forecasting

/// A theta model of a given form.
///
/// The series is first adjusted for season where the test finds one: a classical decomposition, multiplicative where all
/// values are positive. α, ℓ₀ and θ are those of least squares: given α the other two are linear, so that the search has
/// one dimension. A missing value moves the level along the prediction and leaves the line as it is. Cost of a fit: about
/// ten passes of O(n), eight values of α side by side in each.
public struct Theta: Forecaster {
  /// The form.
  public let form: ThetaForm
  /// The base periods in a cycle; the series' own where `nil`.
  public let seasonalPeriod: Int?
  /// How a season is taken out.
  public let adjustment: ThetaAdjustment
  /// How the parameters are estimated.
  public let estimation: ThetaEstimation

  /// A theta model of a form.
  public init(
    _ form: ThetaForm = .standard, seasonalPeriod: Int? = nil, adjustment: ThetaAdjustment = .automatic,
    estimation: ThetaEstimation = .shrinkage
  ) {
    precondition(seasonalPeriod.map { $0 > 0 } ?? true, "a cycle has at least one period")
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
    let sample = try ThetaSample(
      series, model: name, period: seasonalPeriod ?? series.seasonalPeriod, adjustment: adjustment,
      estimation: estimation)
    try sample.require(form.needed, model: name, series)
    return FittedTheta(name: name, form: form, series: series, sample: sample, limits: estimation.limits)
  }
}

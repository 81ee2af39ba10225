public import Forecasting

/// The method of Holt and Winters: exponential smoothing with a trend and a season, ETS(A,A,A) or ETS(M,A,M).
///
/// It is a name for those forms of `ETS`, whose options it has. With `season: .none` it is Holt's linear method.
///
/// ```swift
/// let outlook = try HoltWinters(season: .multiplicative, damped: true).fit(sales).forecast(12)
/// ```
public struct HoltWinters: Forecaster {
  /// The model.
  public var model: ETS

  /// Creates the method.
  ///
  /// - Parameters:
  ///   - season: How the season enters. The errors are multiplicative where the season is.
  ///   - damped: Whether the trend is damped.
  ///   - seasonalPeriod: The base periods in a cycle; `nil` takes the series' own.
  public init(
    season: ETSForm.SeasonKind = .additive, damped: Bool = false, seasonalPeriod: Int? = nil
  ) {
    let error: ETSForm.ErrorKind = season == .multiplicative ? .multiplicative : .additive
    model = ETS(
      ETSForm(error, damped ? .additiveDamped : .additive, season), seasonalPeriod: seasonalPeriod)
  }

  /// The name of the form, such as `ETS(A,A,A)`.
  public var name: String { model.name }

  /// Fits the method to a series.
  ///
  /// - Throws: The errors of `ETS.fit(_:)`.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedETS { try model.fit(series) }
}

public import Forecasting

/// A forecaster of a series without the effects of holidays, which are put back on the forecast.
///
/// Any model takes holidays in this way. The effects are those of `HolidayColumns`, estimated beside trend and season and shrunk toward none: they multiply if all
/// values are positive, else they add. A holiday that the series has not met has no effect. A series with observations over several periods is passed on as it is.
///
/// ```swift
/// let model = HolidayAdjusted(Auto(), holidays: try HolidayColumns(["CN", "RU"], before: 2))
/// ```
public struct HolidayAdjusted<Base: Forecaster>: Forecaster {
  /// The model of the series without the effects.
  public var base: Base
  /// The codes of the calendars.
  public var calendars: [String]
  /// The days before and after each holiday that have effects of their own.
  public var before: Int
  /// The days after each holiday.
  public var after: Int

  /// A model of the series without the effects of holidays.
  public init(_ base: Base, holidays: HolidayColumns) {
    self.init(base, calendars: holidays.calendars, before: holidays.before, after: holidays.after)
  }

  /// A model of the series without the effects of the holidays of some calendars, which are checked by the fit.
  public init(_ base: Base, calendars: [String], before: Int = 0, after: Int = 0) {
    self.base = base
    self.calendars = calendars
    self.before = before
    self.after = after
  }

  /// `Holidays(…)` with the calendars and the model's name.
  public var name: String { "Holidays(\(calendars.joined(separator: ", ")); \(base.name))" }

  /// Whether the model inside takes external variables, which explain the series without holidays.
  public var takesRegressors: Bool { base.takesRegressors }

  /// The effects, and the model fitted to the series without them.
  ///
  /// Cost: O(n) for each variable, and one fit of the model.
  ///
  /// - Throws: `ForecastError.unknownName` for a calendar, `.invalidOption` for periods without a calendar, and what the model's fit throws.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedHolidayAdjusted<Base.Fitted> {
    try fit(series, regressors: nil)
  }

  /// The effects, and the model fitted to the series without them and to external variables.
  ///
  /// - Throws: As `fit(_:)`.
  public func fit(
    _ series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedHolidayAdjusted<Base.Fitted> {
    let columns = try HolidayColumns(calendars, before: before, after: after)
    let effects = try HolidayEffects(series, columns)
    return FittedHolidayAdjusted(
      name: name, series: series, effects: effects,
      base: try base.fit(try effects.removed(from: series), regressors: regressors))
  }
}

extension HolidayAdjusted: Equatable where Base: Equatable {}

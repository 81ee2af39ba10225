public import Forecasting

/// A forecaster of a series without its seasons, which are put back on the forecast as they were in the last cycle.
///
/// The seasons are those of `MSTL`; the model inside sees a series of no season. The variance of a seasonal figure is added:
/// that of its estimate in the last cycle, and of its change from cycle to cycle (`SeasonExtension`). A
/// series too short for a season is forecast without it. A season that grows with the level is one of logarithms:
/// put `Transformed` around.
public struct Decomposed<Base: Forecaster>: Forecaster {
  /// The model of the seasonally adjusted series.
  public var base: Base
  /// How the seasons are taken out.
  public var decomposition: MSTL

  /// The model on the seasonally adjusted series.
  public init(_ base: Base, by decomposition: MSTL = MSTL()) {
    self.base = base
    self.decomposition = decomposition
  }

  /// `MSTL(…)` with the cycles, where given, and the model's name.
  public var name: String {
    let cycles = decomposition.seasonalPeriods.map { "\($0), " }.joined()
    return "MSTL(\(cycles)\(base.name))"
  }

  /// The model fitted to the seasonally adjusted series.
  ///
  /// Cost: a decomposition and one fit of the model.
  ///
  /// - Throws: what `MSTL.decompose` and the model's fit throw.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedDecomposed<Base.Fitted> {
    try fit(series, regressors: nil)
  }

  /// Whether the model inside takes external variables, which explain the adjusted series.
  public var takesRegressors: Bool { base.takesRegressors }

  /// The model fitted to the seasonally adjusted series and to external variables as they are.
  ///
  /// - Throws: as `fit(_:)`, and what the model's fit throws of the variables.
  public func fit(
    _ series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedDecomposed<Base.Fitted> {
    try decomposition.validate()
    let periods = decomposition.periods(of: series)
    var season = SeasonExtension(origin: series.start, length: series.count)
    var adjusted = series
    adjusted.seasonalPeriod = 1
    if !periods.used.isEmpty {
      let parts = try decomposition.decompose(series)
      adjusted = try parts.seasonallyAdjusted()
      season = SeasonExtension(parts, window: decomposition.seasonalWindow)
    }
    return FittedDecomposed(
      name: name, series: series, base: try base.fit(adjusted, regressors: regressors), season: season,
      leftOut: periods.left)
  }
}

extension Decomposed: Equatable where Base: Equatable {}

public import Forecasting

/// The mean of each cycle forecast by a model, and the shape within the cycle put on it.
///
/// A series of hours is the level of each day times, or plus, a profile of the day. Levels are the means of whole cycles,
/// counted back from the last period, and any model forecasts them; the profile is a mean over the cycles whose weights
/// halve every three long cycles. With a longer cycle of q short ones, each of its q places has a profile of its own, drawn to
/// the common one by empirical Bayes. Whether the profile multiplies or adds is what fits the last cycles better. No error
/// in the last hour reaches the forecast but through the mean of its day.
///
/// Missing values are those of the nearest cycles at the same place. Cost: O(n), and a fit of the model to n/m levels.
public struct ShapeLevel<Base: Forecaster>: Forecaster {
  /// The model of the levels.
  public var base: Base
  /// The base periods in the cycle and in a longer one that is a multiple of it; empty for those that the series suggests.
  public var seasonalPeriods: [Int]

  /// A model of the levels under the shape of a cycle.
  public init(_ base: Base, seasonalPeriods: [Int] = []) {
    self.base = base
    self.seasonalPeriods = seasonalPeriods
  }

  /// `Shape × level(…)` with the cycles, if any are given, and the model's name.
  public var name: String {
    "Shape × level(\(seasonalPeriods.map { "\($0), " }.joined())\(base.name))"
  }

  /// The shape, and the model fitted to the levels.
  ///
  /// Without a cycle, levels are the values themselves.
  ///
  /// - Throws: `ForecastError.tooFewPeriods` below two cycles,
  ///   `.unseenSeason` if a place of the cycle has no value, `.spanNotSupported`, and the errors of the model's fit.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedShapeLevel<Base.Fitted> {
    let cycles = series.cycles(seasonalPeriods)
    let cycle = min(cycles.first ?? 1, series.periodCount + 1)
    guard series.periodCount >= 2 * cycle else {
      throw .tooFewPeriods(
        model: name, series: series.name, needed: 2 * (seasonalPeriods.min() ?? series.seasonalPeriod),
        found: series.periodCount)
    }
    let sample = try ScaledSample(series, model: name)
    let filled = try CycleShape.filled(sample.values, cycle: cycle, of: series, for: name)
    let longer = cycles.dropFirst().first { $0.isMultiple(of: cycle) && series.periodCount >= 2 * $0 }
    let values = filled.map { $0 * sample.scale }
    let shape = CycleShape(values, cycle: cycle, slots: (longer ?? cycle) / cycle)
    return FittedShapeLevel(
      name: name, series: series, shape: shape, origin: series.start,
      base: try base.fit(try shape.levels(of: values, in: series)))
  }
}

extension ShapeLevel: Equatable where Base: Equatable {}

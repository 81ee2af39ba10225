public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// A model fitted to a series without the effects of holidays, with the effects.
public struct FittedHolidayAdjusted<Base: FittedForecaster>: FittedForecaster {
  /// `Holidays(…)` with the model's name.
  public let name: String
  /// The series that was fitted, holidays in it.
  public let series: TimeSeries
  let effects: HolidayEffects
  /// The model fitted to the series without holidays.
  public let base: Base

  /// The model's fitted values with the effects put back.
  public var fitted: [Double?] {
    guard let sums = try? effects.figures(over: series.span), !effects.effects.isEmpty else {
      return base.fitted
    }
    let inside = base.fitted
    return inside.enumerated().map { place, value in
      let t = place + series.count - inside.count
      guard let value, sums.indices.contains(t) else { return value }
      return effects.isMultiplicative ? value * Double.exp(sums[t]) : value + sums[t]
    }
  }

  /// Whether the model inside has converged.
  public var hasConverged: Bool { base.hasConverged }

  /// The model's summary, and the effect of each holiday.
  public var summary: FitSummary {
    var summary = base.summary.inside(name)
    let unit = effects.isMultiplicative ? "%" : series.unit
    for effect in effects.effects where effect.value != 0 {
      let value = effects.isMultiplicative ? 100 * (Double.exp(effect.value) - 1) : effect.value
      summary.facts.append(FitSummary.Fact(name: "effect of \(effect.name)", value: value, unit: unit))
    }
    summary.notes.append(
      effects.effects.isEmpty
        ? "the series meets no holiday of \(effects.columns.calendars.joined(separator: ", "))"
        : "effects are those of a holiday over the whole period, shrunk to \(NumberText.significant(100 * effects.shrinkage, 2)) % of their size; "
          + "a holiday that the series has not met has none")
    return summary
  }

  /// The seed of the model inside.
  public var seed: UInt64 { base.seed }

  /// Whether the model inside uses external variables.
  public var usesRegressors: Bool { base.usesRegressors }

  /// The joint distribution of the next base periods with the effects put back.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let law = try base.distribution(horizon, regressors: regressors)
    guard !effects.effects.isEmpty else { return law }
    let sums = try effects.figures(over: PeriodSpan(series.end + 1, count: horizon))
    guard sums.contains(where: { $0 != 0 }) else { return law }
    guard effects.isMultiplicative else {
      return RescaledDistribution(law, shifts: sums, widths: [Double](repeating: 1, count: horizon))
    }
    let factors = sums.map { Double.exp($0) }
    let shifts = factors.enumerated().map { step, factor in (factor - 1) * law.marginal(step).mean }
    return RescaledDistribution(law, shifts: shifts, widths: factors)
  }
}

extension FittedHolidayAdjusted {
  /// Whether the model inside follows them.
  public var followsObservations: Bool { base.followsObservations }

  /// What the model inside takes.
  public func valuesTaken(from series: TimeSeries) -> TakenValues { base.valuesTaken(from: series) }

  /// The model's state on later data, its parameters and the effects held.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedHolidayAdjusted {
    let own = self.series.frequency
    guard series.frequency == own else {
      throw .data(DataFault(.mixedFrequencies(series.frequency, own), series: series.name))
    }
    return FittedHolidayAdjusted(
      name: name, series: series, effects: effects,
      base: try base.updated(to: try effects.removed(from: series), regressors: regressors))
  }

  /// The model inside with later observations taken in, without their effects, at its own cost.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> FittedHolidayAdjusted {
    let whole = try series.appending(observations)
    let later = try whole.slice(from: series.end + 1).map { part throws(ForecastError) in
      try effects.removed(from: part).observations
    }
    return FittedHolidayAdjusted(
      name: name, series: whole, effects: effects,
      base: try base.appending(later ?? [], regressors: regressors))
  }
}

extension FittedHolidayAdjusted: Codable, SavedFit where Base: Codable {
  static var envelopes: [ModelEnvelope] { [ModelEnvelope("foresight.holidays", version: 1)] }

  /// The effects, the end of the series and the model inside.
  var saved: SavedFields {
    ["name": name, "series": series.tail(cycle: series.seasonalPeriod), "effects": effects, "base": base]
  }

  init(_ saved: SavedReader) throws {
    name = try saved.name
    series = try saved.series
    effects = try saved.effects
    base = try saved.base
  }

  func requireSound() throws(UnsoundFit) {
    try require(base.series.end == series.end, "base", "does not end with the series")
    try require(
      effects.effects.allSatisfy { abs($0.value) < 100 || !effects.isMultiplicative && $0.value.isFinite },
      "effects", "are not those of holidays")
    do throws(ForecastError) {
      _ = try HolidayColumns(
        effects.columns.calendars, before: effects.columns.before, after: effects.columns.after)
    } catch {
      throw UnsoundFit(key: "effects", reason: "\(error)")
    }
  }
}

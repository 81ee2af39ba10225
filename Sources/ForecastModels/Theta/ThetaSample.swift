internal import Forecasting

/// The values for a theta model: seasonally adjusted, relative to the first observed value, in a unit near their size.
struct ThetaSample {
  /// x_t = (y_t/scale, seasonally adjusted) − centre; NaN for missing values.
  let values: [Double]
  /// The seasonal adjustment, with additive indices in the scaled unit.
  let season: SeasonalAdjustment
  /// A power of two near the mean absolute value.
  let scale: Double
  /// The first observed value, scaled and adjusted.
  let centre: Double
  /// The number of observed values.
  let observed: Int

  /// The sample of a series without aggregated periods.
  ///
  /// - Throws: `ForecastError.spanNotSupported`, `.notPositive`, `.numerics`.
  init(
    _ series: TimeSeries, model: String, period: Int, adjustment: ThetaAdjustment,
    estimation: ThetaEstimation
  ) throws(ForecastError) {
    let scaled = try ScaledSample(series, model: model)
    scale = scaled.scale
    observed = scaled.observed
    if adjustment == .multiplicative && !scaled.isPositive {
      for observation in series.observations {
        if let value = observation.value, !(value > 0) {
          throw .notPositive(model: model, series: series.name, span: observation.span, value: value)
        }
      }
    }
    let season = ThetaSample.season(
      scaled, period: period, adjustment: adjustment, estimation: estimation)
    self.season = season
    var adjusted = scaled.values
    if !season.indices.isEmpty {
      for t in adjusted.indices { adjusted[t] = season.adjusted(adjusted[t], at: t) }
    }
    let centre = adjusted.first { !$0.isNaN } ?? 0
    self.centre = centre
    for t in adjusted.indices { adjusted[t] -= centre }
    values = adjusted
  }

  private static func season(
    _ scaled: ScaledSample, period: Int, adjustment: ThetaAdjustment, estimation: ThetaEstimation
  ) -> SeasonalAdjustment {
    let decomposition = ClassicalDecomposition(values: scaled.values, period: period)
    guard adjustment != .none, decomposition.hasSeason(beyond: estimation.seasonalBand) else { return .none }
    let shrinkage = estimation.seasonalShrinkage
    let season =
      switch adjustment {
      case .automatic: decomposition.season(shrinkage: shrinkage, mayMultiply: scaled.isPositive)
      case .multiplicative: decomposition.season(isMultiplicative: true, shrinkage: shrinkage)
      case .additive: decomposition.season(isMultiplicative: false, shrinkage: shrinkage)
      case .none: nil as SeasonalAdjustment?
      }
    return season ?? .none
  }

  /// Throws if the series has fewer than `needed` values.
  func require(_ needed: Int, model: String, _ series: TimeSeries) throws(ForecastError) {
    guard observed >= needed else {
      throw .tooFewObservations(model: model, series: series.name, needed: needed, found: observed)
    }
  }
}

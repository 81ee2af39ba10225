extension Forecast {
  /// How far outside the data a mean may lie unless told otherwise, in ranges of the data.
  public static let usualReach = 100.0

  /// The forecast itself, once its figures are known to be numbers and its means to stay within reach of the data.
  ///
  /// A model that fits an explosive series forecasts an explosion; a mean farther outside [min y, max y] than `reach` ·
  /// max(max y − min y, 10⁻⁶ max |y|) is refused, so that one such series cannot ruin a table of many.
  ///
  /// - Parameter reach: the largest distance, in ranges of the data; infinite to allow any.
  /// - Throws: `ForecastError.notFinite` with the first period whose mean or 99.9 % interval is not finite,
  ///   `.explodes` with the first whose mean is out of reach.
  public func checked(reach: Double = usualReach) throws(ForecastError) -> Forecast {
    let mean = mean
    let rows = [mean, quantile(0.0005), quantile(0.9995)]
    let data = series.observations.compactMap { observation in
      observation.value.map { $0 / Double(series.periodDivisor(observation.span)) }
    }
    let low = data.min() ?? 0
    let high = data.max() ?? 0
    let limit = reach * max(high - low, 1e-6 * max(abs(low), abs(high)))
    for step in 0..<horizon {
      let span = PeriodSpan(start + step)
      guard rows.allSatisfy({ $0[step].isFinite }) else {
        throw .notFinite(model: model, series: series.name, span: span)
      }
      guard reach == .infinity || (mean[step] - high <= limit && low - mean[step] <= limit) else {
        throw .explodes(model: model, series: series.name, span: span, value: mean[step])
      }
    }
    return self
  }
}

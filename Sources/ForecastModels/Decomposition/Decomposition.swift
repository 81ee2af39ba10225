public import Forecasting

/// One seasonal component.
public struct SeasonalComponent: Sendable, Hashable {
  /// The number of base periods in a cycle.
  public let period: Int
  /// One value per base period, in the unit of the series.
  public let values: [Double]
}

/// The components of a series: y = trend + Σ seasonal + remainder.
public struct Decomposition: Sendable {
  /// The decomposed series.
  public let series: TimeSeries
  /// The trend, one value per base period.
  public let trend: [Double]
  /// The seasonal components, shortest cycle first.
  public let seasonal: [SeasonalComponent]
  /// The weight of each period in the last robust fit; 1 without a robust fit.
  public let weights: [Double]
  /// The seasonal periods for which the series is too short.
  public let leftOut: [Int]

  /// Creates a decomposition from its components.
  ///
  /// - Throws: `ForecastError.notFinite` if a value is not a finite number.
  init(
    series: TimeSeries, trend: [Double], seasonal: [SeasonalComponent], weights: [Double], leftOut: [Int] = []
  ) throws(ForecastError) {
    self.series = series
    self.trend = trend
    self.seasonal = seasonal
    self.weights = weights
    self.leftOut = leftOut
    for (place, season) in season.enumerated() where !(season + trend[place]).isFinite {
      throw .notFinite(model: "STL", series: series.name, span: series.observations[place].span)
    }
  }

  /// The sum of the seasonal components in each period.
  public var season: [Double] {
    trend.indices.map { place in seasonal.reduce(0) { $0 + $1.values[place] } }
  }

  /// The remainder, which neither trend nor season explains; `nil` where the value is missing.
  public var remainder: [Double?] {
    let season = self.season
    return series.values.enumerated().map { place, value in
      value.map { $0 - trend[place] - season[place] }
    }
  }

  /// The seasonally adjusted series, with no seasonal period.
  ///
  /// - Throws: `ForecastError.data` if a difference overflows.
  public func seasonallyAdjusted() throws(ForecastError) -> TimeSeries {
    let season = self.season
    return try series.mappingValues(seasonalPeriod: 1) { $1 - season[$0] }
  }

  /// max(0, 1 − Var(remainder)/Var(trend + remainder)), from 0 to 1; 0 if nothing varies beyond rounding.
  ///
  /// X. Wang, K. A. Smith and R. J. Hyndman, *Data Mining and Knowledge Discovery* 13 (2006) 335–364,
  /// doi:10.1007/s10618-005-0039-x.
  public var trendStrength: Double { strength(of: trend) }

  /// max(0, 1 − Var(remainder)/Var(seasonal + remainder)) of each season, from 0 to 1.
  public var seasonalStrengths: [Double] { seasonal.map { strength(of: $0.values) } }

  private func strength(of part: [Double]) -> Double {
    // In units of the largest value no square overflows.
    let largest = series.values.reduce(0) { max($0, abs($1 ?? 0)) }
    guard largest > 0 else { return 0 }
    var rest: [Double] = []
    var joint: [Double] = []
    for (place, value) in remainder.enumerated() {
      guard let value else { continue }
      rest.append(value / largest)
      joint.append(value / largest + part[place] / largest)
    }
    let whole = variance(joint)
    // Variation within the rounding of the components counts as none.
    return whole.squareRoot() > 0x1p-44 ? max(0, 1 - variance(rest) / whole) : 0
  }
}

private func variance(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(values.count - 1, 1))
}

extension TimeSeries {
  /// The series with each value mapped, given its index; missing values stay missing.
  ///
  /// - Throws: `ForecastError.data` if a mapped value is not finite.
  func mappingValues(
    seasonalPeriod: Int, _ map: (_ place: Int, _ value: Double) -> Double
  ) throws(ForecastError) -> TimeSeries {
    try TimeSeries(
      name: name, unit: unit, rule: rule,
      observations: observations.enumerated().map { place, observation in
        Observation(observation.span, observation.value.map { map(place, $0) })
      }, seasonalPeriod: seasonalPeriod, provenance: provenance)
  }
}

public import Forecasting

/// The figures of one season.
public struct SeasonalComponent: Sendable, Hashable {
  /// The base periods of a cycle.
  public let period: Int
  /// One figure a base period, in the unit of the series.
  public let values: [Double]
}

/// A series in its parts: y = trend + Σ seasonal + remainder.
public struct Decomposition: Sendable {
  /// The series that was taken apart.
  public let series: TimeSeries
  /// The trend, one value a base period.
  public let trend: [Double]
  /// The seasons, the shortest first.
  public let seasonal: [SeasonalComponent]
  /// The weight of each period in the last robust fit: 1 where none was asked for.
  public let weights: [Double]
  /// The cycles that the series is too short for.
  public let leftOut: [Int]

  /// The parts of a series.
  ///
  /// - Throws: `ForecastError.notFinite` where a figure is no finite number.
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

  /// All seasonal figures of a period together.
  public var season: [Double] {
    trend.indices.map { place in seasonal.reduce(0) { $0 + $1.values[place] } }
  }

  /// What neither trend nor season explains, `nil` where the value is missing.
  public var remainder: [Double?] {
    let season = self.season
    return series.values.enumerated().map { place, value in
      value.map { $0 - trend[place] - season[place] }
    }
  }

  /// The series without its seasons, of no seasonal cycle.
  ///
  /// - Throws: `ForecastError.data` where a difference is beyond the largest number.
  public func seasonallyAdjusted() throws(ForecastError) -> TimeSeries {
    let season = self.season
    return try series.mappingValues(seasonalPeriod: 1) { $1 - season[$0] }
  }

  /// max(0, 1 − Var(remainder)/Var(trend + remainder)), 0 to 1; 0 where nothing varies but by rounding.
  ///
  /// X. Wang, K. A. Smith and R. J. Hyndman, *Data Mining and Knowledge Discovery* 13 (2006) 335–364,
  /// doi:10.1007/s10618-005-0039-x.
  public var trendStrength: Double { strength(of: trend) }

  /// max(0, 1 − Var(remainder)/Var(seasonal + remainder)) of each season, 0 to 1.
  public var seasonalStrengths: [Double] { seasonal.map { strength(of: $0.values) } }

  private func strength(of part: [Double]) -> Double {
    // In units of the largest value no square leaves the range of numbers.
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
    // What varies by no more than the rounding of the parts does not vary.
    return whole.squareRoot() > 0x1p-44 ? max(0, 1 - variance(rest) / whole) : 0
  }
}

private func variance(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(values.count - 1, 1))
}

extension TimeSeries {
  /// The series with each value mapped, given its place; missing values stay missing.
  ///
  /// - Throws: `ForecastError.data` where a mapped value is not finite.
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

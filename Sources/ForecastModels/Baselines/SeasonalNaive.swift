public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The seasonal naive forecast: each season is a random walk of its own, and its last value stands for the future.
///
/// x_t = x_{t−m} + e_t; σ² is estimated from the differences within each season (an interval of g cycles between two
/// observed values has variance gσ²), and a step that lies g cycles after the season's last value has variance gσ² and a
/// Student t law with as many degrees of freedom as there are differences (R's `snaive` uses the same σ² and a normal).
/// Missing values are exact; a sum or mean over several periods is refused, for it would tie the seasons together.
public struct SeasonalNaive: Forecaster {
  /// The number of base periods in a cycle; the series' own when `nil`.
  public var seasonalPeriod: Int?

  /// The seasonal naive forecast.
  public init(seasonalPeriod: Int? = nil) {
    self.seasonalPeriod = seasonalPeriod
  }

  /// `Seasonal naive`, with the cycle in brackets where one was given.
  public var name: String { "Seasonal naive" + (seasonalPeriod.map { " [\($0)]" } ?? "") }

  /// The seasonal random walk fitted to a series.
  ///
  /// - Throws: `ForecastError.spanNotSupported` for sums or means over several periods, `.unseenSeason` where a season has no
  ///   value, `.tooFewObservations` for less than a cycle or without a difference within a season.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedSeasonalNaive {
    try validate()
    let cycle = seasonalPeriod ?? series.seasonalPeriod
    guard cycle <= series.periodCount else {
      throw .tooFewObservations(
        model: name, series: series.name, needed: cycle + 1, found: series.observedCount)
    }
    var values = [Double?](repeating: nil, count: series.periodCount)
    var place = [Int?](repeating: nil, count: series.periodCount)
    for (i, observation) in series.observations.enumerated() {
      guard let value = observation.value else { continue }
      guard observation.span.count == 1 || series.rule == .last else {
        throw .spanNotSupported(model: name, series: series.name, span: observation.span)
      }
      let offset = series.start.distance(to: observation.span.last)
      values[offset] = value
      place[offset] = i
    }
    var last = [Int?](repeating: nil, count: cycle)
    var fitted = [Double?](repeating: nil, count: series.count)
    var squares = 0.0
    var logGaps = 0.0
    var differences = 0
    for (offset, value) in values.enumerated() {
      guard let value, let index = place[offset] else { continue }
      let season = offset % cycle
      if let previous = last[season], let before = values[previous] {
        let gap = Double((offset - previous) / cycle)
        squares += (value - before) * (value - before) / gap
        logGaps += .log(gap)
        differences += 1
        fitted[index] = before
      }
      last[season] = offset
    }
    let seen = last.compactMap { $0 }
    let unseen = last.indices.filter { last[$0] == nil }
    if !unseen.isEmpty, series.periodCount > cycle {
      throw .unseenSeason(
        model: name, series: series.name, cycle: cycle, first: series.start, places: unseen.map { $0 + 1 })
    }
    guard seen.count == cycle, differences > 0 else {
      throw .tooFewObservations(
        model: name, series: series.name, needed: cycle + 1, found: series.observedCount)
    }
    let n = Double(differences)
    try requireRange(squares / n, model: name, series: series)
    let logLikelihood =
      squares > 0 ? -0.5 * (n * Double.log(2 * .pi * squares / n) + n + logGaps) : nil
    return FittedSeasonalNaive(
      name: name, series: series, fitted: fitted, seasonalPeriod: cycle, variance: squares / n,
      degreesOfFreedom: differences, logLikelihood: logLikelihood, lastOffsets: seen,
      lastValues: seen.map { values[$0] ?? 0 })
  }
}

extension SeasonalNaive: DescribedForecaster {
  /// `seasonal-naive`.
  public static let descriptions = [
    ModelDescription(
      "seasonal-naive", "the last value of the same season", SeasonalNaive(), [.season(\.seasonalPeriod)])
  ]
}

/// The seasonal naive forecast fitted to a series.
public struct FittedSeasonalNaive: FittedForecaster {
  /// The name of the model.
  public let name: String
  /// The series that was fitted.
  public let series: TimeSeries
  /// The last value of the same season, `nil` where there is none.
  public let fitted: [Double?]
  /// The number of base periods in a cycle.
  public let seasonalPeriod: Int
  /// σ̂² of the change from one cycle to the next.
  public let variance: Double
  /// The number of differences.
  public let degreesOfFreedom: Int
  /// The log-likelihood of the differences, `nil` for a perfect fit.
  public let logLikelihood: Double?
  let lastOffsets: [Int]
  let lastValues: [Double]

  /// True: the estimates have a closed form.
  public var hasConverged: Bool { true }

  /// The standard deviation of a seasonal difference and criteria.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    summary.degreesOfFreedom = Double(degreesOfFreedom)
    summary.residualStandardError = variance.squareRoot()
    if let logLikelihood {
      summary.setCriteria(logLikelihood: logLikelihood, parameters: 1, observations: degreesOfFreedom)
    }
    summary.notes.append("the likelihood is that of the seasonal differences, given the first cycle")
    return summary
  }

  /// The joint Student t law of the next base periods; steps of different seasons are uncorrelated.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let offsets = (0..<horizon).map { series.periodCount + $0 }
    let seasons = offsets.map { $0 % seasonalPeriod }
    let cycles = (0..<horizon).map { Double((offsets[$0] - lastOffsets[seasons[$0]]) / seasonalPeriod) }
    let deviation = variance.squareRoot()
    let period = seasonalPeriod
    // An innovation of a season stays with it: one for each cycle since the season's last value.
    let columns = ScaleColumns(rows: horizon, others: horizon) { step in
      var values = [Double](repeating: 0, count: horizon - step)
      let passed = step < period ? cycles[step] : cycles[step] - cycles[step - period]
      for i in stride(from: 0, to: values.count, by: period) { values[i] = deviation * passed.squareRoot() }
      return (step, values[...])
    }
    return try numerics { () throws(NumericsError) in
      try JointStudentT(
        location: seasons.map { lastValues[$0] }, columns: columns,
        degreesOfFreedom: Double(degreesOfFreedom))
    }
  }
}

extension FittedSeasonalNaive {
  /// True: the last value of each season counts.
  public var followsObservations: Bool { true }

  /// The last values of later data, the variance held.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedSeasonalNaive {
    try refuseUnused(regressors)
    try series.requireFrequency(self.series.frequency)
    let later = try SeasonalNaive(seasonalPeriod: seasonalPeriod).fit(series)
    return FittedSeasonalNaive(
      name: name, series: series, fitted: later.fitted, seasonalPeriod: seasonalPeriod, variance: variance,
      degreesOfFreedom: degreesOfFreedom, logLikelihood: nil, lastOffsets: later.lastOffsets,
      lastValues: later.lastValues)
  }
}

extension FittedSeasonalNaive: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.seasonal-naive", version: 1)]

  /// The variance and the series, some twenty bytes an observation.
  var saved: SavedFields {
    [
      "name": name, "series": series, "seasonalPeriod": seasonalPeriod, "variance": variance,
      "degreesOfFreedom": degreesOfFreedom, "logLikelihood": logLikelihood,
    ]
  }

  init(_ saved: SavedReader) throws {
    let period: Int = try saved.seasonalPeriod
    let variance: Double = try saved.variance
    let freedom: Int = try saved.degreesOfFreedom
    let series: TimeSeries = try saved.series
    try require((1...series.periodCount).contains(period), "seasonalPeriod", "is not a cycle of the series")
    try require(variance >= 0, "variance", "is not a variance")
    try require((1...1_000_000_000_000).contains(freedom), "degreesOfFreedom", "is out of range")
    let read = try SeasonalNaive(seasonalPeriod: period).fit(series)
    self.init(
      name: try saved.name, series: series, fitted: read.fitted, seasonalPeriod: period, variance: variance,
      degreesOfFreedom: freedom, logLikelihood: try saved.logLikelihood, lastOffsets: read.lastOffsets,
      lastValues: read.lastValues)
  }
}

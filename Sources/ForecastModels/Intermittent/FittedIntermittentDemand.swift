public import Forecasting

/// A model of intermittent demand fitted to a series.
public struct FittedIntermittentDemand: FittedForecaster {
  /// The method.
  public let method: IntermittentMethod
  /// The series that was fitted.
  public let series: TimeSeries
  /// The smoothing parameter of sizes.
  public let alpha: Double
  /// The smoothing parameter of intervals, or of the probability.
  public let beta: Double
  /// The mean demand of a coming period.
  public let rate: Double
  /// The one-step forecasts of Croston's recursion and its kin; of the aggregating methods, which have none, `nil`.
  public let fitted: [Double?]
  let levels: [DemandLevel]
  let state: DemandState
  let sizes: DemandSizes
  /// The first period fitted.
  let origin: Period

  init(
    method: IntermittentMethod, series: TimeSeries, alpha: Double, beta: Double, levels: [DemandLevel],
    values: [Double]
  ) {
    self.method = method
    self.series = series
    self.alpha = alpha
    self.beta = beta
    self.levels = levels
    origin = series.start
    var state = DemandState()
    var fitted: [Double?] = []
    for observation in series.observations {
      fitted.append(levels.isEmpty && state.demands > 0 ? state.rate(method, beta: beta) : nil)
      if let value = observation.value { state.advance(value, alpha: alpha, beta: beta) }
    }
    self.state = state
    self.fitted = fitted
    sizes = DemandSizes(values.lazy.filter { $0 > 0 })
    rate =
      levels.isEmpty
      ? state.rate(method, beta: beta)
      : levels.reduce(0) { $0 + $1.rate(values) } / Double(levels.count)
  }

  /// The method's name.
  public var name: String { method.title }

  /// True: no search is reported.
  public var hasConverged: Bool { true }

  /// Parameters, smoothed size, interval and probability.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    if levels.isEmpty {
      summary.coefficients.append(FitSummary.Coefficient(name: "alpha (sizes)", estimate: alpha))
      summary.coefficients.append(
        FitSummary.Coefficient(
          name: method == .tsb ? "beta (probability)" : "beta (intervals)", estimate: beta))
    }
    for level in levels {
      summary.coefficients.append(
        FitSummary.Coefficient(name: "alpha (sums of \(level.periods))", estimate: level.alpha))
    }
    if let size = state.size {
      summary.facts.append(FitSummary.Fact(name: "size of a demand", value: size, unit: series.unit))
    }
    summary.facts.append(FitSummary.Fact(name: "probability of a demand", value: probability))
    summary.facts.append(FitSummary.Fact(name: "mean a period", value: rate, unit: series.unit))
    if state.demands == 0 { summary.notes.append("no demand was seen: none is forecast") }
    if series.missingCount > 0 { summary.notes.append("missing values are left out") }
    return summary
  }

  private var probability: Double { state.chance(method, beta: beta) }

  /// The joint distribution of the coming demands, alike in every period.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    HurdlePaths(
      horizon, rate: rate, probability: probability, sizes: sizes, alpha: alpha, beta: beta,
      demands: state.demands, periods: state.periods)
  }
}

extension FittedIntermittentDemand {
  /// True: the smoothed levels follow.
  public var followsObservations: Bool { true }

  /// The parameters on another series: Croston, SBA and TSB take later observations in at O(1) each where it ends later; a series
  /// from the first period fitted is gone through anew.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins nor ends so, or that an aggregating method would
  ///   have to know from its first period; `.outsideDomain`, `.spanNotSupported`.
  public func updated(
    to series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedIntermittentDemand {
    try refuseUnused(regressors)
    try series.requireFrequency(self.series.frequency)
    if series.start == origin {
      return FittedIntermittentDemand(
        method: method, series: series, alpha: alpha, beta: beta, levels: levels,
        values: try demandValues(of: series, for: name))
    }
    guard levels.isEmpty, series.end >= self.series.end, series.start <= self.series.end + 1 else {
      throw .outsideForecast(
        series: series.name, asked: series.span,
        reason: levels.isEmpty
          ? "the fit knows no state before its first period"
          : "\(name) is brought up to date from the first period fitted, \(origin)")
    }
    return try FittedIntermittentDemand(self, continuedTo: series)
  }

  /// All of a series that begins with the first period fitted, else those after the end of the fit.
  public func valuesTaken(from series: TimeSeries) -> TakenValues {
    series.start == origin ? .all : .later(origin: origin)
  }

  /// Later observations taken in: at O(1) each by Croston, SBA and TSB; an aggregating method is gone through anew.
  ///
  /// - Throws: as `updated(to:)`, and `ForecastError.data` for observations that do not follow the series.
  public func appending(
    _ observations: [Observation], regressors: Regressors?
  ) throws(ForecastError) -> FittedIntermittentDemand {
    try refuseUnused(regressors)
    let whole = try series.appending(observations)
    return levels.isEmpty
      ? try FittedIntermittentDemand(self, continuedTo: whole) : try updated(to: whole, regressors: nil)
  }

  private init(_ held: FittedIntermittentDemand, continuedTo whole: TimeSeries) throws(ForecastError) {
    method = held.method
    series = whole
    alpha = held.alpha
    beta = held.beta
    levels = []
    origin = held.origin
    let values = try demandValues(of: whole, for: held.method.title)
    var state = held.state
    let offset = held.series.start.distance(to: whole.start)
    var fitted: [Double?] = []
    for (place, observation) in whole.observations.enumerated() {
      guard observation.span.first > held.series.end else {
        fitted.append(held.fitted.indices.contains(place + offset) ? held.fitted[place + offset] : nil)
        continue
      }
      fitted.append(state.demands > 0 ? state.rate(method, beta: beta) : nil)
      if let value = observation.value { state.advance(value, alpha: alpha, beta: beta) }
    }
    self.state = state
    self.fitted = fitted
    let later = values.suffix(whole.observations.count { $0.span.first > held.series.end && $0.value != nil })
    sizes = held.sizes.adding(later.filter { $0 > 0 })
    rate = state.rate(method, beta: beta)
  }
}

extension FittedIntermittentDemand: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.intermittent", version: 1)]

  /// The model with the last two cycles of its series (24 observations at least), a few kilobytes.
  var saved: SavedFields {
    tail(
      cycle: series.seasonalPeriod,
      behind: [
        "method": method, "alpha": alpha, "beta": beta, "rate": rate, "levels": levels, "state": state,
        "sizes": sizes, "origin": origin,
      ])
  }

  init(_ saved: SavedReader) throws {
    method = try saved.method
    series = try saved.series
    alpha = try saved.alpha
    beta = try saved.beta
    rate = try saved.rate
    fitted = try saved.fitted
    levels = try saved.levels
    state = try saved.state
    sizes = try saved.sizes
    origin = try saved.origin
  }

  func requireSound() throws(UnsoundFit) {
    try require(alpha > 0 && alpha <= 1, "alpha", "is not a smoothing parameter")
    try require(beta > 0 && beta <= 1, "beta", "is not a smoothing parameter")
    try require(rate >= 0, "rate", "is negative")
    try require(sizes.isSound, "sizes", "are not those of demands")
    try require(state.isSound, "state", "is not one of demands")
    try require(
      levels.allSatisfy { $0.periods > 0 && $0.alpha > 0 && $0.alpha <= 1 }, "levels", "are out of range")
    try requireTail(origin: origin)
  }
}

extension DemandState {
  /// Whether counts, sizes and intervals are those of periods seen.
  fileprivate var isSound: Bool {
    let counts = [waited, demands, periods]
    return counts.allSatisfy { (0...1_000_000_000_000).contains($0) } && demands <= periods
      && (size ?? 1) > 0 && interval >= 1 && (0...1).contains(probability ?? 0)
  }
}

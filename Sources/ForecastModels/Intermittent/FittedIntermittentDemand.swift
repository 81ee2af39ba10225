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
  public func forecast(_ horizon: Int) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    return Forecast(
      model: name, series: series,
      distribution: HurdlePaths(
        horizon, rate: rate, probability: probability, sizes: sizes, alpha: alpha, beta: beta,
        demands: state.demands, periods: state.periods))
  }
}

extension FittedIntermittentDemand: UpdatableForecaster {
  /// The parameters on another series: Croston, SBA and TSB take later observations in at O(1) each where it ends later; a series
  /// from the first period fitted is gone through anew.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a series that neither begins nor ends so, or that an aggregating method would
  ///   have to know from its first period; `.outsideDomain`, `.spanNotSupported`.
  public func updated(to series: TimeSeries) throws(ForecastError) -> FittedIntermittentDemand {
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
  public func appending(_ observations: [Observation]) throws(ForecastError) -> FittedIntermittentDemand {
    let whole = try series.appending(observations)
    return levels.isEmpty ? try FittedIntermittentDemand(self, continuedTo: whole) : try updated(to: whole)
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

extension FittedIntermittentDemand: Codable {
  static let envelope = ModelEnvelope("foresight.intermittent", version: 1)

  private enum CodingKeys: String, CodingKey {
    case method, series, alpha, beta, rate, fitted, levels, state, sizes, origin
  }

  /// Writes the model with the last two cycles of its series (24 observations at least), a few kilobytes.
  public func encode(to encoder: any Encoder) throws {
    try FittedIntermittentDemand.envelope.write(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    let tail = series.tail(cycle: series.seasonalPeriod)
    try container.encode(method, forKey: .method)
    try container.encode(tail, forKey: .series)
    try container.encode(alpha, forKey: .alpha)
    try container.encode(beta, forKey: .beta)
    try container.encode(rate, forKey: .rate)
    try container.encode(Array(fitted.suffix(tail.count)), forKey: .fitted)
    try container.encode(levels, forKey: .levels)
    try container.encode(state, forKey: .state)
    try container.encode(sizes, forKey: .sizes)
    try container.encode(origin, forKey: .origin)
  }

  /// Reads a model, whose series is the part that was kept; its forecasts are those of the model written.
  ///
  /// - Throws: `DecodingError` for another format, a later version or numbers that fit no model.
  public init(from decoder: any Decoder) throws {
    try FittedIntermittentDemand.envelope.check(decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    method = try container.decode(IntermittentMethod.self, forKey: .method)
    series = try container.decode(TimeSeries.self, forKey: .series)
    alpha = try container.decode(Double.self, forKey: .alpha)
    beta = try container.decode(Double.self, forKey: .beta)
    rate = try container.decode(Double.self, forKey: .rate)
    fitted = try container.decode([Double?].self, forKey: .fitted)
    levels = try container.decode([DemandLevel].self, forKey: .levels)
    state = try container.decode(DemandState.self, forKey: .state)
    sizes = try container.decode(DemandSizes.self, forKey: .sizes)
    origin = try container.decode(Period.self, forKey: .origin)
    guard alpha > 0, alpha <= 1, beta > 0, beta <= 1, rate >= 0, rate.isFinite, fitted.count == series.count,
      sizes.isSound, origin.frequency == series.frequency, levels.allSatisfy({ $0.periods > 0 })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .state, in: container, debugDescription: "is no fit of the series")
    }
  }
}

internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The members of `TemporalBlend` on one series, and what they share.
struct BlendMembers: Sendable, Codable {
  /// The fewest values that the smoothing member, and with it the distribution, is fitted to.
  static let needed = 5
  /// The fewest degrees of freedom of the distribution, which give it a mean, a variance and a fourth moment.
  static let freedom = 5.0

  /// Whether members see roots and logarithms.
  let isPositive: Bool
  let scale: Double
  let season: SeasonalAdjustment
  /// Smoothing of the adjusted root.
  private(set) var smoothing: FittedETS
  /// Smoothing at the levels of aggregation of the root; `nil` where it failed.
  private(set) var levels: TemporalLevels?
  /// The ARMA of the adjusted logarithm's differences; `nil` where the fit had missing values or too few.
  private var posterior: DifferencedARMA?
  /// Whether a later value was missing, which leaves the ARMA out.
  private var isBroken = false
  private let unfitted: [CombinationFailure]

  /// The members of a series of single periods.
  ///
  /// - Throws: `ForecastError.numerics` for values whose squares have no place among the numbers, and what
  ///   `ETS.fit` throws.
  init(_ series: TimeSeries, period: Int) throws(ForecastError) {
    // Roots and logarithms are those of a series without its season, which must leave it positive.
    let isPositive = series.observations.allSatisfy { $0.value.map { $0 > 0 } ?? true }
    let sample = try ThetaSample(
      series, model: "Temporal blend", period: period, adjustment: isPositive ? .multiplicative : .automatic,
      estimation: .shrinkage)
    let unit = sample.scale
    scale = unit
    let values = series.values.map { $0.map { $0 / unit } }
    let mayTransform = isPositive && (sample.season.isMultiplicative || sample.season.indices.isEmpty)
    self.isPositive = mayTransform
    season = sample.season
    let view = MemberView(isPositive: mayTransform)
    let adjusted = values.enumerated().map { t, y in y.map { sample.season.adjusted($0, at: t) } }

    let smoothed = try BlendMembers.plain(adjusted.map { $0.map(view.root) }, name: series.name)
    let damped = ETSForm(.additive, .additiveDamped, .none)
    let isLong = series.observedCount >= damped.parameterCount(period: 1) + 2
    smoothing = try ETS(isLong ? damped : ETSForm(.additive, .none, .none)).fit(smoothed)

    var failures: [CombinationFailure] = []
    do throws(ForecastError) {
      levels = try TemporalLevels(values.map { $0.map(view.root) }, name: series.name, period: period)
    } catch {
      levels = nil
      failures.append(CombinationFailure(member: "smoothing by levels", reason: error.description))
    }
    let complete = adjusted.compactMap { $0 }
    posterior =
      complete.count == adjusted.count
      ? DifferencedARMA(complete.map(view.logarithm)) : nil
    if posterior == nil {
      failures.append(
        complete.count == adjusted.count
          ? CombinationFailure(member: "ARMA(1,1) of differences", reason: "fewer than four values")
          : BlendMembers.gap)
    }
    unfitted = failures
  }

  private static let gap = CombinationFailure(
    member: "ARMA(1,1) of differences", reason: "values are missing")

  /// The ARMA where it forecasts.
  var arma: DifferencedARMA? { isBroken ? nil : posterior }

  /// The members that do not forecast.
  var failures: [CombinationFailure] { unfitted + (isBroken ? [BlendMembers.gap] : []) }

  /// Puts the members before the first period: season, parameters, posterior and initial states held.
  mutating func restart() {
    smoothing.finalState = smoothing.initialState
    levels?.restart()
    posterior?.restart()
    isBroken = false
  }

  /// Takes in values of later periods, the first `first` periods after the origin; the one-step predictions of the pool.
  ///
  /// A missing value leaves the ARMA member out, as in a fit. Members' own series and fitted values stay those of the fit.
  /// Cost: a step of each member a value.
  mutating func take(_ values: [Double?], from first: Int) -> [Double?] {
    let scaled = values.map { $0.map { $0 / scale } }
    let adjusted = scaled.enumerated().map { t, y in y.map { season.adjusted($0, at: first + t) } }
    let smoothed = smoothing.run(adjusted.map { $0.map(view.root) }, from: smoothing.finalState)
    smoothing.finalState = smoothed.state
    let roots = scaled.map { $0.map(view.root) }
    let level = levels?.take(roots)
    return adjusted.enumerated().map { t, value in
      var parts: [Double?] = [seasonal(view.squared(smoothed.predictions[t]), at: first + t)]
      if let level { parts.append(scale * view.squared(level[t])) }
      if posterior != nil {
        isBroken = isBroken || value == nil
        if !isBroken, let value {
          let logarithm = view.logarithm(value)
          let predicted = posterior?.take(logarithm)
          parts.append(predicted.map { seasonal(view.exponential($0), at: first + t) })
        }
      }
      return BlendMembers.mean(parts)
    }
  }

  /// The one-step predictions for the values that the pool has just been fitted to.
  func fitted(_ values: [Double?]) -> [Double?] {
    let level = levels?.fitted(values.map { $0.map { view.root($0 / scale) } })
    let arma = arma?.fitted(
      values.enumerated().compactMap { t, y in y.map { view.logarithm(season.adjusted($0 / scale, at: t)) } })
    return smoothing.fitted.enumerated().map { t, value in
      var parts = [value.map { seasonal(view.squared($0), at: t) }]
      if let level { parts.append(scale * view.squared(level[t])) }
      if let arma { parts.append(arma[t].map { seasonal(view.exponential($0), at: t) }) }
      return BlendMembers.mean(parts)
    }
  }

  /// The mean where all parts are known.
  private static func mean(_ parts: [Double?]) -> Double? {
    var sum = 0.0
    for part in parts {
      guard let part else { return nil }
      sum += part
    }
    return sum / Double(parts.count)
  }

  private var view: MemberView { MemberView(isPositive: isPositive) }

  private static func plain(_ values: [Double?], name: String) throws(ForecastError) -> TimeSeries {
    try TimeSeries(values, start: Period(.index, ordinal: 1), name: name, rule: .mean, seasonalPeriod: 1)
  }

  /// Whether its parts fit together, `length` periods after the origin.
  func isSound(after length: Int) -> Bool {
    scale > 0 && scale.isFinite && season.indices.count == season.errors.count
      && levels.map { $0.isSound && $0.taken == length } ?? true
      && posterior?.isSound ?? true && arma.map { $0.taken == length } ?? true
  }

  /// The number of members that forecast.
  var count: Int { 1 + (levels == nil ? 0 : 1) + (arma == nil ? 0 : 1) }

  /// The mean of the next periods that follow `length` ones: that of the members.
  func mean(_ horizon: Int, after length: Int) throws(NumericsError) -> [Double] {
    var sum = smoothing.innovationFreePath(horizon).enumerated().map { step, value in
      seasonal(view.squared(value), at: length + step)
    }
    if let levels {
      for (step, value) in try levels.path(horizon).enumerated() { sum[step] += scale * view.squared(value) }
    }
    if let arma {
      for (step, value) in arma.path(horizon).enumerated() {
        sum[step] += seasonal(view.exponential(value), at: length + step)
      }
    }
    return sum.map { $0 / Double(count) }
  }

  private func seasonal(_ value: Double, at time: Int) -> Double { scale * season.seasonal(value, at: time) }

  /// The joint distribution of the next periods: that of the smoothing member about the combined mean.
  func law(_ horizon: Int, after length: Int) throws(NumericsError) -> any PredictiveDistribution {
    let mean = try mean(horizon, after: length)
    let own = try smoothing.linearLaw(horizon)
    let law = try own.moved(
      to: mean, factor: Spread.pooled.innovation * (isPositive ? 1 : scale),
      degreesOfFreedom: max(own.degreesOfFreedom, BlendMembers.freedom))
    guard isPositive else { return law }
    return try SquaredStudentT(
      mean: mean, factors: (0..<horizon).map { seasonal(1, at: length + $0) }, root: law)
  }
}

/// What the members of `TemporalBlend` see of a value: its square root and its logarithm for positive data, otherwise the value itself.
private struct MemberView {
  let isPositive: Bool

  func root(_ value: Double) -> Double { isPositive ? value.squareRoot() : value }
  /// The inverse of `root`; a root below zero stands for zero.
  func squared(_ root: Double) -> Double { isPositive ? max(root, 0) * max(root, 0) : root }
  func logarithm(_ value: Double) -> Double { isPositive ? .log(value) : value }
  /// The inverse of `logarithm`.
  func exponential(_ value: Double) -> Double { isPositive ? .exp(value) : value }
}

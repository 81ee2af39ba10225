internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The members of `Auto` on one series, and what they share.
struct AutoPool: Sendable, Codable {
  /// The fewest values that the smoothing member, and with it the distribution, is fitted to.
  static let needed = 4
  /// By how much the choices made widen the smoothing member's distribution.
  static let spread = 1.15
  /// The fewest degrees of freedom of the distribution, which give it a mean, a variance and a fourth moment.
  static let freedom = 5.0

  /// Whether members see roots and logarithms.
  let isPositive: Bool
  let scale: Double
  let season: ThetaSeason
  /// Smoothing of the adjusted root.
  let smoothing: FittedETS
  /// Smoothing at the levels of aggregation of the root; `nil` where it failed.
  let levels: TemporalLevels?
  /// The ARMA of the adjusted logarithm's differences; `nil` where values are missing or too few.
  let arma: DifferencedARMA?
  let failures: [CombinationFailure]
  /// The adjusted values in the scaled unit.
  private let adjusted: [Double?]

  /// The members of a series of single periods.
  ///
  /// - Throws: `ForecastError.numerics` for values whose squares have no place among the numbers, and what
  ///   `ETS.fit` throws.
  init(_ series: TimeSeries, period: Int) throws(ForecastError) {
    let sample = try ThetaSample(
      series, model: "Auto", period: period, adjustment: .automatic, estimation: .shrinkage)
    let unit = sample.scale
    scale = unit
    let values = series.values.map { $0.map { $0 / unit } }
    let positive =
      values.allSatisfy { $0.map { $0 > 0 } ?? true }
      && (sample.season.isMultiplicative || sample.season.indices.isEmpty)
    isPositive = positive
    season = sample.season
    func root(_ value: Double) -> Double { positive ? value.squareRoot() : value }
    let adjusted = values.enumerated().map { t, y in y.map { sample.season.adjusted($0, at: t) } }
    self.adjusted = adjusted

    let smoothed = try AutoPool.plain(adjusted.map { $0.map(root) }, name: series.name)
    let damped = ETSForm(.additive, .additiveDamped, .none)
    let isLong = series.observedCount >= damped.parameterCount(period: 1) + 2
    smoothing = try ETS(isLong ? damped : ETSForm(.additive, .none, .none)).fit(smoothed)

    var failures: [CombinationFailure] = []
    do throws(ForecastError) {
      levels = try TemporalLevels(values.map { $0.map(root) }, name: series.name, period: period)
    } catch {
      levels = nil
      failures.append(CombinationFailure(member: "smoothing by levels", reason: error.description))
    }
    let complete = adjusted.compactMap { $0 }
    arma =
      complete.count == adjusted.count
      ? DifferencedARMA(positive ? complete.map { Double.log($0) } : complete) : nil
    if arma == nil {
      failures.append(
        CombinationFailure(
          member: "ARMA(1,1) of differences",
          reason: complete.count == adjusted.count ? "fewer than four values" : "values are missing"))
    }
    self.failures = failures
  }

  /// A pool that was fitted before, moved to other values.
  private init(
    _ held: AutoPool, adjusted: [Double?], smoothing: FittedETS, levels: TemporalLevels?,
    arma: DifferencedARMA?
  ) {
    isPositive = held.isPositive
    scale = held.scale
    season = held.season
    failures = held.failures
    self.adjusted = adjusted
    self.smoothing = smoothing
    self.levels = levels
    self.arma = arma
  }

  /// The members at the end of another series from the same first period: season, parameters, posterior and initial
  /// states held.
  ///
  /// A missing value leaves the ARMA member out, as in a fit.
  ///
  /// - Throws: `ForecastError.notPositive` where the members see logarithms, and what `FittedETS.updated` throws.
  func updated(to series: TimeSeries) throws(ForecastError) -> AutoPool {
    for observation in series.observations where isPositive {
      if let value = observation.value, value <= 0 {
        throw .notPositive(model: "Auto", series: series.name, span: observation.span, value: value)
      }
    }
    let values = series.values.map { $0.map { $0 / scale } }
    let adjusted = values.enumerated().map { t, y in y.map { season.adjusted($0, at: t) } }
    let complete = adjusted.compactMap { $0 }
    return AutoPool(
      self, adjusted: adjusted,
      smoothing: try smoothing.updated(to: AutoPool.plain(adjusted.map { $0.map(root) }, name: series.name)),
      levels: try levels?.updated(to: values.map { $0.map(root) }, name: series.name),
      arma: complete.count == adjusted.count
        ? arma?.updated(to: isPositive ? complete.map { Double.log($0) } : complete) : nil)
  }

  private func root(_ value: Double) -> Double { isPositive ? value.squareRoot() : value }

  private static func plain(_ values: [Double?], name: String) throws(ForecastError) -> TimeSeries {
    try TimeSeries(values, start: Period(.index, ordinal: 1), name: name, rule: .mean, seasonalPeriod: 1)
  }

  /// Whether its parts fit together.
  var isSound: Bool {
    scale > 0 && scale.isFinite && season.indices.count == season.errors.count && arma?.isSound ?? true
  }

  /// The number of members that forecast.
  var count: Int { 1 + (levels == nil ? 0 : 1) + (arma == nil ? 0 : 1) }

  /// The mean of the next periods that follow `length` ones: that of the members.
  func mean(_ horizon: Int, after length: Int) -> [Double] {
    var sum = smoothing.innovationFreePath(horizon).enumerated().map { step, value in
      seasonal(squared(value), at: length + step)
    }
    if let levels {
      for (step, value) in levels.path(horizon).enumerated() { sum[step] += scale * squared(value) }
    }
    if let arma {
      for (step, value) in arma.path(horizon).enumerated() {
        sum[step] += seasonal(isPositive ? Double.exp(value) : value, at: length + step)
      }
    }
    return sum.map { $0 / Double(count) }
  }

  /// The mean of the members' one-step predictions where all have one.
  var fitted: [Double?] {
    var parts = [
      smoothing.fitted.enumerated().map { t, value in value.map { seasonal(squared($0), at: t) } }
    ]
    if let levels { parts.append(levels.fits[0].fit.fitted.map { $0.map { scale * squared($0) } }) }
    if let arma {
      let values = adjusted.map { $0.map { isPositive ? Double.log($0) : $0 } ?? .nan }
      parts.append(
        arma.fitted(values).enumerated().map { t, value in
          value.map { seasonal(isPositive ? Double.exp($0) : $0, at: t) }
        })
    }
    return adjusted.indices.map { t in
      var sum = 0.0
      for part in parts {
        guard let value = part[t] else { return nil }
        sum += value
      }
      return sum / Double(parts.count)
    }
  }

  private func squared(_ root: Double) -> Double { isPositive ? max(root, 0) * max(root, 0) : root }

  private func seasonal(_ value: Double, at time: Int) -> Double { scale * season.seasonal(value, at: time) }

  /// The joint distribution of the next periods: that of the smoothing member about the combined mean.
  func law(_ horizon: Int, after length: Int) throws(NumericsError) -> any PredictiveDistribution {
    let mean = mean(horizon, after: length)
    let own = smoothing.linearLaw(horizon)
    var spread = own.scale
    let unit = isPositive ? 1 : scale
    for i in 0..<horizon {
      for j in 0..<horizon { spread[i, j] *= AutoPool.spread * AutoPool.spread * unit * unit }
    }
    let freedom = max(own.degreesOfFreedom, AutoPool.freedom)
    guard isPositive else {
      return try JointStudentT(location: mean, scale: spread, degreesOfFreedom: freedom)
    }
    return try SquaredStudentT(
      mean: mean, factors: (0..<horizon).map { seasonal(1, at: length + $0) }, scale: spread,
      degreesOfFreedom: freedom)
  }
}

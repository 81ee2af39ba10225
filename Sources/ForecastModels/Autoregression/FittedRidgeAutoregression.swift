public import Forecasting
internal import ForesightNumerics

/// A ridge autoregression fitted to a series.
public struct FittedRidgeAutoregression: FittedForecaster {
  /// The name of the model.
  public let name: String
  /// The fitted series, with new observations if there are any.
  public internal(set) var series: TimeSeries
  /// The one-step predictions; `nil` for the first, whose lags are not all known.
  public internal(set) var fitted: [Double?] = []
  /// The lags, in base periods.
  public var lags: [Int] { rule.lags }
  /// The coefficient of each lag.
  public let coefficients: [Double]
  /// σ̂² of the innovations: the weighted mean square of the residuals over their degrees of freedom.
  public var variance: Double { unitVariance * unit * unit }
  /// The degrees of freedom of σ̂²: observations that count, less what the coefficients use.
  public let degreesOfFreedom: Double
  let origin: Period
  let rule: RidgeLags
  let intercept: Double
  /// The mean and the standard deviation of the fitted values.
  let center: Double
  let unit: Double
  let unitVariance: Double
  /// The range of the fitted values in units.
  let lower: Double
  let upper: Double
  /// The last values in units, the latest last; a missing one is its own prediction.
  var recent: [Double] = []

  init(
    name: String, series: TimeSeries, scale: Double, values: [Double], estimate: RidgeEstimate
  ) throws(ForecastError) {
    self.name = name
    self.series = series
    origin = series.start
    rule = estimate.lags
    coefficients = estimate.coefficients
    intercept = estimate.intercept
    center = scale * estimate.center
    unit = scale * estimate.unit
    unitVariance = estimate.variance
    degreesOfFreedom = estimate.degreesOfFreedom
    lower = estimate.range.lowerBound
    upper = estimate.range.upperBound
    advance(values.map { ($0 - estimate.center) / estimate.unit })
  }

  /// Runs on over values in units.
  private mutating func advance(_ values: [Double]) {
    let longest = rule.longest
    var window = recent
    window.reserveCapacity(recent.count + values.count)
    for x in values {
      let predicted = window.count >= longest ? next(window) : nil
      fitted.append(predicted.map { center + unit * $0 })
      window.append(x.isNaN ? predicted ?? window.last ?? 0 : x)
    }
    recent = window.suffix(longest)
  }

  /// The prediction that follows values; a lag before the first stands at the mean.
  private func next(_ window: [Double]) -> Double {
    var sum = intercept
    for (place, lag) in rule.lags.enumerated() where lag <= window.count {
      sum += coefficients[place] * window[window.count - lag]
    }
    return sum
  }

  /// The means of the next base periods, within half a range of the data.
  public func mean(_ horizon: Int) -> [Double] {
    let room = 0.5 * (upper - lower)
    var window = recent
    for _ in 0..<horizon { window.append(next(window)) }
    return window.suffix(horizon).map { center + unit * min(max($0, lower - room), upper + room) }
  }

  /// What an innovation of 1 adds to its own step and those after it.
  ///
  /// An equation that is not stationary stops adding where a step's deviation has reached the range of the data.
  private func response(_ horizon: Int, deviation: Double) -> [Double] {
    var psi = [1.0]
    var sum = 1.0
    let limit = deviation > 0 ? (upper - lower) / deviation : .infinity
    while psi.count < horizon {
      var weight = 0.0
      for (place, lag) in rule.lags.enumerated() where lag <= psi.count {
        weight += coefficients[place] * psi[psi.count - lag]
      }
      sum += weight * weight
      psi.append(sum > limit * limit ? 0 : weight)
      if sum > limit * limit { break }
    }
    return psi + [Double](repeating: 0, count: horizon - psi.count)
  }

  /// The joint Student t distribution of the next base periods: σ²Σ ψ_{i−k}ψ_{j−k} about the iterated mean.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let spread = Spread.misspecified
    let deviation = unitVariance.squareRoot() * spread.innovation
    let kernel = response(horizon, deviation: deviation).map { unit * deviation * $0 }
    return try numerics { () throws(NumericsError) in
      try JointStudentT(
        location: mean(horizon), columns: ScaleColumns(rows: horizon, kernel: kernel),
        degreesOfFreedom: max(spread.limited(degreesOfFreedom), 3))
    }
  }

  /// True: the estimates have a closed form.
  public var hasConverged: Bool { true }

  /// The coefficients, and the standard deviation of the innovations.
  public var summary: FitSummary {
    var summary = FitSummary(model: name, of: series)
    summary.coefficients = zip(rule.lags, coefficients).map {
      FitSummary.Coefficient(name: "lag \($0)", estimate: $1)
    }
    summary.facts.append(FitSummary.Fact(name: "mean of the series", value: center, unit: series.unit))
    summary.degreesOfFreedom = degreesOfFreedom
    summary.residualStandardError = variance.squareRoot()
    return summary
  }
}

extension FittedRidgeAutoregression: StatefulFit {
  mutating func restart() { recent = [] }

  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    for observation in observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: name, series: series.name, span: observation.span)
      }
      if let value = observation.value {
        try requireRange(value, unit: unit, model: name, series: series)
      }
    }
    advance(observations.map { $0.value.map { ($0 - center) / unit } ?? .nan })
  }
}

extension FittedRidgeAutoregression: SavedFit {
  static let envelopes = [ModelEnvelope("foresight.ridge-autoregression", version: 1)]

  /// The coefficients and the values that the longest lag reaches, with the end of the series.
  var saved: SavedFields {
    tail(
      cycle: rule.cycle,
      behind: [
        "name": name, "origin": origin, "lags": rule, "coefficients": coefficients, "intercept": intercept,
        "center": center, "unit": unit, "variance": unitVariance, "degreesOfFreedom": degreesOfFreedom,
        "lower": lower, "upper": upper, "recent": recent,
      ])
  }

  init(_ saved: SavedReader) throws {
    name = try saved.name
    series = try saved.series
    fitted = try saved.fitted
    origin = try saved.origin
    rule = try saved.lags
    coefficients = try saved.coefficients
    intercept = try saved.intercept
    center = try saved.center
    unit = try saved.unit
    unitVariance = try saved.variance
    degreesOfFreedom = try saved.degreesOfFreedom
    lower = try saved.lower
    upper = try saved.upper
    recent = try saved.recent
  }

  func requireSound() throws(UnsoundFit) {
    try requireTail(origin: origin)
    try require(
      !rule.lags.isEmpty && rule.lags.allSatisfy { (1...100_000_000).contains($0) }
        && rule.lags == rule.lags.sorted() && rule.cycle >= 1 && rule.centers.count == rule.lags.count,
      "lags",
      "are not lags in order")
    try require(
      coefficients.count == rule.lags.count && areFinite(coefficients + [intercept]), "coefficients",
      "do not go with the lags")
    try require(unit > 0 && areFinite([unit, center]), "unit", "is not a positive number")
    try require(unitVariance >= 0 && unitVariance.isFinite, "variance", "is not a variance")
    try require(degreesOfFreedom > 0, "degreesOfFreedom", "is not positive")
    try require(lower <= upper && areFinite([lower, upper]), "lower", "is above the upper bound")
    try require(
      recent.count <= rule.longest && areFinite(recent), "recent", "has more values than the lags reach")
  }
}

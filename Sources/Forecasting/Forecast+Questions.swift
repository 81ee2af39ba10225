public import ForesightNumerics

extension Forecast {
  /// The predictive distribution of a forecast period; `nil` for a period that is not forecast.
  ///
  /// ```swift
  /// outlook[.month(2026, 7)]?.quantile(0.9)
  /// ```
  public subscript(period: Period) -> (any Distribution)? {
    step(of: period).map { distribution.marginal($0) }
  }

  /// Returns the step of a period, counted from 0; `nil` for a period that is not forecast.
  public func step(of period: Period) -> Int? {
    guard period.frequency == series.frequency else { return nil }
    let step = start.distance(to: period)
    return (0..<horizon).contains(step) ? step : nil
  }

  /// Returns the steps of a window.
  ///
  /// - Throws: `ForecastError.invalidOption` for a window of other periods, `.outsideForecast` for one that is not forecast as a whole.
  private func steps(_ window: TotalWindow?) throws(ForecastError) -> Range<Int> {
    guard let window else { return 0..<horizon }
    guard let asked = window.span(series.frequency) else {
      throw .invalidOption(
        name: "window", value: "\(window)", reason: "must be a range of \(series.frequency.rawValue) periods")
    }
    guard let first = step(of: asked.first), let last = step(of: asked.last) else {
      throw .outsideForecast(
        series: series.name, asked: asked,
        reason: "the forecast covers \(PeriodSpan(start, count: max(1, horizon)))")
    }
    return first..<(last + 1)
  }
}

// MARK: Probabilities

extension Forecast {
  /// The number of joint sample paths behind an answer that has no closed form; its standard error is at most 0.004 for a probability.
  public static let usualPaths = 16_384

  /// Returns the probability that each step meets a condition, from its own distribution.
  ///
  /// ```swift
  /// outlook.probability(step: >90)
  /// ```
  public func probability(step condition: some ValueConditionConvertible) -> [Double] {
    (0..<horizon).map { condition.condition.probability(under: distribution.marginal($0)) }
  }

  /// Returns the probability that at least one step of a window meets a condition; over the whole horizon if no window is given.
  ///
  /// It is the share of joint sample paths, which keep the dependence between steps. Cost: that of the paths.
  ///
  /// - Throws: `ForecastError.outsideForecast` for a window that is not forecast as a whole, `.invalidOption` for a window of other
  ///   periods and for a number of paths outside 1 to 1,000,000.
  public func probability(
    anyStep condition: some ValueConditionConvertible, over window: TotalWindow? = nil,
    paths: Int = usualPaths
  ) throws(ForecastError) -> Double {
    let (condition, steps) = (condition.condition, try steps(window))
    return try share(paths) { path in path[steps].contains { condition.holds($0) } }
  }

  /// Returns the probability that every step of a window meets a condition; over the whole horizon if no window is given.
  ///
  /// - Throws: The errors of `probability(anyStep:over:paths:)`.
  public func probability(
    everyStep condition: some ValueConditionConvertible, over window: TotalWindow? = nil,
    paths: Int = usualPaths
  ) throws(ForecastError) -> Double {
    let (condition, steps) = (condition.condition, try steps(window))
    return try share(paths) { path in path[steps].allSatisfy { condition.holds($0) } }
  }

  /// Returns the probability of whatever a closure says of a joint path, which has one value per step.
  ///
  /// ```swift
  /// try outlook.probability { path in path.reduce(0, +) > 1000 && path[0] < 80 }
  /// ```
  ///
  /// Cost: that of the paths, and one call per path.
  ///
  /// - Throws: `ForecastError.invalidOption` for a number of paths outside 1 to 1,000,000.
  public func probability(
    paths: Int = usualPaths, _ holds: (_ path: [Double]) -> Bool
  ) throws(ForecastError) -> Double {
    try share(paths) { holds(Array($0)) }
  }

  private func share(
    _ paths: Int, _ holds: (ArraySlice<Double>) -> Bool
  ) throws(ForecastError) -> Double {
    try requirePaths(paths)
    let drawn = samplePaths(paths)
    guard horizon > 0, drawn.columns > 0 else { return 0 }
    var count = 0
    for path in 0..<drawn.columns {
      let first = path * horizon
      // Re-based, so that a path begins at index 0.
      let values = drawn.elements[first..<(first + horizon)]
      if holds(ArraySlice(Array(values))) { count += 1 }
    }
    return Double(count) / Double(drawn.columns)
  }

  /// Returns when a condition is first met: a probability for each step, and that of never within the horizon.
  ///
  /// ```swift
  /// let full = try storage.forecast(24).first(step: .atLeast(95))
  /// print(full.median ?? "later", full.never)
  /// ```
  ///
  /// Cost: that of the paths.
  ///
  /// - Throws: `ForecastError.invalidOption` for a number of paths outside 1 to 1,000,000.
  public func first(
    step condition: some ValueConditionConvertible, paths: Int = usualPaths
  ) throws(ForecastError) -> FirstPassage {
    try requirePaths(paths)
    let condition = condition.condition
    let drawn = samplePaths(paths)
    var counts = [Int](repeating: 0, count: horizon)
    for path in 0..<drawn.columns {
      if let step = (0..<horizon).first(where: { condition.holds(drawn[$0, path]) }) { counts[step] += 1 }
    }
    let all = Double(max(1, drawn.columns))
    return FirstPassage(start: start, probabilities: counts.map { Double($0) / all })
  }
}

/// Throws unless a number of joint sample paths lies within 1 to 1,000,000.
///
/// - Throws: `ForecastError.invalidOption`.
package func requirePaths(_ paths: Int) throws(ForecastError) {
  guard (1...1_000_000).contains(paths) else {
    throw .invalidOption(name: "paths", value: "\(paths)", reason: "must be between 1 and 1000000")
  }
}

/// The distribution of the period in which a condition is first met.
public struct FirstPassage: Sendable, Hashable, Codable {
  /// The first forecast period.
  public let start: Period
  /// The probability of each step that the condition is met there for the first time.
  public let probabilities: [Double]

  /// The probability that it is not met within the horizon.
  public var never: Double { max(0, 1 - probabilities.reduce(0, +)) }

  /// The probability that it has been met by the end of each step.
  public var cumulative: [Double] {
    var sum = 0.0
    return probabilities.map { probability in
      sum += probability
      return min(1, sum)
    }
  }

  /// Returns the first period by whose end the condition is met with at least a probability; `nil` if that is beyond the horizon.
  public func quantile(_ probability: Double) -> Period? {
    // Shares of paths add up with rounding errors.
    cumulative.firstIndex { $0 >= probability - 1e-12 }.map { start + $0 }
  }

  /// The period by whose end the condition is met with even odds; `nil` if that is beyond the horizon.
  public var median: Period? { quantile(0.5) }
}

// MARK: Sums and other linear combinations

extension Forecast {
  /// Returns the distribution of the sum of all forecast periods.
  ///
  /// - Throws: The errors of `combination(_:constant:paths:)`.
  public func sum(paths: Int = usualPaths) throws(ForecastError) -> any Distribution {
    try combination([Double](repeating: 1, count: horizon), paths: paths)
  }

  /// Returns the distribution of the sum over a window of forecast periods, whatever the rule of the series.
  ///
  /// `total(over:)` follows the rule of the series and counts observed periods.
  ///
  /// - Throws: The errors of `combination(_:constant:paths:)`, `.outsideForecast` for a window that is not forecast as a whole, and
  ///   `.invalidOption` for a window of other periods.
  public func sum(over window: TotalWindow, paths: Int = usualPaths) throws(ForecastError) -> any Distribution
  {
    let steps = try steps(window)
    return try combination((0..<horizon).map { steps.contains($0) ? 1 : 0 }, paths: paths)
  }

  /// Returns the distribution of the mean over a window of forecast periods; over the whole horizon if no window is given.
  ///
  /// - Throws: The errors of `sum(over:paths:)`.
  public func mean(
    over window: TotalWindow?, paths: Int = usualPaths
  ) throws(ForecastError) -> any Distribution {
    let steps = try steps(window)
    let weight = 1 / Double(max(1, steps.count))
    return try combination((0..<horizon).map { steps.contains($0) ? weight : 0 }, paths: paths)
  }

  /// Returns the distribution of Σ wₛ yₛ + c, such as the rise from the first to the last step.
  ///
  /// ```swift
  /// var weights = [Double](repeating: 0, count: outlook.horizon)
  /// weights[0] = -1
  /// weights[11] = 1
  /// let rise = try outlook.combination(weights)
  /// ```
  ///
  /// It is exact where the joint distribution is normal, Student t or a set of paths. Otherwise quantiles come from joint sample paths,
  /// and the mean is the exact one, Σ wₛ E[yₛ] + c. Cost: O(h²) at most if exact, otherwise that of the paths.
  ///
  /// - Throws: `ForecastError.invalidOption` unless there is one finite weight per step, and for a number of paths outside 1 to
  ///   1,000,000; `.numerics` if a sum overflows.
  public func combination(
    _ weights: [Double], constant: Double = 0, paths: Int = usualPaths
  ) throws(ForecastError) -> any Distribution {
    try requirePaths(paths)
    guard weights.count == horizon, weights.allSatisfy(\.isFinite), constant.isFinite else {
      throw .invalidOption(
        name: "weights", value: "\(weights.count)",
        reason: "must be \(counted(horizon, "finite number")), one per step")
    }
    do {
      guard weights.contains(where: { $0 != 0 }) else { return try Empirical([constant]) }
      if constant == 0, weights.count(where: { $0 != 0 }) == 1, let step = weights.firstIndex(of: 1) {
        return distribution.marginal(step)
      }
      if let exact = try distribution.linearCombination(weights, constant: constant) { return exact }
      let drawn = samplePaths(paths)
      let sums = (0..<drawn.columns).map { path in
        var sum = constant
        for step in 0..<horizon { sum += weights[step] * drawn[step, path] }
        return sum
      }
      var mean = constant
      for step in 0..<horizon where weights[step] != 0 {
        mean += weights[step] * distribution.marginal(step).mean
      }
      let sampled = try Empirical(sums)
      return mean.isFinite ? SampledCombination(sampled, mean: mean) : sampled
    } catch {
      throw .numerics(model: model, series: series.name, error)
    }
  }
}

/// A sampled distribution whose mean is known.
struct SampledCombination: Distribution {
  let samples: Empirical
  let mean: Double

  init(_ samples: Empirical, mean: Double) {
    self.samples = samples
    self.mean = mean
  }

  var variance: Double { samples.variance }
  func density(_ x: Double) -> Double { samples.density(x) }
  func logDensity(_ x: Double) -> Double { samples.logDensity(x) }
  func cdf(_ x: Double) -> Double { samples.cdf(x) }
  func quantile(_ p: Double) -> Double { samples.quantile(p) }
}

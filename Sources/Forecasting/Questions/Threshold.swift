package import ForesightNumerics

/// A bound that values may exceed, or fall below.
package struct Threshold: Sendable, Hashable {
  /// The side of the bound that is asked for.
  package enum Side: String, Sendable, Hashable, CaseIterable {
    /// Values greater than the bound.
    case above
    /// Values less than the bound.
    case below
  }

  /// The side.
  package let side: Side
  /// The bound, in the unit of the series.
  package let bound: Double

  /// Creates a side of a bound.
  package init(_ side: Side, _ bound: Double) {
    self.side = side
    self.bound = bound
  }

  /// The condition that a value lies on the side.
  package var condition: ValueCondition { side == .above ? .above(bound) : .below(bound) }
}

/// Which periods of a window have to lie on a side of a bound.
package enum PeriodQuantifier: String, Sendable, Hashable, CaseIterable {
  /// At least one of them.
  case any
  /// All of them.
  case all
}

/// The probability of an event on joint sample paths.
package struct SampledProbability: Sendable, Hashable {
  /// The share of paths on which the event happens.
  package let value: Double
  /// The number of paths.
  package let paths: Int

  /// The standard error of the share, √(p(1 − p)/n).
  package var standardError: Double { (value * (1 - value) / Double(max(1, paths))).squareRoot() }
}

extension Forecast {
  /// The number of joint sample paths behind the probability of an event: 16,384, fewer where the horizon is so long that they would hold
  /// more than 2²⁴ values.
  package var pathsOfEvents: Int { max(1, min(16_384, (1 << 24) / max(1, horizon))) }

  /// Returns the probability that any, or every, period of a window lies on a side of a bound; observed periods count with their values.
  ///
  /// It comes from joint sample paths, which keep the dependence between periods: the probability of any period is not that of one
  /// period, nor does it follow from those of all. Cost: that of the paths.
  ///
  /// - Parameter paths: The joint sample paths of the forecast, one per column.
  /// - Throws: `ForecastError.outsideForecast` if a period of the window is neither observed nor forecast, `.invalidOption` for a window
  ///   that is not a range of periods of the series.
  package func probability(
    of quantifier: PeriodQuantifier, _ threshold: Threshold, over window: TotalWindow, on paths: Matrix
  ) throws(ForecastError) -> SampledProbability {
    guard let asked = window.span(series.frequency) else {
      throw .invalidOption(
        name: "window", value: "\(window)", reason: "must be a range of \(series.frequency.rawValue) periods")
    }
    guard asked.first >= series.start, asked.last <= series.end + horizon else {
      throw .outsideForecast(
        series: series.name, asked: asked,
        reason: "the series and its forecast cover \(PeriodSpan(series.start, through: series.end + horizon))"
      )
    }
    let condition = threshold.condition
    let known = try knownValues(in: asked).map(condition.holds)
    let steps = (0..<horizon).filter { asked.contains(start + $0) }
    let decided = quantifier == .any ? known.contains(true) : known.contains(false)
    guard !decided, !steps.isEmpty else {
      return SampledProbability(value: (quantifier == .any) == decided ? 1 : 0, paths: paths.columns)
    }
    let count = (0..<paths.columns).count { path in
      quantifier == .any
        ? steps.contains { condition.holds(paths[$0, path]) }
        : steps.allSatisfy { condition.holds(paths[$0, path]) }
    }
    return SampledProbability(value: Double(count) / Double(max(1, paths.columns)), paths: paths.columns)
  }

  /// The observed values in a window, one per period.
  private func knownValues(in asked: PeriodSpan) throws(ForecastError) -> [Double] {
    var values: [Double] = []
    for observation in series.observations where observation.span.last >= asked.first {
      guard observation.span.first <= asked.last else { break }
      guard observation.span.count == 1, let value = observation.value else {
        throw .outsideForecast(
          series: series.name, asked: asked,
          reason: observation.value == nil
            ? "the observation of \(observation.span) has no value"
            : "the observation of \(observation.span) covers several periods")
      }
      values.append(value)
    }
    return values
  }
}

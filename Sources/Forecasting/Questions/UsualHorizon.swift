/// The number of periods to forecast where nobody says.
package struct UsualHorizon: Sendable, Hashable {
  /// The number of periods, at least 1.
  package let steps: Int
  /// Why that many, as a clause: "two seasonal cycles".
  package let reason: String
}

extension TimeSeries {
  /// The horizon that suits the series: two seasonal cycles (one if a cycle has more than 26 periods), six years, or ten periods without
  /// a season, and at most half as many periods as the series has.
  ///
  /// Two cycles are the default of R's `forecast`; six years and the others are near those of the M competitions.
  package var usualHorizon: UsualHorizon {
    let cycle = seasonalPeriod
    let (steps, reason) =
      switch cycle {
      case 2...26: (2 * cycle, "two seasonal cycles")
      case 27...: (min(cycle, longestHorizon), "one seasonal cycle")
      default: frequency.unit == .year ? (6, "six years") : (10, "ten periods")
      }
    let most = max(1, periodCount / 2)
    return steps <= most
      ? UsualHorizon(steps: steps, reason: reason)
      : UsualHorizon(steps: most, reason: "half the length of the series")
  }
}

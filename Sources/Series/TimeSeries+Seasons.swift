extension TimeSeries {
  /// The base periods in each seasonal cycle, shortest first: those that were given, or `seasonalPeriod` alone; empty without a season.
  ///
  /// They need not be whole: a year has 365.25 days. `seasonalPeriod` is the shortest, rounded.
  public var seasons: [Double] {
    if !givenSeasons.isEmpty { return givenSeasons }
    return seasonalPeriod > 1 ? [Double(seasonalPeriod)] : []
  }

  /// Whether the seasonal cycles were given, so that models of several seasons look for no others.
  public var hasGivenSeasons: Bool { !givenSeasons.isEmpty }

  /// Returns the series with seasonal cycles of so many base periods, which models of several seasons then look at in place of those that
  /// the frequency suggests; `[1]` is none.
  ///
  /// ```swift
  /// let load = try series.with(seasons: [24, 168])
  /// ```
  ///
  /// - Throws: `ForecastError.invalidOption` for no cycle, for one that is not from 2 to 1,000,000 periods long, except 1 alone, and
  ///   for two that are equal when rounded.
  public func with(seasons: [Double]) throws(ForecastError) -> TimeSeries {
    let sorted = try TimeSeries.checked(seasons: seasons)
    var copy = self
    copy.seasonalPeriod = Int(sorted[0].rounded())
    copy.givenSeasons = sorted
    return copy
  }

  /// Seasonal cycles, shortest first.
  ///
  /// - Throws: As `with(seasons:)`.
  static func checked(seasons: [Double]) throws(ForecastError) -> [Double] {
    func failure(_ reason: String) -> ForecastError {
      .invalidOption(
        name: "season", value: seasons.map(seasonText).joined(separator: "+"), reason: reason)
    }
    guard !seasons.isEmpty else { throw failure("needs at least one number of periods") }
    let least = seasons.count == 1 ? 1.0 : 2.0
    guard seasons.allSatisfy({ $0 == 1 || $0 >= 2 }), seasons.allSatisfy({ $0 >= least && $0 <= 1_000_000 })
    else { throw failure("needs cycles from 2 to 1000000 periods, or 1 alone for no season") }
    let sorted = seasons.sorted()
    for (shorter, longer) in zip(sorted, sorted.dropFirst()) where shorter.rounded() == longer.rounded() {
      throw failure("names the same cycle twice")
    }
    return sorted
  }

  /// A number of base periods as people write it: `24`, `365.25`.
  package static func seasonText(_ season: Double) -> String {
    season == season.rounded() && abs(season) < 1e15 ? String(Int(season)) : "\(season)"
  }
}

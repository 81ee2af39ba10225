extension Frequency {
  /// The numbers of base periods in the seasonal cycles that the calendar suggests, the usual one first; empty for years and indices.
  ///
  /// Hours suggest a day, a week and a year (24, 168, 8766); minutes a day and a week (48 and 336 for half-hours); seconds a
  /// minute, an hour and a day; days a week and a year (7, 365.25); weeks a year (52.18, a mean of weeks that are not folded); business days a
  /// week (5); months, quarters and half-years a year (12, 4, 2); 14 days 26, as in payrolls. A cycle is left out if it has fewer than two
  /// base periods or, below the year, is not a whole number of them. A year has 365.25 days here.
  public var suggestedSeasons: [Double] {
    switch unit {
    case .index: return []
    case .businessDay: return (weekdays?.count ?? 5) > 1 ? [Double(weekdays?.count ?? 5)] : []
    case .year, .half, .quarter, .month:
      guard let months = monthsPerPeriod, months <= 6, 12 % months == 0 else { return [] }
      return [12 / Double(months)]
    case .week: return Frequency.year(ofWeeks: step)
    case .day where step % 7 == 0: return Frequency.year(ofWeeks: step / 7)
    case .day, .hour, .minute, .second: return suggestedCycles
    }
  }

  /// The usual number of base periods in one seasonal cycle (12 for months, 4 for quarters, 1 for years): the first suggested one, rounded.
  public var seasonalPeriod: Int { suggestedSeasons.first.map { Int($0.rounded()) } ?? 1 }

  /// The longer cycles that the calendar suggests above one of `own` base periods: the week and the year above a day of hours, the year
  /// above a week of days.
  ///
  /// A cycle that the calendar does not suggest has none above it. Of plain integers, those that count the parts of a day or the days of a
  /// week are taken for what they look like.
  public func longerSeasons(above own: Int) -> [Double] {
    guard unit != .index else {
      if [24, 48, 96, 144, 288, 1440].contains(own) { return [7 * Double(own)] }
      return own == 7 ? [365.25] : []
    }
    let known = suggestedSeasons
    guard known.contains(where: { Int($0.rounded()) == own }) else { return [] }
    return known.filter { Int($0.rounded()) > own }
  }

  /// A cycle of `period` base periods at the exact length that the calendar has for it: 365.25 days for 365, 52.18 weeks for 52.
  public func exactSeason(_ period: Int) -> Double {
    suggestedSeasons.first { Int($0.rounded()) == period } ?? Double(period)
  }

  /// A year in steps of weeks: its mean length for single weeks, otherwise 52 weeks.
  private static func year(ofWeeks step: Int) -> [Double] {
    if step == 1 { return [365.25 / 7] }
    return 52 / step >= 2 ? [52 / Double(step)] : []
  }

  private var suggestedCycles: [Double] {
    guard let length = secondsPerPeriod else { return [] }
    let (day, week) = (86_400, 7 * 86_400)
    let cycles =
      switch unit {
      case .second: [60, 3600, day]
      case .minute: [day, week]
      default: [day, week]
      }
    var seasons = cycles.filter { $0 % length == 0 && $0 / length >= 2 }.map { Double($0 / length) }
    let year = 365.25 * Double(day) / Double(length)
    if unit == .day || unit == .hour, year >= 2 { seasons.append(year) }
    return seasons
  }
}

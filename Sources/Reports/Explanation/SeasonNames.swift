internal import ForecastModels
internal import Forecasting

extension SeriesView {
  /// The name of a position in a cycle: a month, a weekday, an hour.
  func positionName(_ period: Period, cycle: Int) -> String {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November", "December",
    ]
    let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    let length = Double(cycle) / series.frequency.meanPeriodsPerYear
    let date = period.firstDay
    let time = period.description.split(separator: "T").dropFirst().first.map(String.init) ?? ""
    let hour = time.isEmpty ? "" : (time.contains(":") ? time : time + ":00")
    let isYear = abs(length - 1) < 0.05
    let isWeek = abs(length * 365.2425 - 7) < 0.05
    let isDay = abs(length * 365.2425 - 1) < 0.01
    switch series.frequency.unit {
    case .month where cycle == 12: return date.map { months[$0.month - 1] } ?? "\(period)"
    case .quarter where cycle == 4: return "quarter \(period.season(of: 4) + 1)"
    case .half where cycle == 2: return "half-year \(period.season(of: 2) + 1)"
    case .week where isYear: return "week \(period.season(of: cycle) + 1)"
    case .day, .businessDay:
      if isWeek || (series.frequency.unit == .businessDay && cycle == series.frequency.weekdays?.count) {
        return date.map { days[$0.weekday] } ?? "\(period)"
      }
      if isYear { return date.map { "\(months[$0.month - 1]) \($0.day)" } ?? "\(period)" }
    case .hour, .minute, .second:
      if isDay { return hour }
      if isWeek { return date.map { "\(days[$0.weekday]) \(hour)" } ?? hour }
      if isYear { return date.map { "\(months[$0.month - 1]) \($0.day)" } ?? "\(period)" }
    default: break
    }
    return "position \(period.season(of: cycle) + 1) of \(cycle)"
  }

  /// `a year of 12 months`, `a week of 168 hours`, `7 periods`.
  func cycleName(_ cycle: Int) -> String {
    let days = Double(cycle) / series.frequency.meanPeriodsPerYear * 365.2425
    let name =
      series.frequency.unit == .index
      ? nil
      : abs(days - 365.2425) < 15
        ? "a year" : abs(days - 7) < 0.05 ? "a week" : abs(days - 1) < 0.01 ? "a day" : nil
    let count = counted(cycle, period)
    return name.map { "\($0) of \(count)" } ?? count
  }

  /// Statements about each seasonal cycle, and whether the forecast repeats it.
  func seasonStatements(_ mean: [Double], _ slope: ForecastTrend) -> [Statement] {
    guard !seasons.isEmpty else {
      let reason =
        cycle > 1
        ? "the series has \(counted(values.count, period)), and a cycle of \(cycle) needs more than two"
        : "a series by \(period) without --season has none"
      return [
        Statement(
          topic: .season, subject: "none", value: nil, percent: nil, text: "Season: none is shown; \(reason)."
        )
      ]
    }
    return seasons.map { season, strength in
      let last = max(0, season.values.count - season.period)..<season.values.count
      let high = last.max { season.values[$0] < season.values[$1] } ?? last.lowerBound
      let low = last.min { season.values[$0] < season.values[$1] } ?? last.lowerBound
      let swing = season.values[high] - season.values[low]
      let name = cycleName(season.period)
      func extreme(_ place: Int) -> String {
        "\(positionName(series.start + place, cycle: season.period)), \(change(season.values[place]))"
          + shareText(season.values[place])
      }
      let kind = strength >= 0.6 ? "strong" : strength >= 0.3 ? "moderate" : "weak"
      var text =
        "Season of \(name): highest in \(extreme(high)), lowest in \(extreme(low)), from the level; it is \(kind) "
        + "(strength \(NumberText.fixed(strength, 2)) of 1)."
      if season.period == cycle, mean.count >= season.period, swing > 0 {
        let own = slope.detrended(mean, season.period)
        let range = (own.max() ?? 0) - (own.min() ?? 0)
        text +=
          range > 0.25 * swing
          ? " The forecast repeats it."
          : " The forecast does not repeat it: the models that do were less accurate or not in the choice."
      }
      return Statement(topic: .season, subject: name, value: swing, percent: share(swing), text: text)
    }
  }
}

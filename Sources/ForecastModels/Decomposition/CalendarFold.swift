internal import Forecasting

/// A grid on which every cycle has the same number of periods: week 53 falls on week 52, and February 29 on February 28.
///
/// Without it, what comes in one week of every year slips by a place after each year of 53 weeks (`Period.season(of:)`).
struct CalendarFold {
  /// The place on the grid of each period.
  private let places: [Int]
  private let count: Int

  /// The grid of a cycle over a series; every period has a place of its own unless the calendar folds some.
  init(_ series: TimeSeries, cycle: Int) {
    guard CalendarFold.folds(series.frequency, cycle: cycle) else {
      places = []
      count = series.count
      return
    }
    var places: [Int] = []
    places.reserveCapacity(series.count)
    var place = -1
    var last = -1
    for offset in 0..<series.count {
      let season = (series.start + offset).season(of: cycle)
      if season != last { place += 1 }
      last = season
      places.append(place)
    }
    self.places = places
    count = place + 1
  }

  /// Whether the calendar has cycles of so many periods with now and then one more.
  static func folds(_ frequency: Frequency, cycle: Int) -> Bool {
    frequency == .week && cycle == 52 || frequency == .day && cycle == 365
  }

  /// The decomposition of values on the grid, where two of one place are averaged, and back.
  func parts(of values: [Double], by stl: STL, period: Int) -> STLParts {
    guard count < places.count else { return stl.parts(of: values, period: period) }
    var sums = [Double](repeating: 0, count: count)
    var counts = [Double](repeating: 0, count: count)
    for (place, value) in zip(places, values) where !value.isNaN {
      sums[place] += value
      counts[place] += 1
    }
    let parts = stl.parts(of: zip(sums, counts).map { $1 > 0 ? $0 / $1 : .nan }, period: period)
    return STLParts(
      trend: places.map { parts.trend[$0] }, seasonal: places.map { parts.seasonal[$0] },
      weights: places.map { parts.weights[$0] })
  }
}

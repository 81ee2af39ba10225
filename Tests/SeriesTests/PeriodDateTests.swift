import Foundation
import Series
import Testing

/// Foundation's dates into periods and back.
@Suite struct PeriodDateTests {
  private func calendar(_ zone: String) throws -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: zone))
    return calendar
  }

  @Test(arguments: ["UTC", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe", "Asia/Kathmandu"])
  func `a period starts where the calendar says`(zone: String) throws {
    let calendar = try calendar(zone)
    for (period, components) in [
      (Period.month(2026, 7), DateComponents(year: 2026, month: 7, day: 1)),
      (.year(2026), DateComponents(year: 2026, month: 1, day: 1)),
      (.quarter(2025, 4), DateComponents(year: 2025, month: 10, day: 1)),
    ] {
      let start = try #require(calendar.date(from: components))
      #expect(period.startDate(in: calendar) == start)
      #expect(Period(start, period.frequency, calendar: calendar) == period)
      #expect(Period(start - 1, period.frequency, calendar: calendar) == period - 1)
      #expect(period.endDate(in: calendar) == (period + 1).startDate(in: calendar))
      #expect(period.dateComponents == components && Period(components, period.frequency) == period)
    }
  }

  /// All days of two years, with both changes of clocks in each.
  @Test func `a day in New York lasts 23, 24 or 25 hours`() throws {
    let calendar = try calendar("America/New_York")
    let first = try #require(CivilDate(year: 2025, month: 1, day: 1))
    var hours: [Double: Int] = [:]
    for offset in 0..<730 {
      let day = Period.day(first) + offset
      let interval = try #require(day.dateInterval(in: calendar))
      hours[interval.duration / 3600, default: 0] += 1
      #expect(Period(interval.start + interval.duration / 2, .day, calendar: calendar) == day)
    }
    #expect(hours == [23: 2, 24: 726, 25: 2])
  }

  @Test func `a series of dates in any order is one of periods`() throws {
    let calendar = try calendar("Asia/Shanghai")
    let days = [3, 1, 4].map { day in
      (
        calendar.date(from: DateComponents(year: 2026, month: 3, day: day, hour: 1)) ?? .distantPast,
        Double(day)
      )
    }
    let series = try TimeSeries(days, calendar: calendar, frequency: .day)
    #expect(series.values == [1, nil, 3, 4] && series.start.description == "2026-03-01")
    let utc = try TimeSeries(days, calendar: self.calendar("UTC"), frequency: .day)
    #expect(utc.start.description == "2026-02-28")
    #expect(throws: ForecastError.self) { try TimeSeries(days, calendar: calendar, frequency: .month) }
    #expect(
      try TimeSeries(days, calendar: calendar, frequency: .month, aggregate: .sum).values == [8])
    #expect(throws: ForecastError.self) { try TimeSeries(days, calendar: calendar, frequency: .index) }
    #expect(throws: ForecastError.self) {
      try TimeSeries([(Date.distantPast, Double.nan)], calendar: calendar, frequency: .day)
    }
    #expect(try TimeSeries(nanIsMissing: [1, .nan, 3], start: .year(2020)).values == [1, nil, 3])
    #expect(try series.appending([5, nil]).values == [1, nil, 3, 4, 5, nil])
  }

  @Test func `dates beyond the calendar have no period`() {
    for date in [Date(timeIntervalSince1970: .infinity), Date(timeIntervalSince1970: 1e300)] {
      #expect(Period(date, .day) == nil && CivilDate(date) == nil)
    }
    #expect(Period(Date(), .index) == nil && Period.index(3).startDate == nil)
  }
}

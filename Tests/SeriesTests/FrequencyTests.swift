import Foundation
import Series
import Testing

@Suite struct FrequencyTests {
  /// Units, steps with and without a phase, and sets of open days.
  static let all: [Frequency] =
    Frequency.allCases + [
      .minutes(5), .minutes(15), .minutes(30), .seconds(10), .hours(6), .hours(7), .days(14), .days(10),
      .weeks(2),
      .weekdays(.mondayToSaturday), .weekdays([.day(6), .day(0), .day(1), .day(2), .day(3)]),
      .weekdays([.day(0), .day(2), .day(4)]),
    ]
    + [
      Frequency(every: 14, .day, phase: 3), Frequency(every: 60, .minute, phase: 30),
      Frequency(every: 24, .hour, phase: 23), Frequency(every: 15, .minute, phase: 7),
      Frequency(every: 2, .month),
      Frequency(every: 2, .month, phase: 1), Frequency(every: 12, .month, phase: 3),
      Frequency(every: 10, .year),
      Frequency(every: 2, .week, phase: 1), Frequency(every: 90, .second),
    ].compactMap(\.self)

  @Test(arguments: all) func `a name reads back, alone and in JSON`(_ frequency: Frequency) throws {
    #expect(Frequency(rawValue: frequency.rawValue) == frequency)
    let data = try JSONEncoder().encode([frequency])
    #expect(try JSONDecoder().decode([Frequency].self, from: data) == [frequency])
  }

  @Test(arguments: [
    ("15min", Frequency.minutes(15)), ("30-minute", .minutes(30)), ("6h", .hours(6)), ("14d", .days(14)),
    ("1s", .second),
    ("2w", .weeks(2)), ("60min", .hour), ("24h", .day), ("3-month", .quarter), ("2-quarter", .half),
    ("4-quarter", .year),
    ("12-month", .year), ("10 seconds", .seconds(10)), ("business-day:mon-fri", .businessDay),
  ])
  func `short names, and steps that are a longer unit`(_ name: String, _ frequency: Frequency) {
    #expect(Frequency(rawValue: name) == frequency)
  }

  @Test(arguments: [
    "", "months", "0-day", "70000-day", "-1-day", "15", "min", "d", "14-day+14", "14-day+x", "2-index",
    "2-business-day",
    "business-day:", "business-day:mon-sun", "business-day:foo", "15-", "month+1", "99999999999999999999-day",
  ])
  func `other names are not frequencies`(_ name: String) { #expect(Frequency(rawValue: name) == nil) }

  @Test func `calendars suggest seasons, the usual one first`() {
    #expect(Frequency.hour.suggestedSeasons == [24, 168, 8766])
    #expect(Frequency.minutes(30).suggestedSeasons == [48, 336])
    #expect(Frequency.minutes(15).suggestedSeasons == [96, 672])
    #expect(Frequency.minutes(5).suggestedSeasons == [288, 2016])
    #expect(Frequency.second.suggestedSeasons == [60, 3600, 86_400])
    #expect(Frequency.hours(6).suggestedSeasons == [4, 28, 1461])
    #expect(Frequency.day.suggestedSeasons == [7, 365.25])
    #expect(Frequency.days(14).suggestedSeasons == [26])
    #expect(Frequency.days(28).suggestedSeasons == [52.0 / 4])
    #expect(Frequency.week.suggestedSeasons.map { ($0 * 100).rounded() / 100 } == [52.18])
    #expect(Frequency.businessDay.suggestedSeasons == [5])
    #expect(Frequency.weekdays(.mondayToSaturday).suggestedSeasons == [6])
    #expect(Frequency.month.suggestedSeasons == [12] && Frequency.quarter.suggestedSeasons == [4])
    #expect(Frequency.year.suggestedSeasons.isEmpty && Frequency.index.suggestedSeasons.isEmpty)
    // The seasonal periods that series without steps have had all along.
    let usual: [Frequency: Int] = [
      .year: 1, .half: 2, .quarter: 4, .month: 12, .week: 52, .day: 7, .hour: 24, .businessDay: 5, .index: 1,
    ]
    for (frequency, season) in usual { #expect(frequency.seasonalPeriod == season) }
    for frequency in FrequencyTests.all {
      #expect(TimeSeries.seasonalPeriods.contains(frequency.seasonalPeriod))
      #expect(frequency.suggestedSeasons.allSatisfy { $0 >= 2 })
    }
  }

  @Test(arguments: all) func `a period's text reads back, and periods tile time`(_ frequency: Frequency)
    throws
  {
    let first = try #require(
      Period(
        frequency == .index ? "0" : frequency.unit == .year ? "1890" : "1890-01-06", frequency: frequency))
    var next = first
    // To the year 9999 at most.
    for offset in 0..<min(3000, 8000 / (frequency.unit == .year ? frequency.step : 1)) {
      let period = first + offset
      #expect(period == next)
      #expect(Period(period.description, frequency: frequency) == period)
      next = period + 1
      guard let start = period.startSecond, let end = (period + 1).startSecond else { continue }
      // The first and the last second belong to the period, where it has no closed days behind it.
      #expect(Period.containing(second: start, frequency) == period)
      if frequency.weekdays == nil { #expect(Period.containing(second: end - 1, frequency) == period) }
    }
    #expect((first + 17) - 17 == first)
  }

  @Test(arguments: all.filter { $0 != .index }) func `years tile time`(_ frequency: Frequency) throws {
    var last: PeriodSpan?
    for year in 1968..<1999 {
      guard let span = TotalWindow.year(year).span(frequency) else {
        #expect(frequency.unit == .year && frequency.step > 1)
        continue
      }
      if let last { #expect(last.next == span.first) }
      last = span
    }
    #expect(last != nil)
  }

  @Test(arguments: all.filter { $0 != .index }) func `mean periods per year are those of four centuries`(
    _ frequency: Frequency
  ) throws {
    let first = try #require(
      Period("1600", frequency: frequency) ?? Period("1600-01-03", frequency: frequency))
    let last = try #require(
      Period("2000", frequency: frequency) ?? Period("2000-01-03", frequency: frequency))
    let mean = Double(first.distance(to: last)) / 400
    #expect(abs(mean - frequency.meanPeriodsPerYear) <= 1e-12 * mean + 1.0 / 400)
  }

  @Test func `open days skip the others, and the set reads back`() throws {
    let shop = Frequency.weekdays(.mondayToSaturday)
    let saturday = try #require(Period("2024-01-06", frequency: shop))
    #expect((saturday + 1).description == "2024-01-08" && Period("2024-01-07", frequency: shop) == nil)
    #expect(shop.rawValue == "business-day:mon-sat" && shop.meanPeriodsPerYear == 365.2425 * 6 / 7)
    for bits in UInt8(1)...127 {
      let days = Weekdays(rawValue: bits)
      #expect(Weekdays(days.description) == days)
    }
    #expect(Weekdays("sun-thu")?.count == 5 && Weekdays("") == nil && Weekdays("mon-") == nil)
  }

  @Test func `every 14 days is as many calendars as it has phases`() throws {
    let frequencies = (0..<14).compactMap { Frequency(every: 14, .day, phase: $0) }
    #expect(Set(frequencies).count == 14)
    let days = try #require(CivilDate(year: 2019, month: 1, day: 4))
    let starts = frequencies.filter {
      Period.containing(second: days.daysSinceEpoch * 86_400, $0)?.firstDay == days
    }
    #expect(starts.count == 1)
  }

  @Test func `a period from far away is refused`() {
    for frequency in ["14-day", "second", "10-year", "15-minute", "business-day:mon-sat"] {
      let text = #"{"frequency":"\#(frequency)","ordinal":36028797018963969}"#
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(Period.self, from: Data(text.utf8)) }
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Frequency].self, from: Data(#"["fortnight"]"#.utf8))
    }
  }
}

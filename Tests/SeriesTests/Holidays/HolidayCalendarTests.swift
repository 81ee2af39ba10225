import Foundation
import Testing

@testable import Series

@Suite struct HolidayCalendarTests {
  private func days(_ code: String, _ year: Int, _ name: String) throws -> [String] {
    try HolidayCalendar(named: code).holidays(in: year...year).filter { $0.name == name }.map {
      $0.date.description
    }
  }

  /// Holidays that the package `holidays` counts as regional or customary.
  private static let customary: [String: Set<String>] = [
    "BR": ["Carnival", "Corpus Christi"],
    "CA": ["Victoria Day", "Truth and Reconciliation Day", "Thanksgiving", "Remembrance Day", "Boxing Day"],
    "GB": ["Easter Monday", "Summer Bank Holiday"],
    "SE": ["Midsummer Eve", "Christmas Eve", "New Year's Eve"],
  ]

  /// Days by `Scripts/holiday_calendars.py`, which runs `holidays` 0.109.
  @Test(arguments: [
    "AT", "BE", "BR", "CH", "CN", "CO", "CZ", "DE", "DK", "FI", "FR", "GB", "IE", "IT", "JP", "KR", "LU",
    "NL",
    "NO", "NZ", "PL", "PT", "RU", "SE", "US", "ZA",
  ]) func daysAreThoseOfThePackage(_ code: String) throws {
    let file = try #require(
      Bundle.module.url(forResource: "holidays", withExtension: "csv", subdirectory: "Fixtures"))
    let calendar = try HolidayCalendar(named: code)
    let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    for row in rows where row[0] == code {
      let year = try #require(Int(row[1]))
      // Later days off of Russia are not decreed yet.
      guard code != "RU" || year <= 2027 else { continue }
      let extra = Self.customary[code] ?? []
      let own = Set(
        calendar.holidays(in: year...year).filter { !extra.contains($0.name) }.map {
          padded($0.date.month, 2) + padded($0.date.day, 2)
        })
      #expect(own == Set(row[2].split(separator: " ").map(String.init)), "\(code) \(year)")
    }
  }

  @Test func everyLineOfEveryCalendarIsARule() throws {
    #expect(HolidayCalendar.codes.count > 50)
    for code in HolidayCalendar.codes {
      let calendar = try HolidayCalendar(named: code)
      let text = try #require(
        HolidayCalendar.europe[code] ?? HolidayCalendar.americas[code]
          ?? HolidayCalendar.asiaAndPacific[code] ?? HolidayCalendar.africaAndWest[code])
      #expect(calendar.rules.count == text.split(separator: "\n").count - 1, "\(code)")
    }
    for line in [
      "Day", "Day | 13-01", "Day | mon5/01", "Day | 01-01 | later", "Day | 01-01 | next | 20x", "Day | x",
    ] {
      #expect(HolidayRule(line) == nil)
    }
  }

  /// Meeus, *Astronomical Algorithms*, tables of Easter; Orthodox dates of the Greek church.
  @Test func easterFallsOnItsPublishedDates() {
    let western = [(1991, 3, 31), (1992, 4, 19), (2000, 4, 23), (2011, 4, 24), (2038, 4, 25), (2285, 3, 22)]
    for (year, month, day) in western {
      #expect(
        CivilDate(daysSinceEpoch: MovableFeasts.easter(year)) == CivilDate(year: year, month: month, day: day)
      )
    }
    for (year, month, day) in [(2013, 5, 5), (2016, 5, 1), (2021, 5, 2), (2024, 5, 5), (2025, 4, 20)] {
      let date = CivilDate(daysSinceEpoch: MovableFeasts.orthodoxEaster(year))
      #expect(date == CivilDate(year: year, month: month, day: day))
    }
  }

  /// Chinese New Year follows the new moon by months of 29 or 30 days, and lies between January 21 and February 21.
  @Test func chineseYearsJoin() throws {
    for year in 1970..<2098 {
      let own = try #require(ChineseYear(year))
      let next = try #require(ChineseYear(year + 1))
      #expect(own.monthStarts.last == next.monthStarts.first)
      let first = CivilDate(daysSinceEpoch: own.day(month: 1, 1))
      #expect(first >= (try #require(CivilDate(year: year, month: 1, day: 21))))
      #expect(first <= (try #require(CivilDate(year: year, month: 2, day: 21))))
    }
    #expect(ChineseYear(1969) == nil && ChineseYear(2099) == nil)
  }

  /// Diwali as it was kept in India.
  @Test func diwaliFollowsTheNewMoon() throws {
    let kept = ["2015-11-11", "2017-10-19", "2019-10-27", "2020-11-14", "2022-10-24", "2023-11-12"]
    for date in kept {
      #expect(try days("IN", Int(date.prefix(4)) ?? 0, "Diwali") == [date])
    }
  }

  @Test func chinaWorksWeekendsByDecree() throws {
    let calendar = try HolidayCalendar(named: "cn")
    let worked = calendar.workedWeekends(in: 2024...2024).map(\.description)
    #expect(worked.contains("2024-02-04") && worked.contains("2024-10-12") && worked.count == 8)
    #expect(
      worked.allSatisfy { date in
        calendar.holidays(in: 2024...2024).allSatisfy { $0.date.description != date }
      })
    #expect(calendar.workedWeekends(in: 2050...2060).isEmpty)
  }

  @Test func anUnknownCalendarIsRefused() {
    #expect(throws: ForecastError.self) { try HolidayCalendar(named: "XX") }
    #expect(throws: ForecastError.self) { try HolidayColumns([]) }
    #expect(throws: ForecastError.self) { try HolidayColumns(["US", "us"]) }
    #expect(throws: ForecastError.self) { try HolidayColumns(["US"], before: 15) }
  }
}

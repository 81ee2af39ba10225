import Testing

@testable import Series

@Suite struct HolidayColumnsTests {
  private func span(_ first: String, _ frequency: Frequency, _ count: Int) throws -> PeriodSpan {
    PeriodSpan(try #require(Period(first, frequency: frequency)), count: count)
  }

  private func column(_ name: String, _ variables: Regressors) throws -> [Double] {
    variables.columns[try #require(variables.names.firstIndex(of: name), "\(name)")]
  }

  /// The Spring Festival of 2024 was kept from February 10 to 12, and on 13 and 14 for the weekend.
  @Test func daysHaveOneAndMonthsTheirShare() throws {
    let days = try HolidayColumns(["CN"], before: 2, after: 1).regressors(
      over: span("2024-02-07", .day, 10))
    #expect(try column("CN Spring Festival", days) == [0, 0, 0, 1, 1, 1, 1, 1, 0, 0])
    #expect(try column("CN Spring Festival -1", days) == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    #expect(try column("CN Spring Festival -2", days) == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(try column("CN Spring Festival +1", days) == [0, 0, 0, 0, 0, 0, 0, 0, 1, 0])
    #expect(try column("CN Transferred Day Off", days) == [0, 0, 0, 0, 0, 0, 0, 0, 1, 1])
    let months = try HolidayColumns(["CN"]).regressors(over: span("2024-01", .month, 3))
    #expect(try column("CN Spring Festival", months) == [0, 5.0 / 29, 0])
    #expect(try column("CN Worked Weekend", months) == [0, 2.0 / 29, 0])
    let hours = try HolidayColumns(["US"]).regressors(over: span("2023-12-24T20", .hour, 8))
    #expect(try column("US Christmas Day", hours) == [0, 0, 0, 0, 1, 1, 1, 1])
    let weeks = try HolidayColumns(["US", "RETAIL"]).regressors(over: span("2023-W47", .week, 2))
    #expect(try column("US Thanksgiving", weeks) == [1.0 / 7, 0])
    #expect(try column("RETAIL Black Friday", weeks) == [1.0 / 7, 0])
    #expect(try column("RETAIL Cyber Monday", weeks) == [0, 1.0 / 7])
  }

  @Test func variablesKeepTheirNamesOverAnySpan() throws {
    let columns = try HolidayColumns(["CN", "RU", "US", "DE"], before: 1, after: 1)
    let short = try columns.regressors(over: span("2030-07-01", .day, 3))
    #expect(short.names == columns.names)
    #expect(try columns.regressors(over: span("1990", .year, 5)).names == columns.names)
    #expect(Set(columns.names).count == columns.names.count)
  }

  @Test func whatHasNoCalendarIsRefused() throws {
    let columns = try HolidayColumns(["US"])
    #expect(throws: ForecastError.self) {
      try columns.regressors(over: PeriodSpan(Period(.index, ordinal: 1), count: 5))
    }
    #expect(throws: ForecastError.self) { try columns.regressors(over: span("1700", .year, 5)) }
  }
}

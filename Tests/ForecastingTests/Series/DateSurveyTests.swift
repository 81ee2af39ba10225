import Forecasting
import Testing

@Suite struct DateSurveyTests {
  private func read(_ dates: [String], frequency: Frequency? = nil) throws -> TimeSeries {
    let rows = dates.enumerated().map { "\($1),\($0)" }
    return try TimeSeries(
      table: CSVTable(text: "period,value\n" + rows.joined(separator: "\n") + "\n"), frequency: frequency)
  }

  @Test(arguments: [
    (["2018-01-01", "2018-02-01", "2018-03-01"], Frequency.month, "2018-04"),
    (["2018-11-01", "2018-12-01", "2019-02-01"], .month, "2019-03"),
    (["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"], .month, "2020-05"),
    (["2018-10-01", "2019-01-01", "2019-07-01"], .quarter, "2019-Q4"),
    (["2018-03-31", "2018-06-30", "2018-09-30"], .quarter, "2018-Q4"),
    (["2018-02-01", "2018-05-01", "2018-08-01"], .quarter, "2018-Q4"),
    (["2018-01-01", "2018-07-01", "2019-01-01"], .half, "2019-H2"),
    (["2018-01-01", "2019-01-01", "2021-01-01"], .year, "2022"),
    (["2018-12-31", "2019-12-31", "2020-12-31"], .year, "2021"),
    (["2024-01-01", "2024-01-08", "2024-01-22"], .week, "2024-W05"),
    (["2024-01-07", "2024-01-14", "2024-01-21"], .week, "2024-W04"),
    (["2018-01-01 00:00:00", "2018-02-01 00:00:00", "2018-03-01 00:00:00"], .month, "2018-04"),
    (["2018-01-01 00:00:00", "2018-01-02 00:00:00", "2018-01-03 00:00:00"], .day, "2018-01-04"),
    (["2018-01-01T00", "2018-01-02T00", "2018-01-04T00"], .day, "2018-01-05"),
  ])
  func `dates that fit a coarser calendar are its periods`(
    _ dates: [String], _ frequency: Frequency, _ next: String
  ) throws {
    let series = try read(dates)
    #expect(series.frequency == frequency)
    #expect((series.end + 1).description == next)
    #expect(series.values.compactMap { $0 } == dates.indices.map(Double.init))
    // In a panel, rows of several series among one another, the same.
    let rows = dates.enumerated().flatMap { ["a,\($1),\($0)", "b,\($1),\(10 * $0)"] }
    let panel = try Panel(text: "unique_id,ds,y\n" + rows.joined(separator: "\n") + "\n")
    #expect(panel.inferredFrequency == frequency)
    #expect(
      try panel.series(0).values.map { $0 ?? -1 } == series.observations.map { $0.value ?? -1 }
    )
    #expect(try panel.series(1).start == series.start && panel.series(1).end == series.end)
  }

  @Test(arguments: [
    ["2018-01-01", "2018-02-01"], ["2018-01-31", "2018-02-01", "2018-03-01"],
    ["2018-01-01", "2018-02-01", "2018-02-02"], ["2024-01-01", "2024-01-08", "2024-01-16"],
    ["2018-01-30", "2018-02-28", "2018-03-30"],
  ])
  func `other dates are days`(_ dates: [String]) throws {
    #expect(try read(dates).frequency == .day)
    let rows = dates.enumerated().map { "a,\($1),\($0)" }
    let panel = try Panel(text: "unique_id,ds,y\n" + rows.joined(separator: "\n") + "\n")
    #expect(panel.inferredFrequency == nil && !panel.writesDates)
    #expect(try panel.series(0).observations.map(\.value) == read(dates).filled)
  }

  @Test func `a time of day makes hours, and a named frequency rules`() throws {
    #expect(try read(["2018-01-01T00", "2018-01-02T00", "2018-01-02T07"]).frequency == .hour)
    let days = try read(["2018-01-01", "2018-02-01", "2018-03-01"], frequency: .day)
    #expect(days.frequency == .day && days.periodCount == 60)
  }

  @Test func `one series by days makes a panel of days`() throws {
    let panel = try Panel(
      text: "unique_id,ds,y\na,2018-01-01,1\na,2018-02-01,2\na,2018-03-01,3\nb,2018-01-01,1\nb,2018-01-02,2\n"
    )
    #expect(try panel.series(0).frequency == .day && panel.series(0).periodCount == 60)
    #expect(try panel.series(1).values == [1, 2])
  }

  @Test func `faults of dates are told as before`() throws {
    let panel = try Panel(
      text: "unique_id,ds,y\na,2018-01-01,1\na,2018-02-01,2\na,2018-03-01,3\nb,2018-02-01,1\nb,2018-02-01,2\n"
        + "c,2018-01-01,1\nc,2018-03-01,1\nc,2018-02-01,1\n")
    #expect(panel.faults.map(\.line) == [6, 9])
    #expect(panel.faults.map { "\($0)" }.first?.contains("twice") == true)
  }

  @Test(arguments: [
    (["2018-01-31", "2018-02-28", "2018-03-31"], "2018-04-30"),
    (["2024-01-07", "2024-01-14", "2024-01-21"], "2024-01-28"),
    (["2018-04-01", "2018-07-01", "2018-10-01"], "2019-01-01"),
  ])
  func `a panel's dates are written as they were read`(_ dates: [String], _ next: String) throws {
    let text = "unique_id,ds,y\n" + dates.enumerated().map { "a,\($1),\($0).0\n" }.joined()
    let panel = try Panel(text: text)
    #expect(try panel.csv() == text)
    let form = TidyForecasts(levels: [], writesDates: panel.writesDates, placement: panel.placement)
    let forecast = try LastValue().fit(panel.series(0)).forecast(1)
    #expect(form.rows(forecast, key: "a").hasPrefix("a,\(next),"))
  }
}

extension TimeSeries {
  /// The values with those that are missing, one a base period.
  fileprivate var filled: [Double?] { observations.map(\.value) }
}

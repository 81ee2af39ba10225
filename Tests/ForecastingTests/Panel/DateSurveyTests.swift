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
    (["2018-01-15", "2018-02-15", "2018-03-15"], .month, "2018-04"),
    (["2018-02-10", "2018-05-10", "2018-11-10"], .quarter, "2019-Q1"),
    (["2018-01-30", "2018-02-28", "2018-03-30"], .month, "2018-04"),
    (["2019-01-31", "2019-02-28", "2019-03-29"], .month, "2019-04"),
    (["2018-03-30", "2018-06-29", "2018-09-28"], .quarter, "2018-Q4"),
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
    #expect(panel.inferredFrequency(0) == frequency)
    #expect(
      try panel.series(0).values.map { $0 ?? -1 } == series.observations.map { $0.value ?? -1 }
    )
    #expect(try panel.series(1).start == series.start && panel.series(1).end == series.end)
  }

  @Test(arguments: [
    ["2018-01-01", "2018-02-01"], ["2018-01-31", "2018-02-01", "2018-03-01"],
    ["2018-01-01", "2018-02-01", "2018-02-02"], ["2024-01-01", "2024-01-08", "2024-01-16"],
    ["2018-01-30", "2018-02-27", "2018-03-30"],
  ])
  func `other dates are days`(_ dates: [String]) throws {
    #expect(try read(dates).frequency == .day)
    let rows = dates.enumerated().map { "a,\($1),\($0)" }
    let panel = try Panel(text: "unique_id,ds,y\n" + rows.joined(separator: "\n") + "\n")
    #expect(panel.inferredFrequency(0) == nil && panel.periodForm(0) == .period)
    #expect(try panel.series(0).observations.map(\.value) == read(dates).filled)
  }

  @Test func `a time of day makes hours, and a named frequency rules`() throws {
    #expect(try read(["2018-01-01T00", "2018-01-02T00", "2018-01-02T07"]).frequency == .hour)
    let days = try read(["2018-01-01", "2018-02-01", "2018-03-01"], frequency: .day)
    #expect(days.frequency == .day && days.periodCount == 60)
  }

  /// Rows of series by months, by weeks of two weekdays, by days and of two dates, among one another.
  private let mixed = """
    unique_id,ds,y
    m,2018-01-01,1.0
    sunday,2024-01-07,1.0
    m,2018-02-01,2.0
    wednesday,2024-01-03,1.0
    d,2018-01-01,1.0
    sunday,2024-01-14,2.0
    m,2018-03-01,3.0
    d,2018-01-02,2.0
    wednesday,2024-01-10,2.0
    wednesday,2024-01-17,3.0
    sunday,2024-01-21,3.0
    d,2018-01-03,3.0

    """

  @Test func `each series of a panel has the calendar of its own dates`() throws {
    let panel = try Panel(text: mixed)
    let next = [
      "m": (Frequency.month, "2018-04-01"), "sunday": (.week, "2024-01-28"),
      "wednesday": (.week, "2024-01-24"),
      "d": (.day, "2018-01-04"),
    ]
    for (index, key) in panel.keys.enumerated() {
      let series = try panel.series(index)
      let (frequency, date) = try #require(next[key])
      #expect(series.frequency == frequency && series.values == [1, 2, 3])
      let forecast = try LastValue().fit(series).forecast(1)
      let row = try TidyForecasts(levels: []).rows(forecast, key: key, form: panel.periodForm(index))
      #expect(row.hasPrefix("\(key),\(date),"))
    }
  }

  @Test func `dates too few to say something follow most other series, where they fit`() throws {
    let months = "unique_id,ds,y\nm,2018-01-31,1\nm,2018-02-28,2\nm,2018-03-31,3\n"
    let panel = try Panel(text: months + "a,2018-03-31,1\na,2018-05-31,2\nb,2018-04-30,1\n")
    #expect(try panel.series(named: "a").values == [1, nil, 2])
    #expect(try panel.series(named: "b").start == .month(2018, 4))
    #expect(panel.periodForm(2) == .date(.last))
    let stray = try Panel(text: months + "a,2018-01-31,1\na,2018-02-01,2\n")
    #expect(try stray.series(named: "a").frequency == .day)
    let weeks = ["v", "w"].flatMap { key in ["03", "10", "17"].map { "\(key),2024-01-\($0),1\n" } }.joined()
    #expect(try Panel(text: months + weeks + "a,2018-03-31,1\n").series(named: "a").frequency == .week)
  }

  @Test func `a long series by days is filled as it is read`() throws {
    let first = try #require(CivilDate(year: 2020, month: 1, day: 1)).daysSinceEpoch
    let rows = (0..<700).filter { $0 % 11 != 3 }.map { "a,\(CivilDate(daysSinceEpoch: first + $0)),\($0)" }
    let panel = try Panel(text: "unique_id,ds,y\n" + rows.joined(separator: "\n"))
    let observations = try panel.series(0).observations
    #expect(observations.count == 700)
    for (place, one) in observations.enumerated() {
      #expect(one.value == (place % 11 == 3 ? nil : Double(place)))
    }
    #expect(panel.dateReading(0)?.isSparse == false && panel.dateReading(0)?.rows == 636)
  }

  @Test func `faults of dates are told as before`() throws {
    let panel = try Panel(
      text: "unique_id,ds,y\na,2018-01-01,1\na,2018-02-01,2\na,2018-03-01,3\nb,2018-02-01,1\nb,2018-02-01,2\n"
        + "c,2018-01-01,1\nc,2018-03-01,1\nc,2018-02-01,1\n")
    #expect(panel.faults.map(\.line) == [6])
    #expect(try panel.series(named: "c").values == [1, 1, 1])
    #expect(panel.faults.map { "\($0)" }.first?.contains("more than once") == true)
  }

  @Test(arguments: [
    (["2018-01-31", "2018-02-28", "2018-03-31"], "2018-04-30"),
    (["2024-01-07", "2024-01-14", "2024-01-21"], "2024-01-28"),
    (["2018-04-01", "2018-07-01", "2018-10-01"], "2019-01-01"),
    (["2018-01-15", "2018-02-15", "2018-03-15"], "2018-04-15"),
    (["2018-02-01", "2018-05-01", "2018-08-01"], "2018-11-01"),
    (["2018-02-28", "2018-05-31", "2018-08-31"], "2018-11-30"),
    (["2018-06-30", "2019-06-30", "2020-06-30"], "2021-06-30"),
    (["2018-01-30", "2018-02-28", "2018-03-30"], "2018-04-30"),
    (["2018-11-30", "2018-12-30", "2019-01-30"], "2019-02-28"),
    (["2019-01-31", "2019-02-28", "2019-03-29"], "2019-04-30"),
    (["2019-05-31", "2019-06-28", "2019-07-31"], "2019-08-30"),
    (["20180131", "20180228", "20180331"], "20180430"), (["20240107", "20240114", "20240121"], "20240128"),
    (["20240107", "20240108", "20240109"], "20240110"), (["202111", "202112", "202201"], "202202"),
    (["200001", "200002"], "200003"), (["202106", "202109", "202112", "202203"], "202204"),
  ])
  func `a panel's dates are written as they were read`(_ dates: [String], _ next: String) throws {
    let text = "unique_id,ds,y\n" + dates.enumerated().map { "a,\($1),\($0).0\n" }.joined()
    let panel = try Panel(text: text)
    if !dates.contains("202106") { #expect(try panel.csv() == text) }
    let forecast = try LastValue().fit(panel.series(0)).forecast(1)
    let row = try TidyForecasts(levels: []).rows(forecast, key: "a", form: panel.periodForm(0))
    #expect(row.hasPrefix("a,\(next),"))
    #expect(try read(dates).start == panel.series(0).start)
  }

  @Test(arguments: [
    (["2018-01-15", "2018-02-12"], "2018-03-01"), (["20180131", "20180228"], "20180331"),
  ]) func `a named frequency takes any one date of a period`(_ dates: [String], _ next: String) throws {
    let text = "unique_id,ds,y\n" + dates.enumerated().map { "a,\($1),\($0).0\n" }.joined()
    let panel = try Panel(text: text, frequency: .month)
    #expect(try panel.series(0).values == [0, 1])
    #expect(panel.periodForm(0).text(of: .month(2018, 3)) == next)
    #expect(try read(dates, frequency: .month).values == [0, 1])
    #expect(throws: ForecastError.self) { try read(["2018-01-15", "2018-01-16"], frequency: .month) }
  }

  @Test(arguments: [
    ["1", "2", "3"], ["100000", "100001", "100002"], ["200001", "200050", "200102"], ["200012", "200013"],
    ["20000101", "20000102", "20000132"], ["199001", "199004", "199007", "199010"],
    ["10000101", "10000102"],
  ])
  func `other integers stay integers`(_ texts: [String]) throws {
    #expect(try read(texts).start == .index(Int(texts[0]) ?? 0))
    let rows = texts.enumerated().map { "a,\($1),\($0)" }
    let panel = try Panel(text: "unique_id,ds,y\n" + rows.joined(separator: "\n") + "\n")
    #expect(try panel.series(0).observations.map(\.value) == read(texts).filled)
    #expect(try panel.series(0).start == .index(Int(texts[0]) ?? 0))
  }

  @Test func `dates most of whose days have no row say so, with the first that fits no coarser calendar`()
    throws
  {
    var dates = (0..<40).map { Period.month(2010, 1) + $0 }.compactMap { $0.firstDay?.description }
    #expect(DateReading(dates.map { WrittenSpan($0) }, lines: []).map { $0.isSparse } == false)
    dates[20] = "2011-09-02"
    let lines = Array(2..<42)
    let reading = try #require(DateReading(dates.map { WrittenSpan($0) }, lines: lines))
    // 2010-01-01 through 2013-04-01.
    #expect(reading.frequency == .day && reading.isSparse && reading.periods == 1187 && reading.rows == 40)
    #expect(reading.stray?.line == 22 && reading.stray?.rule == .firstOfMonth && reading.isOneAMonth)
    let rows = dates.map { "a,\($0),1\n" }
    let panel = try Panel(text: "unique_id,ds,y\n" + rows.joined())
    #expect(panel.dateReading(0) == reading)
    let weeks = try #require(
      DateReading(["2018-01-01", "2018-01-15", "2018-01-29"].map { WrittenSpan($0) }, lines: []))
    #expect(weeks.frequency == .week && weeks.isSparse && weeks.periods == 5)
    #expect(
      DateReading(["2018-01-01", "2018-01-02", "2018-01-07"].map { WrittenSpan($0) }, lines: [])?.isSparse
        == true)
    #expect(
      DateReading(["2018-01-01", "2018-01-02", "2018-01-06"].map { WrittenSpan($0) }, lines: [])?.isSparse
        == false)
  }
}

extension TimeSeries {
  /// The values with those that are missing, one a base period.
  fileprivate var filled: [Double?] { observations.map(\.value) }
}

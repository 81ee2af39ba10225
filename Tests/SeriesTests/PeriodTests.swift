import Series
import Testing

@Suite struct PeriodTests {
  func date(_ year: Int, _ month: Int, _ day: Int) throws -> CivilDate {
    try #require(CivilDate(year: year, month: month, day: day))
  }

  @Test func `days since 1970 and back are the identity over 4000 years, with the weekday going round`()
    throws
  {
    var previous = CivilDate(daysSinceEpoch: -800_001)
    for days in stride(from: -800_000, through: 800_000, by: 1) {
      let day = CivilDate(daysSinceEpoch: days)
      guard day.daysSinceEpoch == days, day.weekday == (previous.weekday + 1) % 7, previous < day else {
        Issue.record("\(day)")
        return
      }
      previous = day
    }
    #expect(try date(1970, 1, 1).daysSinceEpoch == 0)
    #expect(try date(2000, 3, 1).daysSinceEpoch == 11_017)
    #expect(try date(2026, 11, 24).weekday == 1)
  }

  @Test func `the calendar refuses days it does not have`() {
    #expect(CivilDate(year: 2023, month: 2, day: 29) == nil)
    #expect(CivilDate(year: 1900, month: 2, day: 29) == nil)
    #expect(CivilDate(year: 2000, month: 2, day: 29) != nil)
    #expect(CivilDate(year: 2023, month: 4, day: 31) == nil)
    #expect(CivilDate(year: 2023, month: 13, day: 1) == nil)
    #expect(CivilDate(year: 2023, month: 0, day: 1) == nil)
  }

  @Test(arguments: [
    ("2022", Frequency.year), ("2022-H2", .half), ("2022-Q3", .quarter), ("2022-07", .month),
    ("2022-W27", .week), ("2022-07-04", .day), ("2022-07-04T07", .hour), ("17", .index), ("-3", .index),
    ("0", .index),
  ])
  func `text of every frequency reads back`(text: String, frequency: Frequency) throws {
    let period = try #require(Period(text))
    #expect(period.frequency == frequency)
    #expect(period.description == text)
    #expect(Period(text, frequency: frequency) == period)
  }

  @Test(arguments: Frequency.allCases) func `every period's text reads back over many years`(
    frequency: Frequency
  )
    throws
  {
    let first = try #require(
      Period(frequency == .index ? "0" : frequency == .year ? "1890" : "1890-01-01", frequency: frequency)
        ?? Period("1890-H1", frequency: frequency))
    for offset in 0..<3000 {
      let period = first + offset
      #expect(Period(period.description, frequency: frequency) == period)
      #expect(first.distance(to: period) == offset)
    }
  }

  @Test func `other spellings`() throws {
    #expect(Period("2022Q3") == .quarter(2022, 3))
    #expect(Period("2022H1") == .half(2022, 1))
    #expect(Period("2022W05") == Period("2022-W05"))
    #expect(Period("2022-07-01", frequency: .month) == .month(2022, 7))
    #expect(Period("2022-07-02", frequency: .month) == .month(2022, 7))
    #expect(Period("2022-07-01", frequency: .quarter) == .quarter(2022, 3))
    #expect(Period("2022-02-28", frequency: .month) == .month(2022, 2))
    #expect(Period("2022-12-31", frequency: .year) == .year(2022))
    #expect(Period("2022-07-31", frequency: .half) == .half(2022, 2))
    #expect(Period("2024-02-28", frequency: .quarter) == .quarter(2024, 1))
    #expect(Period("20240228", frequency: .day) == Period("2024-02-28"))
    #expect(Period("20240228", frequency: .month) == .month(2024, 2))
    #expect(Period("202402", frequency: .month) == .month(2024, 2))
    #expect(Period("20240230", frequency: .day) == nil && Period("202413", frequency: .month) == nil)
    #expect(Period("202402", frequency: .day) == nil && Period("17990101", frequency: .day) == nil)
    #expect(Period("20240228", frequency: .index) == .index(20_240_228))
    #expect(Period("2022-01-01", frequency: .year) == .year(2022))
    #expect(Period("2022-07-04 07:00:00") == .hour(try date(2022, 7, 4), 7))
    #expect(Period("2022-07-04", frequency: .hour) == .hour(try date(2022, 7, 4), 0))
    #expect(Period("2022-07-04T00:00:00", frequency: .day) == .day(try date(2022, 7, 4)))
    #expect(Period("2022", frequency: .index) == .index(2022))
    #expect(Period("2022/07") == .month(2022, 7))
    #expect(Period("2022-02-3") == .day(try date(2022, 2, 3)))
  }

  @Test(arguments: [
    ("31/01/2019", "2019-01-31"), ("01/31/2019", "2019-01-31"), ("31.1.2019", "2019-01-31"),
    ("05/05/2019", "2019-05-05"),
    ("2019/01/31", "2019-01-31"), ("2019.01.31", "2019-01-31"), ("31 Jan 2019", "2019-01-31"),
    ("Jan 31, 2019", "2019-01-31"), ("31-Jan-19", "2019-01-31"), ("Thu, 31 Jan 2019", "2019-01-31"),
    ("2nd of February 2019", "2019-02-02"), ("31. Januar 2019", "2019-01-31"),
    ("1er février 2019", "2019-02-01"),
    ("31 de enero de 2019", "2019-01-31"), ("31 января 2019 г.", "2019-01-31"), ("2019年1月31日", "2019-01-31"),
    ("2019년 1월 31일", "2019-01-31"), ("2019-W05-4", "2019-01-31"), ("Jan 2019", "2019-01"),
    ("2019-Jan", "2019-01"),
    ("Jan-19", "2019-01"), ("Jan-69", "1969-01"), ("january 2019", "2019-01"), ("Sept. 2019", "2019-09"),
    ("01/2019", "2019-01"), ("1/2019", "2019-01"), ("01.2019", "2019-01"), ("2019M01", "2019-01"),
    ("2019m1", "2019-01"),
    ("2019-M01", "2019-01"), ("M01 2019", "2019-01"), ("März 2019", "2019-03"), ("Mrz 2019", "2019-03"),
    ("Dez. 2019", "2019-12"), ("août 2019", "2019-08"), ("févr.-19", "2019-02"), ("ene-19", "2019-01"),
    ("dic 2019", "2019-12"), ("январь 2019", "2019-01"), ("Май 2019", "2019-05"), ("2019年1月", "2019-01"),
    ("2019年十一月", "2019-11"), ("Q1 2019", "2019-Q1"), ("2019 Q1", "2019-Q1"), ("2019q1", "2019-Q1"),
    ("1Q19", "2019-Q1"),
    ("Q1'19", "2019-Q1"), ("Q1/2019", "2019-Q1"), ("2019:Q1", "2019-Q1"), ("1. Quartal 2019", "2019-Q1"),
    ("T1 2019", "2019-Q1"), ("I кв. 2019", "2019-Q1"), ("2019年第一季度", "2019-Q1"), ("2019年1季度", "2019-Q1"),
    ("H2 2019", "2019-H2"), ("2H19", "2019-H2"), ("2019年上半年", "2019-H1"), ("KW 5 2019", "2019-W05"),
    ("Week 5, 2019", "2019-W05"), ("2023/24", "2023"), ("2018-19", "2018"), ("FY2019", "2019"),
    ("FY19", "2019"),
    ("FY 2018/19", "2018"), ("2019.0", "2019"), ("2022-07-04T07:30", "2022-07-04T07:30"),
    ("2022-07-04 07:30:15", "2022-07-04T07:30:15"), ("2022-07-04T07:00:00Z", "2022-07-04T07"),
    ("2022-07-04T01:00:00+02:00", "2022-07-03T23"), ("2022-07-04 01:00:00.000-0330", "2022-07-04T04:30"),
    ("2022-07-04T06:59:59.9999999", "2022-07-04T07"), ("2022-07-04 07:30:00 UTC", "2022-07-04T07:30"),
    ("20220704T073000Z", "2022-07-04T07:30"), ("31/01/2019 13:30", "2019-01-31T13:30"),
    ("1/31/2019 1:30 PM", "2019-01-31T13:30"), ("1/31/2019 12:30 am", "2019-01-31T00:30"),
    ("31.12.2019 24:00", "2020-01-01T00"), ("2022-07-04T07:00+02:00[Europe/Berlin]", "2022-07-04T05"),
  ])
  func `the many ways to write a period`(text: String, expected: String) {
    #expect(Period(text)?.description == expected)
    #expect(Period(text.uppercased())?.description == expected)
  }

  @Test(arguments: [
    ("Jan-Feb 2019", "2019-01/2019-02"), ("2019 Jan-Feb", "2019-01/2019-02"),
    ("January–March 2019", "2019-01/2019-03"),
    ("2019年1-2月", "2019-01/2019-02"), ("2019年1月—2月", "2019-01/2019-02"),
    ("Dec 2018 - Jan 2019", "2018-12/2019-01"),
    ("Q1 2019 – Q2 2019", "2019-Q1/2019-Q2"), ("2019M01/2019M02", "2019-01/2019-02"),
    ("2018/2019", "2018/2019"),
  ])
  func `the many ways to write a span`(text: String, expected: String) {
    #expect(PeriodSpan(text)?.description == expected)
  }

  @Test(arguments: [
    "", "x", "2022-", "2022-13", "2022-00", "2022-1", "2022-Q5", "2022-Q", "2022-H3", "2022-W00", "2022-W53",
    "2022-02-30", "2022-07-04T24", "2022-07-04T7", "2022-07-04T07:60", "+5", "5.0", "22-07",
    "2022-07-04x", "٢٠٢٢", "2022--01", "2022-07-04-01", "03/04/2024", "1-Jan", "Foo 2019", "31/13/2019",
    "2019-02-29", "Q5 2019", "2019M13", "2019:13", "00/2019", "2019年13月", "12:30", "January", "2019 of",
  ])
  func `what is no period is nil`(text: String) { #expect(Period(text) == nil) }

  @Test func `a text of another frequency than the named one is nil`() {
    #expect(Period("2022-07", frequency: .year) == nil)
    #expect(Period("2022-Q1", frequency: .month) == nil)
    #expect(Period("7", frequency: .month) == nil)
    #expect(Period("2022-07-04T07", frequency: .day) == nil)
    #expect(Period("2022-07-02", frequency: .businessDay) == nil)
  }

  @Test func `ISO weeks begin on Monday and belong to the year of their Thursday`() throws {
    // ISO 8601: 2021-01-03 is in 2020-W53, 2021-01-04 begins 2021-W01; 2019-12-30 begins 2020-W01.
    #expect(Period.week(containing: try date(2021, 1, 3)).description == "2020-W53")
    #expect(Period.week(containing: try date(2021, 1, 4)).description == "2021-W01")
    #expect(Period.week(containing: try date(2019, 12, 30)).description == "2020-W01")
    #expect(Period.week(containing: try date(2016, 1, 1)).description == "2015-W53")
    #expect(Period("2020-W53")?.firstDay == (try date(2020, 12, 28)))
    #expect(Period("2021-W53") == nil)
    #expect(Period("2020-W01")?.calendarYear == 2020)
    #expect(TotalWindow.year(2020).span(.week)?.count == 53)
    #expect(TotalWindow.year(2021).span(.week)?.count == 52)
  }

  @Test func `business days skip the weekend`() throws {
    let friday = try #require(Period.businessDay(date(2024, 1, 5)))
    #expect(friday.description == "2024-01-05")
    #expect((friday + 1).description == "2024-01-08")
    #expect((friday - 5).description == "2023-12-29")
    #expect(Period.businessDay(try date(2024, 1, 6)) == nil)
    #expect(TotalWindow.year(2024).span(.businessDay)?.count == 262)
    #expect(TotalWindow.year(2023).span(.businessDay)?.count == 260)
    #expect(TotalWindow.year(2023).span(.businessDay)?.first.description == "2023-01-02")
  }

  @Test func `hours run through midnight`() throws {
    let last = Period.hour(try date(2024, 2, 28), 23)
    #expect((last + 1).description == "2024-02-29T00")
    #expect(TotalWindow.year(2024).span(.hour)?.count == 8784)
    #expect(Period.hour(try date(1969, 12, 31), 23).ordinal == -1)
  }

  @Test func `years of months, quarters and halves`() {
    #expect(TotalWindow.year(2024).span(.month) == PeriodSpan(.month(2024, 1), count: 12))
    #expect(TotalWindow.year(2024).span(.quarter) == PeriodSpan(.quarter(2024, 1), count: 4))
    #expect(TotalWindow.year(2024).span(.half) == PeriodSpan(.half(2024, 1), count: 2))
    #expect(TotalWindow.year(2024).span(.year) == PeriodSpan(.year(2024)))
    #expect(TotalWindow.year(2024).span(.day)?.count == 366)
    #expect(TotalWindow.year(2024).span(.index) == nil)
  }

  @Test func `days, seasons and decimal years`() throws {
    #expect(Period.month(2024, 2).days == 29)
    #expect(Period.year(1900).days == 365)
    #expect(Period.half(2023, 1).days == 181)
    #expect(Period.quarter(2023, 4).days == 92)
    #expect(Period.index(3).days == nil)
    #expect(Period.month(2022, 7).decimalYear == 2022.5)
    #expect(Period.quarter(2022, 4).decimalYear == 2022.75)
    #expect(Period.month(2022, 1).season(of: 12) == 0)
    #expect(Period.index(-1).season(of: 4) == 3)
  }

  @Test func `positions in a year keep to the calendar through week 53 and leap days`() throws {
    for year in 1990..<2040 {
      for week in 1...52 {
        let period = try #require(Period("\(year)-W\(week < 10 ? "0" : "")\(week)"))
        #expect(period.season(of: 52) == week - 1 && period.season(of: 53) == week - 1)
      }
      if let extra = Period("\(year)-W53") {
        #expect(extra.season(of: 52) == 51 && extra.season(of: 53) == 52)
      }
      for (month, day) in [(1, 1), (2, 28), (3, 1), (12, 31)] {
        let period = Period.day(try date(year, month, day))
        let other = Period.day(try date(2001, month, day))
        #expect(
          period.season(of: 365) == other.season(of: 365) && period.season(of: 366) == other.season(of: 366))
      }
    }
    let leap = Period.day(try date(2024, 2, 29))
    #expect(leap.season(of: 365) == 58 && (leap - 1).season(of: 365) == 58 && leap.season(of: 366) == 59)
    #expect(
      (0..<365).map { (Period.day(CivilDate(daysSinceEpoch: 19_358)) + $0).season(of: 365) } == Array(0..<365)
    )
  }

  @Test func `spans read and write their text`() throws {
    let span = try #require(PeriodSpan("2022-01/2022-02"))
    #expect(span == PeriodSpan(.month(2022, 1), count: 2))
    #expect(span.description == "2022-01/2022-02")
    #expect(span.periods == [.month(2022, 1), .month(2022, 2)])
    #expect(span.next == .month(2022, 3))
    #expect(span.contains(.month(2022, 2)) && !span.contains(.month(2022, 3)))
    #expect(PeriodSpan("2022-03")?.count == 1)
    for text in ["2022-02/2022-01", "2022-01/2022", "2022-01/", "/", "", "2022-01/2022-02/2022-03"] {
      #expect(PeriodSpan(text) == nil)
    }
  }
}

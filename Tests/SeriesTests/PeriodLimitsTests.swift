import ForesightNumerics
import Foundation
import Series
import Testing

/// Whatever numbers make a period, a span or a date, there is an answer or a typed error.
@Suite struct PeriodLimitsTests {
  static let numbers = [Int.min, Int.min + 1, -1, 0, 1, 13, 25, 1 << 40, Int.max - 1, Int.max]
  static let frequencies: [Frequency] = [
    .year, .half, .quarter, .month, .week, .day, .hour, .minute, .second, .businessDay, .index, .minutes(15),
    .days(14), .weeks(2),
  ]

  @Test func `a part of a year counts on into other years, and the throwing initializers refuse it`() throws {
    #expect(Period.month(2024, 13) == .month(2025, 1))
    #expect(Period.month(2024, 0) == .month(2023, 12))
    #expect(Period.quarter(2024, 5) == .quarter(2025, 1))
    #expect(Period.half(2024, 0) == .half(2023, 2))
    let day = try #require(CivilDate(year: 2024, month: 2, day: 29))
    #expect(Period.hour(day, 25).description == "2024-03-01T01")
    #expect(try Period(year: 2024, month: 12) == .month(2024, 12))
    #expect(throws: ForecastError.self) { try Period(year: 2024, month: 13) }
    #expect(throws: ForecastError.self) { try Period(year: 10_000, month: 1) }
    #expect(throws: ForecastError.self) { try Period(year: 2024, quarter: 0) }
    #expect(throws: ForecastError.self) { try Period(year: 2023, month: 2, day: 29) }
  }

  @Test(arguments: numbers) func `no number ends the program`(number: Int) {
    for frequency in Self.frequencies {
      let period = Period(frequency, ordinal: number)
      for count in Self.numbers {
        let other = period + count
        #expect((other < period) == (other.ordinal < period.ordinal))
        #expect((period - count).description.isEmpty == false)
        #expect(PeriodSpan(period, count: count).count >= 1)
      }
      let span = PeriodSpan(period, through: period - 3)
      #expect(span.count >= 1 && span.contains(period) && span.description.isEmpty == false)
      #expect(period.decimalYear.isNaN == false && (period.days ?? 1) > 0)
      #expect(period.season(of: number) >= 0 && period.firstDay?.description.isEmpty != true)
      _ = (period.startDate, period.endDate, period.dateInterval, period.dateComponents)
      #expect(TotalWindow.year(number).span(frequency)?.count ?? 1 >= 1)
    }
    #expect(CivilDate(daysSinceEpoch: number).description.isEmpty == false)
    #expect(Period.month(number, number).description.isEmpty == false)
  }

  @Test func `periods of any frequencies have one order, and sort`() throws {
    let day = try #require(CivilDate(year: 2024, month: 1, day: 1))
    let mixed: [Period] = [
      .index(3), .month(2024, 2), .day(day), .year(2024), .hour(day, 1), .month(2024, 1), .year(2023),
      .week(containing: day),
    ]
    let sorted = mixed.sorted()
    #expect(
      sorted.map(\.description) == [
        "2023", "2024", "2024-01", "2024-W01", "2024-01-01", "2024-01-01T01", "2024-02", "3",
      ])
    for a in mixed {
      for b in mixed {
        #expect([a < b, b < a, a == b].count { $0 } == 1)
        for c in mixed where a < b && b < c { #expect(a < c) }
      }
    }
    #expect(Period.month(2024, 1).distance(to: .year(2025)) == 12)
    #expect(PeriodSpan(.month(2024, 1), count: 12).contains(.year(2024)) == false)
    #expect(throws: ForecastError.self) { try PeriodSpan(checking: .month(2024, 1), through: .year(2024)) }
    #expect(throws: ForecastError.self) {
      try PeriodSpan(checking: .month(2024, 2), through: .month(2024, 1))
    }
  }

  @Test(arguments: [
    #"{"year":2024,"month":13,"day":1}"#, #"{"year":2023,"month":2,"day":29}"#,
    #"{"year":9223372036854775807,"month":1,"day":1}"#,
  ]) func `a day that the calendar does not have is not decoded`(text: String) throws {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(CivilDate.self, from: Data(text.utf8)) }
  }

  @Test func `a period beyond the calendar is not decoded`() throws {
    let text = String(decoding: try JSONEncoder().encode(Period.month(2000, 1)), as: UTF8.self)
    for bad in ["9223372036854775807", "-9223372036854775808", "10000000000000000"] {
      let data = Data(text.replacingOccurrences(of: "24000", with: bad).utf8)
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(Period.self, from: data) }
    }
  }

  @Test func `a seasonal period that is set out of range is moved into it`() throws {
    var series = try TimeSeries([1, 2], start: .month(2020, 1))
    series.seasonalPeriod = 0
    #expect(series.seasonalPeriod == 1)
    series.seasonalPeriod = .max
    #expect(series.seasonalPeriod == 1_000_000)
  }

  @Test func `a panel and external variables answer for what they do not have`() throws {
    let panel = try Panel([TimeSeries([1, 2], start: .month(2020, 1), name: "a")])
    for index in [-1, 1, Int.max] { #expect(throws: ForecastError.self) { try panel.series(index) } }
    let variables = try Regressors(["x": [1, 2]], start: .month(2020, 1))
    #expect(variables.value(1, at: .month(2020, 1)) == nil && variables.value(0, at: .year(2020)) == nil)
  }

  @Test func `every error has a reason and a suggestion`() {
    let errors: [any Error] = [
      ForecastError.tooFewObservations(model: "ETS", series: "s", needed: 4, found: 3),
      ForecastError.notPositive(model: "m", series: "s", span: PeriodSpan(.year(2020)), value: -1),
      ForecastError.unknownName(kind: "model", name: "etz", nearest: "ets"),
      ForecastError.numerics(model: "m", series: "s", .rankDeficient(rank: 1, columns: 2)),
      DataFault(.badNumber("nan")), DataFault(.empty), NumericsError.notBracketed(lower: 1, upper: 2),
    ]
    for error in errors {
      guard let error = error as? any LocalizedError else {
        Issue.record("\(error) is not localized")
        continue
      }
      #expect(error.localizedDescription == "\(error)")
      #expect(error.failureReason?.hasSuffix(".") == true)
      #expect(error.recoverySuggestion?.isEmpty == false)
    }
  }
}

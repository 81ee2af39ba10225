import Testing

@testable import Series

@Suite("Totals since January")
struct YearToDateTests {
  @Test("flows add up to the totals again, and the first covers what came before it")
  func flows() throws {
    let totals: [(String, Double?)] = [
      ("2019-02", 14), ("2019-03", 21), ("2019-04", nil), ("2019-05", 36), ("2019-12", 87), ("2020-02", 15),
      ("2020-03", 22),
    ]
    let series = try TimeSeries(
      name: "ytd", unit: "t", rule: .last,
      observations: totals.map { text, value in Observation(try #require(PeriodSpan(text)), value) })
    let flows = try series.flowsOfYearToDate()
    #expect(flows.rule == .sum && flows.unit == "t")
    #expect(
      flows.observations.map { "\($0.span) \($0.value ?? .nan)" } == [
        "2019-01/2019-02 14.0", "2019-03 7.0", "2019-04/2019-05 15.0", "2019-06/2019-12 51.0",
        "2020-01/2020-02 15.0", "2020-03 7.0",
      ])
    for year in [2019, 2020] {
      let sum = flows.observations.filter { $0.span.last.calendarYear == year }.compactMap(\.value).reduce(
        0, +)
      #expect(sum == totals.last { $0.0.hasPrefix("\(year)") }?.1)
    }
  }

  @Test("months after the last total of a year are missing")
  func open() throws {
    let series = try TimeSeries(
      rule: .last,
      observations: [
        Observation(PeriodSpan(.month(2019, 10)), 70), Observation(PeriodSpan(.month(2020, 1)), 6),
      ])
    let flows = try series.flowsOfYearToDate()
    #expect(
      flows.observations.map { "\($0.span) \($0.value.map { "\($0)" } ?? "-")" } == [
        "2019-01/2019-10 70.0", "2019-11 -", "2019-12 -", "2020-01 6.0",
      ])
  }

  @Test("quarters and weeks have years, indices and years do not")
  func frequencies() throws {
    let quarters = try TimeSeries([1, 3, 6, 10, 2], start: .quarter(2019, 1), rule: .last)
    #expect(try quarters.flowsOfYearToDate().values == [1, 2, 3, 4, 2])
    for start in [Period.year(2019), .index(1)] {
      let series = try TimeSeries([1, 2], start: start)
      #expect(throws: ForecastError.self) { try series.flowsOfYearToDate() }
    }
  }

  @Test("totals that rise within years and fall between them are recognized, seasons and trends are not")
  func looks() throws {
    func months(_ value: (Int) -> Double?) throws -> TimeSeries {
      try TimeSeries((0..<36).map(value), start: .month(2019, 1))
    }
    #expect(try months { Double($0 % 12 + 1) * (10 + Double($0 / 12)) }.looksYearToDate)
    #expect(try months { $0 % 12 == 0 ? nil : Double($0 % 12) * 7 }.looksYearToDate)
    #expect(try !months { Double($0) }.looksYearToDate)
    // A sawtooth that falls by less than half.
    #expect(try !months { 100 + Double($0 % 12) }.looksYearToDate)
    #expect(try !months { 50 + 40 * Double(($0 * 7) % 12) }.looksYearToDate)
    #expect(try !TimeSeries([1, 2, 3, 1, 2, 3, 1, 2], start: .index(1)).looksYearToDate)
  }
}

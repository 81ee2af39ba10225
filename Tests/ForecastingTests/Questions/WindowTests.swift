import Series
import Testing

@testable import Forecasting

@Suite("Windows and groups of periods")
struct WindowTests {
  @Test("a longer period is its base periods")
  func finer() throws {
    func span(_ text: String, _ frequency: Frequency) throws -> String? {
      try #require(PeriodSpan(text)).periods(of: frequency)?.description
    }
    #expect(try span("2025-Q1", .month) == "2025-01/2025-03")
    #expect(try span("2025-Q2/2025-Q4", .month) == "2025-04/2025-12")
    #expect(try span("2024-02", .day) == "2024-02-01/2024-02-29")
    #expect(try span("2025-01", .hour) == "2025-01-01T00/2025-01-31T23")
    // ISO weeks belong to the month of their Thursday: January 2 of 2025 is one.
    #expect(try span("2025-01", .week) == "2025-W01/2025-W05")
    #expect(try span("2025-02", .businessDay) == "2025-02-03/2025-02-28")
    #expect(try span("2025-Q1", .quarter) == nil && span("2025-01", .quarter) == nil)
    #expect(try span("2025-Q1", .index) == nil)
  }

  @Test("the months of every year are cut into quarters without gap or overlap")
  func tiles() {
    for frequency in [Frequency.month, .week, .day, .businessDay, .hours(6)] {
      let quarters = (0..<12).map { Period.quarter(2023, 1) + $0 }
      let spans = quarters.compactMap { PeriodSpan($0).periods(of: frequency) }
      #expect(spans.count == 12)
      for (before, after) in zip(spans, spans.dropFirst()) { #expect(before.next == after.first) }
    }
  }

  @Test("windows are read in the periods of the series and in longer ones")
  func windows() {
    func read(_ text: String, _ frequency: Frequency) -> String? {
      TotalWindow(text, frequency: frequency)?.description
    }
    #expect(read("2025", .month) == "2025")
    #expect(read("2025-Q1", .month) == "2025-01/2025-03")
    #expect(read("2025-03/2025-05", .month) == "2025-03/2025-05")
    #expect(read("2025-H2", .quarter) == "2025-Q3/2025-Q4")
    #expect(read("3/7", .index) == "3/7")
    #expect(read("2025-13", .month) == nil && read("soon", .month) == nil)
    #expect(read("2025/26", .month) == nil && read("3/17", .index) == "3/17")
  }

  @Test("groups are named, whole, and in order")
  func groups() throws {
    let span = PeriodSpan(.month(2025, 2), through: .month(2026, 5))
    let quarters = PeriodGrouping.calendar(.quarter).groups(over: span)
    #expect(quarters.map(\.name) == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"])
    #expect(quarters.first?.span.description == "2025-01/2025-03")
    let fiscal = try #require(PeriodGrouping("fiscal:04")).groups(over: span)
    #expect(fiscal.map(\.name) == ["2024-04/2025-03", "2025-04/2026-03", "2026-04/2027-03"])
    let january = try #require(PeriodGrouping("fiscal:01")).groups(over: span)
    #expect(january.map(\.span) == PeriodGrouping.calendar(.year).groups(over: span).map(\.span))
    #expect(PeriodGrouping("fiscal:13") == nil && PeriodGrouping("decade") == nil)
  }

  @Test("groups that are not longer, or would cut a period, are empty")
  func noGroups() throws {
    let quarters = PeriodSpan(.quarter(2025, 1), count: 4)
    #expect(PeriodGrouping.calendar(.month).groups(over: quarters).isEmpty)
    #expect(try #require(PeriodGrouping("fiscal:02")).groups(over: quarters).isEmpty)
    #expect(try #require(PeriodGrouping("fiscal:04")).groups(over: quarters).count == 2)
    let years = PeriodSpan(.year(2025), count: 3)
    #expect(PeriodGrouping.calendar(.year).groups(over: years).isEmpty)
    #expect(PeriodGrouping.calendar(.year).groups(over: PeriodSpan(.index(1), count: 3)).isEmpty)
  }

  @Test("the usual horizon is two cycles, at most half the series")
  func horizon() throws {
    func steps(_ count: Int, _ start: Period) throws -> Int {
      try TimeSeries([Double?](repeating: 1, count: count), start: start).usualHorizon.steps
    }
    #expect(try steps(120, .month(2015, 1)) == 24)
    #expect(try steps(30, .month(2015, 1)) == 15)
    #expect(try steps(60, .quarter(2005, 1)) == 8)
    #expect(try steps(40, .year(1980)) == 6)
    #expect(try steps(260, .week(containing: CivilDate(daysSinceEpoch: 19_000))) == 52)
    #expect(try steps(1, .month(2015, 1)) == 1)
  }
}

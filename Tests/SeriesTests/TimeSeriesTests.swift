import Foundation
import Series
import Testing

@Suite struct TimeSeriesTests {
  func months(_ parts: [(Int, Int, Double?)], gaps: GapPolicy = .missing) throws(ForecastError) -> TimeSeries
  {
    try TimeSeries(
      name: "m", unit: "t",
      observations: parts.map { Observation(PeriodSpan(.month(2022, 1) + ($0.0 - 1), count: $0.1), $0.2) },
      gaps: gaps)
  }

  func fault(_ body: () throws -> Void) -> DataFault.Kind? {
    do {
      try body()
      return nil
    } catch ForecastError.data(let fault) { return fault.kind } catch { return nil }
  }

  @Test func `periods, values and counts of a series with spans and missing values`() throws {
    let series = try months([(1, 2, 10), (3, 1, nil), (4, 1, 5), (5, 3, 30)])
    #expect(series.start == .month(2022, 1))
    #expect(series.end == .month(2022, 7))
    #expect(series.periodCount == 7)
    #expect(series.count == 4)
    #expect(series.observedCount == 3)
    #expect(series.missingCount == 1)
    #expect(series.hasSpans)
    #expect(series.gapCount == 0)
    #expect(series.seasonalPeriod == 12)
    #expect(series.values == [10, nil, 5, 30])
  }

  @Test func `a gap becomes missing observations, one a period, counted`() throws {
    let series = try months([(1, 1, 1), (5, 2, 2)])
    #expect(series.gapCount == 3)
    #expect(series.count == 5)
    #expect(series.observations[1].span == PeriodSpan(.month(2022, 2)))
    #expect(series.observations[3].value == nil)
    let hole = PeriodSpan(.month(2022, 2), count: 3)
    #expect(fault { _ = try months([(1, 1, 1), (5, 2, 2)], gaps: .refuse) } == .gap(hole))
  }

  @Test func `observations behind a series leave holes missing and must follow it`() throws {
    let series = try months([(1, 1, 1), (3, 1, 2)])
    let later = try series.appending([Observation(PeriodSpan(.month(2022, 5), count: 2), 9)])
    #expect(later == (try months([(1, 1, 1), (3, 1, 2), (5, 2, 9)])))
    #expect(later.gapCount == 2 && later.count == 5)
    #expect(try series.appending([]) == series)
    let last = PeriodSpan(.month(2022, 3))
    #expect(fault { _ = try series.appending([Observation(last, 4)]) } == .duplicate(last))
    let early = PeriodSpan(.month(2022, 2))
    #expect(fault { _ = try series.appending([Observation(early, 4)]) } == .disorder(early, after: last))
  }

  @Test func `what cannot be a series is a typed error`() throws {
    let january = PeriodSpan(.month(2022, 1))
    let march = PeriodSpan(.month(2022, 3))
    let winter = PeriodSpan(.month(2022, 1), count: 2)
    #expect(fault { _ = try months([]) } == .empty)
    #expect(fault { _ = try months([(1, 1, 1), (1, 1, 2)]) } == .duplicate(january))
    #expect(
      fault { _ = try months([(1, 2, 1), (2, 1, 2)]) } == .overlap(PeriodSpan(.month(2022, 2)), winter))
    #expect(fault { _ = try months([(3, 1, 1), (1, 1, 2)]) } == .disorder(january, after: march))
    #expect(fault { _ = try months([(1, 1, .infinity)]) } == .badNumber("inf"))
    #expect(fault { _ = try months([(1, 1, .nan)]) } == .badNumber("nan"))
    let mixed = fault {
      _ = try TimeSeries(observations: [
        Observation(january, 1), Observation(PeriodSpan(.quarter(2022, 2)), 2),
      ])
    }
    #expect(mixed == .mixedFrequencies(.quarter, .month))
  }

  @Test func `a hole too long to be a gap is an error, not a memory of missing values`() throws {
    let far = fault {
      _ = try TimeSeries(observations: [
        Observation(PeriodSpan(.index(1)), 1), Observation(PeriodSpan(.index(1_000_000_000_000)), 2),
      ])
    }
    guard case .gap = far else {
      Issue.record("\(String(describing: far))")
      return
    }
    #expect(Period("9223372036854775807") == nil)
    #expect(PeriodSpan("1/2000000") == nil)
    #expect(TotalWindow.year(.max).span(.month) == nil)
  }

  @Test func `a slice takes the observations that lie wholly inside`() throws {
    let series = try months([(1, 2, 10), (3, 1, 3), (4, 1, 4), (5, 3, 30), (8, 1, 8)])
    #expect(series.slice(from: .month(2022, 2))?.values == [3, 4, 30, 8])
    #expect(series.slice(from: .month(2022, 1), through: .month(2022, 6))?.values == [10, 3, 4])
    #expect(series.slice(through: .month(2022, 7))?.end == .month(2022, 7))
    #expect(series.slice(from: .month(2022, 5), through: .month(2022, 6)) == nil)
    #expect(series.prefix(2)?.values == [10, 3])
    #expect(series.prefix(0) == nil)
    #expect(series.prefix(-1) == nil)
    #expect(series.prefix(99) == series)
  }

  @Test func `complete values refuse spans and missing values by name`() throws {
    #expect(try months([(1, 1, 1), (2, 1, 2)]).completeValues(for: "X") == [1, 2])
    #expect(
      throws: ForecastError.spanNotSupported(
        model: "X", series: "m", span: PeriodSpan(.month(2022, 1), count: 2))
    ) { try months([(1, 2, 1)]).completeValues(for: "X") }
    #expect(
      throws: ForecastError.missingValue(model: "X", series: "m", span: PeriodSpan(.month(2022, 1)))
    ) { try months([(1, 1, nil)]).completeValues(for: "X") }
  }

  @Test func `a series survives JSON`() throws {
    let series = try months([(1, 2, 10), (3, 1, nil)])
    #expect(try JSONDecoder().decode(TimeSeries.self, from: JSONEncoder().encode(series)) == series)
  }
}

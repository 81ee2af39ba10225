import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// Later observations taken in one by one lead where a run from the first period leads, parameters held.
@Suite("Temporal blend on later observations")
struct TemporalBlendUpdateTests {
  /// A kind of series: its cycle, and what is done to a value.
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let period: Int
    var count = 60
    var shift = 0.0
    var missing: [Int] = []

    /// The series with 30 more periods than are fitted.
    func whole() throws -> TimeSeries {
      let noise = RandomStream(seed: 7, name: testDescription).normals(0..<(count + 30))
      let values = noise.enumerated().map { t, e -> Double? in
        guard !missing.contains(t) else { return nil }
        let season = period > 1 ? 6 * sin(2 * .pi * Double(t) / Double(period)) : 0
        return 40 + 0.2 * Double(t) + season + 1.5 * e - shift
      }
      return try TimeSeries(
        values, start: Period(.index, ordinal: 4), name: testDescription, rule: .mean, seasonalPeriod: period)
    }
  }

  static let cases = [
    Case(testDescription: "monthly", period: 12),
    Case(testDescription: "monthly, an odd number of months", period: 12, count: 67),
    Case(testDescription: "quarterly", period: 4, count: 41),
    Case(testDescription: "yearly", period: 1, count: 25),
    Case(testDescription: "not all positive", period: 12, shift: 45),
    Case(testDescription: "hourly", period: 24, count: 110),
    Case(testDescription: "weekly, beyond the longest cycle of levels", period: 52, count: 120),
    Case(testDescription: "a value missing before the end of the fit", period: 12, missing: [41]),
    Case(testDescription: "a value missing later", period: 12, missing: [73]),
    Case(testDescription: "values missing early and late", period: 4, count: 44, missing: [5, 50, 51, 73]),
  ]

  @Test("one by one over 30 periods is a run from the first", arguments: cases)
  func oneByOne(_ kind: Case) throws {
    let whole = try kind.whole()
    let fit = try TemporalBlend().fit(try #require(whole.prefix(kind.count)))
    var moved = fit
    for step in 0..<30 {
      moved = try moved.appending([whole.observations[kind.count + step]])
      let known = try #require(whole.prefix(kind.count + step + 1))
      try expectSameLaw(moved, try fit.updated(to: known), step: step)
    }
    #expect(moved.series == whole)
    let once = try fit.appending(Array(whole.observations[kind.count...]))
    try expectSameLaw(once, moved, step: 30)
    #expect(once.failures == moved.failures)
    #expect((moved.pool?.arma == nil) == !kind.missing.isEmpty)
  }

  @Test("a run from the first period of the fit's own series is the fit", arguments: cases)
  func ownSeries(_ kind: Case) throws {
    let fit = try TemporalBlend().fit(try #require(kind.whole().prefix(kind.count)))
    try expectSameLaw(try fit.updated(to: fit.series), fit, step: 0)
  }

  @Test("a model read takes in later observations as the one written does, to the bit", arguments: cases)
  func afterCoding(_ kind: Case) throws {
    let whole = try kind.whole()
    var fit = try TemporalBlend().fit(try #require(whole.prefix(kind.count)))
    var read = try expectSameAfterCoding(fit)
    for step in 0..<30 {
      fit = try fit.appending([whole.observations[kind.count + step]])
      read = try read.appending([whole.observations[kind.count + step]])
      if step % 7 == 3 { read = try expectSameAfterCoding(read) }
      try expectSame(read.forecast(kind.period + 2), fit.forecast(kind.period + 2))
    }
    #expect(read.fitted.suffix(24) == fit.fitted.suffix(24))
  }

  @Test("a series that overlaps the fitted one, or follows it, is taken in from its end")
  func continuations() throws {
    let whole = try Self.cases[1].whole()
    let fit = try TemporalBlend().fit(try #require(whole.prefix(67)))
    let read = try expectSameAfterCoding(fit)
    let expected = try fit.updated(to: whole)
    for first in [1, 40, 66, 67] {
      let tail = try #require(whole.slice(from: whole.start + first))
      for model in [fit, read] {
        let moved = try model.updated(to: tail)
        // A model that was read knows no fitted value before the part that was kept.
        try expectSameLaw(moved, expected, step: first, fitted: 23)
        #expect(moved.series == tail && moved.fitted.count == tail.count)
      }
    }
    for (first, last) in [(68, 90), (1, 65)] {
      let apart = try #require(whole.slice(from: whole.start + first, through: whole.start + last))
      #expect(throws: ForecastError.self) { try fit.updated(to: apart) }
    }
    let end = whole.start + 67
    #expect(throws: ForecastError.self) { try fit.appending([Observation(PeriodSpan(end), -1)]) }
    #expect(throws: ForecastError.self) { try fit.appending([Observation(PeriodSpan(end - 1), 50)]) }
    #expect(throws: ForecastError.self) { try fit.appending([Observation(PeriodSpan(end, count: 2), 50)]) }
  }

  @Test("a value missing later is filled by a run from the first period")
  func revision() throws {
    let whole = try Self.cases[0].whole()
    let fit = try TemporalBlend().fit(try #require(whole.prefix(60)))
    let broken = try fit.appending([Observation(PeriodSpan(fit.series.end + 1), nil)])
    #expect(broken.failures.map(\.member) == ["ARMA(1,1) of differences"])
    try expectSameLaw(try broken.updated(to: whole), try fit.updated(to: whole), step: 0)
  }

  @Test("every alignment of a level is a run over its own blocks from the initial state")
  func alignments() throws {
    let values = try Self.cases[0].whole().values
    var levels = try TemporalLevels(Array(values.prefix(60)), name: "test", period: 12)
    for count in 61...90 {
      _ = levels.take([values[count - 1]])
      for level in levels.levels {
        let k = level.periods
        let blocks = stride(from: count % k, to: count, by: k).map { start in
          values[start..<(start + k)].reduce(0) { $0 + ($1 ?? .nan) } / Double(k)
        }
        let state = ETSRecursion(form: level.form, period: level.seasonalPeriod).run(
          blocks, parameters: level.parameters, from: level.initialState
        ).state
        // The fit's own state comes from a run in another unit.
        #expect(abs(level.state.level / state.level - 1) < 1e-10)
        #expect(TemporalBlendTests.close(level.state.seasonal, state.seasonal, 1e-9))
      }
    }
  }

  @Test("a stand-in takes in later observations as it does alone")
  func substitutes() throws {
    let first = Period(.index, ordinal: 1)
    let short = try TemporalBlend().fit(TemporalBlendTests.series([3, 5]))
    let later = Observation(PeriodSpan(first + 2), 8)
    #expect(try short.appending([later]).forecast(2).mean == [8, 8])
    let spans = try TimeSeries(
      name: "spans", rule: .sum,
      observations: (0..<20).map { k in
        k == 4
          ? Observation(PeriodSpan(first + 4, count: 2), 9)
          : Observation(PeriodSpan(first + (k > 4 ? k + 1 : k)), 4 + 0.1 * Double(k % 5))
      }, seasonalPeriod: 1)
    let next = [Observation(PeriodSpan(spans.end + 1), 5)]
    let moved = try TemporalBlend().fit(spans).appending(next)
    #expect(try moved.forecast(4).mean == AutoETS().fit(spans).appending(next).forecast(4).mean)
    #expect(moved.series.count == 21 && moved.fitted.count == 21)
  }

  @Test("the JSON does not grow with the series", arguments: [1, 4, 12])
  func size(period: Int) throws {
    func bytes(_ count: Int) throws -> Int {
      let y = seasonalSeries(count, period: max(period, 2), noise: 0.3)
      let fit = try TemporalBlend().fit(TemporalBlendTests.series(y, period: period))
      return try JSONEncoder().encode(fit).count
    }
    let (short, long) = (try bytes(200), try bytes(2_000))
    // Numbers differ in their digits, and the forms that are chosen in their parts.
    #expect(Double(long) < 1.1 * Double(short), "\(short) and \(long) bytes")
    #expect(long < 30_720)
  }

  private func expectSameLaw(
    _ found: FittedTemporalBlend, _ expected: FittedTemporalBlend, step: Int, fitted: Int = .max
  )
    throws
  {
    let (a, b) = try (found.forecast(14), expected.forecast(14))
    #expect(TemporalBlendTests.close(a.mean, b.mean), "mean, step \(step)")
    for p in [0.1, 0.9] {
      #expect(TemporalBlendTests.close(a.quantile(p), b.quantile(p)), "\(p), step \(step)")
    }
    #expect(TemporalBlendTests.close(a.standardDeviation, b.standardDeviation), "deviation, step \(step)")
    let common = min(found.fitted.count, expected.fitted.count, fitted)
    for (a, b) in zip(found.fitted.suffix(common), expected.fitted.suffix(common)) where a != nil || b != nil
    {
      let (a, b) = (try #require(a), try #require(b))
      #expect(abs(a - b) <= 1e-9 * max(abs(a), abs(b)), "fitted, step \(step)")
    }
  }
}

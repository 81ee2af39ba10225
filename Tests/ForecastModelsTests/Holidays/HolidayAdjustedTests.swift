import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite struct HolidayAdjustedTests {
  private static let weekday = [4.0, 2, 0, 1, 5, -6, -6]

  /// Days from 2021 with a week, noise, and the given effect of each Spring Festival day and of the day before it.
  private func days(_ count: Int, effect: Double, before: Double = 0) throws -> TimeSeries {
    let start = try #require(Period("2021-01-01", frequency: .day))
    let columns = try HolidayColumns(["CN"], before: 1).regressors(over: PeriodSpan(start, count: count))
    let noise = RandomStream(seed: 5, name: "holidays").normals(0..<count)
    func column(_ name: String) -> [Double] {
      columns.names.firstIndex(of: name).map { columns.columns[$0] } ?? []
    }
    let (own, eve) = (column("CN Spring Festival"), column("CN Spring Festival -1"))
    let values = (0..<count).map { t in
      (100 + Self.weekday[t % 7] + noise[t]) * exponential(effect * own[t] + before * eve[t])
    }
    return try TimeSeries(values, start: start, name: "sales", unit: "t")
  }

  @Test func effectsAreFoundAndPutBack() throws {
    let series = try days(1120, effect: 0.5, before: -0.2)
    let model = HolidayAdjusted(SeasonalNaive(seasonalPeriod: 7), calendars: ["CN"], before: 1)
    let fit = try model.fit(series)
    func effect(_ name: String) -> Double { fit.effects.effects.first { $0.name == name }?.value ?? 0 }
    #expect(fit.effects.isMultiplicative)
    #expect(abs(effect("CN Spring Festival") - 0.5) < 0.06, "\(effect("CN Spring Festival"))")
    #expect(abs(effect("CN Spring Festival -1") + 0.2) < 0.08)
    #expect(abs(effect("CN National Day")) < 0.03)
    // The festival of 2024 begins on February 10, day 1,136 of the series.
    let forecast = try fit.forecast(21)
    let plain = try SeasonalNaive(seasonalPeriod: 7).fit(series).forecast(21)
    #expect(forecast.mean[15] > 1.4 * plain.mean[15] && abs(forecast.mean[3] / plain.mean[3] - 1) < 0.02)
    #expect(zip(forecast.quantile(0.1), forecast.quantile(0.9)).allSatisfy { $0 < $1 })
    #expect(
      fit.summary.facts.contains { $0.name == "effect of CN Spring Festival" && abs($0.value - 65) < 10 })
  }

  @Test func effectsOfNoHolidayAreShrunkToNextToNothing() throws {
    let fit = try HolidayAdjusted(
      SeasonalNaive(seasonalPeriod: 7), calendars: ["CN", "RU"], before: 1, after: 1
    )
    .fit(try days(800, effect: 0))
    #expect(fit.effects.effects.allSatisfy { abs($0.value) < 0.02 })
  }

  @Test func seriesWithNegativeValuesAreChangedByAddition() throws {
    let series = try days(1120, effect: 0.5)
    let moved = try TimeSeries(
      series.values.map { $0.map { $0 - 120 } }, start: series.start, name: "net", unit: "t")
    let fit = try HolidayAdjusted(SeasonalNaive(seasonalPeriod: 7), calendars: ["CN"]).fit(moved)
    #expect(!fit.effects.isMultiplicative)
    let effect = fit.effects.effects.first { $0.name == "CN Spring Festival" }?.value ?? 0
    #expect(abs(effect - 100 * (exponential(0.5) - 1)) < 9, "\(effect)")
  }

  @Test func shortSeriesAndYearsHaveNoEffects() throws {
    let short = try days(8, effect: 1)
    let fit = try HolidayAdjusted(Naive(), calendars: ["CN"]).fit(short)
    #expect(fit.effects.effects.isEmpty && fit.summary.notes.contains { $0.contains("meets no holiday") })
    #expect(try fit.forecast(3).mean == Naive().fit(short).forecast(3).mean)
    #expect(throws: ForecastError.self) {
      try HolidayAdjusted(Naive(), calendars: ["US"]).fit(try AutoTests.series([1, 2, 3, 4]))
    }
    #expect(throws: ForecastError.self) { try HolidayAdjusted(Naive(), calendars: ["XX"]).fit(short) }
  }

  @Test func aSavedFitForecastsAlikeAndTakesLaterDays() throws {
    let series = try days(1100, effect: 0.4)
    let fit = try HolidayAdjusted(AnyForecaster(Drift()), calendars: ["CN"]).fit(series)
    let read = try JSONDecoder().decode(FittedModel.self, from: JSONEncoder().encode(FittedModel(fit)))
    #expect(try read.forecast(50).mean == fit.forecast(50).mean)
    let whole = try days(1130, effect: 0.4)
    let later = try fit.appending(Array(whole.observations.suffix(30)), regressors: nil)
    #expect(later.series.end == whole.end)
    let again = try fit.updated(to: whole, regressors: nil)
    #expect(
      zip(try later.forecast(20).mean, try again.forecast(20).mean).allSatisfy { abs($0 - $1) < 1e-9 * $0 })
  }
}

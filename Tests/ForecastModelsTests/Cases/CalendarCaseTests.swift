import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// Kinds of calendars and external variables that users reported of forecasting tools, each in variations.
@Suite struct CalendarCaseTests {
  private func noise(_ count: Int, _ seed: Int) -> [Double] {
    RandomStream(seed: 32, name: "calendars", replicate: seed).normals(0..<count)
  }

  /// A peak in the same ISO week of every year stays in it, although some years have 53 weeks.
  @Test(arguments: [51, 8, 30]) func aPeakStaysInItsWeek(_ week: Int) throws {
    let start = try #require(Period("2014-W01", frequency: .week))
    let count = start.distance(to: try #require(Period("2023-W52", frequency: .week))) + 1
    let e = noise(count, week)
    func isPeak(_ period: Period) -> Bool { period.season(of: 52) == week - 1 }
    let values = (0..<count).map { (isPeak(start + $0) ? 300 : 100) + 3 * e[$0] }
    let series = try TimeSeries(values, start: start, name: "weeks")
    let models: [any Forecaster] = [
      Decomposed(SeasonalNaive(seasonalPeriod: 1)), SeasonalNaive(), Decomposed(Mean()), AutoETS(),
    ]
    for model in models {
      let mean = try model.fit(series).forecast(60).mean
      for step in 0..<60 {
        let expected = isPeak(series.end + (step + 1)) ? 300.0 : 100
        #expect(abs(mean[step] - expected) < 15, "\(model.name): \(series.end + (step + 1)) \(mean[step])")
      }
    }
  }

  /// A date of every year stays a date of every year over leap days, beside the week.
  @Test(arguments: [60, 200, 350]) func aDateStaysItself(_ day: Int) throws {
    let start = try #require(Period("2012-01-01", frequency: .day))
    let e = noise(3653, day)
    func value(_ period: Period) -> Double {
      let place = period.season(of: 365)
      let wave = 30 * sin(2 * Double.pi * Double(place) / 365)
      let peak = abs(place - day) < 3 ? 60.0 : 0
      let week = [5.0, 3, 0, 0, 2, -5, -5]
      return 200 + wave + peak + week[period.firstDay?.weekday ?? 0]
    }
    let series = try TimeSeries(
      (0..<3653).map { value(start + $0) + e[$0] }, start: start, name: "days")
    let mean = try Decomposed(Mean(), by: MSTL(seasonalPeriods: [7, 365], seasonalWindow: .periodic)).fit(
      series
    ).forecast(365).mean
    var squares = 0.0
    for step in 0..<365 {
      let miss = mean[step] - value(series.end + (step + 1))
      squares += miss * miss
    }
    #expect((squares / 365).squareRoot() < 3, "\((squares / 365).squareRoot())")
  }

  /// An external variable that never changed has no effect that could be known: it is left out, and named.
  @Test(arguments: [0.0, 1, 7.5]) func variablesThatNeverChangeAreLeftOut(_ constant: Double) throws {
    let start = Period(.month, ordinal: 600)
    let e = noise(66, 4)
    let x = (0..<66).map { Double(($0 * 7) % 11) }
    // The second variable is first seen in the horizon.
    let fixed = (0..<66).map { $0 < 60 ? constant : constant + 1 }
    let series = try TimeSeries((0..<60).map { 50 + 3 * x[$0] + e[$0] }, start: start, name: "sales")
    let variables = try Regressors(["x": x, "fixed": fixed], start: start)
    for model: any Forecaster in [AutoARIMA(), ARIMA(ARIMAOrder(1, 0, 0)), LinearRegression(), Auto()] {
      let fit = try model.fit(series, regressors: variables)
      let mean = try fit.forecast(6, regressors: variables).mean
      #expect((0..<6).allSatisfy { abs(mean[$0] - 50 - 3 * x[60 + $0]) < 8 }, "\(model.name): \(mean)")
      if !(model is Auto) { #expect(fit.summary.notes.contains { $0.contains("fixed") }, "\(model.name)") }
    }
  }
}

import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite struct ETSUpdateTests {
  static let forms = ["ANN", "AAdN", "AAA", "MAM", "MMdM", "AMdA"]

  /// One observation at a time gives the state of a run over the whole with parameters and initial state held.
  @Test(arguments: forms)
  func appendingIsRunningTheWhole(name: String) throws {
    let form = try #require(ETSForm(name))
    let y = seasonalSeries(80, period: 12)
    let whole = try months(y)
    var fit = try ETS(form).fit(months(Array(y.prefix(60))))
    let held = try fit.updated(to: whole)
    for observation in whole.observations.dropFirst(60) { fit = try fit.appending([observation]) }
    #expect(fit.series == whole)
    #expect(fit.finalState == held.finalState)
    #expect(try fit.forecast(12).mean == held.forecast(12).mean)
    expectDigits(fit.fitted.compactMap(\.self), held.fitted.compactMap(\.self), atLeast: 15)
  }

  @Test func appendingRefusesWhatDoesNotFollow() throws {
    let fit = try ETS(#require(ETSForm("ANN"))).fit(months(seasonalSeries(30, period: 12)))
    let earlier = fit.series.observations[3]
    #expect(throws: ForecastError.self) { try fit.appending([earlier]) }
    let span = Observation(PeriodSpan(fit.series.end + 1, count: 2), 3)
    let relative = try ETS(#require(ETSForm("MNN"))).fit(fit.series)
    #expect(throws: ForecastError.self) { try relative.appending([span]) }
    let elsewhere = try TimeSeries([1, 2, 3], start: .month(1990, 1))
    #expect(throws: ForecastError.self) { try fit.updated(to: elsewhere) }
  }

  /// A model written and read forecasts the same to the last bit, in kilobytes.
  @Test(arguments: forms)
  func writtenModelsForecastTheSame(name: String) throws {
    let form = try #require(ETSForm(name))
    let fit = try ETS(form).fit(months(seasonalSeries(200, period: 12)))
    let data = try JSONEncoder().encode(fit)
    #expect(data.count < 16_384)
    let read = try JSONDecoder().decode(FittedETS.self, from: data)
    #expect(try read.forecast(12).mean == fit.forecast(12).mean)
    #expect(try read.forecast(12).interval(0.9) == fit.forecast(12).interval(0.9))
    #expect(read.parameters == fit.parameters && read.convergence == fit.convergence)
    let later = Observation(PeriodSpan(fit.series.end + 1), 20)
    let continued = try read.appending([later])
    let original = try fit.appending([later])
    #expect(continued.finalState == original.finalState)
  }

  @Test func laterVersionsAreRefused() throws {
    let fit = try ETS(#require(ETSForm("ANN"))).fit(months(seasonalSeries(30, period: 12)))
    let text = String(decoding: try JSONEncoder().encode(fit), as: UTF8.self)
    for (found, bad) in [("\"version\":1", "\"version\":99"), ("foresight.ets", "foresight.arima")] {
      let data = Data(text.replacingOccurrences(of: found, with: bad).utf8)
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(FittedETS.self, from: data) }
    }
  }
}

import Datasets
import ForecastModels
import Forecasting
import Testing

@Suite struct GrowthSurveyTests {
  @Test func `a row holds what the model's own fit and backtest say`() throws {
    let series = try Datasets.energy.crude()
    let survey = GrowthSurvey()
    let rows = survey.rows(series)
    #expect(rows.map(\.model) == survey.models(for: series).map(\.name))
    let fit = try ExponentialGrowth().fit(series)
    let row = try #require(rows.first)
    let found = try row.fit.get()
    #expect(found.figures.ratePerYear == fit.rate)
    #expect(found.figures.doublingTime == fit.doublingTime)
    #expect(found.aicc == fit.summary.aicc)
    let backtest = try survey.design(for: series).backtest(survey.models(for: series), on: series)
    let scores = try backtest.scores(.mase, .crps)
    #expect(try row.backtest.get().mase == scores[row.model, .mase])
    #expect(try row.backtest.get().crps == scores[row.model, .crps])
  }

  @Test func `a rate is per year whatever the period`() throws {
    let yearly = try TimeSeries((0..<10).map { 3 * exp2(0.25 * Double($0)) }, start: .year(2010))
    let monthly = try TimeSeries((0..<60).map { 3 * exp2(0.25 / 12 * Double($0)) }, start: .month(2010, 1))
    for series in [yearly, monthly] {
      let figures = try ExponentialGrowth().fit(series).figures
      expectDigits([try #require(figures.ratePerYear).value], [0.25 * 0.6931471805599453], atLeast: 10)
      expectDigits([try #require(figures.doublingTime).value], [4], atLeast: 10)
    }
  }

  @Test func `what cannot be fitted is a row that says why`() throws {
    let series = try Datasets.energy.lng()
    let rows = GrowthSurvey().rows(series)
    #expect(rows.count == 7)
    #expect(throws: Never.self) { try rows[0].fit.get() }
    guard case .failure(.tooFewObservations(_, _, let needed, let found)) = rows[1].fit else {
      Issue.record("\(rows[1].fit)")
      return
    }
    #expect(needed == 4 && found == 3)
    guard case .failure(.tooFewPeriods) = rows[0].backtest else {
      Issue.record("\(rows[0].backtest)")
      return
    }
  }

  @Test func `the noise law goes by the values`() throws {
    let survey = GrowthSurvey()
    #expect(try survey.law(for: Datasets.energy.crude()) == .multiplicative)
    #expect(try survey.law(for: Datasets.energy.pipelineGasToChina()) == .additive)
    #expect(GrowthSurvey(noise: .poisson).law(for: try Datasets.energy.crude()) == .poisson)
  }
}

private func exp2(_ x: Double) -> Double {
  // Repeated halving keeps the reference free of the library's exponential.
  var result = 1.0
  var term = 1.0
  for k in 1...60 {
    term *= x * 0.6931471805599453 / Double(k)
    result += term
  }
  return result
}

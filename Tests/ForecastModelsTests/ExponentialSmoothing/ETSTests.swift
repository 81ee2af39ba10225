import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite struct ETSTests {
  /// Every form on R's series: our optimum is at least R's.
  @Test func likelihoodReachesR() throws {
    let fixture = try ETSFixture.loaded.get()
    for fit in fixture.fits where fit.logLikelihood.isFinite {
      let form = try #require(ETSForm(fit.form))
      let ours = try ETS(form, estimation: .maximumLikelihood).fit(fixture.timeSeries(fit.series))
      let reached = try #require(ours.concentratedLogLikelihood)
      #expect(reached >= fit.logLikelihood - 1e-3, "\(fit.series) \(fit.form)")
      #expect(ours.convergence.status.isConverged, "\(fit.series) \(fit.form) \(ours.convergence)")
    }
  }

  /// R documents AICc by the same definition.
  @Test func criterionIsR() throws {
    let fixture = try ETSFixture.loaded.get()
    for fit in fixture.fits {
      let form = try #require(ETSForm(fit.form))
      let data = try #require(fixture.series[fit.series])
      let aicc = ETSCriterion.aicc(
        fit.logLikelihood, parameters: form.parameterCount(period: data.period), observations: data.y.count)
      expectDigits([aicc], [fit.aicc], atLeast: 10, "\(fit.series) \(fit.form)")
    }
  }

  /// Values of a flow in another unit: parameters stay, states and forecasts scale.
  @Test(arguments: ["ANN", "AAdN", "AAA", "MAM", "MNN", "MAN"])
  func unitsDoNotMatter(name: String) throws {
    let form = try #require(ETSForm(name))
    let y = seasonalSeries(60, period: 12)
    for factor in [0x1p-400, 3.0, 0x1p400] {
      let one = try ETS(form).fit(months(y))
      let other = try ETS(form).fit(months(y.map { $0 * factor }))
      expectDigits([other.parameters.alpha], [one.parameters.alpha], atLeast: 5, "\(name)")
      try expectDigits(
        other.forecast(6).mean, one.forecast(6).mean.map { $0 * factor }, atLeast: 6, "\(name)")
      try expectDigits(
        other.forecast(6).quantile(0.9), one.forecast(6).quantile(0.9).map { $0 * factor }, atLeast: 4,
        "\(name)")
    }
  }

  /// A constant added moves a linear form's forecasts by itself.
  @Test(arguments: ["ANN", "AAN", "AAdN", "ANA", "AAA", "AAdA"])
  func linearFormsShift(name: String) throws {
    let form = try #require(ETSForm(name))
    let y = seasonalSeries(60, period: 12)
    let one = try ETS(form).fit(months(y)).forecast(6).mean
    let other = try ETS(form).fit(months(y.map { $0 + 100 })).forecast(6).mean
    expectDigits(other, one.map { $0 + 100 }, atLeast: 6, "\(name)")
  }

  /// Without estimation uncertainty the covariance would be σ²Σcc; with it each variance is larger, and none falls.
  @Test func linearVariancesRise() throws {
    let fit = try ETS(#require(ETSForm("AAA"))).fit(months(seasonalSeries(72, period: 12)))
    let forecast = try fit.forecast(18)
    let weights = fit.innovationWeights(18)
    var sum = 0.0
    for step in 0..<18 {
      sum += weights[step] * weights[step]
      #expect(
        forecast.standardDeviation[step] * forecast.standardDeviation[step] > fit.variance * sum)
    }
    for step in 1..<18 {
      #expect(forecast.quantile(0.9)[step] > forecast.mean[step])
    }
  }

  /// The weights of innovations are what an innovation does to the recursion.
  @Test(arguments: ["ANN", "AAN", "AAdN", "ANA", "AAA", "AAdA"])
  func innovationWeightsAreImpulseResponses(name: String) throws {
    let form = try #require(ETSForm(name))
    let fit = try ETS(form).fit(months(seasonalSeries(72, period: 12)))
    let recursion = ETSRecursion(form: form, period: fit.seasonalPeriod)
    let quiet = fit.innovationFreePath(30)
    let pushed = recursion.run(
      [quiet[0] + 1] + [Double](repeating: .nan, count: 29), parameters: fit.parameters,
      from: fit.finalState)
    let weights = fit.innovationWeights(30)
    for step in 1..<30 { #expect(abs(pushed.predictions[step] - quiet[step] - weights[step]) < 1e-9) }
  }

  /// Simulation of a linear form by the general simulator agrees with its closed law.
  @Test func simulationAgreesWithTheClosedForm() throws {
    let fit = try ETS(#require(ETSForm("AAdA"))).fit(months(seasonalSeries(120, period: 12)))
    let closed = try fit.forecast(12)
    let simulated = try SampledPaths(ETSSimulator(fit).paths(20_000, horizon: 12, seed: 1))
    for step in [0, 5, 11] {
      let deviation = closed.standardDeviation[step]
      #expect(abs(simulated.marginal(step).mean - closed.mean[step]) < 0.06 * deviation)
      #expect(abs(simulated.marginal(step).standardDeviation / deviation - 1) < 0.08)
    }
  }

  @Test func refusalsAreTyped() throws {
    let form = try #require(ETSForm("MAM"))
    #expect(throws: ForecastError.self) {
      try ETS(form).fit(months([1, 2, 0, 4] + seasonalSeries(40, period: 12)))
    }
    #expect(
      throws: ForecastError.tooFewObservations(model: "ETS(M,A,M)", series: "test", needed: 19, found: 12)
    ) {
      try ETS(form).fit(months(seasonalSeries(12, period: 12)))
    }
    #expect(throws: ForecastError.self) {
      try ETS(form, seasonalPeriod: 1).fit(months(seasonalSeries(40, period: 12)))
    }
  }

  @Test func formsReadAsWritten() {
    for form in ETSForm.allForms {
      #expect(ETSForm(form.description) == form)
      #expect(ETSForm(form.shortName) == form)
    }
    #expect(ETSForm.allForms.count == 30)
    for text in ["", "AA", "ZZZ", "AAdX", "ETS(A,A)", "AdAN"] { #expect(ETSForm(text) == nil) }
  }

  @Test func runsAreRepeatable() throws {
    let series = try months(seasonalSeries(60, period: 12))
    let one = try AutoETS().fit(series)
    let other = try AutoETS().fit(series)
    #expect(one.parameters == other.parameters)
    #expect(try one.forecast(6).quantile(0.1) == other.forecast(6).quantile(0.1))
    #expect(try one.forecast(6).samplePaths(3, seed: 5) == other.forecast(6).samplePaths(3, seed: 5))
  }
}

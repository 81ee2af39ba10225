import ForecastModels
import Forecasting
import Foundation
import Testing

/// The figures of statsmodels and scipy in `Fixtures/growth/statsmodels.json`, made by `growth.py` beside it.
private struct StatsmodelsGrowth: Decodable {
  struct Estimator: Decodable {
    let coefficients: [Double]
    let standardErrors: [Double]
  }
  struct Case: Decodable {
    let name: String
    let y: [Double]
    let multiplicative: Estimator
    let additive: Estimator
    let poisson: Estimator
  }
  let cases: [Case]
}

@Suite("Exponential growth against statsmodels and scipy")
struct GrowthStatsmodelsTests {
  @Test("log-linear OLS, nonlinear least squares, quasi-Poisson GLM")
  func peers() throws {
    let url = try #require(
      Bundle.module.url(forResource: "statsmodels", withExtension: "json", subdirectory: "Fixtures/growth"))
    let fixture = try JSONDecoder().decode(StatsmodelsGrowth.self, from: Data(contentsOf: url))
    #expect(!fixture.cases.isEmpty)
    for item in fixture.cases {
      let peers = [
        (GrowthNoise.multiplicative, item.multiplicative), (.additive, item.additive),
        (.poisson, item.poisson),
      ]
      for (noise, peer) in peers {
        let fit = try ExponentialGrowth(noise: noise).fit(months(item.y))
        let what = Comment(rawValue: "\(item.name), \(noise.rawValue)")
        expectDigits([fit.logLevel.value, fit.rate.value], peer.coefficients, atLeast: 10, what)
        expectDigits(
          fit.summary.coefficients.compactMap(\.standardError), peer.standardErrors, atLeast: 10, what)
      }
    }
  }
}

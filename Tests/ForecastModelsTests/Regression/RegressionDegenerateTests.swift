import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Testing

@Suite("Linear regression on degenerate series")
struct RegressionDegenerateTests {
  static let models: [LinearRegression] = [
    LinearRegression(), LinearRegression([.intercept]), LinearRegression([.intercept, .trend(degree: 6)]),
    LinearRegression([.intercept, .seasonalDummies(), .fourier(harmonics: 6), .daysInPeriod]),
    LinearRegression(estimator: .huber()), LinearRegression(estimator: .tukey()),
    LinearRegression(estimator: .quantile(0.5)), LinearRegression(estimator: .quantile(0.01)),
    LinearRegression(errors: .autoregressive()), LinearRegression(errors: .autoregressive(.cochraneOrcutt)),
    LinearRegression(errors: .autoregressive(.praisWinsten)), LinearRegression(covariance: .neweyWest()),
    LinearRegression(covariance: .heteroskedastic()), LinearRegression(weights: .discounted(by: 0.5)),
    LinearRegression(logResponse: true),
  ]

  private static func made(_ count: Int, _ value: (Int) -> Double?) -> [Double?] { (0..<count).map(value) }
  private static func bumps(_ i: Int, scale: Double, level: Double) -> Double? {
    let bump = Double((i * 7) % 5)
    return level + scale * bump
  }

  static let series: [(name: String, values: [Double?])] = [
    ("constant", made(30) { _ in 5 }), ("zero", made(30) { _ in 0 }), ("line", made(30) { Double($0) }),
    ("one spike", made(30) { $0 == 12 ? 1 : 0 }), ("binary", made(30) { Double($0 % 2) }),
    ("three", [1, 2, 4]), ("two", [1, 2]), ("one", [1]), ("none", [nil, nil, nil]),
    ("mostly missing", made(40) { $0 % 9 == 0 ? Double($0 * $0) : nil }),
    ("huge", made(30) { bumps($0, scale: 1e300, level: 1e300) }),
    ("tiny", made(30) { bumps($0, scale: 1e-300, level: 1e-300) }),
    ("far level", made(30) { bumps($0, scale: 1, level: 1e12) }),
    ("exponential", made(60) { exp(0.5 * Double($0)) }),
    ("missing end", made(40) { $0 < 25 ? Double(($0 * 13) % 11) : nil }),
  ]

  @Test("a fit is finite or a typed error, never a trap or a NaN", arguments: models)
  func finite(model: LinearRegression) throws {
    for (name, values) in Self.series {
      let series = try TimeSeries(values, start: .month(2020, 1), name: name)
      do throws(ForecastError) {
        let fit = try model.fit(series)
        let summary = fit.summary
        for line in summary.coefficients {
          #expect(line.estimate.isFinite, "\(name)")
          #expect(line.standardError?.isNaN != true && line.pValue?.isNaN != true, "\(name) \(line.name)")
        }
        for test in summary.diagnostics { #expect(test.statistic.isFinite, "\(name) \(test.name)") }
        #expect(summary.logLikelihood?.isFinite != false, "\(name)")
        let outlook = try fit.forecast(14)
        for p in [0.025, 0.5, 0.975] {
          #expect(outlook.quantile(p).allSatisfy { !$0.isNaN }, "\(name) \(p)")
        }
        #expect(outlook.samplePaths(3).elements.allSatisfy { !$0.isNaN }, "\(name)")
        if name == "constant", model.terms.contains(.intercept) {
          #expect(outlook.median.allSatisfy { abs($0 - 5) < 1e-9 }, "\(name)")
        }
      } catch {
        #expect(!"\(error)".isEmpty)
      }
    }
  }
}

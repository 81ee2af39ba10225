import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// Shrinkage fades, and the kind of a season follows, where the data speak.
@Suite struct ThetaEvidenceTests {
  private enum Season: CaseIterable { case none, additive, multiplicative }

  private func truth(_ season: Season, _ t: Int) -> Double {
    let wave = sin(Double(t) * .pi / 6)
    let line = 100 + 2 * Double(t)
    switch season {
    case .none: return line
    case .additive: return line + 10 * wave
    case .multiplicative: return line * (1 + 0.1 * wave)
    }
  }

  /// The mean absolute distance of forecasts to the path without noise, over ten draws.
  private func error(_ season: Season, noise: Double, count: Int, _ estimation: ThetaEstimation) throws
    -> Double
  {
    var sum = 0.0
    for draw in 0..<10 {
      var stream = Philox4x64(key: (UInt64(draw), 40))
      let values = (0..<count).map { t in
        truth(season, t) + noise
          * (0..<3).reduce(0) { sum, _ in sum + Double.random(in: -1...1, using: &stream) }
      }
      let series = try TimeSeries(
        values, start: Period(.index, ordinal: 1), rule: .mean, seasonalPeriod: season == .none ? 1 : 12)
      let mean = try Theta(.dynamicOptimised, estimation: estimation).fit(series).mean(24)
      sum += mean.enumerated().reduce(0) { $0 + abs($1.element - truth(season, count + $1.offset)) } / 24
    }
    return sum / 10
  }

  @Test(arguments: [0.0, 1, 5]) func `a line of 200 values is forecast as by least squares`(_ noise: Double)
    throws
  {
    for season in Season.allCases {
      let shrunk = try error(season, noise: noise, count: 200, .shrinkage)
      let free = try error(season, noise: noise, count: 200, .leastSquares)
      #expect(shrunk <= 1.1 * free + 0.02, "\(season)")
    }
  }

  @Test func `a season that a trend hides is found in three cycles`() throws {
    for season in [Season.additive, .multiplicative] {
      #expect(try error(season, noise: 0, count: 40, .shrinkage) < 1)
    }
  }

  /// Positive values may have a season that adds.
  @Test func `the kind of a season follows the values`() throws {
    for season in [Season.additive, .multiplicative] {
      for noise in [0.0, 1, 3] {
        var stream = Philox4x64(key: (3, 41))
        let values = (0..<96).map { truth(season, $0) + noise * Double.random(in: -1...1, using: &stream) }
        let found = ClassicalDecomposition(values: values, period: 12).season(
          shrinkage: 1.5, mayMultiply: true)
        #expect(found?.isMultiplicative == (season == .multiplicative))
      }
    }
  }

  @Test func `a position that is never observed is neutral and wide`() throws {
    let values = (0..<72).map { t -> Double in
      t % 12 == 7 ? .nan : truth(.additive, t) + 0.1 * cos(Double(t * t))
    }
    let found = try #require(
      ClassicalDecomposition(values: values, period: 12).season(isMultiplicative: false, shrinkage: 1))
    #expect(abs(found.indices[7]) < 1e-9)
    #expect(found.errors[7] > 20 * found.errors[6])
    let data = try TimeSeries(
      values.map { $0.isNaN ? nil : $0 }, start: Period(.index, ordinal: 1), rule: .mean, seasonalPeriod: 12)
    let outlook = try Theta(.dynamicOptimised).fit(data).forecast(12)
    let widths = zip(outlook.quantile(0.975), outlook.quantile(0.025)).map { $0 - $1 }
    #expect(widths[7] > 2 * widths[6] && widths[7] > 2 * widths[8])
  }
}

import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite struct AutoARIMATests {
  private func series(_ values: [Double?], season: Int = 1) throws -> TimeSeries {
    try TimeSeries(values, start: Period(.index, ordinal: 1), rule: .last, seasonalPeriod: season)
  }

  /// With three or four values AICc would choose a mean of zero, however far the values are from it.
  @Test(arguments: [
    [1250, 1215, 1310], [130_000, 141_000, 219_000, 215_000], [-3.1, -2.9, -3.4, -3.0, -3.3],
  ]) func `a few values are forecast near their mean`(_ values: [Double]) throws {
    let mean = values.reduce(0, +) / Double(values.count)
    let found = try AutoARIMA().fit(try series(values)).forecast(2).mean
    for value in found { #expect(abs(value - mean) <= 0.25 * abs(mean)) }
  }

  @Test func `a mean of zero is kept where the values are around zero`() throws {
    var stream = Philox4x64(key: (4, 1))
    let values = (0..<80).map { _ in Double.random(in: -1...1, using: &stream) }
    #expect(UnitRoots.mayHaveZeroMean(values))
    #expect(!UnitRoots.mayHaveZeroMean(values.map { $0 + 1 }))
    #expect(try !AutoARIMA().fit(try series(values)).hasConstant)
  }

  /// A season whose shape moves slowly is strong for STL, not for fixed indices.
  @Test func `the strength of a moving season is that of STL`() throws {
    var stream = Philox4x64(key: (9, 2))
    let values = (0..<120).map { t in
      let turn = Double(t) * 2 * .pi / 4 + Double(t) * 0.03
      return 100 + 10 * sin(turn) + Double.random(in: -2...2, using: &stream)
    }
    #expect(UnitRoots.seasonalStrength(values, period: 4) > 0.8)
    let noise = (0..<120).map { _ in Double.random(in: -2...2, using: &stream) }
    #expect(UnitRoots.seasonalStrength(noise, period: 4) < 0.5)
    // A position of the cycle that is never observed has no seasonal difference.
    let holes = values.enumerated().map { $0.offset % 4 == 1 ? Double.nan : $0.element }
    #expect(UnitRoots.seasonalStrength(holes, period: 4) == 0)
  }

  /// The inverse of the Hessian over mean and φ together, σ² concentrated out.
  @Test func `the standard error of a mean counts that of the coefficients`() throws {
    var stream = Philox4x64(key: (7, 5))
    var level = 0.0
    let values = (0..<300).map { _ in
      level = 0.93 * level + Double.random(in: -1...1, using: &stream)
      return 20 + level
    }
    let fit = try ARIMA(ARIMAOrder(1, 0, 0)).fit(try series(values))
    func negative(_ mean: Double, _ partial: Double) throws -> Double {
      let sample = try ARIMASample(
        try series(values.map { $0 - mean }), model: "ARIMA", difference: 0, seasonalDifference: 0, period: 1)
      var gradient = [0.0]
      return ARIMAObjective(sample, order: fit.order, hasConstant: false).value(
        [partial], gradient: &gradient) * 300
    }
    let (c, p) = (fit.constant, fit.coefficients.ar[0])
    let (h, k) = (0.05, 0.002)
    let middle = try negative(c, p)
    let cc = try (negative(c + h, p) + negative(c - h, p) - 2 * middle) / (h * h)
    let pp = try (negative(c, p + k) + negative(c, p - k) - 2 * middle) / (k * k)
    let cp =
      try (negative(c + h, p + k) - negative(c + h, p - k) - negative(c - h, p + k) + negative(c - h, p - k))
      / (4 * h * k)
    let expected = (pp / (cc * pp - cp * cp)).squareRoot()
    let found = try #require(fit.constantStandardError)
    #expect(abs(found - expected) < 0.01 * expected)
  }
}

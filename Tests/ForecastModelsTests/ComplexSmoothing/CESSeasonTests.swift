import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// The start of a season in complex exponential smoothing.
@Suite struct CESSeasonTests {
  private func series(missing: Set<Int> = []) throws -> TimeSeries {
    var stream = Philox4x64(key: (8, 6))
    let values: [Double?] = (0..<72).map { t in
      let season = 20 * sin(Double(t) * .pi / 3 + 0.02 * Double(t))
      let value = 100 + 0.5 * Double(t) + season + 3 * Double.random(in: -1...1, using: &stream)
      return missing.contains(t) ? nil : value
    }
    return try TimeSeries(values, start: Period(.index, ordinal: 1), rule: .mean, seasonalPeriod: 6)
  }

  /// Gains and start are at a minimum together: no entry of the start improves the sum of squares.
  @Test(arguments: [CESForm.simple, .partial, .full]) func `least squares estimates the start`(
    _ form: CESForm
  ) throws {
    for missing in [Set<Int>(), [4, 17, 18, 40]] {
      let data = try series(missing: missing)
      let sample = try CESSample(data, model: "CES", period: 6)
      let search = CESSearch(sample, form: form, estimation: .leastSquares)
      let first = search.optimum()
      let (found, optimum) = search.withSeason(first, errors: sample.seasonErrors, rounds: 20)
      #expect(optimum.sums.squares < 0.999 * first.sums.squares)
      func squares(_ state: CESState) -> Double {
        var state = state
        return found.recursion(optimum.parameters).run(sample.values, &state).squares
      }
      let start = found.initialState(optimum.parameters)
      let least = squares(start)
      for place in 0..<6 {
        for step in [-0.02, 0.02] {
          var moved = start
          moved.seasonLevels[place][0] += step
          #expect(squares(moved) > least * (1 - 1e-3))
        }
      }
    }
  }
}

import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// Kinds of series that users reported of forecasting tools, each in three variations: what is right is plain from the data.
@Suite struct PlainCaseTests {
  private func series(
    _ values: [Double?], _ frequency: Frequency = .month, first: Int = 600, season: Int? = nil
  ) throws -> TimeSeries {
    try TimeSeries(
      values, start: Period(frequency, ordinal: first), name: "case", rule: .mean, seasonalPeriod: season)
  }

  private func noise(_ count: Int, _ seed: Int) -> [Double] {
    RandomStream(seed: 31, name: "cases", replicate: seed).normals(0..<count)
  }

  /// A last value that was entered wrongly, or a jump: no step moves further than it, whatever its size.
  @Test(arguments: [500.0, 10_000, -300], [1, 2]) func aLastValueFarOutsideMovesTheForecastNoFurther(
    _ last: Double, _ seed: Int
  ) throws {
    let values = noise(35, seed).map { 100 + 3 * $0 } + [last]
    let forecast = try Auto().fit(try series(values)).forecast(12)
    #expect(forecast.mean.allSatisfy { $0 >= min(last, 85) && $0 <= max(last, 115) }, "\(forecast.mean)")
    let robust = try Auto(isRobust: true).fit(try series(values)).forecast(12)
    #expect(robust.mean.allSatisfy { abs($0 - 100) < 15 })
  }

  /// A month in which a shop is closed does not widen the intervals of the others.
  @Test(arguments: 1...3) func aClosedMonthLeavesTheOthersSure(_ seed: Int) throws {
    let e = noise(72, seed)
    let values = (0..<72).map { (t: Int) -> Double? in
      let season = 20 * sin(2 * Double.pi * Double(t) / 12)
      return t % 12 == 4 + seed ? nil : 100 + season + 4 * e[t]
    }
    let forecast = try AutoETS().fit(try series(values)).forecast(12)
    let upper = forecast.quantile(0.975)
    #expect((0..<12).allSatisfy { $0 == 4 + seed || upper[$0] < forecast.mean[$0] + 40 }, "\(upper)")
  }

  @Test(arguments: [[1250.0, 1215, 1310], [130_000, 219_000, 170_000, 186_000], [7.1, 6.8, 7.4]])
  func threeOrFourValuesAreForecastNearThem(_ values: [Double]) throws {
    for model: any Forecaster in [AutoARIMA(), Auto()] {
      let mean = try model.fit(try series(values, .year, first: 2010)).forecast(2).mean
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      #expect(
        mean.allSatisfy { $0 > low - (high - low) && $0 < high + (high - low) }, "\(model.name): \(mean)")
    }
  }

  /// Sales are never negative: no mean and no bound is, with many zeros, some or one.
  @Test(arguments: [0.7, 0.35, 0.0]) func dataThatAreNeverNegativeGetNoNegativeBound(_ share: Double) throws {
    let stream = RandomStream(seed: 9, name: "zeros \(share)")
    let values = (0..<60).map { (t: Int) -> Double? in
      let isZero = t == 20 || stream.uniform(t) < share
      return isZero ? 0 : (40 * stream.uniform(100 + t)).rounded() + 1
    }
    let forecast = try Auto().fit(try series(values)).forecast(6)
    #expect(forecast.mean.allSatisfy { $0 >= 0 } && forecast.quantile(0.005).allSatisfy { $0 >= 0 })
  }

  /// 1 … n and the squares: the line goes on, and what is not exact is not taken for certain.
  @Test(arguments: [40, 100, 150]) func linesAndSquaresGoOn(_ count: Int) throws {
    let line = try Auto().fit(try series((1...count).map(Double.init), .index, first: 1)).forecast(12)
    #expect((0..<12).allSatisfy { abs(line.mean[$0] - Double(count + 1 + $0)) < 1e-3 })
    let squares = try Auto().fit(
      try series((1...count).map { Double($0 * $0) }, .index, first: 1)
    ).forecast(6)
    let (low, high) = (squares.quantile(0.025), squares.quantile(0.975))
    for step in 0..<6 {
      let truth = Double((count + 1 + step) * (count + 1 + step))
      #expect(low[step] <= truth && truth <= high[step], "\(truth): \(low[step]) \(high[step])")
    }
  }

  /// The noise of days hides the season of the week from the eye, not from the criterion.
  @Test(arguments: 1...3) func aWeakButSureWeekIsFound(_ seed: Int) throws {
    let e = noise(730, seed)
    let week = [-14.0, -9, 2, 4, 12, 14, -9]
    let values: [Double?] = (0..<730).map { (t: Int) -> Double? in 36 + week[t % 7] + 36 * e[t] }
    let fit = try AutoETS(restrictions: ETSRestrictions(errors: [.additive])).fit(
      try series(values, .day, first: 17_000))
    let mean = try fit.forecast(7).mean
    #expect((mean.max() ?? 0) - (mean.min() ?? 0) > 8, "\(mean)")
  }

  /// The intervals of twelve growing months stay within the order of the data.
  @Test(arguments: [0.2, 0.3, 0.45]) func fastGrowthHasIntervalsOfItsOwnSize(_ rate: Double) throws {
    let values = (0..<12).map { (t: Int) -> Double in
      let ripple = 1 + 0.05 * Double((t * 5) % 7 - 3)
      return 1e5 * exponential(rate * Double(t)) * ripple
    }
    let forecast = try AutoETS().fit(try series(values)).forecast(12)
    let largest = values.max() ?? 0
    let (low, high) = (forecast.quantile(0.025), forecast.quantile(0.975))
    #expect(high.allSatisfy { $0 < 100 * largest } && low.allSatisfy { $0 > -8 * largest }, "\(low) \(high)")
  }
}

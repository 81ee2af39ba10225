import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// Integrating missing values out by a filter gives what a column for each of them gives.
@Suite struct ARIMAGapsTests {
  private static let models: [(order: ARIMAOrder, constant: Bool)] = [
    (ARIMAOrder(2, 0, 1), true), (ARIMAOrder(0, 1, 1), true), (ARIMAOrder(1, 2, 2), false),
    (ARIMAOrder(1, 0, 1, seasonal: (1, 0, 1), period: 6), true),
    (ARIMAOrder(1, 1, 1, seasonal: (0, 1, 1), period: 6), false),
    (ARIMAOrder(0, 0, 0, seasonal: (1, 1, 0), period: 6), true),
  ]

  private func series(_ missing: Set<Int>, _ count: Int = 70) throws -> TimeSeries {
    var stream = Philox4x64(key: (11, 3))
    var level = 40.0
    let values: [Double?] = (0..<count).map { t in
      level += Double.random(in: -1...1, using: &stream)
      let value = level + 5 * sin(Double(t) * 2 * .pi / 6) + Double.random(in: -2...2, using: &stream)
      return missing.contains(t) ? nil : value
    }
    return try TimeSeries(values, start: Period(.index, ordinal: 1), rule: .last, seasonalPeriod: 6)
  }

  /// Some at the start, where differences need them, some in a run, some at the end.
  private static let holes: Set<Int> = [2, 9, 10, 11, 12, 13, 14, 15, 21, 33, 34, 48, 55, 56, 64, 66, 67]

  private func objectives(
    _ order: ARIMAOrder, _ constant: Bool, _ series: TimeSeries, regressors: ARIMARegressors = .none
  ) throws -> [ARIMAObjective] {
    try [true, false].map { gapped in
      let sample = try ARIMASample(
        series, model: "ARIMA", difference: order.difference, seasonalDifference: order.seasonalDifference,
        period: order.period, regressors: regressors, gapped: gapped)
      #expect(sample.isGapped == gapped)
      return ARIMAObjective(sample, order: order, hasConstant: constant)
    }
  }

  private func partials(_ order: ARIMAOrder) -> [Double] {
    (0..<order.armaCount).map { [0.6, -0.4, 0.3, -0.5][$0 % 4] }
  }

  @Test(arguments: 0..<models.count) func `likelihood and gradient are those of a column per missing value`(
    _ index: Int
  ) throws {
    let (order, constant) = Self.models[index]
    let pair = try objectives(order, constant, try series(Self.holes))
    let point = partials(order)
    var gradients = [[Double]](repeating: [Double](repeating: 0, count: point.count), count: 2)
    let values = pair.indices.map { pair[$0].value(point, gradient: &gradients[$0]) }
    #expect(values[0].isFinite && abs(values[0] - values[1]) < 1e-10)
    for (a, b) in zip(gradients[0], gradients[1]) { #expect(abs(a - b) < 1e-6) }
  }

  @Test(arguments: 0..<models.count) func `missing values get their conditional means`(_ index: Int) throws {
    let (order, constant) = Self.models[index]
    let coefficients = ARIMAPartials(order, partials(order).map { ARMAJet($0) }).coefficients
    let found = try objectives(order, constant, try series(Self.holes)).map {
      try #require($0.solution(coefficients))
    }
    for (a, b) in zip(found[0].unknowns, found[1].unknowns) { #expect(abs(a - b) < 1e-7) }
    for (a, b) in zip(found[0].innovations, found[1].innovations) { #expect(abs(a - b) < 1e-7) }
    #expect(abs(found[0].constant - found[1].constant) < 1e-8)
    #expect(abs(found[0].squares - found[1].squares) < 1e-8 * found[1].squares)
  }

  @Test(arguments: 0..<models.count) func `forecasts and updates are those of a column per missing value`(
    _ index: Int
  ) throws {
    let (order, constant) = Self.models[index]
    let whole = try series(Self.holes.union([76, 77, 81]), 90)
    let start = try #require(whole.slice(through: whole.start + 69))
    let fits = try objectives(order, constant, start).map { objective in
      let optimum = ARIMASearch.Optimum(
        partials: partials(order), value: 0, gradientNorm: 0, status: .held)
      return try FittedARIMA(series: start, search: ARIMASearch(objective: objective), optimum: optimum)
    }
    let moved = try fits.map { fit in
      var fit = fit
      for observation in whole.observations.dropFirst(70) { fit = try fit.appending([observation]) }
      return fit
    }
    for pair in [fits, moved] {
      let outlooks = try pair.map { try $0.forecast(15) }
      for p in [0.025, 0.5, 0.9] {
        for (a, b) in zip(outlooks[0].quantile(p), outlooks[1].quantile(p)) {
          #expect(abs(a - b) < 1e-4 * (1 + abs(b)))
        }
      }
    }
    for (a, b) in zip(fits[0].fitted, fits[1].fitted) {
      #expect(abs((a ?? 0) - (b ?? 0)) < 1e-6)
    }
    let errors = fits.map(\.constantStandardError)
    if constant { #expect(abs(errors[0]! - errors[1]!) < 1e-4 * errors[1]!) }
  }

  @Test func `regressions are those of a column per missing value`() throws {
    let order = ARIMAOrder(1, 1, 0)
    let start = try series(Self.holes)
    let table = try Regressors(
      ["x": (0..<70).map { cos(Double($0 * $0)) }], start: start.start)
    let columns = try ARIMARegressors(table, names: table.names, over: start)
    let coefficients = ARIMACoefficients(ar: [0.3])
    let found = try objectives(order, true, start, regressors: columns).map {
      try #require($0.solution(coefficients))
    }
    #expect(abs(found[0].regression[0] - found[1].regression[0]) < 1e-8)
    #expect(abs(found[0].constant - found[1].constant) < 1e-8)
  }

  /// Values at every sixth period say nothing of the periods between: no order above 1 is tried for them.
  @Test func `sparse values choose small orders quickly`() throws {
    let holes = Set(0..<600).subtracting(stride(from: 0, to: 300, by: 6))
    let fit = try AutoARIMA().fit(try series(holes, 300))
    #expect(fit.order.ar + fit.order.ma <= 1)
    #expect(fit.convergence.isOptimum)
  }
}

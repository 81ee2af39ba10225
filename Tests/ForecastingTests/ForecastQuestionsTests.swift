import Forecasting
import ForesightNumerics
import Foundation
import TestSupport
import Testing

/// What is asked of a forecast, against closed forms.
@Suite struct ForecastQuestionsTests {
  private let series: TimeSeries
  private let outlook: Forecast

  /// Four independent standard normal months around 10.
  init() throws {
    series = try TimeSeries([9, 10, 11], start: .month(2026, 1), name: "s", rule: .mean)
    outlook = Forecast(
      model: "test", series: series,
      distribution: JointStudentT(means: [10, 10, 10, 10], deviations: [1, 1, 1, 1]))
  }

  @Test func `a level in percent is refused with the share that was meant`() throws {
    #expect(
      throws: ForecastError.invalidOption(
        name: "level", value: "95", reason: "must lie strictly between 0 and 1; did you mean 0.95?")
    ) { try outlook.interval(95) }
    for level in [0, 1, -0.1, 1e300, .nan, .infinity] {
      #expect(throws: ForecastError.self) { try outlook.interval(level) }
      #expect(throws: ForecastError.self) { try outlook.points(levels: [level]) }
      #expect(throws: ForecastError.self) { try outlook.points(quantiles: [level]) }
      #expect(throws: ForecastError.self) { try TidyForecasts(levels: [level]) }
      #expect(outlook.quantile(level).allSatisfy { $0.isNaN })
    }
  }

  @Test(arguments: [Int.min, -1, 4, Int.max]) func `a step outside the horizon is not known`(step: Int) {
    let law = outlook.marginal(step)
    #expect(law.mean.isNaN && law.quantile(0.5).isNaN && law.cdf(10).isNaN)
    #expect(outlook[series.end + 1 + step] == nil)
  }

  @Test func `a number of paths is bounded`() throws {
    #expect(outlook.samplePaths(-1).columns == 0 && outlook.samplePaths(0).columns == 0)
    for paths in [Int.min, 0, Int.max] {
      #expect(throws: ForecastError.self) { try outlook.probability(anyStep: >10, paths: paths) }
      #expect(throws: ForecastError.self) { try outlook.total(over: .year(2026), paths: paths) }
      #expect(throws: ForecastError.self) { try outlook.first(step: >10, paths: paths) }
    }
  }

  @Test func `steps are addressed by period`() throws {
    #expect(try #require(outlook[.month(2026, 5)]).mean == 10)
    #expect(outlook[.month(2026, 3)] == nil && outlook[.month(2026, 8)] == nil && outlook[.year(2026)] == nil)
  }

  @Test func `conditions on a step are those of its cdf`() {
    let upper = 1 - Normal.standard.cdf(1)
    #expect(outlook.probability(step: >11).allSatisfy { abs($0 - upper) < 1e-12 })
    #expect(outlook.probability(step: ..<9).allSatisfy { abs($0 - upper) < 1e-12 })
    #expect(outlook.probability(step: 9...11).allSatisfy { abs($0 - (1 - 2 * upper)) < 1e-12 })
    #expect(outlook.probability(step: .outside(9...11)).allSatisfy { abs($0 - 2 * upper) < 1e-12 })
    // An atom at the bound counts only where the bound does.
    let atom = Forecast(
      model: "atom", series: series, distribution: JointStudentT(means: [3], deviations: [0]))
    #expect(atom.probability(step: >3) == [0] && atom.probability(step: >=3) == [1])
    #expect(atom.probability(step: <=3) == [1] && atom.probability(step: .below(3)) == [0])
    #expect(ValueCondition.above(3).holds(.nan) == false && "\(ValueCondition.above(90))" == "> 90")
  }

  /// Shares of 16,384 paths within five standard errors of the closed forms for independent steps.
  @Test func `joint conditions are shares of paths`() throws {
    let p = Normal.standard.cdf(1)
    let error = 5 * 0.5 / 16_384.0.squareRoot()
    #expect(abs(try outlook.probability(anyStep: >11) - (1 - pow(p, 4))) < error)
    #expect(abs(try outlook.probability(everyStep: <=11) - pow(p, 4)) < error)
    let two = TotalWindow.periods(.month(2026, 4), through: .month(2026, 5))
    #expect(abs(try outlook.probability(anyStep: >11, over: two) - (1 - p * p)) < error)
    #expect(abs(try outlook.probability { path in path[0] > path[3] } - 0.5) < error)
    #expect(throws: ForecastError.self) { try outlook.probability(anyStep: >11, over: .year(2026)) }
    let first = try outlook.first(step: >11)
    for (step, share) in first.probabilities.enumerated() {
      #expect(abs(share - (1 - p) * pow(p, Double(step))) < error)
    }
    #expect(abs(first.never - pow(p, 4)) < error && first.median == nil)
    #expect(first.quantile(0.35) == .month(2026, 6))
  }

  @Test func `sums, means and other combinations are exact for normal steps`() throws {
    let sum = try outlook.sum()
    #expect(sum.mean == 40 && abs(sum.standardDeviation - 2) < 1e-14)
    let mean = try outlook.mean(over: .periods(.month(2026, 5), through: .month(2026, 6)))
    #expect(mean.mean == 10 && abs(mean.standardDeviation - 0.5.squareRoot()) < 1e-14)
    let rise = try outlook.combination([-1, 0, 0, 1], constant: 5)
    #expect(rise.mean == 5 && abs(rise.quantile(0.9) - 5 - 2.0.squareRoot() * 1.2815515655446004) < 1e-12)
    #expect(throws: ForecastError.self) { try outlook.combination([1]) }
    #expect(throws: ForecastError.self) { try outlook.combination([1, 1, 1, .nan]) }
  }

  /// Exponential steps: the sum of four is a gamma variable, whose mean is known although it is sampled.
  @Test func `the mean of a sampled total is the sum of the means`() throws {
    let law = IndependentSteps(try (0..<4).map { _ in try Gamma(shape: 1, scale: 3) })
    let forecast = Forecast(model: "gamma", series: series, distribution: law)
    let sum = try forecast.sum()
    let exact = try Gamma(shape: 4, scale: 3)
    #expect(sum.mean == 12)
    #expect(abs(sum.quantile(0.5) - exact.quantile(0.5)) < 0.25)
    #expect(abs(sum.standardDeviation - exact.standardDeviation) < 0.25)
  }

  @Test func `points carry dates, quantiles and intervals`() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let points = try outlook.points(levels: [0.5, 0.9], quantiles: [0.9, 0.1], calendar: calendar)
    #expect(points.count == 4 && outlook.points.count == 4)
    let point = points[3]
    #expect(point.id == .month(2026, 7))
    #expect(point.date == calendar.date(from: DateComponents(year: 2026, month: 7, day: 1)))
    #expect(point.mean == 10 && point.median == 10 && point.standardDeviation == 1)
    #expect(point.quantiles.map(\.probability) == [0.1, 0.9])
    #expect(try point.interval(0.9) == outlook.interval(0.9)[3])
    #expect(point.lower == point.interval(0.9)?.lower && point.quantile(0.9) == outlook.quantile(0.9)[3])
    let read = try JSONDecoder().decode([ForecastPoint].self, from: JSONEncoder().encode(points))
    #expect(read == points)
  }

  @Test func `a law that cannot fail answers with numbers or a typed error`() throws {
    let odd = JointStudentT(means: [1, .nan], deviations: [-2], shared: .infinity, degreesOfFreedom: -1)
    #expect(odd.diagonal == [4, 0] && odd.degreesOfFreedom == .infinity)
    let shared = JointStudentT(means: [1, 2], deviations: [3, 3], shared: 4)
    #expect(shared.diagonal == [25, 25] && shared.scale[0, 1] == 16)
  }
}

/// An own model in as few lines as it takes: no fitted values, no summary, no `try`.
private struct Level: Forecaster {
  var name: String { "Level" }
  func fit(_ series: TimeSeries) -> Fitted { Fitted(series: series) }

  struct Fitted: FittedForecaster {
    let series: TimeSeries
    var name: String { "Level" }
    var level: Double { series.values.compactMap { $0 }.last ?? .nan }
    func distribution(_ horizon: Int, regressors: Regressors?) -> any PredictiveDistribution {
      JointStudentT(
        means: [Double](repeating: level, count: horizon),
        deviations: (1...horizon).map { Double($0).squareRoot() })
    }
  }
}

@Suite struct PlainForecasterTests {
  @Test func `a model needs only its name, its series and a law`() throws {
    let series = try TimeSeries([3, 4], start: .year(2020))
    let fit = Level().fit(series)
    #expect(try fit.forecast(horizon: 3).interval(0.8)[2].upper > 4)
    #expect(fit.fitted == [nil, nil] && fit.summary.model == "Level" && fit.hasConverged)
    let empty = Level().fit(try TimeSeries([nil, nil], start: .year(2020)))
    #expect(throws: ForecastError.self) { try empty.forecast(3) }
    for horizon in [Int.min, -1, 0, 10_001, Int.max] {
      #expect(throws: ForecastError.self) { try fit.forecast(horizon) }
    }
    #expect(throws: ForecastError.self) { try fit.appending([71.2]) }
  }
}

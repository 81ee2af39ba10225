import Forecasting
import ForesightNumerics
import Testing

@testable import ForecastModels

@Suite struct AutoTests {
  static func series(_ values: [Double?], season: Int = 1) throws -> TimeSeries {
    try TimeSeries(
      values, start: Period(.index, ordinal: 1), name: "test", rule: .mean, seasonalPeriod: season)
  }

  static func noise(_ count: Int, seed: UInt64 = 3) -> [Double] {
    RandomStream(seed: seed, name: "auto.noise").normals(0..<count)
  }

  /// A member that is exact on held-back data is alone, so that data without noise are continued exactly.
  @Test(arguments: [1.0, -0.7], [30, 60, 200]) func linesAreExact(_ slope: Double, _ count: Int) throws {
    for start in [3.0, 400] {
      let values = (0..<count).map { start + slope * Double($0) }
      let mean = try Auto(domain: .real).fit(try Self.series(values)).forecast(24).mean
      let expected = (0..<24).map { start + slope * Double(count + $0) }
      let range = abs(slope) * Double(count)
      #expect(zip(mean, expected).allSatisfy { abs($0 - $1) < 1e-4 * range }, "\(mean)")
    }
  }

  @Test(arguments: [48, 60, 144]) func linesWithASeasonAreExact(_ count: Int) throws {
    let season = [4.0, -2, 1, 0, 3, -5, 2, -1, 0, -3, 2, -1]
    func value(_ t: Int) -> Double { 100 + 2 * Double(t) + 5 * season[t % 12] }
    let mean = try Auto().fit(try Self.series((0..<count).map { value($0) }, season: 12)).forecast(24).mean
    #expect((0..<24).allSatisfy { abs(mean[$0] - value(count + $0)) < 0.05 }, "\(mean)")
  }

  @Test(arguments: [0.01, -0.03]) func exponentialsAreExact(_ rate: Double) throws {
    let values = (0..<40).map { 50 * exponential(rate * Double($0)) }
    let mean = try Auto().fit(try Self.series(values)).forecast(12).mean
    for step in 0..<12 {
      let expected = 50 * exponential(rate * Double(40 + step))
      #expect(abs(mean[step] - expected) < 2e-3 * expected)
    }
  }

  /// A jump in the last value moves no mean further than itself, and none at all when it is taken for an error.
  @Test(arguments: [500.0, 1_000, 10_000, -400, 0]) func aLastValueFarOutsideIsBelievedHalf(_ jump: Double)
    throws
  {
    let noise = Self.noise(60)
    for season in [1, 12] {
      var values = noise.map { 100 + 3 * $0 }
      values[59] = jump
      let fit = try Auto().fit(try Self.series(values, season: season))
      #expect(fit.summary.notes.contains { $0.contains("lies far outside") })
      let forecast = try fit.forecast(12)
      let bounds = min(jump, 90)...max(jump, 110)
      #expect(forecast.mean.allSatisfy { bounds.contains($0) }, "\(forecast.mean)")
      let robust = try Auto(isRobust: true).fit(try Self.series(values, season: season)).forecast(12).mean
      #expect(robust.allSatisfy { abs($0 - 100) < 8 }, "\(robust)")
    }
    // What is usual is not touched.
    let usual = try Auto().fit(try Self.series(noise.map { 100 + 3 * $0 }))
    #expect(!usual.summary.notes.contains { $0.contains("lies far outside") })
  }

  @Test(arguments: [0.0, 0.2, 3]) func dataWithoutNegativeValuesGetNone(_ floor: Double) throws {
    let noise = Self.noise(120, seed: 4)
    let values = noise.map { max(10 + 12 * $0, floor) }
    for season in [1, 7] {
      let forecast = try Auto().fit(try Self.series(values, season: season)).forecast(14)
      let paths = forecast.samplePaths(500)
      #expect(forecast.mean.allSatisfy { $0 >= 0 })
      #expect([0.001, 0.025, 0.1].allSatisfy { p in forecast.quantile(p).allSatisfy { $0 >= 0 } })
      #expect(paths.elements.allSatisfy { $0 >= 0 })
    }
    let negative = try Auto().fit(try Self.series(values.map { $0 - 40 })).forecast(4)
    #expect(negative.quantile(0.05).allSatisfy { $0 < 0 })
  }

  /// The mean of a censored law is that of its paths.
  @Test func sharesStayBetweenTheirBounds() throws {
    let noise = Self.noise(80, seed: 5)
    let values = noise.map { min(max(0.9 + 0.2 * $0, 0), 1) }
    let forecast = try Auto(domain: .unit).fit(try Self.series(values)).forecast(6)
    let count = 20_000
    let paths = forecast.samplePaths(count)
    #expect(paths.elements.allSatisfy { (0...1).contains($0) })
    for step in 0..<6 {
      let mean = paths.row(step).reduce(0, +) / Double(count)
      #expect(abs(mean - forecast.mean[step]) < 5 * 0.2 / Double(count).squareRoot() + 1e-3)
      #expect(forecast.marginal(step).cdf(1) == 1 && forecast.marginal(step).cdf(-1e-9) == 0)
    }
    #expect(throws: ForecastError.self) {
      try Auto(domain: .unit).fit(try Self.series([0.2, 1.4, 0.3, 0.2, 0.1]))
    }
  }

  @Test func intermittentDemandKeepsItsMassAtZero() throws {
    let stream = RandomStream(seed: 6, name: "demand")
    let values = (0..<120).map {
      stream.uniform($0) < 0.25 ? 1 + (4 * stream.uniform(1_000 + $0)).rounded() : 0
    }
    let fit = try Auto().fit(try Self.series(values, season: 12))
    let forecast = try fit.forecast(6)
    for step in 0..<6 {
      #expect(forecast.marginal(step).cdf(0) > 0.5)
      #expect(forecast.mean[step] > 0)
    }
    #expect(fit.members.allSatisfy { $0.fit is FittedIntermittentDemand })
  }

  /// Hours with a day and a week: the week is seen, and a forecast with both is far better than the day alone.
  @Test func theWeekOfHoursIsFound() throws {
    let noise = Self.noise(24 * 7 * 5, seed: 7)
    func truth(_ t: Int) -> Double {
      let hour = t % 24
      let isWeekend = (t / 24) % 7 >= 5
      return 100 + (isWeekend ? 10 : 40) * (hour >= 8 && hour < 20 ? 1 : 0)
    }
    let values = noise.enumerated().map { truth($0.offset) + $0.element }
    let fit = try Auto().fit(try Self.series(values, season: 24))
    let mean = try fit.forecast(24 * 7).mean
    let error = (0..<(24 * 7)).reduce(0) { $0 + abs(mean[$1] - truth(values.count + $1)) } / 168
    #expect(error < 4, "\(error)")
    #expect(fit.cycles == [24, 168])
  }

  /// Weights are priors times r⁻ˢ exp(−(r − 1)²/5); specialists need half the error from every origin.
  @Test func weightsFollowTheErrors() throws {
    var pool = AutoPool([
      AutoPool.Member(Naive(), prior: 3), AutoPool.Member(Drift()), AutoPool.Member(Mean()),
      AutoPool.Member(AutoETS(), isSpecialist: true),
    ])
    func raw(_ ratio: Double, prior: Double) -> Double {
      prior / ratio * exponential(-0.2 * (ratio - 1) * (ratio - 1))
    }
    let errors: [[Double?]] = [[2, 4], [1, 3], [5, nil], [0.9, 0.9]]
    let weighed = HeldBackWeights(pool, errors: errors)
    #expect(weighed.errors == [3, 2, nil, 0.9])
    let total = raw(1.5, prior: 3) + raw(1, prior: 1)
    expectClose(weighed.weights, [raw(1.5, prior: 3) / total, raw(1, prior: 1) / total, 0, 0], within: 1e-12)
    let sharp = HeldBackWeights(pool, errors: [[2, 4], [1, 3], [5, 5], [0.4, 0.4]])
    #expect(sharp.weights[3] > 0.5)
    pool.steepness = 3
    #expect(HeldBackWeights(pool, errors: errors).weights[1] > weighed.weights[1])
    let none = HeldBackWeights(pool, errors: [[], [], [], []])
    expectClose(none.weights, [0.6, 0.2, 0.2, 0], within: 1e-12)
    // An exact member is alone.
    let exact = HeldBackWeights(pool, errors: [[0, 0], [1, 1], [1, 1], [2, 2]])
    expectClose(exact.weights, [1, 0, 0, 0], within: 1e-12)
  }

  @Test func aPoolOfOnesOwn() throws {
    let values = Self.noise(40).map { 20 + $0 }
    let fit = try Auto(members: [Mean(), Naive()]).fit(try Self.series(values))
    #expect(Set(fit.members.map(\.fit.name)) == ["Mean", "Naive"])
    #expect(abs(fit.members.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    let text = try Registry.model("auto:pool=mean+naive,domain=0..50,season=1")
    #expect(text.normalForm == "auto:season=1,pool=mean+naive,domain=0.0..50.0")
    #expect(throws: ForecastError.self) { try Auto(members: [Mean()]).fit(try Self.series([1])) }
  }

  /// A pool that is sure and wrong on held-back data is not sure of the future.
  @Test func intervalsCoverWhatAPoolGotWrong() throws {
    let values = (1...50).map { Double($0 * $0) }
    let forecast = try Auto().fit(try Self.series(values)).forecast(6)
    let lower = forecast.quantile(0.025)
    let upper = forecast.quantile(0.975)
    for step in 0..<6 {
      let truth = Double((51 + step) * (51 + step))
      #expect(upper[step] > lower[step] && abs(forecast.mean[step] - truth) < 2e-3 * truth)
    }
  }

  /// What is not known of a jump after a constant shows in the intervals, which reach both ends.
  @Test func aJumpAfterAConstantIsUncertain() throws {
    let values = [Double](repeating: 100, count: 30) + [500]
    let forecast = try Auto().fit(try Self.series(values)).forecast(4)
    for step in 0..<4 {
      #expect(abs(forecast.quantile(0.5)[step] - 300) < 1 && forecast.mean[step] < 500)
      #expect(forecast.quantile(0.025)[step] < 100 && forecast.quantile(0.975)[step] > 500)
    }
  }

  /// Where the gate is a member, the quantiles have the shape of its own about the pool's point: the same share of the distance at
  /// each probability.
  @Test func theGateShapesTheIntervals() throws {
    let noise = Self.noise(80)
    let series = try Self.series((0..<80).map { 0.3 * Double($0 % 11) + noise[$0] })
    let gate = try Gate().fit(series).forecast(8)
    let pool = try Auto(pool: AutoPool([.init(Gate()), .init(AutoETS())]), domain: .real).fit(series)
    #expect(pool.members.count == 2 && pool.fitted.contains { $0 != nil })
    let forecast = try pool.forecast(8)
    for step in 0..<8 {
      let shares = [0.05, 0.3, 0.7, 0.95].map { p -> Double in
        let own = gate.quantile(p)[step] - gate.mean[step]
        return (forecast.quantile(p)[step] - forecast.mean[step]) / own
      }
      #expect(shares.allSatisfy { abs($0 / shares[0] - 1) < 1e-9 } && shares[0] > 0.3 && shares[0] < 3)
    }
  }

  @Test func weightedMedians() {
    #expect(weightedMedian([3, 1, 2], weights: [1, 1, 1]) == 2)
    #expect(weightedMedian([1, 3], weights: [0.5, 0.5]) == 2)
    #expect(weightedMedian([1, 100], weights: [1, 0]) == 1)
    #expect(weightedMedian([7], weights: [1]) == 7)
  }

  /// A known cause enters through the members that take it.
  @Test func regressorsAreUsed() throws {
    let noise = Self.noise(60, seed: 8)
    let cause = (0..<72).map { Double(($0 * 7) % 11) }
    let values = (0..<60).map { 50 + 4 * cause[$0] + noise[$0] }
    let series = try Self.series(values)
    let known = try Regressors(["x": cause], start: Period(.index, ordinal: 1))
    let fit = try Auto().fit(series, regressors: known)
    #expect(fit.usesRegressors)
    #expect(fit.members.contains { $0.fit is FittedLinearRegression })
    let mean = try fit.forecast(12, regressors: known).mean
    #expect((0..<12).allSatisfy { abs(mean[$0] - 50 - 4 * cause[60 + $0]) < 4 }, "\(mean)")
  }
}

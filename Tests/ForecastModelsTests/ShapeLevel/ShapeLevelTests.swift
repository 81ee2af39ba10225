import Forecasting
import ForesightNumerics
import Testing

@testable import ForecastModels

@Suite struct ShapeLevelTests {
  private static let profile = [0.4, 0.7, 1.6, 1.3, 1, 1]

  private func series(_ values: [Double?], season: Int = 6) throws -> TimeSeries {
    try TimeSeries(
      values, start: Period(.index, ordinal: 1), name: "test", rule: .mean, seasonalPeriod: season)
  }

  /// A profile that multiplies, or adds to, levels on a line is continued exactly under a model that continues lines.
  @Test(arguments: [true, false], [0, 1, 5]) func linesOfLevelsUnderAProfileAreExact(
    _ multiplies: Bool, _ offset: Int
  ) throws {
    func value(_ t: Int) -> Double {
      let level = 100 + 5 * Double(t / 6)
      let figure = Self.profile[t % 6]
      return multiplies ? level * figure : level + 30 * figure
    }
    // A series that begins within a cycle: the levels are those of whole cycles counted back from its end.
    let count = 12 * 6
    let values = (offset..<count).map { value($0) }
    let fit = try ShapeLevel(Drift()).fit(try series(values))
    #expect(fit.shape.isMultiplicative == multiplies)
    let expected = (count..<(count + 15)).map { value($0) }
    let found = try fit.forecast(15).mean
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 * 200 })
  }

  /// Each place of a longer cycle has its own profile where the data say so, and the common one where they differ by noise alone.
  @Test func profilesOfALongerCycleAreKeptByTheirSignal() throws {
    let noise = RandomStream(seed: 8, name: "noise").normals(0..<(6 * 84))
    func value(_ t: Int, weekend: Double) -> Double {
      let isWeekend = (t / 6) % 7 >= 5
      let figure = Self.profile[isWeekend ? (t % 6 + 3) % 6 : t % 6]
      return 100 + 20 * (weekend * figure + (1 - weekend) * Self.profile[t % 6])
    }
    for weekend in [1.0, 0] {
      let values = (0..<(6 * 84)).map { value($0, weekend: weekend) + noise[$0] }
      let fit = try ShapeLevel(Mean(), seasonalPeriods: [6, 42]).fit(try series(values))
      let errors = (0..<42).map { (step: Int) -> Double in
        let t = values.count + step
        return abs(fit.shape.value(120, at: t) - value(t, weekend: weekend))
      }
      let center = errors.reduce(0, +) / 42
      #expect(center < 1.5, "\(center)")
    }
  }

  /// The variance of a step is that of its level times the squared figure, and that of its deviation.
  @Test func theLawAddsLevelAndDeviation() throws {
    let noise = RandomStream(seed: 9, name: "noise").normals(0..<240)
    let values = (0..<240).map { (t: Int) -> Double in
      let level = 100 + 3 * noise[t / 6 * 6]
      return level * Self.profile[t % 6] + 0.5 * noise[t]
    }
    let fit = try ShapeLevel(Naive()).fit(try series(values))
    let law = try #require(try fit.distribution(12, regressors: nil) as? JointStudentT)
    let levels = try fit.base.distribution(2, regressors: nil)
    for step in [0, 3, 6, 11] {
      let low = levels.marginal(step / 6).quantile(Normal.standard.cdf(-1))
      let high = levels.marginal(step / 6).quantile(Normal.standard.cdf(1))
      let figure = fit.shape.figure(240 + step) * 0.5 * (high - low)
      let own = fit.shape.deviation(240 + step)
      let expected = figure * figure + own * own
      #expect(abs(law.scale[step, step] - expected) < 1e-6 * expected)
    }
  }

  @Test func holesAreFilledAndUnseenPlacesRefused() throws {
    func values(_ isMissing: (Int) -> Bool) -> [Double?] {
      (0..<48).map { (t: Int) -> Double? in isMissing(t) ? nil : 100 * Self.profile[t % 6] }
    }
    let model = ShapeLevel(Naive())
    let fit = try model.fit(try series(values { $0 == 20 }))
    expectClose(try fit.forecast(6).mean, (0..<6).map { 100 * Self.profile[$0] }, within: 1e-12)
    let unseen = try series(values { $0 % 6 == 2 })
    #expect(throws: ForecastError.self) { try model.fit(unseen) }
    let short = try series([1, 2, 3], season: 2)
    #expect(throws: ForecastError.self) { try model.fit(short) }
  }
}

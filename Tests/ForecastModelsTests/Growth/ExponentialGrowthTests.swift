import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Testing

@Suite struct ExponentialGrowthTests {
  @Test func `the log-linear fit has the digits of R's lm`() throws {
    for item in try GrowthFixture.load().exponential {
      let fit = try ExponentialGrowth().fit(months(item.y))
      let r = item.multiplicative
      let summary = fit.summary
      expectDigits([fit.logLevel.value, fit.rate.value], r.coefficients, atLeast: 12)
      expectDigits(summary.coefficients.compactMap(\.standardError), r.standardErrors, atLeast: 11)
      expectDigits(summary.coefficients.compactMap(\.statistic), try #require(r.statistics), atLeast: 10)
      expectDigits(summary.coefficients.compactMap(\.pValue), try #require(r.pValues), atLeast: 8)
      expectDigits([try #require(summary.residualStandardError)], [try #require(r.sigma)], atLeast: 11)
      expectDigits([try #require(summary.rSquared)], [try #require(r.rSquared)], atLeast: 11)
      expectDigits([try #require(summary.adjustedRSquared)], [try #require(r.adjustedRSquared)], atLeast: 11)
      expectDigits([try #require(summary.logLikelihood)], [try #require(r.logLikelihood)], atLeast: 11)
      expectDigits([try #require(summary.aic)], [try #require(r.aic)], atLeast: 11)
      expectDigits([try #require(summary.bic)], [try #require(r.bic)], atLeast: 11)
      expectDigits(
        [try #require(fit.rate.lower), try #require(fit.rate.upper)], try #require(r.rateInterval), atLeast: 9
      )
    }
  }

  @Test func `the lognormal prediction interval is the exponential of R's`() throws {
    for item in try GrowthFixture.load().exponential {
      let outlook = try ExponentialGrowth().fit(months(item.y)).forecast(12)
      expectDigits(outlook.median, try #require(item.multiplicative.median), atLeast: 10)
      expectDigits(outlook.quantile(0.05), try #require(item.multiplicative.lower90), atLeast: 9)
      expectDigits(outlook.quantile(0.95), try #require(item.multiplicative.upper90), atLeast: 9)
    }
  }

  @Test func `the additive fit has the digits of R's nls`() throws {
    for item in try GrowthFixture.load().exponential {
      let fit = try ExponentialGrowth(noise: .additive).fit(months(item.y))
      let summary = fit.summary
      let r = item.additive
      #expect(fit.converged)
      expectDigits([fit.logLevel.value, fit.rate.value], r.coefficients, atLeast: 9, "\(item.name)")
      expectDigits(summary.coefficients.compactMap(\.standardError), r.standardErrors, atLeast: 8.5)
      expectDigits([try #require(summary.residualStandardError)], [try #require(r.sigma)], atLeast: 10)
      expectDigits([try #require(summary.logLikelihood)], [try #require(r.logLikelihood)], atLeast: 10)
      expectDigits([try #require(summary.aic)], [try #require(r.aic)], atLeast: 10)
    }
  }

  @Test func `the Poisson-type fit has the digits of R's quasi-Poisson glm`() throws {
    let fixture = try GrowthFixture.load()
    for item in fixture.exponential {
      let fit = try ExponentialGrowth(noise: .poisson).fit(months(item.y))
      let r = item.poisson
      expectDigits([fit.logLevel.value, fit.rate.value], r.coefficients, atLeast: 10)
      expectDigits(fit.summary.coefficients.compactMap(\.standardError), r.standardErrors, atLeast: 10)
      expectDigits([fit.dispersion], [try #require(r.dispersion)], atLeast: 10)
    }
    let zero = fixture.zeroCounts
    let fit = try ExponentialGrowth(noise: .poisson).fit(months(zero.y))
    expectDigits([fit.logLevel.value, fit.rate.value], zero.coefficients, atLeast: 10)
    expectDigits(fit.summary.coefficients.compactMap(\.standardError), zero.standardErrors, atLeast: 10)
    expectDigits([fit.dispersion], [zero.dispersion], atLeast: 10)
  }

  static let lengths = [2, 1, 1, 3, 1, 2, 1, 1, 1, 4, 1, 2, 1]

  @Test(arguments: GrowthNoise.allCases, [SpanRule.sum, .mean, .last])
  func `spans without noise give back the curve that made their months`(
    noise: GrowthNoise, rule: SpanRule
  ) throws {
    let level = 7.25
    let rate = 0.031
    var offset = 0
    let values: [Double?] = Self.lengths.map { length in
      let means = (offset..<(offset + length)).map { level * exp(rate * Double($0)) }
      offset += length
      switch rule {
      case .sum: return means.reduce(0, +)
      case .mean: return means.reduce(0, +) / Double(length)
      case .last: return means[length - 1]
      }
    }
    let fit = try ExponentialGrowth(noise: noise).fit(spans(values, lengths: Self.lengths, rule: rule))
    expectDigits([fit.level.value, fit.rate.value], [level, rate], atLeast: 12, "\(noise) \(rule)")
    for (fitted, value) in zip(fit.fitted, values) {
      expectDigits([try #require(fitted)], [try #require(value)], atLeast: 13)
    }
  }

  static func noisy() -> [Double] {
    let stream = RandomStream(seed: 7, name: "noisy")
    return lengths.indices.map { i in
      Double(lengths[i]) * 20 * exp(0.02 * Double(i) + 0.1 * stream.normals(i..<(i + 1))[0])
    }
  }

  @Test(arguments: GrowthNoise.allCases)
  func `a unit scales the level and leaves the rate`(noise: GrowthNoise) throws {
    let values = Self.noisy()
    let base = try ExponentialGrowth(noise: noise).fit(spans(values, lengths: Self.lengths))
    let scaled = try ExponentialGrowth(noise: noise).fit(
      spans(values.map { 1000 * $0 }, lengths: Self.lengths))
    expectDigits(
      [scaled.rate.value, scaled.rate.standardError ?? 0], [base.rate.value, base.rate.standardError ?? 1],
      atLeast: 10)
    expectDigits([scaled.level.value], [1000 * base.level.value], atLeast: 11)
    let shift = Double(values.count) * log(1000)
    expectDigits(
      [try #require(scaled.logLikelihood)], [try #require(base.logLikelihood) - shift], atLeast: 11)
    try expectDigits(
      scaled.forecast(6).quantile(0.9), base.forecast(6).quantile(0.9).map { 1000 * $0 }, atLeast: 8)
  }

  @Test(arguments: GrowthNoise.allCases)
  func `the calendar of the series moves nothing`(noise: GrowthNoise) throws {
    let values = Self.noisy().map { Optional($0) }
    let early = try TimeSeries(values, start: .month(1999, 5))
    let late = try TimeSeries(values, start: .month(2022, 1))
    let a = try ExponentialGrowth(noise: noise).fit(early)
    let b = try ExponentialGrowth(noise: noise).fit(late)
    #expect(a.rate == b.rate && a.level == b.level)
    #expect(try a.forecast(5).mean == b.forecast(5).mean)
  }

  @Test(arguments: GrowthNoise.allCases)
  func `a missing value is skipped, not a value`(noise: GrowthNoise) throws {
    var values: [Double?] = (0..<20).map { 5 * exp(0.04 * Double($0)) }
    values[3] = nil
    values[19] = nil
    let fit = try ExponentialGrowth(noise: noise).fit(months(values))
    expectDigits([fit.level.value, fit.rate.value], [5, 0.04], atLeast: 12)
    #expect(fit.summary.missing == 2 && fit.summary.observations == 18)
    try expectDigits([fit.forecast(1).median[0]], [5 * exp(0.8)], atLeast: 10)
  }

  @Test func `growth, doubling and halving follow from the rate`() throws {
    let rising = try ExponentialGrowth().fit(months((0..<30).map { 3 * exp(log(2) / 6 * Double($0)) }))
    expectDigits([try #require(rising.doublingTime).value], [0.5], atLeast: 11)
    expectDigits([rising.compoundAnnualGrowthRate.value], [3], atLeast: 11)
    expectDigits([rising.growthRate.value], [pow(2, 1.0 / 6) - 1], atLeast: 11)
    #expect(rising.halvingTime == nil)
    let falling = try ExponentialGrowth().fit(months((0..<30).map { 3 * exp(-log(2) / 24 * Double($0)) }))
    expectDigits([try #require(falling.halvingTime).value], [2], atLeast: 11)
    #expect(falling.doublingTime == nil)
  }

  @Test func `a rate that may be zero leaves the doubling time unbounded above`() throws {
    let stream = RandomStream(seed: 3, name: "flat")
    let flat = (0..<24).map { 10 * exp(0.001 * Double($0) + 0.2 * stream.normals($0..<($0 + 1))[0]) }
    let fit = try ExponentialGrowth().fit(months(flat))
    let lower = try #require(fit.rate.lower)
    let upper = try #require(fit.rate.upper)
    #expect(lower < 0 && upper > 0)
    let time = try #require(fit.doublingTime ?? fit.halvingTime)
    #expect(time.upper == nil)
    #expect(try #require(time.lower) > 0 && time.value.isFinite)
    #expect(fit.summary.notes.contains { $0.contains("includes zero") })
  }

  @Test(arguments: GrowthNoise.allCases)
  func `paths repeat, extend and follow the margins`(noise: GrowthNoise) throws {
    let fit = try ExponentialGrowth(noise: noise).fit(spans(Self.noisy(), lengths: Self.lengths))
    let outlook = try fit.forecast(6)
    let many = outlook.samplePaths(8000, seed: 11)
    #expect(outlook.samplePaths(10, seed: 11).elements == Array(many.elements[0..<60]))
    #expect(outlook.samplePaths(10, seed: 12).elements != Array(many.elements[0..<60]))
    if noise != .additive { #expect(many.elements.allSatisfy { $0 > 0 }) }
    for step in 0..<6 {
      let sorted = many.row(step).sorted()
      for p in [0.1, 0.5, 0.9] {
        // The share of paths below a quantile is p to within four standard errors of both samples.
        let quantile = outlook.marginal(step).quantile(p)
        let share = Double(sorted.count { $0 <= quantile }) / 8000
        let error = (p * (1 - p) * (1 / 8000.0 + 1 / 4096.0)).squareRoot()
        #expect(abs(share - p) < 4 * error, "\(noise) step \(step) p \(p): \(share)")
      }
    }
    let lower = try outlook.interval(0.5)
    let wide = try outlook.interval(0.95)
    for step in 0..<6 {
      #expect(wide[step].lower < lower[step].lower && wide[step].upper > lower[step].upper)
    }
  }

  @Test(arguments: GrowthNoise.allCases)
  func `intervals cover at their level`(noise: GrowthNoise) throws {
    let replications = 400
    let n = 18
    let truth = 0.05
    var rates = 0
    var futures = 0
    for replication in 0..<replications {
      let stream = RandomStream(seed: 99, name: "coverage", replicate: replication)
      let z = stream.normals(0..<(n + 3))
      let values: [Double] = (0..<(n + 3)).map { t in
        let mean = 40 * exp(truth * Double(t))
        switch noise {
        case .multiplicative: return mean * exp(0.15 * z[t])
        case .additive: return mean + 4 * z[t]
        case .poisson: return max(0, mean + (1.5 * mean).squareRoot() * z[t])
        }
      }
      let fit = try ExponentialGrowth(noise: noise).fit(months(Array(values[0..<n])))
      if try #require(fit.rate.lower) <= truth, try #require(fit.rate.upper) >= truth { rates += 1 }
      let interval = try fit.forecast(3).interval(0.8)[2]
      if interval.lower <= values[n + 2], interval.upper >= values[n + 2] { futures += 1 }
    }
    // Four binomial standard errors.
    let error95 = (0.95 * 0.05 / Double(replications)).squareRoot()
    let error80 = (0.8 * 0.2 / Double(replications)).squareRoot()
    #expect(abs(Double(rates) / Double(replications) - 0.95) < 4 * error95, "\(noise): \(rates)")
    #expect(abs(Double(futures) / Double(replications) - 0.8) < 4 * error80, "\(noise): \(futures)")
  }

  @Test func `what the noise law cannot take is refused with its place`() throws {
    let short = try months([1, 2])
    #expect(
      throws: ForecastError.tooFewObservations(
        model: "Exponential growth (multiplicative noise)", series: "test", needed: 3, found: 2)
    ) { try ExponentialGrowth().fit(short) }
    let zero = try months([1, 0, 2, 3])
    #expect(
      throws: ForecastError.notPositive(
        model: "Exponential growth (multiplicative noise)", series: "test",
        span: PeriodSpan(.month(2022, 2)), value: 0)
    ) { try ExponentialGrowth().fit(zero) }
    #expect(throws: Never.self) { try ExponentialGrowth(noise: .poisson).fit(zero) }
    #expect(throws: ForecastError.self) { try ExponentialGrowth(noise: .poisson).fit(months([1, -1, 2, 3])) }
    #expect(throws: ForecastError.self) { try ExponentialGrowth(noise: .additive).fit(months([0, 0, 0, 0])) }
  }
}

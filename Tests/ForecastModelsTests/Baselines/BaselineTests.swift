import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Testing

@Suite struct BaselineTests {
  /// Half the width of R's 90 % interval over the quantile of its normal law.
  func deviation(_ r: GrowthFixture.Baseline) -> [Double] {
    let z = Normal.standard.quantile(0.95)
    return zip(r.lower90, r.upper90).map { ($1 - $0) / 2 / z }
  }

  /// The scale of a Student t margin from its own 90 % interval.
  func scale(_ outlook: Forecast, freedom: Int) throws -> [Double] {
    let t = try StudentT(degreesOfFreedom: Double(freedom), location: 0, scale: 1).quantile(0.95)
    return try outlook.interval(0.9).map { ($0.upper - $0.lower) / 2 / t }
  }

  @Test func `naive, drift and seasonal naive have R's location and scale, with Student's law`() throws {
    let r = try GrowthFixture.load().baselines
    let walk = try months(r.walk)
    let naive = try Naive().fit(walk)
    try expectDigits(naive.forecast(8).mean, r.naive.mean, atLeast: 12)
    expectDigits(try scale(naive.forecast(8), freedom: 47), deviation(r.naive), atLeast: 9)
    let drift = try Drift().fit(walk)
    expectDigits(
      [drift.drift, try #require(drift.driftStandardError)],
      [try #require(r.drift.drift), try #require(r.drift.driftSE)], atLeast: 10)
    try expectDigits(drift.forecast(8).mean, r.drift.mean, atLeast: 12)
    expectDigits(try scale(drift.forecast(8), freedom: 46), deviation(r.drift), atLeast: 9)
    let quarters = try TimeSeries(r.seasonal.map { $0 }, start: .quarter(2015, 1))
    let seasonal = try SeasonalNaive().fit(quarters)
    try expectDigits(seasonal.forecast(8).mean, r.seasonalNaive.mean, atLeast: 12)
    expectDigits(try scale(seasonal.forecast(8), freedom: 28), deviation(r.seasonalNaive), atLeast: 9)
  }

  @Test func `the mean forecast is R's meanf`() throws {
    let r = try GrowthFixture.load().baselines
    let outlook = try Mean().fit(months(r.walk)).forecast(8)
    expectDigits(outlook.mean, r.mean.mean, atLeast: 12)
    expectDigits(outlook.quantile(0.05), r.mean.lower90, atLeast: 9)
    expectDigits(outlook.quantile(0.95), r.mean.upper90, atLeast: 9)
  }

  /// E and Var of x_{T+h} given span means of a random walk with a nearly diffuse start, by dense algebra.
  func dense(_ means: [Double], lengths: [Int], ahead: Int) -> (location: Double, variance: Double) {
    let total = lengths.reduce(0, +)
    let steps = total + ahead
    var weights: [[Double]] = []
    var first = 0
    for length in lengths {
      var row = [Double](repeating: 0, count: steps)
      for t in first..<(first + length) { row[t] = 1 / Double(length) }
      weights.append(row)
      first += length
    }
    func covariance(_ a: [Double], _ b: [Double]) -> Double {
      var sum = 0.0
      for s in 0..<steps where a[s] != 0 {
        for t in 0..<steps where b[t] != 0 { sum += a[s] * b[t] * Double(min(s, t)) }
      }
      return sum
    }
    // Differences against the last span's mean remove the start; solve their normal equations by elimination.
    let last = weights[weights.count - 1]
    var target = last.map { -$0 }
    target[steps - 1] += 1
    let contrasts = weights.dropLast().map { row in zip(last, row).map { $0 - $1 } }
    let data = means.dropLast().map { means[means.count - 1] - $0 }
    let n = contrasts.count
    var system = (0..<n).map { i in (0..<n).map { covariance(contrasts[i], contrasts[$0]) } }
    var right = (0..<n).map { covariance(contrasts[$0], target) }
    for i in 0..<n {
      for k in (i + 1)..<max(n, i + 1) {
        let ratio = system[k][i] / system[i][i]
        for j in i..<n { system[k][j] -= ratio * system[i][j] }
        right[k] -= ratio * right[i]
      }
    }
    for i in stride(from: n - 1, through: 0, by: -1) {
      for j in (i + 1)..<max(n, i + 1) { right[i] -= system[i][j] * right[j] }
      right[i] /= system[i][i]
    }
    var location = means[means.count - 1]
    var variance = covariance(target, target)
    for i in 0..<n {
      location += right[i] * data[i]
      variance -= right[i] * covariance(contrasts[i], target)
    }
    return (location, variance)
  }

  @Test(arguments: [[2, 1, 1, 3], [1, 1, 2], [3, 2, 4, 1, 2], [1, 4]])
  func `over spans the naive forecast is the best linear prediction`(lengths: [Int]) throws {
    let means = lengths.indices.map { 10 + 3 * sin(Double($0) * 1.7) }
    let sums = zip(means, lengths).map { $0 * Double($1) }
    let fit = try Naive().fit(spans(sums, lengths: lengths))
    for ahead in [1, 3] {
      let (location, variance) = dense(means, lengths: lengths, ahead: ahead)
      let outlook = try fit.forecast(ahead)
      expectDigits([outlook.median[ahead - 1]], [location], atLeast: 11)
      let freedom = lengths.count - 1
      let found = try scale(outlook, freedom: freedom)[ahead - 1]
      expectDigits([found * found], [variance * fit.variance], atLeast: 8)
    }
    let averages = try Naive().fit(spans(means, lengths: lengths, rule: .mean))
    try expectDigits(averages.forecast(2).median, fit.forecast(2).median, atLeast: 12)
  }

  @Test func `a straight line continues under drift, over spans and gaps`() throws {
    let lengths = [1, 2, 1, 3, 1, 1]
    var offset = 0.0
    let sums: [Double?] = lengths.map { length in
      let sum = (0..<length).reduce(0.0) { $0 + 5 + 2 * (offset + Double($1)) }
      offset += Double(length)
      return sum
    }
    var values = sums
    values[2] = nil
    let fit = try Drift().fit(spans(values, lengths: lengths))
    expectDigits([fit.drift], [2], atLeast: 12)
    try expectDigits(fit.forecast(3).median, [23, 25, 27], atLeast: 12)
  }

  @Test func `a value missing at the end widens the interval by its periods`() throws {
    let full = try Naive().fit(months([1, 3, 2, 5, 4]))
    let open = try Naive().fit(months([1, 3, 2, 5, 4, nil, nil]))
    #expect(full.variance == open.variance)
    expectDigits(
      try scale(open.forecast(1), freedom: 4), [try scale(full.forecast(3), freedom: 4)[2]], atLeast: 12)
  }

  @Test func `a mean over spans weights them by their periods`() throws {
    let fit = try Mean().fit(spans([10, 12, 3], lengths: [5, 4, 1]))
    expectDigits([fit.level], [2.5], atLeast: 14)
    // Σ (y − |S|μ)²/|S| = 2.5²/5 + 2²/4 + 0.5² over n − 1.
    expectDigits([fit.variance], [(1.25 + 1 + 0.25) / 2], atLeast: 13)
    let average = try Mean().fit(spans([2, 3, 3], lengths: [5, 4, 1], rule: .mean))
    expectDigits([average.level], [2.5], atLeast: 14)
    expectDigits([average.variance], [fit.variance], atLeast: 13)
  }

  @Test func `a season that is missing once keeps its last value, two cycles wide`() throws {
    let quarters = try TimeSeries([1, 2, 3, 4, 2, nil, 5, 5], start: .quarter(2020, 1))
    let fit = try SeasonalNaive().fit(quarters)
    let outlook = try fit.forecast(8)
    #expect(outlook.median == [2, 2, 5, 5, 2, 2, 5, 5])
    let scales = try scale(outlook, freedom: 3)
    expectDigits(
      [scales[1] / scales[0], scales[5] / scales[0]], [sqrt(2), sqrt(3)], atLeast: 12)
    expectDigits([fit.variance], [(1.0 + 4 + 1) / 3], atLeast: 14)
  }

  @Test func `too little and spans that cannot be split are refused`() throws {
    let spanned = try spans([1, 2, 3], lengths: [1, 2, 1])
    #expect(
      throws: ForecastError.spanNotSupported(
        model: "Seasonal naive [2]", series: "test", span: PeriodSpan(.month(2022, 2), count: 2))
    ) { try SeasonalNaive(seasonalPeriod: 2).fit(spanned) }
    #expect(throws: ForecastError.self) { try Naive().fit(months([1])) }
    #expect(throws: ForecastError.self) { try Drift().fit(months([1, nil, 2])) }
    #expect(throws: ForecastError.self) { try Mean().fit(months([1])) }
    #expect(
      throws: ForecastError.tooFewObservations(model: "Seasonal naive", series: "test", needed: 13, found: 3)
    ) {
      try SeasonalNaive().fit(months([1, 2, 3]))
    }
  }

  /// Two places of a cycle of four that never have a value are named, however many values the others have.
  @Test func `seasons without a value are named`() throws {
    let series = try months([1, nil, 3, nil, 4, nil, 2, nil, 5, nil, 1])
    let error = ForecastError.unseenSeason(
      model: "Seasonal naive [4]", series: "test", cycle: 4, first: series.start, places: [2, 4])
    #expect(throws: error) { try SeasonalNaive(seasonalPeriod: 4).fit(series) }
    #expect(
      error.description.contains(
        "\"test\" has no value at positions 2 and 4 of the 4-period cycle that starts at \(series.start)"))
    let many = ForecastError.unseenSeason(
      model: "m", series: "s", cycle: 26, first: series.start, places: Array(2...14))
    #expect(many.description.contains("positions 2, 3, 4, 5, 6 and 8 more of the 26-period cycle"))
  }

  @Test func `values whose variance overflows are refused, not trapped on`() throws {
    let series = try TimeSeries([1e300, -1e300, 1e305, 1e300, 1e290], start: .quarter(2020, 1))
    let models: [any Forecaster] = [Naive(), Drift(), Mean(), SeasonalNaive()]
    for model in models {
      #expect(throws: ForecastError.self) { try model.fit(series) }
    }
  }
}

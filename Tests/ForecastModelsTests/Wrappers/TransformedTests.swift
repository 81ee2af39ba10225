import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite("Transformed series")
struct TransformedTests {
  static let transforms: [SeriesTransform] = [
    .log, .logit(lower: -2, upper: 1e4), .boxCox(lambda: 0), .boxCox(lambda: 1e-9), .boxCox(lambda: 0.5),
    .boxCox(lambda: 1), .boxCox(lambda: -1), .boxCox(lambda: 2),
  ]

  /// Monthly passengers, Box, Jenkins and Reinsel, series G.
  func passengers() throws -> TimeSeries {
    let fit = try #require(try ARIMAFixture.loaded.get().fits.first { $0.name == "AirPassengers" })
    // The fixture holds logarithms rounded to twelve places; the counts are whole.
    return try TimeSeries(
      fit.y.map { $0.map { exp($0).rounded() } }, start: .month(1949, 1), name: "AirPassengers")
  }

  @Test(
    "the map and its inverse undo each other, rise, and have the derivative they say", arguments: transforms)
  func maps(transform: SeriesTransform) throws {
    var last = -Double.infinity
    for y in [1e-3, 0.4, 1, 3, 77, 5e3] {
      let w = try #require(transform.forward(y))
      #expect(w > last)
      last = w
      #expect(abs(transform.inverse(w) / y - 1) < 1e-9)
      let step = 1e-5 * y
      let rise = try #require(transform.forward(y + step)) - #require(transform.forward(y - step))
      #expect(abs(log(rise / (2 * step)) - transform.logDerivative(y)) < 1e-5)
    }
    #expect(transform.forward(transform.domain.lowerBound) == nil)
  }

  @Test("a power of 1 is the model itself moved by 1")
  func identity() throws {
    let series = try passengers()
    let plain = try Drift().fit(series).forecast(6)
    let moved = try Transformed(Drift(), by: .fixed(.boxCox(lambda: 1))).fit(series)
    let outlook = try moved.forecast(6)
    for step in 0..<6 {
      // A power has no value below zero: a mass of 1e-9 lies there.
      #expect(abs(outlook.mean[step] / plain.mean[step] - 1) < 1e-8)
      #expect(abs(outlook.quantile(0.9)[step] / plain.quantile(0.9)[step] - 1) < 1e-12)
    }
    let own = try #require(try Drift().fit(series).summary.logLikelihood)
    #expect(abs(try #require(moved.logLikelihood) - own) < 1e-9)
  }

  @Test("the mean of a square of a normal is that of its moments, of an exponential the lognormal's")
  func means() throws {
    // y = (1 + w/2)², E y = (1 + μ/2)² + σ²/4, for w that stay above −2.
    let root = TransformedDistribution(
      base: try JointStudentT(location: [6], scale: Matrix(rows: 1, columns: 1, repeating: 0.25)),
      transform: .boxCox(lambda: 0.5))
    #expect(abs(root.marginal(0).mean - (16 + 0.25 / 4)) < 1e-12)
    let log = TransformedDistribution(
      base: try JointStudentT(location: [2], scale: Matrix(rows: 1, columns: 1, repeating: 0.09)),
      transform: .log)
    #expect(abs(log.marginal(0).mean / exp(2.045) - 1) < 1e-14)
    #expect(abs(log.marginal(0).variance / (expm1(0.09) * exp(4.09)) - 1) < 1e-12)
    let share = TransformedDistribution(
      base: try JointStudentT(location: [0], scale: Matrix(rows: 1, columns: 1, repeating: 4)),
      transform: .logit(lower: 10, upper: 20))
    #expect(abs(share.marginal(0).mean - 15) < 1e-12)
  }

  @Test("a margin's density is the slope of its cdf, its cdf undoes its quantile", arguments: transforms)
  func margins(transform: SeriesTransform) throws {
    let centre = try #require(transform.forward(40))
    let spread = 0.05 * abs(exp(transform.logDerivative(40))) * 40
    let law = TransformedDistribution(
      base: try JointStudentT(
        location: [centre], scale: Matrix(rows: 1, columns: 1, repeating: spread * spread),
        degreesOfFreedom: 9),
      transform: transform
    ).marginal(0)
    for p in [0.01, 0.2, 0.5, 0.9] {
      let x = law.quantile(p)
      #expect(abs(law.cdf(x) - p) < 1e-9)
      let step = 1e-4 * x
      #expect(abs((law.cdf(x + step) - law.cdf(x - step)) / (2 * step) / law.density(x) - 1) < 1e-4)
    }
    #expect(law.cdf(transform.domain.lowerBound) == 0)
  }

  @Test("Guerrero's power is that of R: BoxCox.lambda of forecast 8.20 on R 4.2.2")
  func guerrero() throws {
    // R's `optimize` stops at a tolerance of 1.2e-4 of the interval.
    let lambda = try power(passengers())
    #expect(abs(lambda - -0.294715586) < 2e-4)
    let values = try #require(try ARIMAFixture.loaded.get().fits.first { $0.name == "USAccDeaths" }).y
    let deaths = try TimeSeries(values, start: .month(1973, 1), name: "USAccDeaths")
    #expect(abs(try power(deaths) - -0.039756168) < 2e-4)
    // Both lie below 0, where forecasts have no mean: the nearest power that is chosen is the logarithm.
    #expect(try Transformed(Mean(), by: .guerrero).fit(passengers()).transform.power < 1e-6)
  }

  /// Guerrero's λ in the range that R searches.
  func power(_ series: TimeSeries) throws -> Double {
    try guerreroLambda(
      series.values.compactMap(\.self), period: series.seasonalPeriod, in: -1...2, of: series, for: "R")
  }

  @Test("a power of 2 that fits best is found whatever the range, and so is one between its places")
  func ranges() {
    for best in [0, 0.1, 1.3, 2.0] {
      #expect(abs(bestPower { ($0 - best) * ($0 - best) } - best) < 1e-6)
      #expect(abs(bestPower(in: -1...2) { ($0 - best) * ($0 - best) } - best) < 1e-6)
    }
    #expect(bestPower { $0 } == 0)
    #expect(bestPower(in: -1...2) { $0 } == -1)
    #expect(bestPower { _ in .infinity } == 1)
  }

  @Test(
    "forecasts by a chosen power have means between their quantiles, far out too",
    arguments: [TransformChoice.guerrero, .likelihood])
  func chosenPowersHaveMeans(choice: TransformChoice) throws {
    // Relative noise that grows with the level: Guerrero's λ of such a series lies below 0.
    let noise = RandomStream(seed: 3, name: "noise").normals(0..<96)
    var values: [Double?] = []
    for (t, e) in noise.enumerated() {
      let place = Double(t)
      values.append(100 * exp(0.02 * place + (0.1 + 0.003 * place) * e))
    }
    let steep = try TimeSeries(values, start: .month(2012, 1), name: "steep")
    #expect(try power(steep) < 0)
    for series in [steep, try passengers()] {
      let outlook = try Transformed(AutoETS(), by: choice).fit(series).forecast(36)
      let (low, high) = (outlook.quantile(0.025), outlook.quantile(0.975))
      for (step, mean) in outlook.mean.enumerated() {
        #expect(mean.isFinite && mean > low[step] && mean < high[step], "step \(step): \(mean)")
      }
      let year = TotalWindow.year(outlook.periods[12].calendarYear)
      let total = try outlook.total(over: year)
      #expect(total.mean.isFinite)
    }
  }

  @Test("a power below 0 is refused: the tail of its law has no mean, as the tail index says")
  func negativePowers() throws {
    #expect(
      throws: ForecastError.invalidOption(
        name: "λ", value: "-0.5", reason: "a power below 0 gives forecasts without a mean")
    ) { try Transformed(Naive(), by: .fixed(.boxCox(lambda: -0.5))).fit(passengers()) }
    #expect(throws: ForecastError.self) { try Registry.model("transformed:by=-0.5") }
    // log P(Y > y) falls by λ log 10 a decade.
    let law = TransformedDistribution(
      base: try JointStudentT(location: [0], scale: Matrix(rows: 1, columns: 1, repeating: 1)),
      transform: .boxCox(lambda: -0.5)
    ).marginal(0)
    let beyond = try 1 - Normal(mean: 0, standardDeviation: 1).cdf(2)
    let tail = [1e8, 1e9].map { log(1 - law.cdf($0) - beyond) }
    #expect(abs(tail[1] - tail[0] + 0.5 * log(10)) < 1e-3)
    let read = try JSONEncoder().encode(
      Transformed(Naive(), by: .fixed(.boxCox(lambda: 0.5))).fit(passengers()))
    let wrong = String(decoding: read, as: UTF8.self).replacingOccurrences(of: "0.5}", with: "-0.5}")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FittedTransformed<FittedRandomWalk>.self, from: Data(wrong.utf8))
    }
  }

  @Test("no power has a larger likelihood than the one chosen, on the scale of y")
  func likelihood() throws {
    let series = try passengers()
    let chosen = try Transformed(LinearRegression(), by: .likelihood).fit(series)
    let best = try #require(chosen.logLikelihood)
    for lambda in stride(from: 0.0, through: 2, by: 0.125) {
      let other = try Transformed(LinearRegression(), by: .fixed(.boxCox(lambda: lambda))).fit(series)
      #expect(try #require(other.logLikelihood) <= best + 1e-7)
    }
  }

  @Test("forecasts stay in the domain; values outside it are refused with their place")
  func domain() throws {
    let values: [Double?] = (0..<40).map { (step: Int) -> Double in
      let residue = Double((step * 7) % 13)
      return 0.02 + 0.9 * residue / 13
    }
    let shares = try TimeSeries(values, start: .month(2020, 1), name: "share")
    let outlook = try Transformed(Naive(), by: .fixed(.logit(lower: 0, upper: 1))).fit(shares).forecast(24)
    for p in [0.001, 0.999] {
      for value in outlook.quantile(p) { #expect(value >= 0 && value <= 1) }
    }
    #expect(outlook.samplePaths(50).elements.allSatisfy { $0 >= 0 && $0 <= 1 })
    let outside = try TimeSeries([0.5, 1.5, 0.2, 0.4], start: .month(2020, 1), name: "share")
    #expect(
      throws: ForecastError.outsideDomain(
        model: "Logit(Naive)", series: "share", span: PeriodSpan(.month(2020, 2)), value: 1.5, lower: 0,
        upper: 1)
    ) { try Transformed(Naive(), by: .fixed(.logit(lower: 0, upper: 1))).fit(outside) }
    let negative = try TimeSeries([0.5, -1, 0.2, 0.4], start: .month(2020, 1), name: "x")
    #expect(
      throws: ForecastError.notPositive(
        model: "Log(Naive)", series: "x", span: PeriodSpan(.month(2020, 2)), value: -1)
    ) { try Transformed(Naive(), by: .fixed(.log)).fit(negative) }
  }
}

import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Testing

@Suite struct SaturatingGrowthTests {
  // MARK: R's nls

  static func figures(_ item: GrowthFixture.Saturating, _ names: [String]) throws -> (
    values: [Double], errors: [Double]
  ) {
    (
      try names.map { try #require(item.parameters[$0]) },
      try names.map { try #require(item.standardErrors[$0]) }
    )
  }

  static func expectCriteria(_ summary: FitSummary, _ item: GrowthFixture.Saturating) throws {
    expectDigits([try #require(summary.residualStandardError)], [item.sigma], atLeast: 10)
    expectDigits([try #require(summary.logLikelihood)], [item.logLikelihood], atLeast: 10)
    expectDigits([try #require(summary.aic)], [item.aic], atLeast: 10)
  }

  @Test(arguments: ["logistic", "uspop"])
  func `logistic growth has the digits of R's SSlogis`(name: String) throws {
    let item = try #require(try GrowthFixture.load().saturating[name])
    let (values, errors) = try Self.figures(item, ["Asym", "xmid", "scal"])
    let fit = try LogisticGrowth().fit(months(item.y))
    #expect(fit.converged)
    let inflection = try #require(fit.inflection)
    expectDigits([fit.capacity.value, inflection.value, 1 / fit.rate.value], values, atLeast: 8, "\(name)")
    let scale = try #require(fit.rate.standardError) / (fit.rate.value * fit.rate.value)
    expectDigits(
      [try #require(fit.capacity.standardError), try #require(inflection.standardError), scale], errors,
      atLeast: 8, "\(name)")
    try Self.expectCriteria(fit.summary, item)
  }

  @Test func `Gompertz growth has the digits of R's SSgompertz and of nls`() throws {
    let fixture = try GrowthFixture.load()
    let item = try #require(fixture.saturating["gompertz"])
    let fit = try GompertzGrowth().fit(months(item.y))
    let inflection = try #require(fit.inflection)
    let b3 = exp(-fit.rate.value)
    let (values, errors) = try Self.figures(item, ["Asym", "b2", "b3"])
    expectDigits([fit.capacity.value, exp(fit.rate.value * inflection.value), b3], values, atLeast: 8)
    expectDigits([try #require(fit.rate.standardError) * b3], [errors[2]], atLeast: 8)
    let byRate = try #require(fixture.saturating["gompertzByRate"])
    let (own, ownErrors) = try Self.figures(byRate, ["K", "r", "x"])
    expectDigits([fit.capacity.value, fit.rate.value, inflection.value], own, atLeast: 8)
    expectDigits(
      [fit.capacity, fit.rate, inflection].compactMap(\.standardError), ownErrors, atLeast: 8)
    try Self.expectCriteria(fit.summary, item)
  }

  @Test(arguments: [("richards", GrowthNoise.additive), ("richardsLogs", .multiplicative)])
  func `Richards growth has the digits of R's nls`(name: String, noise: GrowthNoise) throws {
    let item = try #require(try GrowthFixture.load().saturating[name])
    let (values, errors) = try Self.figures(item, ["K", "v", "r", "x"])
    let fit = try RichardsGrowth(noise: noise).fit(months(item.y))
    let figures = [fit.capacity, fit.shape, fit.rate, try #require(fit.inflection)]
    expectDigits(figures.map(\.value), values, atLeast: 8)
    expectDigits(figures.compactMap(\.standardError), errors, atLeast: 8)
    try Self.expectCriteria(fit.summary, item)
  }

  @Test func `logistic growth on logarithms has the digits of R's nls`() throws {
    let item = try #require(try GrowthFixture.load().saturating["logisticLogs"])
    let (values, errors) = try Self.figures(item, ["K", "r", "x"])
    let fit = try LogisticGrowth(noise: .multiplicative).fit(months(item.y))
    let figures = [fit.capacity, fit.rate, try #require(fit.inflection)]
    expectDigits(figures.map(\.value), values, atLeast: 8)
    expectDigits(figures.compactMap(\.standardError), errors, atLeast: 8)
    try Self.expectCriteria(fit.summary, item)
  }

  @Test func `Bass diffusion has the digits of R's nls`() throws {
    let item = try #require(try GrowthFixture.load().saturating["bass"])
    let (values, errors) = try Self.figures(item, ["m", "p", "q"])
    let fit = try BassGrowth().fit(months(item.y))
    let figures = [fit.capacity, fit.innovation, fit.imitation]
    expectDigits(figures.map(\.value), values, atLeast: 8)
    expectDigits(figures.compactMap(\.standardError), errors, atLeast: 8)
    try Self.expectCriteria(fit.summary, item)
  }

  @Test func `spans have the digits of R's nls on sums`() throws {
    let fixture = try GrowthFixture.load()
    let logistic = try #require(fixture.spans["logistic"])
    let gompertz = try #require(fixture.spans["gompertz"])
    let a = try LogisticGrowth().fit(spans(logistic.y, lengths: logistic.count))
    let b = try GompertzGrowth().fit(spans(gompertz.y, lengths: gompertz.count))
    let fits: [(GrowthFixture.Spanned, [Estimate], FitSummary)] = [
      (logistic, [a.capacity, a.rate, try #require(a.inflection)], a.summary),
      (gompertz, [b.capacity, b.rate, try #require(b.inflection)], b.summary),
    ]
    for (item, figures, summary) in fits {
      let names = ["K", "r", "x"]
      expectDigits(figures.map(\.value), try names.map { try #require(item.parameters[$0]) }, atLeast: 8)
      expectDigits(
        figures.compactMap(\.standardError), try names.map { try #require(item.standardErrors[$0]) },
        atLeast: 8)
      expectDigits([try #require(summary.residualStandardError)], [item.sigma], atLeast: 10)
    }
  }

  // MARK: Laws

  static let lengths = [2, 1, 1, 3, 1, 2, 1, 1, 1, 4, 1, 2, 1, 3, 2, 2]

  /// Every curve with the mean of base period t at known parameters, and the parameters a fit shall find.
  enum Curve: String, CaseIterable, Sendable {
    case logistic, gompertz, richards, bass

    func mean(_ t: Double) -> Double {
      switch self {
      case .logistic: return 30 / (1 + exp(-0.35 * (t - 11)))
      case .gompertz: return 30 * exp(-exp(-0.25 * (t - 8)))
      case .richards: return 30 * pow(1 + 2.5 * exp(-0.5 * (t - 11)), -1 / 2.5)
      case .bass:
        func adopted(_ x: Double) -> Double { (1 - exp(-0.38 * x)) / (1 + 0.36 / 0.02 * exp(-0.38 * x)) }
        return 300 * (adopted(t + 1) - adopted(t))
      }
    }

    var parameters: [Double] {
      switch self {
      case .logistic: [30, 0.35, 11]
      case .gompertz: [30, 0.25, 8]
      case .richards: [30, 0.5, 11, 2.5]
      case .bass: [300, 0.02, 0.36]
      }
    }

    func model(_ noise: GrowthNoise) -> any Forecaster {
      switch self {
      case .logistic: LogisticGrowth(noise: noise)
      case .gompertz: GompertzGrowth(noise: noise)
      case .richards: RichardsGrowth(noise: noise)
      case .bass: BassGrowth(noise: noise)
      }
    }
  }

  static func fit(_ model: any Forecaster, _ series: TimeSeries) throws -> any FittedForecaster {
    try model.fit(series)
  }

  @Test(arguments: Curve.allCases, GrowthNoise.allCases)
  func `spans without noise give back the curve that made them`(curve: Curve, noise: GrowthNoise) throws {
    for rule in [SpanRule.sum, .mean, .last] {
      var offset = 0
      let values: [Double?] = Self.lengths.map { length in
        let means = (offset..<(offset + length)).map { curve.mean(Double($0)) }
        offset += length
        switch rule {
        case .sum: return means.reduce(0, +)
        case .mean: return means.reduce(0, +) / Double(length)
        case .last: return means[length - 1]
        }
      }
      let fit = try Self.fit(curve.model(noise), spans(values, lengths: Self.lengths, rule: rule))
      expectDigits(fit.summary.coefficients.map(\.estimate), curve.parameters, atLeast: 8, "\(curve) \(rule)")
      for (fitted, value) in zip(fit.fitted, values) {
        expectDigits([try #require(fitted)], [try #require(value)], atLeast: 9, "\(curve) \(rule)")
      }
    }
  }

  static func noisy(_ curve: Curve, count: Int = 24, scale: Double = 1) -> [Double] {
    let z = RandomStream(seed: 17, name: "saturating").normals(0..<count)
    return (0..<count).map { scale * max(0.05, curve.mean(Double($0)) * (1 + 0.04 * z[$0])) }
  }

  @Test(arguments: Curve.allCases, GrowthNoise.allCases)
  func `a unit scales the capacity and leaves the rest`(curve: Curve, noise: GrowthNoise) throws {
    let a = try Self.fit(curve.model(noise), months(Self.noisy(curve))).summary
    let b = try Self.fit(curve.model(noise), months(Self.noisy(curve, scale: 1000))).summary
    expectDigits([b.coefficients[0].estimate / 1000], [a.coefficients[0].estimate], atLeast: 7)
    expectDigits(
      b.coefficients.dropFirst().map(\.estimate), a.coefficients.dropFirst().map(\.estimate), atLeast: 6.5,
      "\(curve) \(noise)")
    let shift = 24 * log(1000.0)
    expectDigits([try #require(b.logLikelihood)], [try #require(a.logLikelihood) - shift], atLeast: 9)
  }

  @Test(arguments: Curve.allCases)
  func `the calendar of the series moves nothing`(curve: Curve) throws {
    let values = Self.noisy(curve).map { Optional($0) }
    let a = try Self.fit(curve.model(.additive), TimeSeries(values, start: .month(1999, 5)))
    let b = try Self.fit(curve.model(.additive), TimeSeries(values, start: .month(2022, 1)))
    #expect(a.summary.coefficients == b.summary.coefficients)
    #expect(try a.forecast(3).mean == b.forecast(3).mean)
  }

  @Test func `later periods without values move the inflection and nothing else`() throws {
    let values = Self.noisy(.logistic).map { Optional($0) }
    let plain = try LogisticGrowth().fit(months(values))
    let shifted = try LogisticGrowth().fit(months([nil, nil, nil] + values))
    expectDigits(
      [shifted.capacity.value, shifted.rate.value, try #require(shifted.inflection).value - 3],
      [plain.capacity.value, plain.rate.value, try #require(plain.inflection).value], atLeast: 8)
  }

  @Test func `Richards growth at shape 1 is logistic and near 0 Gompertz`() throws {
    let series = try months(Self.noisy(.logistic))
    let logistic = try LogisticGrowth().fit(series)
    let one = try RichardsGrowth(shape: 1).fit(series)
    expectDigits(
      [one.capacity.value, one.rate.value], [logistic.capacity.value, logistic.rate.value], atLeast: 9)
    let gompertz = try GompertzGrowth().fit(series)
    let small = try RichardsGrowth(shape: 1e-9).fit(series)
    expectDigits(
      [small.capacity.value, small.rate.value], [gompertz.capacity.value, gompertz.rate.value], atLeast: 6)
    let free = try #require(try RichardsGrowth().fit(series).logLikelihood)
    #expect(free >= (try #require(logistic.logLikelihood)) - 1e-9)
    #expect(free >= (try #require(gompertz.logLikelihood)) - 1e-5)
  }

  // MARK: Capacity

  @Test(arguments: Curve.allCases, [GrowthNoise.additive, .multiplicative])
  func `a levelled curve identifies its capacity`(curve: Curve, noise: GrowthNoise) throws {
    let series = try months(Self.noisy(curve, count: 36))
    let status: CapacityStatus
    switch curve {
    case .logistic: status = try LogisticGrowth(noise: noise).fit(series).capacityStatus
    case .gompertz: status = try GompertzGrowth(noise: noise).fit(series).capacityStatus
    case .richards: status = try RichardsGrowth(noise: noise).fit(series).capacityStatus
    case .bass: status = try BassGrowth(noise: noise).fit(series).capacityStatus
    }
    guard case .identified(let lower, let upper) = status else {
      Issue.record("\(curve) \(noise): \(status)")
      return
    }
    let truth = curve.parameters[0]
    #expect(lower < 1.05 * truth && upper > 0.95 * truth && upper < 1.3 * truth, "\(curve) \(lower) \(upper)")
  }

  @Test(arguments: GrowthNoise.allCases)
  func `exponential growth identifies no capacity and its forecast stays bounded`(noise: GrowthNoise) throws {
    let z = RandomStream(seed: 4, name: "hopeless").normals(0..<20)
    let values: [Double] = (0..<20).map { t in
      let mean = 5 * exp(0.12 * Double(t))
      return mean * (1 + 0.03 * z[t])
    }
    let series = try months(values)
    let logistic = try LogisticGrowth(noise: noise).fit(series)
    let gompertz = try GompertzGrowth(noise: noise).fit(series)
    let largest = values.max() ?? 0
    guard case .unidentified(let bound) = logistic.capacityStatus else {
      Issue.record("\(noise): \(logistic.capacityStatus)")
      return
    }
    #expect(bound > largest)
    #expect(logistic.summary.notes.contains { $0.contains("do not identify the capacity") })
    for fit in [logistic as any FittedForecaster, gompertz] {
      let outlook = try fit.forecast(48)
      let top = outlook.quantile(0.999)
      #expect(top.allSatisfy { $0.isFinite && $0 < 200 * largest }, "\(fit.name) \(top.max() ?? 0)")
    }
    // A logistic curve far below its capacity is exponential: its next step is as good (a Gompertz curve bends on any way).
    let outlook = try logistic.forecast(1)
    let next = try ExponentialGrowth(noise: noise).fit(series).forecast(1)
    #expect(abs(outlook.median[0] / next.median[0] - 1) < 0.05)
    let width = try outlook.interval(0.8)[0]
    let plain = try next.interval(0.8)[0]
    #expect((width.upper - width.lower) / (plain.upper - plain.lower) < 2)
  }

  @Test func `the profile interval agrees with the Wald interval where the data are plenty`() throws {
    let z = RandomStream(seed: 8, name: "plenty").normals(0..<120)
    let values: [Double] = (0..<120).map { t in
      let mean = 30 / (1 + exp(-0.12 * (Double(t) - 40)))
      return mean + 0.3 * z[t]
    }
    let fit = try LogisticGrowth().fit(months(values))
    guard case .identified(let lower, let upper) = fit.capacityStatus else {
      Issue.record("\(fit.capacityStatus)")
      return
    }
    let wald = (try #require(fit.capacity.lower), try #require(fit.capacity.upper))
    #expect(abs(lower - wald.0) < 0.05 * (wald.1 - wald.0) && abs(upper - wald.1) < 0.05 * (wald.1 - wald.0))
  }

  // MARK: Forecasts

  @Test(arguments: Curve.allCases)
  func `paths repeat, extend and follow the margins`(curve: Curve) throws {
    let outlook = try Self.fit(curve.model(.multiplicative), months(Self.noisy(curve))).forecast(4)
    let many = outlook.samplePaths(4000, seed: 11)
    #expect(outlook.samplePaths(10, seed: 11).elements == Array(many.elements[0..<40]))
    #expect(many.elements.allSatisfy { $0 > 0 && $0.isFinite })
    for step in 0..<4 {
      for p in [0.1, 0.5, 0.9] {
        let quantile = outlook.marginal(step).quantile(p)
        let share = Double(many.row(step).count { $0 <= quantile }) / 4000
        #expect(abs(share - p) < 4 * (p * (1 - p) * (1 / 4000.0 + 1 / 4096.0)).squareRoot(), "\(curve) \(p)")
      }
    }
  }

  @Test func `the posterior of a near-linear problem is that of least squares`() throws {
    // Plenty of data: the predictive law of the mean's next step is normal with the delta-method variance.
    let z = RandomStream(seed: 8, name: "plenty").normals(0..<80)
    let values: [Double] = (0..<80).map { t in
      let mean = 30 / (1 + exp(-0.12 * (Double(t) - 40)))
      return mean + 0.3 * z[t]
    }
    let fit = try LogisticGrowth().fit(months(values))
    let outlook = try fit.forecast(1)
    let sigma = fit.dispersion.squareRoot()
    #expect(abs(outlook.mean[0] - fit.mean(of: Period.month(2022, 1) + 80)) < 0.1 * sigma)
    #expect(abs(outlook.standardDeviation[0] / sigma - 1.03) < 0.08)
  }

  @Test(arguments: [GrowthNoise.additive, .multiplicative])
  func `intervals cover at their level`(noise: GrowthNoise) throws {
    let replications = 60
    var rates = 0
    var futures = 0
    for replication in 0..<replications {
      let z = RandomStream(seed: 77, name: "logistic coverage", replicate: replication).normals(0..<21)
      let values: [Double] = (0..<21).map { t in
        let mean = 50 / (1 + exp(-0.4 * (Double(t) - 9)))
        return noise == .additive ? mean + 1.5 * z[t] : mean * exp(0.08 * z[t])
      }
      let fit = try LogisticGrowth(noise: noise).fit(months(Array(values[0..<18])))
      if try #require(fit.rate.lower) <= 0.4, try #require(fit.rate.upper) >= 0.4 { rates += 1 }
      let interval = try fit.forecast(3).interval(0.8)[2]
      if interval.lower <= values[20], interval.upper >= values[20] { futures += 1 }
    }
    let n = Double(replications)
    #expect(abs(Double(rates) / n - 0.95) < 4 * (0.95 * 0.05 / n).squareRoot(), "\(noise): \(rates)")
    #expect(abs(Double(futures) / n - 0.8) < 4 * (0.8 * 0.2 / n).squareRoot(), "\(noise): \(futures)")
  }

  @Test func `the summary carries the residual tests`() throws {
    let names = try LogisticGrowth().fit(months(Self.noisy(.logistic))).summary.diagnostics.map(\.name)
    for test in ["Durbin–Watson", "Ljung–Box", "Breusch–Pagan", "Jarque–Bera", "Shapiro–Wilk"] {
      #expect(names.contains { $0.hasPrefix(test) }, "\(test)")
    }
  }

  @Test func `what cannot be fitted is refused`() throws {
    #expect(throws: ForecastError.self) { try LogisticGrowth().fit(months([1, 2, 3])) }
    #expect(throws: ForecastError.self) { try RichardsGrowth().fit(months([1, 2, 3, 4])) }
    #expect(throws: ForecastError.constantSeries(model: "Logistic growth (additive noise)", series: "test")) {
      try LogisticGrowth().fit(months([2, 2, 2, 2, 2]))
    }
    #expect(throws: ForecastError.self) {
      try GompertzGrowth(noise: .multiplicative).fit(months([0, 1, 2, 3, 4]))
    }
    #expect(throws: ForecastError.self) { try Registry.model("richards:shape=-1") }
  }
}

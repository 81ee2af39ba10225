import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite("Theta models")
struct ThetaTests {
  static func months(_ values: [Double?]) throws -> TimeSeries {
    try TimeSeries(values, start: .month(2001, 1), name: "test", rule: .mean)
  }

  /// Σe² as the fit counts it, of any parameters.
  static func squares(_ y: [Double], _ form: ThetaForm, alpha: Double, theta: Double, level: Double) -> Double
  {
    let search = ThetaSearch(y, form: form, limits: .leastSquares)
    var state = ThetaState(level: level, line: search.fullLine)
    let predictions = ThetaRecursion(alpha: alpha, weight: 1 - 1 / theta, isDynamic: form.isDynamic)
      .run(y, &state)
    var sum = 0.0
    for t in search.firstCounted..<y.count { sum += (y[t] - predictions[t]) * (y[t] - predictions[t]) }
    return sum
  }

  @Test("no parameters of statsforecast have a smaller sum of squares")
  func optimumReachesThePeer() throws {
    let data = try ETSFixture.loaded.get()
    let forms: [String: ThetaForm] = [
      "STM": .standard, "OTM": .optimised, "DSTM": .dynamicStandard, "DOTM": .dynamicOptimised,
    ]
    for fit in try ThetaFixture.loaded.get().fits {
      let form = try #require(forms[fit.model])
      let y = try #require(data.series[fit.series]).y
      let ours = try Theta(form, adjustment: .none, estimation: .leastSquares).fit(
        data.timeSeries(fit.series))
      let theirs = Self.squares(
        y, form, alpha: fit.alpha, theta: fit.theta, level: fit.initialSmoothed)
      #expect(ours.squares <= theirs * (1 + 1e-6), "\(fit.series) \(fit.model)")
      // The sum that the search found by six sums is that of the recursion on the series itself.
      let direct = Self.squares(
        y, form, alpha: ours.parameters.alpha, theta: ours.parameters.theta,
        level: ours.parameters.initialLevel)
      expectDigits([direct], [ours.squares], atLeast: 8, "\(fit.series) \(fit.model)")
    }
  }

  @Test("no neighbour of the optimum is better", arguments: ThetaForm.allCases)
  func optimumIsAMinimum(form: ThetaForm) throws {
    let y = seasonalSeries(60, period: 60, noise: 0.2)
    let fit = try Theta(form, adjustment: .none, estimation: .leastSquares).fit(Self.months(y))
    let p = fit.parameters
    let least = Self.squares(y, form, alpha: p.alpha, theta: p.theta, level: p.initialLevel)
    for alpha in stride(from: 0.1, through: 0.99, by: 0.01) {
      for shift in [-2.0, -0.1, 0, 0.1, 2] {
        for theta in form.isOptimised ? [1, 1.5, p.theta, 2, 5, 50] : [2] {
          let other = Self.squares(y, form, alpha: alpha, theta: theta, level: p.initialLevel + shift)
          #expect(other >= least * (1 - 1e-6))
        }
      }
    }
  }

  @Test("DOTM with its weight held at a half is DSTM, OTM standard theta")
  func thetaTwoIsTheStandardModel() {
    let y = Self.centred(seasonalSeries(50, period: 50))
    let held = ThetaLimits(alpha: 0.1...0.99, weight: 0.999, pull: 1e12)
    for (free, fixed) in [
      (ThetaForm.dynamicOptimised, ThetaForm.dynamicStandard), (.optimised, .standard),
    ] {
      let one = ThetaSearch(y, form: free, limits: held).optimum()
      let other = ThetaSearch(y, form: fixed, limits: .leastSquares).optimum()
      #expect(abs(one.weight - 0.5) < 1e-9)
      #expect(abs(one.alpha - other.alpha) < 1e-5)
      #expect(abs(one.squares - other.squares) <= 1e-8 * other.squares)
    }
  }

  private static func centred(_ y: [Double]) -> [Double] { y.map { $0 - y[0] } }

  @Test("units and offsets do not matter", arguments: ThetaForm.allCases)
  func equivariance(form: ThetaForm) throws {
    let y = seasonalSeries(36, period: 12)
    let model = Theta(form, adjustment: .additive)
    let one = try model.fit(Self.months(y))
    let other = try model.fit(Self.months(y.map { 1_000 * $0 - 70_000 }))
    #expect(abs(one.parameters.alpha - other.parameters.alpha) < 1e-6)
    let expected = try one.forecast(9).interval(0.9)
    for (a, b) in try zip(other.forecast(9).interval(0.9), expected) {
      #expect(abs(a.lower - (1_000 * b.lower - 70_000)) < 0.05)
      #expect(abs(a.upper - (1_000 * b.upper - 70_000)) < 0.05)
    }
    let scaled = try Theta(form).fit(Self.months(y.map { 4_096 * $0 }))
    let plain = try Theta(form).fit(Self.months(y))
    #expect(scaled.mean(9) == plain.mean(9).map { 4_096 * $0 })
  }

  @Test("a pure season is continued", arguments: ThetaForm.allCases)
  func seasonContinues(form: ThetaForm) throws {
    let indices = [0.7, 0.9, 1.4, 1.0]
    let y = (0..<24).map { 50 * indices[$0 % 4] }
    let series = try TimeSeries(y, start: Period(.quarter, ordinal: 8_000), rule: .sum)
    for adjustment in [ThetaAdjustment.automatic, .additive] {
      let fit = try Theta(form, adjustment: adjustment).fit(series)
      #expect(fit.seasonalPeriod == 4)
      for (step, value) in try fit.forecast(8).mean.enumerated() {
        #expect(abs(value - 50 * indices[step % 4]) < 1e-9)
      }
    }
    #expect(try Theta(form, adjustment: .none).fit(series).seasonalPeriod == 1)
    let noise = (0..<48).map { Double(($0 * 7_919) % 101) }
    #expect(try Theta(form).fit(Self.months(noise)).seasonalPeriod == 1)
  }

  @Test("a straight line is continued", arguments: [ThetaForm.optimised, .dynamicOptimised])
  func lineContinues(form: ThetaForm) throws {
    let y = (0..<30).map { 5 + 2 * Double($0) }
    let fit = try Theta(form, estimation: .leastSquares).fit(Self.months(y))
    for (step, value) in try fit.forecast(5).mean.enumerated() {
      #expect(abs(value - (5 + 2 * Double(30 + step))) < 0.05)
    }
  }

  @Test("taking in values is a run with the parameters held", arguments: ThetaForm.allCases)
  func appendingIsARefitWithHeldParameters(form: ThetaForm) throws {
    var y: [Double?] = seasonalSeries(60, period: 12)
    y[50] = nil
    let whole = try Self.months(y)
    let fit = try Theta(form).fit(try #require(whole.prefix(45)))
    let appended = try fit.appending(Array(whole.observations[45...]))
    let updated = try fit.updated(to: whole)
    #expect(appended.series == whole)
    #expect(appended.fitted.count == 60)
    for (a, b) in zip(appended.fitted, updated.fitted) {
      #expect(abs((a ?? 0) - (b ?? 1)) < 1e-12)
    }
    for (a, b) in try zip(appended.forecast(12).quantile(0.9), updated.forecast(12).quantile(0.9)) {
      #expect(abs(a - b) < 1e-9)
    }
    let again = try fit.updated(to: fit.series)
    #expect(try again.forecast(6).quantile(0.2) == fit.forecast(6).quantile(0.2))
    let later = try TimeSeries([1, 2, 3], start: .month(2031, 1))
    #expect(throws: ForecastError.self) { try fit.updated(to: later) }
  }

  @Test("the law of the path is that of its innovations", arguments: ThetaForm.allCases)
  func jointLaw(form: ThetaForm) throws {
    let fit = try Theta(form, adjustment: .none).fit(Self.months(seasonalSeries(48, period: 12)))
    let horizon = 10
    let forecast = try fit.forecast(horizon)
    expectDigits(forecast.mean, fit.mean(horizon), atLeast: 12, "mean")
    let columns = fit.scaleColumns(horizon, path: fit.recursion.path(horizon, from: fit.state))
    let spread = Spread.misspecified
    let sigma = spread.innovation * fit.variance.squareRoot()
    for shock in 0..<horizon {
      let whole = fit.recursion.path(horizon, from: fit.state)
      let moved = fit.recursion.path(horizon, from: fit.state, shock: shock)
      let (first, values) = columns(shock)
      for step in 0..<horizon {
        let deviation = step < first ? 0 : values[step - first]
        #expect(abs(deviation - sigma * (moved[step] - whole[step])) < 1e-9 * fit.scale)
      }
    }
    let widths = forecast.standardDeviation
    for step in 1..<horizon { #expect(widths[step] >= widths[step - 1] * (1 - 1e-9)) }
    for (inner, outer) in try zip(forecast.interval(0.5), forecast.interval(0.95)) {
      #expect(outer.lower < inner.lower && inner.upper < outer.upper)
    }
    // A total over the horizon has the law of the joint paths.
    let total = try forecast.total(over: .periods(forecast.start, through: forecast.start + (horizon - 1)))
    let paths = forecast.samplePaths(20_000, seed: 3)
    let means = (0..<20_000).map { path in
      (0..<horizon).map { paths[$0, path] }.reduce(0, +) / Double(horizon)
    }
    let mean = means.reduce(0, +) / 20_000
    let variance = means.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 19_999
    #expect(abs(variance / total.variance - 1) < 0.08)
  }

  /// A sine of ten on a trend of a half a month, 60 months: whatever a dozen holes hide, the rest shows the season.
  @Test("holes neither hide a season nor make one")
  func seasonsUnderHoles() {
    let stream = RandomStream(seed: 11, name: "holes")
    let noise = stream.normals(0..<60)
    func wave(_ month: Int) -> Double { 10 * sin(2 * Double.pi * Double(month) / 12) }
    let plain: [Double] = (0..<60).map { 100 + 0.5 * Double($0) + noise[$0] }
    let seasonal: [Double] = plain.enumerated().map { $1 + wave($0) }
    for draw in 0..<40 {
      var (first, second) = (seasonal, plain)
      for hole in 0...(draw % 12) {
        let place = min(59, Int(stream.uniform(1000 + 20 * draw + hole) * 60))
        first[place] = .nan
        second[place] = .nan
      }
      #expect(ClassicalDecomposition(values: first, period: 12).hasSeason(beyond: 1), "draw \(draw)")
      #expect(!ClassicalDecomposition(values: second, period: 12).hasSeason(beyond: 1), "draw \(draw)")
    }
    var pair = seasonal
    pair[19] = .nan
    pair[20] = .nan
    let season = ClassicalDecomposition(values: pair, period: 12).season(
      isMultiplicative: false, shrinkage: 0)
    for (k, index) in (season?.indices ?? []).enumerated() {
      #expect(abs(index - wave(k)) < 1.5)
    }
    #expect(season?.indices.count == 12)
  }

  @Test("missing values are passed over", arguments: ThetaForm.allCases)
  func missingValues(form: ThetaForm) throws {
    var y: [Double?] = seasonalSeries(72, period: 12, noise: 0.01)
    let whole = try Theta(form).fit(Self.months(y))
    for t in [0, 17, 30, 31, 60] { y[t] = nil }
    let holes = try Theta(form).fit(Self.months(y))
    #expect(holes.observedCount == 67)
    for (a, b) in zip(holes.mean(12), whole.mean(12)) { #expect(abs(a / b - 1) < 0.1) }
    #expect(holes.fitted.allSatisfy { $0?.isFinite ?? false })
  }

  @Test("every short or strange series has a result or a typed error", arguments: ThetaForm.allCases)
  func neverExplodes(form: ThetaForm) throws {
    var cases: [[Double]] = (1...10).map { n in (0..<n).map { Double(($0 * 37) % 11) - 3 } }
    for n in [7, 30] {
      cases.append([Double](repeating: 4, count: n))
      cases.append([Double](repeating: 0, count: n))
      cases.append((0..<n).map { $0 % 2 == 0 ? 1 : 2 })
      cases.append((0..<n).map { $0 == n / 2 ? 1e6 : 0 })
      cases.append((0..<n).map { $0 == n - 1 ? 1e6 : 1 })
      cases.append((0..<n).map { 1e12 + Double(($0 * 31) % 7) })
      for scale in [1e-300, 1e300, 1e-100, 1e100, -1e100] {
        cases.append((0..<n).map { scale * (1 + Double(($0 * 31) % 7)) })
      }
      cases.append((0..<n).map { pow(10, Double($0)) })
    }
    for y in cases {
      for model in [Theta(form), Theta(form, estimation: .leastSquares)] {
        let series = try Self.months(y)
        let fit: FittedTheta
        do throws(ForecastError) { fit = try model.fit(series) } catch {
          #expect(y.count < form.needed || abs(y[0]) > 1e200 || abs(y[0]) < 1e-200, "\(error)")
          continue
        }
        let low = try #require(y.min())
        let high = try #require(y.max())
        let room = 100 * max(high - low, 1e-6 * max(abs(low), abs(high)))
        let forecast = try fit.forecast(18)
        for (value, range) in try zip(forecast.mean, forecast.interval(0.95)) {
          #expect(value.isFinite && range.lower.isFinite && range.upper.isFinite)
          #expect(value >= low - room && value <= high + room, "\(form) \(y.prefix(8))")
        }
        #expect(!fit.summary.coefficients.isEmpty)
      }
    }
  }

  @Test("refusals are typed")
  func refusals() throws {
    #expect(throws: ForecastError.tooFewObservations(model: "DOTM", series: "test", needed: 7, found: 6)) {
      try Theta(.dynamicOptimised).fit(Self.months([1, 2, 3, 4, 5, 6]))
    }
    #expect(throws: ForecastError.tooFewObservations(model: "AutoTheta", series: "test", needed: 5, found: 4))
    {
      try AutoTheta().fit(Self.months([1, 2, 3, 4]))
    }
    let first = Period.month(2001, 1)
    let span = PeriodSpan(first + 6, through: first + 7)
    var observations = (0..<6).map { Observation(PeriodSpan(first + $0), Double($0)) }
    observations.append(Observation(span, 3))
    observations.append(Observation(PeriodSpan(first + 8), 3))
    let spans = try TimeSeries(name: "test", observations: observations)
    #expect(throws: ForecastError.spanNotSupported(model: "Theta", series: "test", span: span)) {
      try Theta().fit(spans)
    }
    #expect(throws: ForecastError.self) {
      try Theta(adjustment: .multiplicative).fit(Self.months([1, 2, 3, 0, 4, 5, 6, 7]))
    }
  }

  @Test("the automatic choice has the least criterion and runs repeat")
  func automaticChoice() throws {
    let series = try Self.months(seasonalSeries(60, period: 12))
    let chosen = try AutoTheta().fit(series)
    let sample = try ThetaSample(
      series, model: "test", period: 12, adjustment: .automatic, estimation: .shrinkage)
    for form in ThetaForm.allCases {
      let other = try Theta(form).fit(series)
      #expect(AutoTheta.criterion(chosen, sample) <= AutoTheta.criterion(other, sample))
      if form == chosen.form { #expect(other.parameters == chosen.parameters) }
    }
    let again = try AutoTheta().fit(series)
    #expect(again.parameters == chosen.parameters)
    #expect(try again.forecast(6).samplePaths(4, seed: 9) == chosen.forecast(6).samplePaths(4, seed: 9))
    for name in ["theta", "otm", "dstm", "dotm", "auto-theta"] {
      let model = try Registry.model("\(name):season=12,adjustment=additive,estimation=least-squares")
      #expect(try model.fit(series).forecast(3).mean.allSatisfy(\.isFinite))
    }
  }
}

import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite("Temporal blend")
struct TemporalBlendTests {
  static let levels = [0.005, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.995]

  static func series(
    _ values: [Double?], period: Int = 12, name: String = "test"
  ) throws -> TimeSeries {
    try TimeSeries(
      values, start: Period(.index, ordinal: 1), name: name, rule: .mean, seasonalPeriod: period)
  }

  static func close(_ x: [Double], _ y: [Double], _ tolerance: Double = 1e-9) -> Bool {
    x.count == y.count && zip(x, y).allSatisfy { abs($0 - $1) <= tolerance * (abs($0) + abs($1)) }
  }

  @Test("the mean is that of the members, and of the law's paths")
  func means() throws {
    for period in [1, 4, 12] {
      let y = seasonalSeries(60, period: 12, noise: 0.3)
      let fit = try TemporalBlend().fit(Self.series(y, period: period))
      let pool = try #require(fit.pool)
      let forecast = try fit.forecast(14)
      #expect(try Self.close(forecast.mean, pool.mean(14, after: 60), 1e-12))
      let levels = try #require(pool.levels).path(14)
      let arma = try #require(pool.arma).path(14)
      let smooth = pool.smoothing.innovationFreePath(14)
      let expected = (0..<14).map { step -> Double in
        let index = pool.season.indices.isEmpty ? 1 : pool.season.index(60 + step)
        let parts = [
          levels[step] * levels[step], index * exp(arma[step]), index * smooth[step] * smooth[step],
        ]
        return pool.scale * parts.reduce(0, +) / 3
      }
      #expect(Self.close(forecast.mean, expected, 1e-12))
      let weights = fit.summary.coefficients.map(\.estimate)
      #expect(weights == [Double](repeating: 1 / 3, count: 3))
      let paths = forecast.samplePaths(16_384)
      for step in [0, 13] {
        let row = paths.row(step)
        let mean = row.reduce(0, +) / Double(row.count)
        let error = forecast.standardDeviation[step] / Double(row.count).squareRoot()
        #expect(abs(mean - forecast.mean[step]) < 4 * error)
      }
    }
  }

  @Test("quantiles rise from zero up, intervals nest, and the sum of a window is that of joint paths")
  func law() throws {
    let forecast = try TemporalBlend().fit(Self.series(seasonalSeries(40, period: 4, noise: 1.2), period: 4))
      .forecast(
        8)
    let ladder = Self.levels.map { forecast.quantile($0) }
    for step in 0..<8 {
      #expect(ladder[0][step] >= 0)
      #expect(zip(ladder, ladder.dropFirst()).allSatisfy { $0[step] < $1[step] || $1[step] == 0 })
      let margin = forecast.marginal(step)
      for p in Self.levels where margin.quantile(p) > 0 {
        #expect(abs(margin.cdf(margin.quantile(p)) - p) < 1e-9)
      }
    }
    let paths = forecast.samplePaths(16_384)
    let sums = try Empirical((0..<16_384).map { path in (0..<8).reduce(0) { $0 + paths[$1, path] } / 8 })
    let total = try forecast.total(over: .periods(forecast.start, through: forecast.start + 7))
    for p in Self.levels { #expect(abs(total.quantile(p) - sums.quantile(p)) < 1e-9) }
  }

  @Test(
    "the squared law has the mean asked for and its own moments, wide or narrow",
    arguments: [0.01, 0.3, 2, 20])
  func squaredLaw(spread: Double) throws {
    var scale = Matrix(rows: 1, columns: 1, repeating: 0)
    scale[0, 0] = spread * spread
    let law = try SquaredStudentT(
      mean: [6], factors: [1.5], root: JointStudentT(location: [0], scale: scale, degreesOfFreedom: 9))
    let margin = law.marginal(0)
    #expect(abs(margin.mean - 6) < 1e-9)
    // ∫Q(Φ(z))ᵏφ(z) dz by the trapezoidal rule; the root's upper tail is its lower one mirrored, which keeps its digits.
    let location = law.root.location[0]
    let deviation = law.deviation(0)
    let student = try StudentT(degreesOfFreedom: 9, location: 0, scale: 1)
    var moments = (mean: 0.0, square: 0.0)
    let step = 1.0 / 64
    for node in -1920...1920 {
      let z = step * Double(node)
      let tail = student.quantile(Normal.standard.cdf(-abs(z)))
      let root = max(location + deviation * (z < 0 ? tail : -tail), 0)
      let share = step * Normal.standard.density(z)
      moments.mean += share * 1.5 * root * root
      moments.square += share * 2.25 * root * root * root * root
    }
    // The law's own mean and variance are sums over far fewer nodes.
    let variance = moments.square - moments.mean * moments.mean
    #expect(abs(moments.mean / 6 - 1) < 1e-3)
    #expect(abs(variance / margin.variance - 1) < 1e-4)
  }

  @Test("a root too uncertain for its mean keeps the mean, and a quarter of its root as location")
  func wideSquaredLaw() throws {
    func law(_ spread: Double) throws -> SquaredStudentT {
      let narrow = 0.1 * spread
      return try SquaredStudentT(
        mean: [6, 6], factors: [1.5, 1.5],
        root: JointStudentT(
          location: [0, 0],
          scale: Matrix([
            [spread * spread, 0.5 * spread * narrow], [0.5 * spread * narrow, narrow * narrow],
          ]),
          degreesOfFreedom: 5))
    }
    for spread in [1.0, 2, 5, 5_000] {
      let law = try law(spread)
      #expect(abs(law.marginal(0).mean - 6) < 1e-12 && abs(law.marginal(1).mean - 6) < 1e-12)
      for p in [0.1, 0.6, 0.95] {
        let q = law.marginal(0).quantile(p)
        #expect(abs(law.quantile(p)[0] - q) <= 1e-12 * q)
        #expect(q == 0 || abs(law.marginal(0).cdf(q) - p) < 1e-12)
      }
      let median = law.quantile(0.5)[0]
      #expect(median >= 0.375 - 1e-12 && median < 6)
      if spread >= 5 { #expect(abs(median - 0.375) < 1e-12) }
      let (lower, upper) = (law.quantile(0.1)[0], law.quantile(0.9)[0])
      #expect(lower < 6 && 6 < upper)
    }
    // The deviation at which the location meets its bound is where both branches agree.
    let wide = try law(5).deviation(0)
    let (inside, outside) = (try law(wide * (1 - 1e-7)), try law(wide * (1 + 1e-7)))
    #expect(Self.close(inside.quantile(0.9), outside.quantile(0.9), 1e-6))
    #expect(Self.close(inside.quantile(0.5), outside.quantile(0.5), 1e-6))
  }

  @Test("one value in a million times the others leaves mean and median inside the intervals")
  func outlier() throws {
    var values = seasonalSeries(96, period: 12, noise: 1).map { 100 + $0 / 100 }
    values[50] = 1e9
    let forecast = try TemporalBlend().fit(Self.series(values)).forecast(3)
    for (step, interval) in try forecast.interval(0.8).enumerated() {
      let (mean, median) = (forecast.mean[step], forecast.median[step])
      #expect(interval.lower <= median && median > 0 && median <= mean && mean <= interval.upper)
    }
  }

  @Test("the averaged ARMA has the likelihood of its autocovariances")
  func likelihood() throws {
    let x = [0.3, -1.2, 0.7, 0.4, 1.9, -0.6, 0.1]
    let thetas = SIMD8<Double>(DifferencedARMA.thetas[4..<12])
    for phi in [0.2, 0.9] {
      let run = DifferencedARMA.run(x, phi, thetas)
      for lane in 0..<8 {
        let theta = thetas[lane]
        // γ₀ and γ₁ of an ARMA(1,1), Brockwell and Davis (1991), example 3.3.3.
        let zeroth = 1 + (phi + theta) * (phi + theta) / (1 - phi * phi)
        let first = phi + theta + (phi + theta) * (phi + theta) * phi / (1 - phi * phi)
        var covariance = Matrix(rows: 7, columns: 7, repeating: zeroth)
        for i in 0..<7 {
          for j in 0..<7 where i != j { covariance[i, j] = first * pow(phi, Double(abs(i - j) - 1)) }
        }
        let factor = try Cholesky(covariance)
        let solved = try factor.solve(x)
        let squares = zip(x, solved).reduce(0) { $0 + $1.0 * $1.1 }
        let determinant = (0..<7).reduce(1) { $0 * factor.lower[$1, $1] * factor.lower[$1, $1] }
        #expect(abs(run.squares[lane] / squares - 1) < 1e-9)
        #expect(abs(run.product[lane] / determinant - 1) < 1e-9)
      }
    }
  }

  @Test("a line's ARMA goes on along it, ever less steeply; a constant stays")
  func armaPaths() throws {
    let line = try #require(DifferencedARMA((0..<30).map { 3 + 0.5 * Double($0) })).path(10)
    for (step, value) in line.enumerated() {
      let straight: Double = 17.5 + 0.5 * Double(step + 1)
      #expect(value > 17.5)
      #expect(value <= straight)
    }
    let constant = try #require(DifferencedARMA([Double](repeating: 4, count: 12)))
    #expect(constant.path(5) == [4, 4, 4, 4, 4])
    #expect(DifferencedARMA([1, 2, 3]) == nil)
  }

  @Test("reconciled levels solve the normal equations of their forecasts")
  func levels() throws {
    let y = seasonalSeries(75, period: 12, noise: 0.3)
    let levels = try TemporalLevels(y, name: "test", period: 12)
    #expect(levels.levels.map(\.periods) == [1, 2, 3, 4, 6])
    let path = try levels.path(24)
    for i in 0..<24 {
      var sum = 0.0
      for level in levels.levels {
        let k = level.periods
        let block = i / k
        let mean = path[(block * k)..<(block * k + k)].reduce(0, +) / Double(k)
        sum += mean - level.path(24 / k)[block]
      }
      #expect(abs(sum) < 1e-9)
    }
    let single = try TemporalLevels(y, name: "test", period: 1)
    #expect(single.levels.count == 1)
  }

  @Test("the unit of the series does not matter", arguments: [true, false])
  func scaleEquivariance(isPositive: Bool) throws {
    let y = seasonalSeries(60, period: 12, noise: 0.3).map { isPositive ? $0 : $0 - 14 }
    let forecast = try TemporalBlend().fit(Self.series(y)).forecast(12)
    for factor in [1024, 0.037] {
      let scaled = try TemporalBlend().fit(Self.series(y.map { factor * $0 })).forecast(12)
      for p in Self.levels {
        let apart = zip(forecast.quantile(p), scaled.quantile(p)).map { abs($0 - $1 / factor) }
        #expect(apart.allSatisfy { $0 < 1e-4 })
      }
      let apart = zip(forecast.mean, scaled.mean).map { abs($0 - $1 / factor) }
      #expect(apart.allSatisfy { $0 < 1e-4 })
    }
    #expect((forecast.distribution is JointStudentT) != isPositive)
  }

  @Test("a missing value drops the ARMA alone and changes no bit of the others")
  func missingValue() throws {
    var y = seasonalSeries(60, period: 12, noise: 0.2).map { Optional($0) }
    y[20] = nil
    let series = try Self.series(y)
    let fit = try TemporalBlend().fit(series)
    #expect(fit.failures.map(\.member) == ["ARMA(1,1) of differences"])
    #expect(fit.summary.coefficients.map(\.estimate) == [0.5, 0.5])
    let pool = try #require(fit.pool)
    let root = y.map { $0.map { ($0 / pool.scale).squareRoot() } }
    let alone = try TemporalLevels(root, name: "test", period: 12)
    let together = try #require(pool.levels)
    #expect(try together.path(12) == alone.path(12))
    #expect(try fit.forecast(12).mean.allSatisfy { $0.isFinite })
  }

  @Test("spans go to exponential smoothing, too short a series to the naive forecast")
  func substitutes() throws {
    let short = try TemporalBlend().fit(Self.series([3, 5]))
    #expect(try short.forecast(3).mean == [5, 5, 5])
    #expect(short.summary.notes.contains { $0.contains("fewer than") })
    for count in 2..<12 {
      let values = (0..<count).map { [12.0, 10, 13, 11, 15][$0 % 5] }
      #expect(
        try TemporalBlend().fit(Self.series(values)).forecast(2).mean.allSatisfy { (9...16).contains($0) })
    }
    #expect(throws: ForecastError.self) { try TemporalBlend().fit(Self.series([3])) }
    let first = Period(.index, ordinal: 1)
    let observations = (0..<20).map { k in
      k == 4
        ? Observation(PeriodSpan(first + 4, count: 2), 9)
        : Observation(PeriodSpan(first + (k > 4 ? k + 1 : k)), 4 + 0.1 * Double(k % 5))
    }
    let spans = try TimeSeries(name: "spans", rule: .sum, observations: observations, seasonalPeriod: 1)
    let fit = try TemporalBlend().fit(spans)
    let expected = try AutoETS().fit(spans).forecast(4).mean
    #expect(try fit.forecast(4).mean == expected)
  }

  @Test("hostile series get finite numbers or a typed error")
  func hostile() throws {
    var cases: [[Double]] = []
    for count in 1...14 {
      cases.append([Double](repeating: 7, count: count))
      cases.append([Double](repeating: 0, count: count))
      cases.append((0..<count).map { Double($0 % 2) })
      cases.append((0..<count).map { $0 == count / 2 ? 1e12 : 1 })
      cases.append((0..<count).map { 1e15 + Double($0) })
      cases.append((0..<count).map { 1e140 * Double($0 + 1) })
      cases.append((0..<count).map { 1e-140 * Double($0 + 1) })
      cases.append((0..<count).map { pow(2.5, Double($0)) })
      cases.append((0..<count).map { pow(-1.5, Double($0)) })
      cases.append((0..<count).map { 1e300 * Double($0 + 1) })
    }
    for y in cases {
      for period in [1, 4] {
        do {
          let fit = try TemporalBlend().fit(Self.series(y, period: period))
          let forecast = try fit.forecast(6)
          for p in [0.025, 0.5, 0.975] { #expect(forecast.quantile(p).allSatisfy { $0.isFinite }, "\(y)") }
          #expect(forecast.mean.allSatisfy { $0.isFinite }, "\(y)")
          #expect(forecast.standardDeviation.allSatisfy { $0 >= 0 }, "\(y)")
          #expect(fit.fitted.count == y.count)
        } catch is ForecastError {
          continue
        }
      }
    }
  }

  @Test("a series without movement goes on to the last bit")
  func constantSeries() throws {
    for value in [0.1, 5, -3, 1e-12, 7e120] {
      let forecast = try TemporalBlend().fit(ContractSeries.monthly([Double](repeating: value, count: 30)))
        .forecast(4)
      #expect(forecast.mean == [value, value, value, value])
    }
  }
}

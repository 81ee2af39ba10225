import Forecasting
import ForesightNumerics
import Testing

@testable import ForecastModels

@Suite struct RidgeAutoregressionTests {
  static func series(_ values: [Double?], season: Int) throws -> TimeSeries {
    try TimeSeries(
      values, start: Period(.index, ordinal: 1), name: "test", rule: .mean, seasonalPeriod: season)
  }

  /// A cycle that repeats itself is what the coefficients are drawn to, so that nothing is left to estimate.
  @Test(arguments: [[4], [24], [4, 20]]) func aRepeatedCycleIsExact(_ cycles: [Int]) throws {
    let longest = cycles[cycles.count - 1]
    let cycle = RandomStream(seed: 5, name: "cycle").normals(0..<longest)
    let values = (0..<(8 * longest)).map { 10 + cycle[$0 % longest] }
    let fit = try RidgeAutoregression(seasonalPeriods: cycles).fit(
      try Self.series(values, season: cycles[0]))
    let expected = (0..<longest).map { 10 + cycle[(values.count + $0) % longest] }
    if cycles.count == 1 {
      expectClose(try fit.forecast(longest).mean, expected, within: 1e-12)
      #expect(fit.variance < 1e-20)
    }
  }

  /// The coefficients solve (XᵀWX + λI)(b − β) = XᵀW(y − Xβ).
  @Test func coefficientsSolveThePenalizedNormalEquations() throws {
    let noise = RandomStream(seed: 6, name: "noise").normals(0..<200)
    var x = [0.0, 0, 0, 0]
    for t in 4..<200 { x.append(0.5 * x[t - 1] + 0.3 * x[t - 4] + noise[t]) }
    let lags = RidgeLags(cycles: [4], count: 200)
    let estimate = try #require(RidgeEstimate(x, lags: lags))
    let z = x.map { ($0 - estimate.center) / estimate.unit }
    let first = lags.longest
    let halfLife = max(14 * 4.0, 100)
    func weight(_ t: Int) -> Double { exponential(-Double(199 - t) / halfLife * logarithm(2)) }
    func row(_ t: Int) -> [Double] { lags.lags.map { z[t - $0] } + [1] }
    let k = lags.lags.count + 1
    let trace = (first..<200).reduce(0.0) { sum, t in sum + weight(t) * row(t).reduce(0) { $0 + $1 * $1 } }
    let ridge = 0.03 * trace / Double(k)
    for place in 0..<k {
      var gradient = 0.0
      for t in first..<200 {
        let own = row(t)
        let fitted =
          zip(own, estimate.coefficients + [estimate.intercept]).reduce(0) { $0 + $1.0 * $1.1 }
        gradient += weight(t) * own[place] * (z[t] - fitted)
      }
      let pull =
        place < k - 1 ? estimate.coefficients[place] - lags.centers[place] : estimate.intercept
      #expect(abs(gradient - ridge * pull) < 1e-9)
    }
  }

  /// The covariance of two steps is σ² Σ ψψ, with ψ the reaction of the iterated equation to one innovation.
  @Test func theJointLawIsThatOfTheEquation() throws {
    let noise = RandomStream(seed: 7, name: "noise").normals(0..<150)
    var values = [50.0, 51, 49, 50]
    for t in 4..<150 { values.append(20 + 0.6 * values[t - 4] + noise[t]) }
    let fit = try RidgeAutoregression().fit(try Self.series(values, season: 4))
    let law = try #require(try fit.distribution(10, regressors: nil) as? JointStudentT)
    var psi = [1.0]
    for step in 1..<10 {
      psi.append(
        zip(fit.lags, fit.coefficients).reduce(0) { $1.0 <= step ? $0 + $1.1 * psi[step - $1.0] : $0 })
    }
    let variance = fit.variance * Spread.misspecified.innovation * Spread.misspecified.innovation
    for i in 0..<10 {
      for j in 0...i {
        let expected = variance * (0...j).reduce(0) { $0 + psi[i - $1] * psi[j - $1] }
        #expect(abs(law.scale[i, j] - expected) < 1e-9 * variance)
      }
    }
  }

  /// An equation that runs away stays within half a range of the data, in mean and in deviation.
  @Test func anUnstableEquationIsHeld() throws {
    let values = (0..<40).map { 1.3.power($0) }
    let fit = try RidgeAutoregression().fit(try Self.series(values, season: 1))
    let forecast = try fit.forecast(200)
    let range = values[39] - values[0]
    #expect(forecast.mean.allSatisfy { $0 <= values[39] + (0.5 + 1e-9) * range })
    #expect(forecast.standardDeviation.allSatisfy { $0.isFinite && $0 < 3 * range })
  }

  @Test func tooFewValuesAreRefused() throws {
    #expect(throws: ForecastError.self) {
      try RidgeAutoregression().fit(try Self.series([1, 2, 4], season: 6))
    }
  }
}

extension Double {
  fileprivate func power(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * self }
  }
}

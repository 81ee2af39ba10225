import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite struct AutoETSTests {
  /// Reproducible noise.
  private func normals(_ count: Int, seed: UInt64) -> [Double] {
    RandomStream(seed: seed, name: "noise").normals(0..<count)
  }

  /// Under maximum likelihood no form that is searched has a smaller AICc than the one chosen.
  @Test func choiceHasTheLeastCriterion() throws {
    let fixture = try ETSFixture.loaded.get()
    for name in ["AirPassengers", "Nile", "lynx", "USAccDeaths"] {
      let series = try fixture.timeSeries(name)
      let chosen = try AutoETS(estimation: .maximumLikelihood).fit(series)
      let least = try #require(chosen.concentratedAICc)
      let sample = try ScaledSample(series, model: "test")
      for form in AutoETS(estimation: .maximumLikelihood).candidates(sample, period: series.seasonalPeriod) {
        let fit = try ETS(form, estimation: .maximumLikelihood).fit(series)
        let reached = try #require(fit.concentratedAICc)
        #expect(reached >= least - 1e-2, "\(name) \(form)")
      }
    }
  }

  @Test func formsWithoutMeaningAreNotSearched() throws {
    let sample = try ScaledSample(months(seasonalSeries(40, period: 12).map { $0 - 12 }), model: "test")
    let linear = AutoETS().candidates(sample, period: 12)
    #expect(linear.count { $0.isLinear } == linear.count && linear.count == 4)
    let short = try ScaledSample(months(seasonalSeries(20, period: 12)), model: "test")
    #expect(AutoETS().candidates(short, period: 12).allSatisfy { $0.season == .none })
    let full = try ScaledSample(months(seasonalSeries(60, period: 12)), model: "test")
    #expect(AutoETS(estimation: .maximumLikelihood).candidates(full, period: 12).count == 15)
  }

  /// The share is that of each cycle's deviations predicted by the mean of the others, computed one by one.
  @Test(arguments: [4, 7, 52]) func predictableShareLeavesEachCycleOut(period: Int) throws {
    let noise = normals(4 * period + 3, seed: 3)
    let y = noise.indices.map { t in
      noise[t] + 2 * sin(2 * .pi * Double(t) / Double(period)) + 0.1 * Double(t)
    }
    let half = period / 2
    var rest: [Int: [Double]] = [:]
    for t in half..<(y.count - half) {
      var average = 0.0
      for k in -half...half {
        average += y[t + k] * (period % 2 == 0 && abs(k) == half ? 0.5 : 1) / Double(period)
      }
      rest[t % period, default: []].append(y[t] - average)
    }
    var errors = 0.0
    var total = 0.0
    for place in rest.values {
      for (k, x) in place.enumerated() {
        let others = (place.reduce(0, +) - x) / Double(place.count - 1)
        errors += (x - others) * (x - others)
        total += place[k] * place[k]
      }
    }
    let share = try #require(ClassicalDecomposition(values: y, period: period).predictableShare)
    #expect(abs(share - (1 - errors / total)) < 1e-10)
    let still = ClassicalDecomposition(values: (0..<(4 * period)).map { Double($0 % period) }, period: period)
    #expect(abs(try #require(still.predictableShare) - 1) < 1e-10)
    let short = ClassicalDecomposition(values: Array(y.prefix(3 * period - 1)), period: period)
    #expect(short.predictableShare == nil)
  }

  /// A wave of 52 weeks, whose steps a moving level follows as well, stays in the forecast; a random walk gets
  /// no season.
  @Test func slowSeasonsAreKept() throws {
    let noise = normals(208, seed: 11)
    let wave = noise.indices.map { 100 + 20 * sin(2 * .pi * Double($0) / 52) + 3 * noise[$0] }
    func weeks(_ y: [Double]) throws -> TimeSeries {
      try TimeSeries(y, start: Period(.index, ordinal: 1), name: "weeks", rule: .mean, seasonalPeriod: 52)
    }
    let fit = try AutoETS().fit(weeks(wave))
    #expect(fit.form.season != .none)
    for (h, mean) in try fit.forecast(26).mean.enumerated() {
      #expect(abs(mean - (100 + 20 * sin(2 * .pi * Double(208 + h) / 52))) < 8)
    }
    var walks = 0
    for seed in UInt64(0)..<20 {
      var level = 100.0
      let walk = normals(208, seed: 100 + seed).map { step -> Double in
        level += step
        return level
      }
      if try AutoETS().fit(weeks(walk)).form.season != .none { walks += 1 }
    }
    #expect(walks <= 2)
  }

  /// Whatever the data, a forecast inside a hundred ranges of them, or a typed error.
  @Test func nothingExplodes() throws {
    var hostile: [[Double?]] = [
      [1], [1, 2], [3, 3, 3], [0, 0, 0, 0, 0, 0, 0, 0], Array(repeating: 7, count: 40),
      (0..<40).map { $0 % 2 == 0 ? 1 : 2 }, (0..<40).map { $0 == 20 ? 1e9 : 1 },
      (0..<40).map { 1e15 + Double($0 % 3) }, (0..<40).map { pow(1.5, Double($0)) },
      (0..<40).map { -pow(1.3, Double($0)) }, (0..<30).map { 1e300 * Double($0 + 1) },
      (0..<30).map { 1e-300 * Double($0 % 5 + 1) }, (0..<60).map { $0 % 12 == 0 ? 5 : 0 },
      (0..<60).map { $0 % 12 == 0 ? 500 : 1e-9 }, (0..<50).map { $0 % 7 == 0 ? nil : Double($0) },
      (0..<50).map { $0 < 25 ? nil : Double($0 % 4) }, (0..<48).map { Double($0) },
      Array(repeating: nil, count: 20), (0..<24).map { exp(Double($0 % 12)) },
    ]
    for n in 1...12 { hostile.append(seasonalSeries(n, period: 4)) }
    var answers = 0
    for values in hostile {
      for estimation in ETSEstimation.allCases {
        let series = try months(values)
        do throws(ForecastError) {
          let forecast = try AutoETS(estimation: estimation).fit(series).forecast(18)
          answers += 1
          let seen = values.compactMap(\.self)
          let low = seen.min() ?? 0
          let high = seen.max() ?? 0
          let room = 100 * max(high - low, 1e-6 * max(abs(low), abs(high)))
          for value in forecast.mean + forecast.quantile(0.05) + forecast.quantile(0.95) {
            #expect(
              value.isFinite && value >= low - room && value <= high + room, "\(values.prefix(4)) \(value)")
          }
          for (lower, upper) in zip(forecast.quantile(0.1), forecast.quantile(0.9)) {
            #expect(lower <= upper)
          }
        } catch {
          #expect(!error.description.isEmpty)
        }
      }
    }
    #expect(answers > 30)
  }

  @Test func catalogueBuildsWhatItIsAsked() throws {
    let plain = try Registry.model(named: "auto-ets")
    #expect(plain is AutoETS)
    let chosen = try #require(
      Registry.model(named: "ets", options: ["form": "MAdM", "season": "4"]) as? ETS)
    #expect(chosen.form?.shortName == "MAdM" && chosen.seasonalPeriod == 4)
    let damped = try #require(
      Registry.model(named: "ets", options: ["form": "AAN", "damped": "true"]) as? ETS)
    #expect(damped.form?.shortName == "AAdN")
    let part = try #require(
      Registry.model(named: "ets", options: ["form": "AZN", "damped": "false"]) as? ETS)
    #expect(part.form == nil && part.pattern.shortName == "AZN" && part.damped == false)
    for bad in ["AXN", "Q", "ZZ"] {
      #expect(throws: ForecastError.self) { try Registry.model(named: "ets", options: ["form": bad]) }
    }
    #expect(throws: ForecastError.self) {
      try Registry.model(named: "ets", options: ["form": "ANN", "damped": "true"])
    }
  }

  /// A long season is fitted, and well: the noise variance is recovered.
  @Test func longPeriodsAreFitted() throws {
    let y = seasonalSeries(730, period: 365)
    let fit = try ETS(ETSForm(.additive, .none, .additive), seasonalPeriod: 365).fit(months(y))
    #expect(fit.convergence.status.isConverged)
    #expect(fit.finalState.seasonal.count == 365)
    let forecast = try fit.forecast(365)
    #expect(forecast.mean.allSatisfy { $0.isFinite })
  }
}

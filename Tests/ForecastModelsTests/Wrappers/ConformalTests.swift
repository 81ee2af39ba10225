import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite("Conformal correction")
struct ConformalTests {
  /// A normal random walk.
  func walk(_ count: Int, seed: UInt64) -> [Double] {
    let stream = RandomStream(seed: seed, name: "test.walk")
    var level = 0.0
    return (0..<count).map { step in
      level += SpecialFunctions.normalQuantile(stream.uniform(step))
      return level
    }
  }

  @Test("split: of k + 1 scores, each left out in turn, i lie below the i-th knot of the others")
  func ranks() {
    let stream = RandomStream(seed: 3, name: "test.scores")
    let scores = (0..<12).map { SpecialFunctions.normalQuantile(stream.uniform($0)) }
    for rank in 1...11 {
      let below = scores.indices.count { left in
        var others = scores
        others.remove(at: left)
        let map = ScoreMap(others, method: .split)
        return scores[left] <= map(SpecialFunctions.normalQuantile(Double(rank) / 12))
      }
      #expect(below == rank)
    }
  }

  @Test(
    "adaptive: a quantile's misses are within (1 + γ)/(Tγ) of its probability, whatever the scores",
    arguments: [
      0.02, 0.1, 0.5,
    ])
  func misses(rate: Double) {
    // A distribution that is right, then far too high, then far too narrow.
    let stream = RandomStream(seed: 4, name: "test.scores")
    let scores = (0..<300).map { step in
      let z = SpecialFunctions.normalQuantile(stream.uniform(step))
      return step < 100 ? z : step < 200 ? z - 3 : 4 * z
    }
    for probability in [0.05, 0.5, 0.9] {
      var held = probability
      var below = 0
      for score in scores {
        if SpecialFunctions.normalCDF(score) <= held { below += 1 }
        held = ScoreMap.followed(held, step: probability, rate: rate, score: score)
      }
      let bound = (1 + rate) / (300 * rate)
      #expect(abs(Double(below) / 300 - probability) <= bound + 1e-12)
    }
  }

  @Test("a margin's cdf undoes its quantile, and its moments are those of its quantiles")
  func margin() throws {
    // Scores of twice the deviation: the map is z ↦ 2z + 1 at the knots and beyond.
    let base = try Normal(mean: 10, standardDeviation: 3)
    let knots = (1...9).map { SpecialFunctions.normalQuantile(Double($0) / 10) }
    let map = ScoreMap(knots: knots, scores: knots.map { 2 * $0 + 1 }, slope: 2)
    let law = RecalibratedMargin(base: base, map: map)
    let truth = try Normal(mean: 13, standardDeviation: 6)
    // Beyond, 1 − Φ(T(z)) loses the digits that its distance from 1 leaves.
    for p in [0.001, 0.02, 0.3, 0.5, 0.77, 0.98] {
      #expect(abs(law.cdf(law.quantile(p)) - p) < 1e-11)
      #expect(abs(law.quantile(p) - truth.quantile(p)) < 1e-8)
      let x = truth.quantile(p)
      #expect(abs(law.logDensity(x) - truth.logDensity(x)) < 1e-8)
    }
    // The map ends at ±8, where a normal law of twice the deviation keeps all but 6e-5 of its mass.
    #expect(abs(law.mean - 13) < 1e-3)
    #expect(abs(law.standardDeviation - 6) < 1e-2)
  }

  @Test("the corrected naive forecast covers the next value of a random walk as it says")
  func coverage() throws {
    var inside = 0
    let count = 200
    for seed in 1...UInt64(count) {
      let values = walk(61, seed: seed)
      let series = try TimeSeries(values.dropLast().map { $0 }, start: .month(2001, 1))
      let model = Conformal(Naive(), horizon: 3)
      let band = try model.fit(series).forecast(1).interval(0.8)[0]
      if band.lower <= values[60], values[60] <= band.upper { inside += 1 }
    }
    // Four binomial standard errors.
    #expect(abs(Double(inside) / Double(count) - 0.8) < 4 * (0.16 / Double(count)).squareRoot())
  }

  @Test("quantiles do not cross, intervals nest, paths have the corrected margins")
  func shape() throws {
    let series = try TimeSeries(walk(80, seed: 9).map { $0 }, start: .month(2001, 1))
    for method in [ConformalMethod.split, .adaptive(rate: 0.05)] {
      let outlook = try Conformal(Naive(), method: method, horizon: 6).fit(series).forecast(8)
      let rows = stride(from: 0.05, to: 0.96, by: 0.05).map { outlook.quantile($0) }
      for (low, high) in zip(rows, rows.dropFirst()) {
        for step in 0..<8 { #expect(low[step] <= high[step]) }
      }
      let paths = outlook.samplePaths(4000)
      for step in [0, 7] {
        let share = Double(paths.row(step).count { $0 <= outlook.quantile(0.3)[step] }) / 4000
        #expect(abs(share - 0.3) < 4 * (0.21 / 4000).squareRoot())
      }
      let few = outlook.samplePaths(3)
      for step in 0..<8 { #expect(few.row(step) == Array(paths.row(step).prefix(3))) }
    }
  }

  @Test("parameters and correction are held on later data, and survive JSON")
  func update() throws {
    let values = walk(70, seed: 5)
    let early = try TimeSeries(values.prefix(60).map { $0 }, start: .month(2001, 1))
    let whole = try TimeSeries(values.map { $0 }, start: .month(2001, 1))
    let fitted = try Conformal(ETS(ETSForm(.additive, .none, .none)), horizon: 4).fit(early)
    let later = try fitted.updated(to: whole)
    let base = try fitted.base.updated(to: whole)
    #expect(try later.forecast(4).median != fitted.forecast(4).median)
    let expected = FittedConformal(
      name: fitted.name, base: base, maps: fitted.maps, scoreCount: fitted.scoreCount, failureCount: 0)
    #expect(try later.forecast(4).quantile(0.9) == expected.forecast(4).quantile(0.9))
    let read = try JSONDecoder().decode(
      FittedConformal<FittedETS>.self, from: try JSONEncoder().encode(fitted))
    #expect(try read.forecast(4).quantile(0.9) == fitted.forecast(4).quantile(0.9))
  }

  @Test("too short a series is refused with the length needed")
  func short() throws {
    let series = try TimeSeries(walk(20, seed: 1).map { $0 }, start: .month(2001, 1), name: "s")
    #expect(
      throws: ForecastError.tooFewPeriods(
        model: "Conformal(Naive)", series: "s", needed: 32, found: 20)
    ) { try Conformal(Naive()).fit(series) }
    let long = try TimeSeries(walk(60, seed: 1).map { $0 }, start: .month(2001, 1), name: "s")
    do throws(ForecastError) {
      _ = try Conformal(Naive(), origins: 1).fit(long)
      Issue.record("one origin gives no five scores")
    } catch {
      guard case .invalidOption("origins", "1", _) = error else {
        Issue.record(error)
        return
      }
    }
    #expect(throws: ForecastError.self) { try Registry.model("conformal:origins=4") }
  }
}

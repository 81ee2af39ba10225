import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// statsforecast's forecasts, made by `intermittent.py` beside the figures.
struct IntermittentFixture: Decodable {
  struct Case: Decodable {
    let name: String
    let y: [Double]
    let means: [String: Double]
  }
  let cases: [Case]

  static func load() throws -> IntermittentFixture {
    let url = try #require(
      Bundle.module.url(
        forResource: "intermittent", withExtension: "json", subdirectory: "Fixtures/intermittent"))
    return try JSONDecoder().decode(IntermittentFixture.self, from: Data(contentsOf: url))
  }
}

@Suite("Intermittent demand")
struct IntermittentTests {
  private func series(_ values: [Double?]) throws -> TimeSeries {
    try TimeSeries(values, start: .month(2000, 1), name: "demand")
  }

  static let slow: [Double] = [0, 0, 3, 0, 1, 0, 0, 0, 2, 0, 3, 0, 0, 0, 0, 1, 0, 5, 0, 0, 1, 0, 0, 2]

  @Test("between demands SBA takes β/2 off Croston's rate")
  func syntetosBoylan() throws {
    let data = try series(Self.slow.map { $0 })
    let croston = try IntermittentDemand(.croston, alpha: 0.2, beta: 0.3).fit(data).rate
    #expect(try abs(IntermittentDemand(.sba, alpha: 0.2, beta: 0.3).fit(data).rate - 0.85 * croston) < 1e-12)
  }

  @Test("a demand in every period leaves no bias to take away")
  func constantDemand() throws {
    let fit = try IntermittentDemand(.sba).fit(series([5, 5, 5, 5, 5, 5]))
    #expect(fit.rate == 5)
    #expect(try fit.forecast(3).mean.allSatisfy { abs($0 - 5) < 1e-12 })
  }

  @Test("means are those of statsforecast: fixed parameters to 1e-12, estimated ones to 1e-4")
  func matchesPeer() throws {
    for example in try IntermittentFixture.load().cases {
      let data = try series(example.y)
      func gap(_ model: IntermittentDemand, _ name: String) throws -> Double {
        let expected = try #require(example.means[name])
        return abs(try model.fit(data).rate / expected - 1)
      }
      #expect(
        try gap(IntermittentDemand(.croston, alpha: 0.1, beta: 0.1), "croston") < 1e-12, "\(example.name)")
      #expect(try gap(IntermittentDemand(.sba, alpha: 0.1, beta: 0.1), "sba") < 1e-12, "\(example.name)")
      #expect(try gap(IntermittentDemand(.tsb, alpha: 0.2, beta: 0.1), "tsb") < 1e-12, "\(example.name)")
      #expect(try gap(IntermittentDemand(.croston), "croston-estimated") < 1e-4, "\(example.name)")
      #expect(try gap(IntermittentDemand(.adida), "adida") < 1e-4, "\(example.name)")
      #expect(try gap(IntermittentDemand(.imapa), "imapa") < 1e-4, "\(example.name)")
    }
  }

  @Test("demand in every period is simple exponential smoothing, whatever the method")
  func everyPeriod() throws {
    let values = [4.0, 7, 5, 6, 8, 3, 5]
    let level = LevelSmoothing.level(values, alpha: 0.2)
    let data = try series(values)
    #expect(try abs(IntermittentDemand(.croston, alpha: 0.2, beta: 0.3).fit(data).rate - level) < 1e-12)
    #expect(try abs(IntermittentDemand(.sba, alpha: 0.2, beta: 0.3).fit(data).rate - level) < 1e-12)
    #expect(try abs(IntermittentDemand(.tsb, alpha: 0.2, beta: 0.3).fit(data).rate - level) < 1e-12)
    #expect(try abs(IntermittentDemand(.adida, alpha: 0.2).fit(data).rate - level) < 1e-12)
    #expect(try abs(IntermittentDemand(.imapa, alpha: 0.2).fit(data).rate - level) < 1e-12)
  }

  @Test("without demand TSB falls by 1 − β a period and Croston stays")
  func obsolescence() throws {
    let longer = Self.slow + [0, 0, 0]
    for (method, factor) in [(IntermittentMethod.tsb, 0.9 * 0.9 * 0.9), (.croston, 1)] {
      let model = IntermittentDemand(method, alpha: 0.1, beta: 0.1)
      let before = try model.fit(series(Self.slow)).rate
      #expect(try abs(model.fit(series(longer)).rate / before - factor) < 1e-12)
    }
  }

  @Test(
    "the distribution has the method's mean, stands on zero and the sizes, and its paths agree",
    arguments: IntermittentMethod.allCases)
  func distribution(method: IntermittentMethod) throws {
    let fit = try IntermittentDemand(method).fit(series(Self.slow))
    let outlook = try fit.forecast(8)
    for step in 0..<8 { #expect(abs(outlook.mean[step] / fit.rate - 1) < 1e-9) }
    let count = 20_000
    let paths = outlook.samplePaths(count)
    #expect(paths.elements.allSatisfy { [0, 1, 2, 3, 5].contains($0) })
    let mean = paths.elements.reduce(0, +) / Double(8 * count)
    // Steps of a path share its probability and mean size: five standard errors of the mean of paths.
    let totals = (0..<count).map { path in (0..<8).reduce(0) { $0 + paths[$1, path] } / 8 }
    let spread = totals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    #expect(abs(mean - fit.rate) < 5 * (spread / Double(count)).squareRoot())
    // Shared uncertainty makes sums wider than independent steps are.
    #expect(spread > outlook.marginal(0).variance / 8)
    let law = outlook.marginal(0)
    for p in [0.3, 0.75, 0.9, 0.99] {
      let q = law.quantile(p)
      #expect(law.cdf(q) >= p && (q == 0 || law.cdf(q - 1e-9) < p))
    }
    #expect(law.cdf(-1) == 0 && law.cdf(5) == 1)
  }

  @Test("tilted weights have the mean asked and the counts' own where that is asked")
  func tilting() throws {
    let sizes = DemandSizes([1, 1, 1, 2, 2, 7, 40, 1000])
    for target in [1.001, 1.5, 6, 131.75, 400, 999.9] {
      let weights = sizes.weights(mean: target)
      let mean = zip(sizes.sizes, weights).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(mean / target - 1) < 1e-9 && weights.allSatisfy { $0 >= 0 })
    }
    for (weight, count) in zip(sizes.weights(mean: 1054.0 / 8), sizes.counts) {
      #expect(abs(weight - count / 8) < 1e-9)
    }
    #expect(sizes.weights(mean: 0) == [1, 0, 0, 0, 0] && sizes.weights(mean: 2000) == [0, 0, 0, 0, 1])
  }

  @Test("no demand at all is forecast as none, and what is no demand is refused")
  func edges() throws {
    for method in IntermittentMethod.allCases {
      let none = try IntermittentDemand(method).fit(series([0, 0, 0])).forecast(3)
      #expect(
        none.mean == [0, 0, 0] && none.quantile(0.99) == [0, 0, 0]
          && none.samplePaths(4).elements.allSatisfy { $0 == 0 })
      let one = try IntermittentDemand(method).fit(series([0, 4])).forecast(2)
      #expect(one.mean.allSatisfy { $0 > 0 && $0 <= 4 } && one.quantile(0.999) == [4, 4])
      #expect(throws: ForecastError.self) { try IntermittentDemand(method).fit(series([0, -1, 2])) }
      #expect(throws: ForecastError.self) { try IntermittentDemand(method).fit(series([nil, nil])) }
      let holes = try IntermittentDemand(method).fit(series([0, nil, 3, 0, nil, 2, 0, 1]))
      #expect(try holes.rate == IntermittentDemand(method).fit(series([0, 3, 0, 2, 0, 1])).rate)
    }
  }

  @Test(
    "later observations are taken in one by one as a run from the beginning takes them in",
    arguments: [IntermittentMethod.croston, .sba, .tsb])
  func appending(method: IntermittentMethod) throws {
    let fit = try IntermittentDemand(method).fit(series(Self.slow))
    let read = try JSONDecoder().decode(FittedIntermittentDemand.self, from: JSONEncoder().encode(fit))
    let later = try series(Self.slow + [0, 0, 4, 0, 2])
    let tail = try #require(later.slice(from: later.start + 20))
    let (whole, continued) = (try fit.updated(to: later), try read.updated(to: tail))
    #expect(abs(whole.rate / continued.rate - 1) < 1e-14)
    #expect(try whole.forecast(2).quantile(0.95) == continued.forecast(2).quantile(0.95))
    #expect(Array(whole.fitted.suffix(9)) == continued.fitted)
  }

  @Test("options by name")
  func byName() throws {
    let fit = try Registry.model("tsb:alpha=0.2,beta=0.1").fit(series(Self.slow))
    #expect(fit.summary.coefficients.map(\.estimate) == [0.2, 0.1])
    for bad in ["croston:alpha=0", "sba:beta=1.5", "adida:beta=0.1", "imapa:alpha=x"] {
      #expect(throws: ForecastError.self) { try Registry.model(bad) }
    }
  }
}

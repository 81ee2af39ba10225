import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// R's `stl` and `forecast::mstl`, made by `decomposition.R` beside the figures.
struct DecompositionFixture: Decodable {
  struct Case: Decodable {
    let name: String
    let period: Int
    let y: [Double]
    let window: Window
    let robust: Bool
    let trendWindow: Int?
    let seasonal: [Double]
    let trend: [Double]
    let weights: [Double]
  }
  struct Several: Decodable {
    let y: [Double]
    let periods: [Int]
    let trend: [Double]
    let seasonal: [[Double]]
  }
  /// A number of cycles or `periodic`.
  struct Window: Decodable {
    let value: SeasonalWindow

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      do {
        value = .cycles(try container.decode(Int.self))
      } catch DecodingError.typeMismatch {
        let text = try container.decode(String.self)
        guard text == "periodic" else {
          throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(text) is no window")
        }
        value = .periodic
      }
    }
  }
  let cases: [Case]
  let mstl: Several

  static func load() throws -> DecompositionFixture {
    let url = try #require(
      Bundle.module.url(
        forResource: "decomposition", withExtension: "json", subdirectory: "Fixtures/decomposition"))
    return try JSONDecoder().decode(DecompositionFixture.self, from: Data(contentsOf: url))
  }
}

@Suite("Seasonal-trend decomposition")
struct DecompositionTests {
  private func series(_ values: [Double?], period: Int) throws -> TimeSeries {
    try TimeSeries(values, start: .month(2000, 1), name: "parts", seasonalPeriod: period)
  }

  private func gap(_ found: [Double], _ expected: [Double]) -> Double {
    #expect(found.count == expected.count)
    return zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test("trend, season and weights are those of R's stl")
  func matchesR() throws {
    for example in try DecompositionFixture.load().cases {
      let stl = STL(
        seasonalWindow: example.window.value, trendWindow: example.trendWindow, isRobust: example.robust)
      let parts = try stl.decompose(series(example.y, period: example.period))
      let size = example.y.map(abs).max() ?? 1
      #expect(gap(parts.trend, example.trend) < 1e-12 * size, "\(example.name)")
      #expect(gap(parts.season, example.seasonal) < 1e-12 * size, "\(example.name)")
      #expect(gap(parts.weights, example.weights) < 1e-10, "\(example.name)")
    }
  }

  @Test("two seasons are those of R's mstl")
  func matchesRWithTwoSeasons() throws {
    let example = try DecompositionFixture.load().mstl
    let parts = try MSTL(seasonalPeriods: example.periods.reversed())
      .decompose(series(example.y, period: 12))
    #expect(parts.seasonal.map(\.period) == example.periods)
    #expect(gap(parts.trend, example.trend) < 1e-11)
    for (component, expected) in zip(parts.seasonal, example.seasonal) {
      #expect(gap(component.values, expected) < 1e-11)
    }
  }

  @Test("the parts of a value add up to it")
  func identity() throws {
    let series = ContractSeries.seasonal(90).withMissing([0, 17, 40, 41, 89])
    let parts = try STL(isRobust: true).decompose(series)
    let season = parts.season
    for (t, rest) in parts.remainder.enumerated() {
      #expect((rest == nil) == (series.values[t] == nil))
      guard let rest, let value = series.values[t] else { continue }
      #expect(abs(parts.trend[t] + season[t] + rest - value) < 1e-12 * 200)
    }
    #expect((0...1).contains(parts.trendStrength) && parts.seasonalStrengths.allSatisfy((0...1).contains))
  }

  @Test("a fixed season about a level is taken apart exactly, through holes")
  func exactParts() throws {
    let season = [3.0, -1, 2, -4]
    for window in [SeasonalWindow.periodic, .cycles(7)] {
      for holes in [[], [0, 5, 6, 30, 47]] {
        let values = (0..<48).map { holes.contains($0) ? nil : 10 + season[$0 % 4] }
        let parts = try STL(seasonalWindow: window).decompose(series(values, period: 4))
        #expect(gap(parts.season, (0..<48).map { season[$0 % 4] }) < 1e-13)
        #expect(gap(parts.trend, [Double](repeating: 10, count: 48)) < 1e-13)
      }
    }
  }

  @Test("an outlier is weighed down to nothing and leaves the season alone")
  func robust() throws {
    let clean = ContractSeries.seasonal(96)
    let spiked = TimeSeries.spiking(clean, at: 50, by: 400)
    let before = try STL(isRobust: true).decompose(clean)
    let after = try STL(isRobust: true).decompose(spiked)
    let plain = try STL().decompose(spiked)
    #expect(after.weights[50] == 0)
    #expect(gap(after.season, before.season) < 0.05 * gap(plain.season, before.season))
  }

  @Test("series without two cycles, with a season never seen, or spans are refused")
  func refusals() throws {
    let short = ContractSeries.seasonal(24)
    #expect(throws: ForecastError.tooFewObservations(model: "STL", series: "contract", needed: 25, found: 24))
    {
      try STL().decompose(short)
    }
    let unseen = ContractSeries.seasonal(60).withMissing([2, 14, 26, 38, 50])
    let never = { (model: String) in
      ForecastError.unseenSeason(
        model: model, series: "contract", cycle: 12, first: .month(2010, 1), places: [3])
    }
    #expect(throws: never("STL")) { try STL().decompose(unseen) }
    #expect(throws: never("MSTL")) { try MSTL().decompose(unseen) }
    #expect(throws: ForecastError.self) { try MSTL().decompose(series([1, 2, 3], period: 1)) }
    let huge = try series((0..<48).map { $0 < 24 ? 1.7e308 : -1.7e308 }, period: 4)
    #expect(throws: ForecastError.self) { try STL().decompose(huge) }
  }
}

@Suite("Forecasts of decomposed series")
struct DecomposedTests {
  @Test("the forecast is the model's of the adjusted series with the last cycle put back")
  func lastCycle() throws {
    let series = ContractSeries.seasonal(84)
    let parts = try MSTL().decompose(series)
    let inside = try Drift().fit(parts.seasonallyAdjusted()).forecast(30)
    let outlook = try Decomposed(Drift()).fit(series).forecast(30)
    for step in 0..<30 {
      let season = parts.season[72 + step % 12]
      #expect(abs(outlook.mean[step] - inside.mean[step] - season) < 1e-10)
      #expect(abs(outlook.median[step] - inside.median[step] - season) < 1e-10)
      #expect(outlook.standardDeviation[step] > inside.standardDeviation[step])
    }
  }

  @Test("the added variance is that of the season: of its estimate, and of a change a cycle")
  func variance() throws {
    let parts = try MSTL().decompose(ContractSeries.seasonal(84))
    let season = SeasonExtension(parts, window: .periodic)
    let rest = parts.remainder.compactMap { $0 }
    let noise = rest.reduce(0) { $0 + $1 * $1 } / 84
    // Seven cycles, all alike.
    #expect(abs(season.cycles[0].estimateVariance - noise / 7) < 1e-12)
    #expect(season.variance(11) == season.variance(0))
    #expect(abs(season.variance(24) - season.variance(0) - 2 * season.cycles[0].changeVariance) < 1e-12)
    let own = try Drift().fit(parts.seasonallyAdjusted()).forecast(3)
    let moved = RescaledDistribution(
      own.distribution, shifts: [1, 2, 3], addedVariances: [4, 0, 9])
    for (step, added) in [4.0, 0, 9].enumerated() {
      let margin = moved.marginal(step)
      #expect(abs(margin.variance - own.marginal(step).variance - added) < 1e-9)
      for p in [0.05, 0.5, 0.8] { #expect(abs(margin.cdf(margin.quantile(p)) - p) < 1e-10) }
    }
    let total = try #require(try moved.linearCombination([1, 1, 1], constant: 0))
    #expect(abs(total.mean - moved.marginal(0).mean - moved.marginal(1).mean - moved.marginal(2).mean) < 1e-9)
  }

  @Test("a series of no more than two cycles is forecast without season, and the summary says so")
  func tooShort() throws {
    let series = ContractSeries.seasonal(24)
    let fit = try Decomposed(Drift()).fit(series)
    #expect(fit.summary.notes.contains { $0.contains("too short for a season of 12") })
    #expect(try fit.forecast(4).mean == (Drift().fit(series).forecast(4).mean))
  }

  @Test("a written model continues with later data as the model itself does")
  func appendAfterReading() throws {
    let series = ContractSeries.seasonal(80)
    let fit = try Decomposed(AutoETS()).fit(series)
    let read = try JSONDecoder().decode(type(of: fit), from: JSONEncoder().encode(fit))
    let later = ContractSeries.seasonal(87)
    let tail = try #require(later.slice(from: later.start + 60))
    let (a, b) = (try fit.updated(to: later), try read.updated(to: tail))
    for (x, y) in try zip(a.forecast(15).mean, b.forecast(15).mean) { #expect(abs(x - y) < 1e-9) }
  }

  @Test(
    "a model of version 1 holds the seasons of its last cycles alone and says that it takes later values alone"
  )
  func versionOne() throws {
    let series = ContractSeries.seasonal(80)
    let fit = try Decomposed(ETS(ETSForm(.additive, .none, .none))).fit(series)
    let text = String(decoding: try JSONEncoder().encode(fit), as: UTF8.self)
    var document = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    var season = try #require(document["season"] as? [String: Any])
    let figures = try #require(season["figures"] as? [Any])
    #expect(figures.count == 80)
    season["figures"] = Array(figures.suffix(24))
    season["origin"] = try JSONSerialization.jsonObject(with: JSONEncoder().encode(series.start + 56))
    document["season"] = season
    document["version"] = 1
    let read = try JSONDecoder().decode(type(of: fit), from: JSONSerialization.data(withJSONObject: document))
    #expect(read.valuesTaken(from: series) == .later(origin: series.start))
    #expect(fit.valuesTaken(from: series) == .all)
    let later = ContractSeries.seasonal(83)
    let (a, b) = (try fit.updated(to: later), try read.updated(to: later))
    for (x, y) in try zip(a.forecast(15).mean, b.forecast(15).mean) { #expect(abs(x - y) < 1e-9) }
  }

  @Test("options by name")
  func byName() throws {
    let model = try Registry.model("mstl:periods=12+24,window=periodic,robust=true,model=drift")
    #expect(model.name == "MSTL(12, 24, Drift)")
    for bad in ["periods=1", "periods=a", "window=4", "trend=2", "robust=perhaps"] {
      #expect(throws: ForecastError.self) { try Registry.model("mstl:\(bad)") }
    }
  }

  @Test("strengths do not depend on the unit, and nothing is strong in a constant")
  func strengths() throws {
    let wave = (0..<48).map { (t: Int) -> Double in
      let season = 5 * (t % 4)
      let noise = t * 7 % 5
      return Double(t + season + noise)
    }
    func parts(_ values: [Double]) throws -> Decomposition {
      try STL(seasonalPeriod: 4).decompose(TimeSeries(values, start: .quarter(2000, 1)))
    }
    let plain = try parts(wave)
    // Powers of two, so that nothing is rounded.
    for scale in [0x1p990, 0x1p-990] {
      let scaled = try parts(wave.map { $0 * scale })
      #expect(scaled.trendStrength == plain.trendStrength)
      #expect(scaled.seasonalStrengths == plain.seasonalStrengths)
    }
    #expect(plain.trendStrength > 0.9 && plain.seasonalStrengths[0] > 0.5)
    for constant in [0, 1, 0.1, 123.456, 1e300] {
      let flat = try parts([Double](repeating: constant, count: 48))
      #expect(flat.trendStrength == 0 && flat.seasonalStrengths == [0])
    }
  }
}

extension TimeSeries {
  fileprivate static func spiking(_ series: TimeSeries, at place: Int, by size: Double) -> TimeSeries {
    ContractSeries.monthly(
      series.values.enumerated().map { $0.offset == place ? $0.element.map { $0 + size } : $0.element })
  }
}

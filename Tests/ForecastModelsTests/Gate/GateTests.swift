import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable @_spi(Training) import ForecastModels

@Suite struct GateTests {
  private static let probabilities = [0.001, 0.025, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.975, 0.999]

  private func series(_ values: [Double?], season: Int = 1) throws -> TimeSeries {
    try TimeSeries(
      values, start: Period(.index, ordinal: 1), name: "test", rule: .mean, seasonalPeriod: season)
  }

  /// A level with a season and noise.
  private func waves(_ count: Int, season: Int, seed: UInt64 = 1) -> [Double] {
    let noise = RandomStream(seed: seed, name: "noise").normals(0..<(2 * count))
    var level = 0.0
    return (0..<count).map { t in
      level += 0.05 + 0.3 * noise[count + t]
      return level + 4 * sin(2 * Double.pi * Double(t) / Double(max(season, 2))) + noise[t]
    }
  }

  private func rows(_ values: [Double], season: Int, horizon: Int = 12) throws -> [[Double]] {
    let forecast = try Gate(seasonalPeriods: season > 1 ? [season, 7 * season] : []).fit(
      series(values, season: season)
    ).forecast(horizon)
    return Self.probabilities.map(forecast.quantile) + [forecast.mean]
  }

  /// Quantiles move with the series, grow with it, and turn upside down with it.
  @Test(arguments: [(1, 40), (1, 7), (4, 30), (12, 120), (24, 400), (52, 160)])
  func forecastsAreEquivariant(_ season: Int, _ count: Int) throws {
    let values = waves(count, season: season)
    let plain = try rows(values, season: season)
    for (factor, shift) in [(1.0, 1_000.0), (0.37, 0), (-1, 0), (-250, 3e4), (1e-5, -2)] {
      let found = try rows(values.map { factor * $0 + shift }, season: season)
      let size = abs(factor) * ((values.max() ?? 0) - (values.min() ?? 0))
      for (k, row) in plain.enumerated() {
        // The probabilities are symmetric; the mean is the last row.
        let place = factor > 0 || k == plain.count - 1 ? k : plain.count - 2 - k
        let gap = zip(found[place], row).map { abs($0 - (factor * $1 + shift)) }.max() ?? 0
        #expect(gap <= 1e-9 * size, "factor \(factor), shift \(shift), row \(k): \(gap)")
      }
    }
  }

  /// Constants, lines, pure seasons and both together go on as they are, without width.
  @Test(arguments: [1, 7, 12, 24]) func exactSeriesGoOnExactly(_ season: Int) throws {
    for slope in [0.0, 2] {
      let value = { (t: Int) in
        3 + slope * Double(t) + (season > 1 ? 10 * sin(2 * Double.pi * Double(t) / Double(season)) : 0)
      }
      let count = 4 * season + 26
      let forecast = try Gate(seasonalPeriods: season > 1 ? [season] : []).fit(
        series((0..<count).map(value), season: season)
      ).forecast(24)
      for step in 0..<24 {
        #expect(abs(forecast.median[step] - value(count + step)) < 1e-9 * 200)
        let interval = try forecast.interval(0.99)[step]
        #expect(interval.upper - interval.lower < 1e-6)
      }
    }
    let constant = try Gate().fit(series([5.5, 5.5, 5.5])).forecast(3)
    #expect(try constant.mean == [5.5, 5.5, 5.5] && constant.interval(0.95)[2].upper == 5.5)
  }

  /// A last value far outside is believed half, and the 80 % interval reaches from what was expected to it.
  @Test func aJumpAtTheEndIsBounded() throws {
    let noise = RandomStream(seed: 3, name: "noise").normals(0..<29)
    let forecast = try Gate().fit(series(noise.map { 100 + $0 } + [500])).forecast(12)
    for (step, interval) in try forecast.interval(0.8).enumerated() {
      #expect(abs(forecast.median[step] - 300) < 3)
      #expect(abs(interval.lower - 100) < 6 && abs(interval.upper - 500) < 6)
    }
  }

  /// Few values give forecasts within some ranges of them.
  @Test(arguments: 3...10) func shortSeriesAreSane(_ count: Int) throws {
    for seed in UInt64(1)...20 {
      for season in [1, 4, 12] {
        let values = waves(count, season: season, seed: seed)
        let low = values.min() ?? 0
        let high = values.max() ?? 0
        let gate = Gate(seasonalPeriods: season > 1 ? [season] : [])
        let forecast = try gate.fit(series(values, season: season)).forecast(6)
        let room = 3 * (high - low)
        #expect(forecast.median.allSatisfy { $0 > low - room && $0 < high + room })
        #expect(try forecast.interval(0.8).allSatisfy { $0.lower < $0.upper })
      }
    }
  }

  /// Two values are too few.
  @Test func twoValuesAreRefused() throws {
    #expect(throws: ForecastError.tooFewObservations(model: "Gate", series: "test", needed: 3, found: 2)) {
      try Gate().fit(series([1, nil, 2]))
    }
  }

  /// Zeros, integers, outliers, huge and tiny values, missing ones, any cycle: finite and increasing quantiles, or a typed error.
  @Test func adversarialSeriesAreForecastOrRefused() throws {
    for number in 0..<300 {
      let stream = RandomStream(seed: 77, name: "series", replicate: number)
      let u = stream.uniforms(0..<8)
      let count = 3 + Int(u[0] * u[0] * 150)
      let season = [1, 2, 3, 4, 7, 12, 24, 48, 365, 8_784][Int(u[1] * 10)]
      let noise = RandomStream(seed: 78, name: "noise", replicate: number).normals(0..<count)
      let size = Double.pow(10, 24 * (u[2] - 0.5))
      var values = noise.enumerated().map { (t, e) -> Double? in
        switch Int(u[3] * 7) {
        case 0: return e > 0.8 ? (3 * e).rounded() : 0
        case 1: return size * e
        case 2: return (10 * e).rounded()
        case 3: return 1e9 + e
        case 4: return exp(8 * e)
        case 5: return t == count - 1 ? 1e6 * size : size
        default: return size * (Double(t) + 0.001 * e)
        }
      }
      if u[4] < 0.3 { for t in values.indices where Int(u[5] * 5) == t % 5 { values[t] = nil } }
      do throws(ForecastError) {
        let found: TimeSeries
        do { found = try series(values, season: season) } catch { continue }
        let forecast = try Gate().fit(found).forecast(9)
        let quantiles = Self.probabilities.map(forecast.quantile)
        for (lower, upper) in zip(quantiles, quantiles.dropFirst()) {
          #expect(zip(lower, upper).allSatisfy { $0.isFinite && $1.isFinite && $0 <= $1 }, "series \(number)")
        }
        let paths = forecast.samplePaths(2).elements
        #expect(forecast.mean.allSatisfy(\.isFinite) && paths.allSatisfy(\.isFinite), "series \(number)")
      } catch {
        #expect(!error.description.isEmpty)
      }
    }
  }

  /// A shorter forecast is the beginning of a longer one, to the last bit.
  @Test func stepsDoNotDependOnEachOther() throws {
    let fit = try Gate(seasonalPeriods: [12]).fit(series(waves(100, season: 12), season: 12))
    let long = try fit.forecast(37).quantile(0.9)
    for horizon in [1, 5, 8, 20] {
      #expect(try fit.forecast(horizon).quantile(0.9) == Array(long.prefix(horizon)))
    }
  }

  /// A domain bounds quantiles, means and paths; without one, equivariance does.
  @Test func domainsAreKept() throws {
    let values = waves(60, season: 1).map { max($0, 0) }
    let forecast = try Gate(domain: .nonnegative).fit(series(values)).forecast(12)
    #expect(forecast.quantile(0.001).allSatisfy { $0 >= 0 })
    #expect(forecast.samplePaths(50).elements.allSatisfy { $0 >= 0 })
    #expect(throws: ForecastError.self) { try Gate(domain: .unit).fit(series(values)) }
  }

  /// Missing values inside, at the start and at the end are filled from the same places of the cycle.
  @Test func missingValuesAreFilled() throws {
    let nan = Double.nan
    #expect(Gate.filled([nan, 1, nan, 3, nan], cycle: 1) == [1, 2, 3, 3])
    #expect(Gate.filled([1, 20, 3, nan, 5, 60, nan, 80], cycle: 2) == [1, 20, 3, 40, 5, 60, 5, 80])
    let values = waves(120, season: 12)
    let whole = try rows(values, season: 12)
    let holed = try Gate(seasonalPeriods: [12]).fit(
      series(values.enumerated().map { $0.offset % 17 == 3 ? nil : $0.element }, season: 12))
    let gap = zip(try holed.forecast(12).median, whole[5]).map { abs($0 - $1) }.max() ?? 0
    #expect(gap < 3)
  }

  /// The file of a fit names the weights, and other weights are refused.
  @Test func theFileNamesTheWeights() throws {
    let fit = try Gate().fit(series(waves(30, season: 1)))
    let text = String(decoding: try JSONEncoder().encode(fit), as: UTF8.self)
    #expect(text.contains("\"weights\":\"\(FittedGate.weights)\""))
    let other = text.replacing(FittedGate.weights, with: "0")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(FittedGate.self, from: Data(other.utf8))
    }
  }
}

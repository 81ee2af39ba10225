import Forecasting
import Foundation
import Testing

@testable import ForecastModels

/// The figures of R's `forecast::ets` in `Fixtures/exponential-smoothing/ets.json`, made by `ets.R` beside it.
struct ETSFixture: Decodable {
  struct Series: Decodable {
    let period: Int
    let y: [Double]
  }
  struct Fit: Decodable {
    let series: String
    let form: String
    /// α, β, γ, φ.
    let parameters: [Double]
    /// Level, slope where there is one, seasonal indices from the latest back.
    let initial: [Double]
    let final: [Double]
    let logLikelihood: Double
    let aicc: Double
    let path: [Double]
  }
  let series: [String: Series]
  let fits: [Fit]

  static let loaded: Result<ETSFixture, any Error> = Result {
    let url = try #require(
      Bundle.module.url(
        forResource: "ets", withExtension: "json", subdirectory: "Fixtures/exponential-smoothing"))
    return try JSONDecoder().decode(ETSFixture.self, from: Data(contentsOf: url))
  }

  func timeSeries(_ name: String) throws -> TimeSeries {
    let data = try #require(series[name])
    let start = data.period == 12 ? Period.month(1949, 1) : Period(.year, ordinal: 1821)
    return try TimeSeries(data.y, start: start, name: name, rule: .mean)
  }
}

extension ETSFixture.Fit {
  var smoothing: ETSParameters {
    ETSParameters(alpha: parameters[0], beta: parameters[1], gamma: parameters[2], phi: parameters[3])
  }

  func state(_ form: ETSForm, _ entries: [Double]) -> ETSState {
    let slopes = form.trend == .none ? 0 : 1
    return ETSState(
      level: entries[0], slope: slopes == 1 ? entries[1] : 0,
      seasonal: form.season == .none ? [] : entries.dropFirst(1 + slopes).reversed())
  }
}

/// A seeded positive series with growth and season, for laws that hold on any data.
func seasonalSeries(_ count: Int, period: Int, noise: Double = 0.05) -> [Double] {
  var state: UInt64 = 0x9E37_79B9_7F4A_7C15
  return (0..<count).map { t in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let uniform = Double(state >> 11) * 0x1p-53
    let season = 1 + 0.2 * sin(2 * .pi * Double(t) / Double(period))
    return (10 + 0.1 * Double(t)) * season * exp(noise * (uniform - 0.5) * 3.4)
  }
}

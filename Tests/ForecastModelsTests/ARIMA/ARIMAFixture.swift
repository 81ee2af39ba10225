import Forecasting
import Foundation
import Testing

@testable import ForecastModels

/// The figures of R's `arima` in `Fixtures/arima/arima.json`, made by `arima.R` beside it.
struct ARIMAFixture: Decodable {
  struct Fit: Decodable {
    let name: String
    let period: Int
    let y: [Double?]
    let order: [Int]
    let seasonal: [Int]
    let coefficients: [String: Double]
    let standardErrors: [String: Double]
    let logLikelihood: Double
    let aic: Double
    let mean: [Double]
    let sd: [Double]

    var model: ARIMA {
      let hasSeason = seasonal != [0, 0, 0]
      return ARIMA(
        ARIMAOrder(
          order[0], order[1], order[2], seasonal: (seasonal[0], seasonal[1], seasonal[2]),
          period: hasSeason ? period : 1))
    }

    func timeSeries() throws -> TimeSeries {
      try TimeSeries(y, start: Period(.index, ordinal: 1), name: name, rule: .mean, seasonalPeriod: period)
    }

    /// R's coefficients in this library's form.
    var held: ARIMACoefficients {
      func take(_ prefix: String, _ count: Int) -> [Double] {
        (0..<count).map { coefficients["\(prefix)\($0 + 1)"] ?? .nan }
      }
      return ARIMACoefficients(
        ar: take("ar", order[0]), ma: take("ma", order[2]), seasonalAR: take("sar", seasonal[0]),
        seasonalMA: take("sma", seasonal[2]))
    }
  }
  let fits: [Fit]

  static let loaded: Result<ARIMAFixture, any Error> = Result {
    let url = try #require(
      Bundle.module.url(forResource: "arima", withExtension: "json", subdirectory: "Fixtures/arima"))
    return try JSONDecoder().decode(ARIMAFixture.self, from: Data(contentsOf: url))
  }
}

import Foundation
import Testing

/// statsforecast's theta fits and R's `thetaf`, made by `theta.py` and `thetaf.R` beside them.
struct ThetaFixture: Decodable {
  struct Fit: Decodable {
    let series: String
    let model: String
    let alpha: Double
    let theta: Double
    let initialSmoothed: Double
    let mean: [Double]
    let residuals: [Double]
  }
  let fits: [Fit]

  static let loaded: Result<ThetaFixture, any Error> = Result { try read("theta") }

  struct FromR: Decodable {
    struct Fit: Decodable {
      let series: String
      let y: [Double]
      let alpha: Double
      let level: Double
      let mean: [Double]
    }
    let fits: [Fit]

    static let loaded: Result<FromR, any Error> = Result { try read("thetaf") }
  }

  static func read<Figures: Decodable>(_ name: String) throws -> Figures {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures/theta"))
    return try JSONDecoder().decode(Figures.self, from: Data(contentsOf: url))
  }
}

import Forecasting
import Foundation
import Testing

@testable import ForecastModels

/// Every option that a model describes, at the edges of the types of numbers: a forecast of finite numbers, or a typed error.
///
/// The sweep is made from the descriptions, so a new option is in it without further work.
@Suite("Options at the edges of their types")
struct OptionSweepTests {
  private static let texts = [
    "-9223372036854775807", "-1", "0", "1", "12", "1000000000", "9223372036854775807", "nan", "1e308",
  ]

  @Test(
    "an extreme value of an option gives a forecast or a typed error", arguments: Registry.models.map(\.name))
  func sweep(_ name: String) throws {
    let values = (0..<26).map { (t: Int) -> Double? in
      let wave = Double(t * t % 13)
      return 20 + wave + 0.5 * Double(t)
    }
    let series = ContractSeries.monthly(values)
    for option in try Registry.description(of: name).options {
      for text in Self.texts {
        do throws(ForecastError) {
          let forecast = try Registry.model(named: name, options: [option.name: text]).fit(series).forecast(3)
          let means = forecast.mean
          #expect(means.allSatisfy { $0.isFinite }, "\(name):\(option.name)=\(text) gives \(means)")
        } catch {
          #expect(!error.description.isEmpty)
        }
      }
    }
  }
}

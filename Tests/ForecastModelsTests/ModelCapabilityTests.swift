import Foundation
import Testing

@testable import ForecastModels
@testable import Forecasting

@Suite("What models can do")
struct ModelCapabilityTests {
  /// The models whose fits are quick even without optimization.
  private static let quick = Registry.models.filter { model in
    guard let own = model.capabilities else { return false }
    return own.cost != .large && own.cost != .inner && !["temporal-blend", "auto-ces"].contains(model.name)
  }.map(\.name)

  private func months(_ change: (Int) -> (value: Double?, width: Int)?) throws -> TimeSeries {
    var observations: [Observation] = []
    for month in 0..<48 {
      guard let (value, width) = change(month) else { continue }
      observations.append(Observation(PeriodSpan(.month(2019, 1) + (month + 1 - width), count: width), value))
    }
    return try TimeSeries(name: "m", observations: observations)
  }

  private func level(_ month: Int) -> Double {
    100 + Double(month) + 20 * sin(Double(month) * .pi / 6) + Double(month * 7 % 5)
  }

  @Test("every model is in the table, and the table has no other")
  func complete() {
    for model in Registry.models { #expect(model.capabilities != nil, "\(model.name)") }
  }

  @Test("a model supports missing values and spans if the table says so", arguments: quick)
  func supports(_ name: String) throws {
    let description = try Registry.description(of: name)
    let own = try #require(description.capabilities)
    let missing = try months { ($0 == 16 ? nil : level($0), 1) }
    let spans = try months { $0 == 12 ? nil : $0 == 13 ? (2 * level(13), 2) : (level($0), 1) }
    func fits(_ series: TimeSeries) -> Bool { (try? description.model().fit(series)) != nil }
    #expect(fits(missing) == own.takesMissing, "\(name): missing values")
    #expect(fits(spans) == own.takesSpans, "\(name): spans")
  }

  @Test(
    "a name from elsewhere names a model here that can be made",
    arguments: [
      "Holt-Winters", "holt_winters", "SARIMAX", "auto.arima", "prophet", "TBATS", "XGBoost", "snaive", "stl",
    ])
  func foreign(_ name: String) throws {
    let other = try #require(Registry.foreign(name))
    #expect((try? Registry.model(other.model)) != nil)
    #expect(throws: ForecastError.self) { try Registry.model(name) }
  }

  @Test("no name from elsewhere is the name of a model here, and all of them lead to one")
  func names() {
    for foreign in Registry.foreignNames {
      #expect(!Registry.models.contains { $0.name == foreign.key }, "\(foreign.key)")
      #expect((try? Registry.model(foreign.model)) != nil, "\(foreign.key)")
    }
  }
}

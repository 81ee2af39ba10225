import Forecasting
import Foundation
import Testing

@testable import ForecastModels

/// Options that no initialiser takes are not read either.
@Suite struct RefusedOptionTests {
  @Test(arguments: ["ar", "difference", "ma", "seasonalAR", "seasonalDifference", "seasonalMA", "period"])
  func ordersBelowZero(key: String) throws {
    let order = ARIMAOrder(2, 2, 2, seasonal: (2, 2, 2), period: 12)
    try refuse(order, [("\"\(key)\":2", "\"\(key)\":-1"), ("\"\(key)\":12", "\"\(key)\":1")])
  }

  @Test func transformationsWithoutAnImage() throws {
    for choice in [TransformChoice.fixed(.log), .fixed(.boxCox(lambda: 0.5)), .guerrero, .likelihood] {
      let data = try JSONEncoder().encode(choice)
      #expect(try JSONDecoder().decode(TransformChoice.self, from: data) == choice)
    }
    let logit = TransformChoice.fixed(.logit(lower: 2, upper: 3))
    try refuse(logit, [("\"lower\":2", "\"lower\":4")])
    try refuse(logit, [("\"lower\":2", "\"lower\":3")])
    try refuse(logit, [("\"logit\"", "\"logistic\"")])
  }

  /// The value is read as written, and not at all once any of the texts in it is another.
  private func refuse<Value: Codable & Equatable>(_ value: Value, _ changes: [(String, String)]) throws {
    let data = try JSONEncoder().encode(value)
    #expect(try JSONDecoder().decode(Value.self, from: data) == value)
    let text = String(decoding: data, as: UTF8.self)
    let wrong = changes.reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    #expect(wrong != text)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Value.self, from: Data(wrong.utf8)) }
  }
}

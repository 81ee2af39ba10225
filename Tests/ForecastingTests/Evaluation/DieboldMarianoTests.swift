import Forecasting
import Foundation
import TestSupport
import Testing

@Suite struct DieboldMarianoTests {
  struct Fixture: Decodable {
    struct Case: Decodable {
      let horizon: Int
      let power: Int
      let variance: String
      let statistic: Double
      let pValue: Double
      let usedHorizon: Int
    }
    let first: [Double]
    let second: [Double]
    let cases: [Case]
  }

  @Test func `statistic and p value are those of R's dm.test`() throws {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/diebold-mariano/diebold-mariano", withExtension: "json"))
    let fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
    #expect(fixture.cases.count == 14)
    for r in fixture.cases {
      let losses = [fixture.first, fixture.second].map { $0.map { pow(abs($0), Double(r.power)) } }
      let test = try DieboldMariano(
        losses[0], losses[1], horizon: r.horizon, variance: r.variance == "acf" ? .rectangular : .bartlett)
      #expect(correctDigits(test.statistic, r.statistic) > 12, "h = \(r.horizon), \(r.variance)")
      #expect(correctDigits(test.pValue, r.pValue) > 11, "h = \(r.horizon), \(r.variance)")
      #expect(test.horizon == r.usedHorizon)
      #expect(test.count == 48)
    }
  }

  @Test func `exchanging the forecasts turns the sign and keeps the p value`() throws {
    let a = (0..<30).map { sin(Double($0)) + 1 }
    let b = (0..<30).map { cos(Double($0) * 1.1) + 1.2 }
    let there = try DieboldMariano(a, b, horizon: 3, variance: .bartlett)
    let back = try DieboldMariano(b, a, horizon: 3, variance: .bartlett)
    #expect(there.statistic == -back.statistic)
    #expect(there.pValue == back.pValue)
    let scaled = try DieboldMariano(a.map { 4 * $0 }, b.map { 4 * $0 }, horizon: 3, variance: .bartlett)
    #expect(correctDigits(scaled.statistic, there.statistic) > 13)
  }

  @Test func `a negative long-run variance falls back on one step and says so`() throws {
    let a = (0..<20).map { $0 % 2 == 0 ? 2.0 : 1 }
    let b = [Double](repeating: 1.4, count: 20)
    let test = try DieboldMariano(a, b, horizon: 2)
    #expect(test.horizon == 1)
    #expect(try DieboldMariano(a, b, horizon: 2, variance: .bartlett).horizon == 2)
  }

  @Test func `losses that cannot be tested are typed errors`() {
    #expect(throws: ForecastError.self) { try DieboldMariano([1, 2, 3], [1, 2]) }
    #expect(throws: ForecastError.self) { try DieboldMariano([1, 2], [2, 1], horizon: 3) }
    #expect(throws: ForecastError.self) { try DieboldMariano([1, 2, 3], [2, 3, 4]) }
    #expect(throws: ForecastError.self) { try DieboldMariano([1, .nan, 3], [2, 3, 5]) }
  }
}

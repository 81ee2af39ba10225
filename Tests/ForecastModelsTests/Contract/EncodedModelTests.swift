import Forecasting
import Foundation
import Testing

@testable import ForecastModels

/// A model written and read is the same model: its forecasts agree to the last bit, also after later observations.
@Suite struct EncodedModelTests {
  static let models = [
    "theta", "otm", "dstm", "dotm", "auto-theta", "theta:adjustment=none", "arima:order=1-1-1",
    "arima:order=0-1-1,seasonal=0-1-1", "arima:order=2-0-0,mean=true", "arima:order=0-1-0", "auto-arima",
    "auto-ets",
  ]

  @Test(arguments: models) func writtenModelsForecastTheSame(name: String) throws {
    let all = ContractSeries.seasonal(96)
    for series in [all, all.withMissing([3, 60, 61])] {
      let fit = try Registry.model(name).fit(series.first(90))
      guard let fit = fit as? any FittedForecaster & Codable else {
        Issue.record("\(name) is not encoded")
        continue
      }
      try check(fit, later: series)
    }
  }

  private func check<Fit: FittedForecaster & Codable>(_ fit: Fit, later: TimeSeries) throws {
    let read = try expectSameAfterCoding(fit)
    #expect(try JSONEncoder().encode(fit).count < 12_288)
    #expect(read.name == fit.name)
    #expect(try JSONEncoder.sorted.encode(read) == JSONEncoder.sorted.encode(fit))
    expectSame(try read.updated(to: later).forecast(6), try fit.updated(to: later).forecast(6))
    let next = Array(later.observations[fit.series.count...])
    expectSame(try read.appending(next).forecast(6), try fit.appending(next).forecast(6))
  }

  @Test(arguments: ["theta", "arima:order=1-1-1", "ets:form=ANN"])
  func othersAreRefused(name: String) throws {
    let fit = try Registry.model(name).fit(ContractSeries.seasonal(60))
    guard let fit = fit as? any FittedForecaster & Codable else { return }
    try refuse(fit)
  }

  private func refuse<Fit: FittedForecaster & Codable>(_ fit: Fit) throws {
    let text = String(decoding: try JSONEncoder().encode(fit), as: UTF8.self)
    for (found, bad) in [
      ("\"version\":1", "\"version\":99"), ("foresight.", "foreknown."), ("\"fitted\":[", "\"fitted\":[1,"),
      ("\"order\":{\"", "\"order\":{\"ar\":7,\""), ("\"values\":[", "\"valued\":["),
    ] where text.contains(found) {
      let data = Data(text.replacingOccurrences(of: found, with: bad).utf8)
      #expect(throws: DecodingError.self) { try JSONDecoder().decode(Fit.self, from: data) }
    }
  }
}

/// The fit read back from its JSON, held against the one written.
@discardableResult
func expectSameAfterCoding<Fit: FittedForecaster & Codable>(_ fit: Fit) throws -> Fit {
  let data = try JSONEncoder().encode(fit)
  let read = try JSONDecoder().decode(Fit.self, from: data)
  try expectSame(read.forecast(18), fit.forecast(18))
  return read
}

/// Two forecasts with the same bits.
func expectSame(_ found: Forecast, _ expected: Forecast) {
  #expect(found.mean == expected.mean)
  #expect(found.bands(0.95) == expected.bands(0.95))
  #expect(found.samplePaths(4) == expected.samplePaths(4))
}

extension JSONEncoder {
  static var sorted: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return encoder
  }
}

import Forecasting
import Foundation
import Testing

@testable import ForecastModels

@Suite("Fitted models of any family")
struct FittedModelTests {
  static let models = [
    "ets:form=AAN", "theta", "arima:order=1-1-0", "combination:members=ets:form=ANN+theta,rule=median",
    "auto",
    "mstl:model=theta", "transformed:model=mstl,model.model=theta",
    "conformal:model=theta,horizon=2,origins=6",
  ]

  @Test("a model is read by its format alone, and written as it was", arguments: models)
  func roundTrip(_ name: String) throws {
    let series = ContractSeries.seasonal(60)
    let fit = FittedModel(try Registry.model(name).fit(series))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(fit)
    let read = try JSONDecoder().decode(FittedModel.self, from: data)
    #expect(try encoder.encode(read) == data)
    #expect(read.name == fit.name && !(read.model is FittedModel))
    let (a, b) = try (fit.forecast(15), read.forecast(15))
    #expect(a.mean == b.mean && a.quantile(0.9) == b.quantile(0.9))
    #expect(read.fitted.count == read.series.count)
    let later = ContractSeries.seasonal(66)
    #expect(try read.updated(to: later).forecast(9).mean == fit.updated(to: later).forecast(9).mean)
    let next = Array(later.observations.suffix(6))
    #expect(try read.appending(next).forecast(9).mean == fit.appending(next).forecast(9).mean)
  }

  @Test("what has no form, and forms that are unknown, are refused")
  func refusals() throws {
    let bare = FittedModel(FormlessFit(series: ContractSeries.seasonal(30)))
    #expect(throws: EncodingError.self) { try JSONEncoder().encode(bare) }
    #expect(throws: ForecastError.self) { try bare.updated(to: ContractSeries.seasonal(31)) }
    for text in [
      "{}", "{\"format\":\"other\"}", "{\"format\":\"foresight.auto\",\"version\":1}",
      "{\"format\":\"foresight.auto\",\"version\":3}",
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(FittedModel.self, from: Data(text.utf8))
      }
    }
  }

  @Test("A temporal blend brought to later data has the parameters of its fit and the states of the data")
  func blendUpdates() throws {
    let fit = try TemporalBlend().fit(ContractSeries.seasonal(60))
    let later = ContractSeries.seasonal(71)
    let moved = try fit.updated(to: later)
    // The smoothing member holds its parameters, and the average of an ARMA its posterior.
    #expect(moved.pool?.smoothing.parameters == fit.pool?.smoothing.parameters)
    #expect(moved.pool?.arma?.phi == fit.pool?.arma?.phi)
    #expect(moved.fitted.count == 71)
    let tail = try #require(later.slice(from: later.start + 12))
    #expect(try TemporalBlendTests.close(fit.updated(to: tail).forecast(9).mean, moved.forecast(9).mean))
    let negative = ContractSeries.monthly(later.values.dropLast() + [-1])
    #expect(throws: ForecastError.self) { try fit.updated(to: negative) }
  }
}

/// A model that neither takes in observations nor has a form.
private struct FormlessFit: FittedForecaster {
  let series: TimeSeries
  var name: String { "formless" }
  var fitted: [Double?] { series.values }
  var summary: FitSummary { FitSummary(model: name, of: series) }
  func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution { preconditionFailure("nobody asks") }
}

import Datasets
import ForecastModels
import Forecasting
import Testing

/// What a newcomer from another library types first.
@Suite struct FamiliarNamesTests {
  private let series = ContractSeries.seasonal(60)

  @Test func `names that read right are the models that they say`() throws {
    #expect(ARIMA(1, 1, 1) == ARIMA(ARIMAOrder(1, 1, 1)))
    #expect(
      ARIMA(order: (0, 1, 1), seasonal: (0, 1, 1), period: 12).name == "ARIMA(0,1,1)(0,1,1)[12]")
    #expect(SeasonalARIMA(0, 1, 1, seasonal: (0, 1, 1)).name == "ARIMA(0,1,1)(0,1,1)")
    #expect(ETS("MAM").form == ETSForm(.multiplicative, .additive, .multiplicative))
    #expect(
      try ETS("ANN").fit(series).forecast(3).mean
        == ETS(.init(.additive, .none, .none)).fit(series).forecast(horizon: 3).mean)
    #expect(HoltWinters().name == "ETS(A,A,A)")
    #expect(HoltWinters(season: .multiplicative, damped: true).name == "ETS(M,Ad,M)")
    #expect(try HoltWinters(season: .none).fit(series).name == "ETS(A,A,N)")
    let brent = try Datasets.prices.brent(from: .month(2015, 1))
    #expect(brent.start == .month(2015, 1))
    #expect(try Naive().fit(brent).appending([71.2]).forecast(1).mean == [71.2])
    let weights = try Combination([Naive(), Drift()]).fit(brent).weightsByName
    #expect(weights.values.reduce(0, +) == 1 && weights.count == 2)
  }

  @Test func `a form that is none is refused when it is fitted`() {
    #expect(
      throws: ForecastError.invalidOption(
        name: "form", value: "\"XYZ\"", reason: "must be error, trend and season such as AAN, MAdM or ZZZ")
    ) { try ETS("XYZ").fit(series) }
  }

  @Test(arguments: [Int.min, -1, 1001, Int.max]) func `orders out of range are refused when they are fitted`(
    order: Int
  ) {
    for model in [
      ARIMA(order, 0, 0), ARIMA(0, order, 0), ARIMA(0, 0, order),
      ARIMA(0, order, order, seasonal: (order, order, order)),
    ] {
      #expect(model.name.isEmpty == false && model.order.lost <= Int.max)
      #expect(throws: ForecastError.self) { try model.fit(series) }
    }
    #expect(throws: ForecastError.self) { try AutoARIMA(difference: order).fit(series) }
    #expect(throws: ForecastError.self) { try AutoARIMA(seasonalDifference: order).fit(series) }
    #expect(throws: ForecastError.self) { try Combination([]).fit(series) }
  }
}

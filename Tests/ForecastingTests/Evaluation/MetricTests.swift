import Forecasting
import Testing

@Suite struct MetricTests {
  @Test func `a metric's name reads back`() throws {
    let metrics: [Metric] = [
      .bias, .mae, .rmse, .mape, .smape, .mase, .rmsse, .crps, .pinball(0.9), .msis(0.95), .coverage(0.29),
      .width(0.975), .owa(benchmark: "Seasonal naive [12]"),
    ]
    for metric in metrics { #expect(try Metric(named: metric.description) == metric) }
    #expect(Metric.coverage(0.29).description == "coverage-29")
    #expect(Metric.width(0.975).description == "width-97.5")
    #expect(try Metric(named: "coverage") == .coverage(0.95))
    #expect(try Metric(named: "MASE") == .mase)
  }

  @Test func `an unknown name answers with the nearest, a bad level with a reason`() {
    #expect(throws: ForecastError.unknownName(kind: "metric", name: "mese", nearest: "mase")) {
      try Metric(named: "mese")
    }
    #expect(throws: ForecastError.self) { try Metric(named: "coverage-120") }
    #expect(throws: ForecastError.self) { try Metric(named: "mae-95") }
    #expect(throws: ForecastError.self) { try Metric(named: "owa") }
  }
}

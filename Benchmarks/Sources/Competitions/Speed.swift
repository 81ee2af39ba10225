import ForecastModels
import Forecasting

/// The speed of a model on every n-th series of a group: fits and mean forecasts, in series per CPU-second.
///
/// Each window makes complete passes over the sample until half a CPU-second is used; the fastest of three windows counts.
func printSpeed(_ choice: String, _ sample: [CompetitionSeries]) throws {
  let model = try Registry.model(choice)
  let prepared = try sample.map { (series: try $0.series(), horizon: $0.horizon) }
  var best = 0.0
  var check = 0.0
  for _ in 0..<3 {
    let started = processorSeconds()
    var fits = 0
    var elapsed = 0.0
    repeat {
      for item in prepared { check += try forecastMean(model, item.series, item.horizon) }
      fits += prepared.count
      elapsed = processorSeconds() - started
    } while elapsed < 0.5
    best = max(best, Double(fits) / elapsed)
  }
  guard check.isFinite else { throw CompetitionFault(text: "\(choice): a forecast is not finite") }
  print("\(choice)\t\(prepared.count)\t\(text(best, 2))")
}

private func forecastMean(_ model: some Forecaster, _ series: TimeSeries, _ horizon: Int) throws -> Double {
  try model.fit(series).forecast(horizon).mean.reduce(0, +)
}

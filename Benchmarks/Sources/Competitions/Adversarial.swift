import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation

/// Runs a model on adversarial series, 12 periods ahead, and prints one row per model.
///
/// The test computes means, medians, 80 and 99 % intervals, four joint paths and the total. A value that is not finite, or a mean
/// farther outside the data than 100 times their range, is a failure of the model; a typed error is not.
func printAdversarial(_ model: any Forecaster, count: Int) throws {
  var forecasts = 0
  var errors: [String: Int] = [:]
  var notFinite: [String] = []
  var exploded: [String] = []
  let started = processorSeconds()
  for number in 0..<count {
    let series = try AdversarialSeries(number).series
    do throws(ForecastError) {
      let forecast = try checkedForecast(model, series)
      forecasts += 1
      let window = TotalWindow.periods(forecast.start, through: forecast.start + 11)
      let total = try forecast.total(over: window, paths: 64)
      let figures =
        try forecast.mean + forecast.median + forecast.interval(0.8).flatMap { [$0.lower, $0.upper] }
        + forecast.interval(0.99).flatMap { [$0.lower, $0.upper] } + forecast.samplePaths(4).elements
        + [total.mean, total.quantile(0.1), total.quantile(0.9)]
      if !figures.allSatisfy(\.isFinite) { notFinite.append(series.name) }
      if isFarOutside(forecast.mean, series) { exploded.append(series.name) }
    } catch {
      // The name of the case, without its associated values.
      errors[Mirror(reflecting: error).children.first?.label ?? "\(error)", default: 0] += 1
    }
  }
  let seconds = processorSeconds() - started
  let reasons = errors.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
  print(
    "| \(model.name) | \(count) | \(forecasts) | \(notFinite.count) | \(exploded.count) | \(reasons.joined(separator: ", ")) |",
    "\(String(format: "%.1f", seconds)) | \((notFinite + exploded).prefix(3).joined(separator: ", ")) |")
  // Prints the row before the next model, which may take long, begins.
  fflush(nil)
}

/// The header of the table.
func printAdversarialHeading() {
  print(
    "| model | series | forecasts | not finite | exploded | typed errors | CPU-seconds | first failures |")
  print("|---|---|---|---|---|---|---|---|")
}

/// A forecast as a panel computes it: finite and within reach, or a typed error.
private func checkedForecast(
  _ model: some Forecaster, _ series: TimeSeries
) throws(ForecastError) -> Forecast {
  try model.fit(series).forecast(12).checked()
}

/// Checked independently of the library.
private func isFarOutside(_ mean: [Double], _ series: TimeSeries) -> Bool {
  let data = series.values.compactMap { $0 }
  guard let low = data.min(), let high = data.max() else { return false }
  let limit = 100 * max(high - low, 1e-6 * max(abs(low), abs(high)))
  return mean.contains { $0 - high > limit || low - $0 > limit }
}

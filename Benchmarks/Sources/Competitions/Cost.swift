import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation

/// The cost of a fit by the number of values and the seasonal period: milliseconds per fit, and their ratios.
///
/// The series are a random-walk level plus a seasonal component of two waves, the same for every period. The fastest of three fits of each
/// of three series counts.
func printCost(_ choices: ArraySlice<String>) throws {
  print("| model | values | period | ms per fit | relative to m = 12 | relative to a tenth of the values |")
  print("|---|---|---|---|---|---|")
  for choice in choices {
    let model = try Registry.model(choice)
    var known: [Int: Double] = [:]
    for count in [1_000, 1_460, 3_650, 10_000, 20_000, 100_000] {
      for period in [12, 52, 365] where period == 12 || count <= 20_000 && count >= 4 * period {
        let time =
          try (0..<3).map { try milliseconds(model, try waves(count, period: period, replicate: $0)) }
          .reduce(0, +) / 3
        if period == 12 { known[count] = time }
        let plain = known[count].map { text(time / $0, 2) } ?? ""
        let shorter = period == 12 ? known[count / 10].map { text(time / $0, 1) } ?? "" : ""
        print("| \(choice) | \(count) | \(period) | \(text(time, 2)) | \(plain) | \(shorter) |")
      }
    }
  }
}

private func milliseconds(_ model: some Forecaster, _ series: TimeSeries) throws -> Double {
  var best = Double.infinity
  for _ in 0..<3 {
    let started = processorSeconds()
    _ = try model.fit(series)
    best = min(best, processorSeconds() - started)
  }
  return 1_000 * best
}

private func waves(_ count: Int, period: Int, replicate: Int) throws -> TimeSeries {
  let shocks = RandomStream(seed: 5, name: "level", replicate: replicate).normals(0..<count)
  let noise = RandomStream(seed: 5, name: "noise", replicate: replicate).normals(0..<count)
  var level = 100.0
  let values = (0..<count).map { t -> Double in
    level += 0.01 + 0.5 * shocks[t]
    let angle = 2 * Double.pi * Double(t) / Double(period)
    return max(level + 12 * sin(angle) + 5 * cos(2 * angle) + 2 * noise[t], 1)
  }
  return try TimeSeries(
    values, start: Period(.index, ordinal: 1), name: "waves \(period)", rule: .mean, seasonalPeriod: period)
}

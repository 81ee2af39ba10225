import ForecastModels
import Forecasting
import Foundation

/// Models on series of intermittent demand: root mean squared scaled error, scaled pinball loss and coverage, and CPU-seconds.
///
/// RMSSE is relative to the changes of the training part from one period to the next (M5); the pinball loss is the mean over nine probabilities, 0.1 to 0.9, and 0.95
/// and 0.99, relative to the mean absolute change.
func printDemand(_ choices: [String], _ data: [CompetitionSeries]) throws {
  let names =
    choices.isEmpty ? ["auto", "croston", "sba", "tsb", "adida", "imapa", "mean", "naive"] : choices
  print("| model | series | RMSSE | scaled pinball | cover 95 | CPU-seconds |")
  print("|---|---|---|---|---|---|")
  let known = data.filter { item in
    zip(item.training, item.training.dropFirst()).contains { $0 != $1 }
  }
  for name in names + ["zero"] {
    var scores = DemandScores()
    let started = processorSeconds()
    for item in known {
      if name == "zero" {
        scores.add(item, mean: item.test.map { _ in 0 }) { _ in item.test.map { _ in 0 } }
      } else {
        try scores.add(item, try Registry.model(name))
      }
    }
    scores.print(name, seconds: processorSeconds() - started)
  }
}

/// Sums of scores over series.
private struct DemandScores {
  private static let probabilities = (1...9).map { Double($0) / 10 } + [0.95, 0.99]
  private var count = 0.0
  private var rmsse = 0.0
  private var pinball = 0.0
  private var covered = 0.0

  mutating func add(_ item: CompetitionSeries, _ model: some Forecaster) throws {
    let forecast = try model.fit(try item.series()).forecast(item.horizon)
    add(item, mean: forecast.mean) { forecast.quantile($0) }
  }

  mutating func add(_ item: CompetitionSeries, mean: [Double], quantile: (Double) -> [Double]) {
    let changes = zip(item.training, item.training.dropFirst()).map { $1 - $0 }
    let n = Double(changes.count)
    let steps = Double(item.test.count)
    let square = zip(mean, item.test).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / steps
    rmsse += (square / (changes.reduce(0) { $0 + $1 * $1 } / n)).squareRoot()
    var loss = 0.0
    for probability in Self.probabilities {
      for (bound, y) in zip(quantile(probability), item.test) {
        loss += 2 * (y >= bound ? probability * (y - bound) : (1 - probability) * (bound - y))
      }
    }
    pinball +=
      loss / steps / Double(Self.probabilities.count) / (changes.reduce(0) { $0 + abs($1) } / n)
    let (low, high) = (quantile(0.025), quantile(0.975))
    covered +=
      Double(item.test.indices.count { low[$0] <= item.test[$0] && item.test[$0] <= high[$0] }) / steps
    count += 1
  }

  func print(_ name: String, seconds: Double) {
    Swift.print(
      "| \(name) | \(Int(count)) | \(text(rmsse / count, 4)) | \(text(pinball / count, 4)) |",
      "\(text(100 * covered / count, 1)) | \(text(seconds, 1)) |")
    fflush(nil)
  }
}

import ForecastModels
import Forecasting
import Foundation

/// Models on plain series, one row per kind, noise and length: the error of the default beside that of the best single model.
///
/// Errors are absolute, squared for demand, averaged over the draws. The best single model is that of the least error in the cell, which no one could have named before.
/// A cell fails if the default is more than a tenth above it.
func printPlain(draws: Int, _ choices: [String]) throws {
  let singles =
    choices.isEmpty
    ? [
      "auto-ets", "auto-arima", "dotm", "auto-ces", "mstl", "ridge-ar", "temporal-blend", "linear-regression",
      "exponential-growth", "naive", "seasonal-naive", "drift", "mean", "tsb", "sba",
    ] : choices
  print("| kind | noise | n | auto | best single | its error | ratio | failing |")
  print("|---|---|---|---|---|---|---|---|")
  var cells = 0
  var failing = 0
  for kind in PlainSeries.kinds {
    for noise in PlainSeries.noises where noise > 0 || kind != "intermittent" {
      for length in PlainSeries.lengths where kind != "line + season" || length >= 30 {
        let sample = try (0..<draws).map { draw in
          try PlainSeries(kind: kind, noise: noise, length: length, draw: draw)
        }
        func error(_ name: String) throws -> Double {
          let model = try Registry.model(name)
          return sample.reduce(0) { $0 + plainError(model, $1, squared: kind == "intermittent") }
            / Double(draws)
        }
        let own = try error("auto")
        var best = (name: "none", error: Double.infinity)
        for name in singles {
          let other = try error(name)
          if other < best.error { best = (name, other) }
        }
        let trifle = sample.reduce(0) { $0 + $1.trifle } / Double(draws)
        let ratio = (own + trifle) / (best.error + trifle)
        cells += 1
        failing += ratio > 1.1 ? 1 : 0
        print(
          "| \(kind) | \(noise) | \(length) | \(text(own, 4)) | \(best.name) | \(text(best.error, 4)) | \(text(ratio, 2)) |",
          ratio > 1.1 ? "yes |" : " |")
        fflush(nil)
      }
    }
  }
  print("\(failing) of \(cells) cells are more than a tenth above the best single model")
}

private func plainError(_ model: some Forecaster, _ series: PlainSeries, squared: Bool) -> Double {
  series.error(of: model, squared: squared)
}

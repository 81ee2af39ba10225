import Forecasting
import ForesightNumerics
import Foundation

/// A series of a kind that a sure hand continues: its values, and those that follow.
struct PlainSeries {
  static let kinds = [
    "line", "line + season", "exponential", "saturating", "level shift", "random walk", "autoregression",
    "intermittent",
  ]
  /// Standard deviations of the noise, relative to ten: none to large.
  static let noises = [0.0, 0.02, 0.3, 2]
  static let lengths = [12, 30, 60, 120, 500]
  static let horizon = 12

  let series: TimeSeries
  let future: [Double]

  /// A draw; the same arguments give the same series.
  ///
  /// Without noise a random walk is a constant step, and an autoregression a cycle that fades.
  init(kind: String, noise: Double, length: Int, draw: Int) throws {
    let stream = RandomStream(seed: 14, name: "plain.\(kind)", replicate: draw)
    let total = length + PlainSeries.horizon
    let shocks = RandomStream(seed: 14, name: "plain.noise.\(kind)", replicate: draw).normals(0..<total)
    let u = (0..<8).map { stream.uniform($0) }
    let place = Int((0.3 + 0.5 * u[3]) * Double(length))
    let season = [4.0, -2, 1, 0, 3, -5, 2, -1, 0, -3, 2, -1]
    let sigma = 10 * noise
    var state = 0.0
    let values = (0..<total).map { step -> Double in
      let t = Double(step)
      let e = sigma * shocks[step]
      switch kind {
      case "line": return 200 + (4 * u[0] - 1) * t + e
      case "line + season": return 200 + (4 * u[0] - 1) * t + 8 * season[step % 12] + e
      case "exponential": return 100 * exp((0.01 + 0.02 * u[0]) * t * min(1, 60 / Double(length))) + e
      case "saturating": return 100 + 100 * (1 - exp(-t * (1 + 3 * u[0]) / Double(length))) + e
      case "level shift": return 100 + (step >= place ? 50 + 50 * u[0] : 0) + e
      case "random walk":
        state += 0.2 * (u[0] - 0.5) + 0.3 * e
        return 100 + state
      case "autoregression":
        state = 0.8 * state + (step == 0 ? 20 : 0) + 0.5 * e
        return 100 + state
      default:
        let isDemand = stream.uniform(100 + step) < 0.15 + 0.3 * u[0]
        return isDemand ? max((5 + 0.2 * e).rounded(), 1) : 0
      }
    }
    let isSeasonal = kind == "line + season"
    series = try TimeSeries(
      Array(values[..<length]), start: Period(.index, ordinal: 1), name: "\(kind) \(draw)", rule: .mean,
      seasonalPeriod: isSeasonal ? 12 : 1)
    future = Array(values[length...])
  }

  /// The mean absolute error of a model, or its root mean squared error for demand; a failure counts as the last value going on.
  func error(of model: some Forecaster, squared: Bool) -> Double {
    let last = series.values.last.flatMap { $0 } ?? 0
    let mean =
      (try? model.fit(series).forecast(future.count).mean) ?? [Double](repeating: last, count: future.count)
    let sum = zip(mean, future).reduce(0.0) {
      $0 + (squared ? ($1.0 - $1.1) * ($1.0 - $1.1) : abs($1.0 - $1.1))
    }
    return squared ? (sum / Double(future.count)).squareRoot() : sum / Double(future.count)
  }

  /// What errors are compared with where all of them are next to nothing: the range of the values, in millionths.
  var trifle: Double {
    let values = series.values.compactMap { $0 }
    return 1e-6 * max((values.max() ?? 0) - (values.min() ?? 0), 1e-3 * abs(values.last ?? 0))
  }
}

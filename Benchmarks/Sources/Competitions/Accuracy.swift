import Forecasting
import Foundation

/// The scores of a model on a competition, group by group: one row a group, and all together.
func printAccuracy(_ model: any Forecaster, _ data: [CompetitionSeries]) throws {
  var scores: [String: [Scores]] = [:]
  var seconds: [String: Double] = [:]
  var intervalSeconds: [String: Double] = [:]
  for item in data {
    let series = try item.series()
    let started = processorSeconds()
    let forecast = try forecasts(model, series, item.horizon)
    let mean = forecast.mean
    let known = processorSeconds()
    let narrow = forecast.interval(0.8)
    let wide = forecast.interval(0.95)
    let ended = processorSeconds()
    for group in [item.group, "ALL"] {
      seconds[group, default: 0] += known - started
      intervalSeconds[group, default: 0] += ended - started
    }
    let score = Scores(item, mean, narrow, wide, naive2(item))
    scores[item.group, default: []].append(score)
    scores["ALL", default: []].append(score)
  }
  print(
    "| \(model.name) | series | sMAPE | MASE | OWA | cover 80 | cover 95 | MSIS 95 | series a CPU-second | with intervals | CPU-seconds |"
  )
  print("|---|---|---|---|---|---|---|---|---|---|---|")
  for (group, values) in scores.sorted(by: { $0.value.count < $1.value.count }) {
    func mean(_ path: (Scores) -> Double) -> Double {
      values.reduce(0) { $0 + path($1) } / Double(values.count)
    }
    let smape = mean(\.smape)
    let mase = mean(\.mase)
    let owa = 0.5 * (smape / mean(\.naiveSMAPE) + mase / mean(\.naiveMASE))
    let time = intervalSeconds[group, default: 0]
    let rate = Double(values.count) / seconds[group, default: 0]
    print(
      "| \(group) | \(values.count) | \(text(smape, 2)) | \(text(mase, 3)) | \(text(owa, 4)) |",
      "\(text(100 * mean(\.cover80), 1)) | \(text(100 * mean(\.cover95), 1)) | \(text(mean(\.msis), 2)) | \(text(rate, 0)) |",
      "\(text(Double(values.count) / time, 0)) | \(text(time, 1)) |"
    )
  }
}

private func forecasts(_ model: some Forecaster, _ series: TimeSeries, _ horizon: Int) throws -> Forecast {
  try model.fit(series).forecast(horizon)
}

/// The scores of one series, averaged over the horizon.
private struct Scores {
  let smape: Double
  let mase: Double
  let naiveSMAPE: Double
  let naiveMASE: Double
  let cover80: Double
  let cover95: Double
  let msis: Double

  init(
    _ item: CompetitionSeries, _ mean: [Double], _ narrow: [PredictionInterval], _ wide: [PredictionInterval],
    _ naive: [Double]
  ) {
    let scale = item.scale
    let count = Double(item.horizon)
    func smape(_ f: [Double]) -> Double {
      zip(f, item.test).reduce(0) { $0 + 200 * abs($1.0 - $1.1) / (abs($1.0) + abs($1.1)) } / count
    }
    func mase(_ f: [Double]) -> Double {
      zip(f, item.test).reduce(0) { $0 + abs($1.0 - $1.1) } / count / scale
    }
    self.smape = smape(mean)
    self.mase = mase(mean)
    naiveSMAPE = smape(naive)
    naiveMASE = mase(naive)
    func covered(_ interval: [PredictionInterval]) -> Double {
      Double(zip(interval, item.test).count { $0.lower <= $1 && $1 <= $0.upper }) / count
    }
    cover80 = covered(narrow)
    cover95 = covered(wide)
    let score = zip(wide, item.test).reduce(0) { sum, pair in
      let (interval, y) = pair
      return sum + interval.upper - interval.lower
        + 40 * (max(0, interval.lower - y) + max(0, y - interval.upper))
    }
    msis = score / count / scale
  }
}

/// The processor time that this process has used.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

func text(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

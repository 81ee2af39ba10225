import Forecasting
import Foundation

/// The scored part of a forecast: means and 80 and 95 % intervals, one value per step.
struct ScoredForecast {
  var mean: [Double] = []
  var narrow: [PredictionInterval] = []
  var wide: [PredictionInterval] = []
}

/// The scores of a model on a competition: one row per group, and one for all series.
func printAccuracy(_ model: any Forecaster, _ data: [CompetitionSeries]) throws {
  var table = AccuracyTable()
  for item in data {
    let series = try item.series()
    let started = processorSeconds()
    let forecast = try forecasts(model, series, item.horizon)
    let mean = forecast.mean
    let known = processorSeconds()
    let scored = try ScoredForecast(mean: mean, narrow: forecast.interval(0.8), wide: forecast.interval(0.95))
    table.add(item, scored, seconds: known - started, withIntervals: processorSeconds() - started)
  }
  table.print(model.name)
}

/// The scores of a peer's forecasts, read from a file, on the series that the file contains; without times.
func printAccuracy(forecastsIn file: URL, _ data: [CompetitionSeries]) throws {
  let forecasts = try peerForecasts(file)
  let known = Set(data.map(\.id))
  if let stranger = forecasts.keys.filter({ !known.contains($0) }).min() {
    throw CompetitionFault(text: "\(file.path): \(stranger) is not a series of the competition")
  }
  var table = AccuracyTable()
  for item in data {
    guard let forecast = forecasts[item.id] else { continue }
    guard forecast.mean.count == item.horizon else {
      throw CompetitionFault(
        text: "\(file.path): \(item.id) has \(forecast.mean.count) steps; its horizon is \(item.horizon)")
    }
    table.add(item, forecast)
  }
  table.print(file.lastPathComponent.split(separator: ".csv").first.map(String.init) ?? file.path)
}

/// The forecasts by series in a file `unique_id,h,mean,lo80,hi80,lo95,hi95`, with steps in order.
private func peerForecasts(_ file: URL) throws -> [String: ScoredForecast] {
  let name = file.lastPathComponent
  let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  var forecasts: [String: ScoredForecast] = [:]
  for row in try CompetitionData.rows(file.deletingLastPathComponent(), plain) {
    let figures = row.dropFirst(2).compactMap(Double.init)
    guard row.count == 7, figures.count == 5, figures.allSatisfy(\.isFinite),
      Int(row[1]) == forecasts[row[0], default: ScoredForecast()].mean.count + 1
    else {
      throw CompetitionFault(
        text: "\(file.path): \(row.joined(separator: ",")) is not the next step of a forecast")
    }
    forecasts[row[0], default: ScoredForecast()].mean.append(figures[0])
    forecasts[row[0]]?.narrow.append(PredictionInterval(lower: figures[1], upper: figures[2], level: 0.8))
    forecasts[row[0]]?.wide.append(PredictionInterval(lower: figures[3], upper: figures[4], level: 0.95))
  }
  return forecasts
}

private func forecasts(_ model: some Forecaster, _ series: TimeSeries, _ horizon: Int) throws -> Forecast {
  try model.fit(series).forecast(horizon)
}

/// Scores by group.
private struct AccuracyTable {
  private var scores: [String: [Scores]] = [:]
  private var seconds: [String: Double] = [:]
  private var intervalSeconds: [String: Double] = [:]

  mutating func add(
    _ item: CompetitionSeries, _ forecast: ScoredForecast, seconds: Double? = nil,
    withIntervals: Double? = nil
  ) {
    let score = Scores(item, forecast, naive2(item))
    for group in [item.group, "ALL"] {
      scores[group, default: []].append(score)
      if let seconds { self.seconds[group, default: 0] += seconds }
      if let withIntervals { intervalSeconds[group, default: 0] += withIntervals }
    }
  }

  func print(_ name: String) {
    Swift.print(
      "| \(name) | series | sMAPE | MASE | OWA | cover 80 | cover 95 | MSIS 95 | series per CPU-second | with intervals | CPU-seconds |"
    )
    Swift.print("|---|---|---|---|---|---|---|---|---|---|---|")
    for (group, values) in scores.sorted(by: { $0.value.count < $1.value.count }) {
      func mean(_ path: (Scores) -> Double) -> Double {
        values.reduce(0) { $0 + path($1) } / Double(values.count)
      }
      func rate(_ seconds: Double?) -> String { seconds.map { text(Double(values.count) / $0, 0) } ?? "" }
      let smape = mean(\.smape)
      let mase = mean(\.mase)
      let owa = 0.5 * (smape / mean(\.naiveSMAPE) + mase / mean(\.naiveMASE))
      Swift.print(
        "| \(group) | \(values.count) | \(text(smape, 2)) | \(text(mase, 3)) | \(text(owa, 4)) |",
        "\(text(100 * mean(\.cover80), 1)) | \(text(100 * mean(\.cover95), 1)) | \(text(mean(\.msis), 2)) |",
        "\(rate(seconds[group])) | \(rate(intervalSeconds[group])) |",
        "\(intervalSeconds[group].map { text($0, 1) } ?? "") |")
    }
    // Prints the table before the next model, which may take long, begins.
    fflush(nil)
  }
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

  init(_ item: CompetitionSeries, _ forecast: ScoredForecast, _ naive: [Double]) {
    let scale = item.scale
    let count = Double(item.horizon)
    func smape(_ f: [Double]) -> Double {
      zip(f, item.test).reduce(0) { sum, pair in
        let size = abs(pair.0) + abs(pair.1)
        return sum + (size > 0 ? 200 * abs(pair.0 - pair.1) / size : 0)
      } / count
    }
    func mase(_ f: [Double]) -> Double {
      zip(f, item.test).reduce(0) { $0 + abs($1.0 - $1.1) } / count / scale
    }
    self.smape = smape(forecast.mean)
    self.mase = mase(forecast.mean)
    naiveSMAPE = smape(naive)
    naiveMASE = mase(naive)
    func covered(_ interval: [PredictionInterval]) -> Double {
      Double(zip(interval, item.test).count { $0.lower <= $1 && $1 <= $0.upper }) / count
    }
    cover80 = covered(forecast.narrow)
    cover95 = covered(forecast.wide)
    let score = zip(forecast.wide, item.test).reduce(0) { sum, pair in
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

import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation

/// Compares the exact log-likelihood reached at the orders that a peer chose with that of the peer's coefficients.
///
/// Mean and drift are concentrated out on both sides. Peer fits that are not stationary are counted and skipped.
func printARIMAOptimum(_ data: [CompetitionSeries], directory: URL, peer file: String) throws {
  let series = Dictionary(uniqueKeysWithValues: data.map { ($0.id, $0) })
  var outside = 0
  var unfinished = 0
  var evaluations = 0
  var seconds = 0.0
  var gains: [Double] = []
  var own: [Double] = []
  var conventions: [Double] = []
  var short: [(id: String, model: String, gain: Double)] = []
  for row in try CompetitionData.rows(directory, file) {
    guard let item = series[row[0]], let model = arima(row[3]), let theirs = Double(row[4]) else { continue }
    let values = try item.series()
    guard let held = try? model.fit(values, holding: coefficients(row[11], model.order)),
      let peer = held.logLikelihood
    else {
      outside += 1
      continue
    }
    conventions.append(abs(peer - theirs))
    let started = processorSeconds()
    let fit = try model.fit(values)
    seconds += processorSeconds() - started
    evaluations += fit.convergence.evaluations
    switch fit.convergence.status {
    case .converged, .atBound, .closedForm: break
    default: unfinished += 1
    }
    let value = fit.logLikelihood ?? .infinity
    let gain = value - peer
    gains.append(gain)
    own.append(value - theirs)
    if gain < -1e-3 { short.append((item.id, model.name, gain)) }
  }
  guard !gains.isEmpty else {
    throw CompetitionFault(text: "\(file): there is no fit of a series of this competition")
  }
  let count = Double(gains.count)
  gains.sort()
  conventions.sort()
  print("| \(file) | |")
  print("|---|---|")
  print("| fits compared | \(gains.count) |")
  print("| not stationary or without a likelihood, skipped | \(outside) |")
  print(
    "| ours ≥ theirs − 0.001, both in our likelihood | \(text(100 - 100 * Double(short.count) / count, 2)) % |"
  )
  print(
    "| ours ≥ the value they print − 0.001 | \(text(100 * Double(own.count { $0 >= -1e-3 }) / count, 2)) % |"
  )
  print("| ours better by more than 0.01 | \(text(100 * Double(gains.count { $0 > 0.01 }) / count, 1)) % |")
  print(
    "| median, 95 % and largest gain | \(text(gains[gains.count / 2], 5)), \(text(gains[gains.count * 19 / 20], 3)), \(text(gains[gains.count - 1], 2)) |"
  )
  print(
    "| their likelihood recomputed, median and 95 % difference | \(text(conventions[gains.count / 2], 5)), \(text(conventions[gains.count * 19 / 20], 4)) |"
  )
  print("| not converged | \(unfinished) |")
  print("| evaluations per fit | \(text(Double(evaluations) / count, 1)) |")
  print("| microseconds per fit | \(text(1e6 * seconds / count, 1)) |")
  for miss in short { print("| \(miss.id) \(miss.model) | \(text(miss.gain, 4)) |") }
}

/// The model with the notation `(p,d,q)(P,D,Q)[m] drift`.
private func arima(_ text: String) -> ARIMA? {
  let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
  guard numbers.count == 7 else { return nil }
  let hasSeason = numbers[3] + numbers[4] + numbers[5] > 0
  let order = ARIMAOrder(
    numbers[0], numbers[1], numbers[2], seasonal: (numbers[3], numbers[4], numbers[5]),
    period: hasSeason ? numbers[6] : 1)
  return ARIMA(order, constant: text.hasSuffix("drift") || text.hasSuffix("mean"))
}

/// Coefficients from `ar1=…;ma1=…` or `{"ar1": …, "ma1": …}`.
private func coefficients(_ text: String, _ order: ARIMAOrder) -> ARIMACoefficients {
  var found: [String: Double] = [:]
  for part in text.split(whereSeparator: { ";,{}".contains($0) }) {
    let pair = part.split(whereSeparator: { "=: \"".contains($0) })
    if pair.count == 2 { found[String(pair[0])] = Double(pair[1]) }
  }
  func take(_ prefix: String, _ count: Int) -> [Double] {
    (0..<count).map { found["\(prefix)\($0 + 1)"] ?? 0 }
  }
  return ARIMACoefficients(
    ar: take("ar", order.ar), ma: take("ma", order.ma), seasonalAR: take("sar", order.seasonalAR),
    seasonalMA: take("sma", order.seasonalMA))
}

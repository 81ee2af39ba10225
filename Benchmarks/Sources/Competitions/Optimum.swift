import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation

/// Compares the log-likelihood that maximum likelihood reaches with that of a peer, for the form that the peer chose.
///
/// Peer fits outside the usual bounds (β > α or γ > 1 − α) are counted and skipped.
func printOptimum(_ data: [CompetitionSeries], directory: URL, peer file: String) throws {
  let series = Dictionary(uniqueKeysWithValues: data.map { ($0.id, $0) })
  var compared = 0
  var outside = 0
  var evaluations = 0
  var unfinished = 0
  var short: [(id: String, form: ETSForm, gain: Double)] = []
  var gains: [Double] = []
  let started = processorSeconds()
  for row in try CompetitionData.rows(directory, file) {
    guard let item = series[row[0]], let form = ETSForm(row[3]), let theirs = Double(row[4]) else { continue }
    let (alpha, beta, gamma) = smoothing(row[11])
    guard beta <= alpha + 1e-9, gamma <= 1 - alpha + 1e-9 else {
      outside += 1
      continue
    }
    compared += 1
    let fit = try ETS(form, estimation: .maximumLikelihood).fit(item.series())
    evaluations += fit.convergence.evaluations
    unfinished += fit.convergence.status.isConverged ? 0 : 1
    let gain = (fit.concentratedLogLikelihood ?? .infinity) - theirs
    gains.append(gain)
    if gain < -1e-3 { short.append((item.id, form, gain)) }
  }
  guard compared > 0 else {
    throw CompetitionFault(text: "\(file): there is no fit of a series of this competition")
  }
  let seconds = processorSeconds() - started
  gains.sort()
  print("| \(file) | |")
  print("|---|---|")
  print("| fits compared | \(compared) |")
  print("| outside the usual bounds, skipped | \(outside) |")
  print("| ours ≥ theirs − 0.001 | \(text(100 - 100 * Double(short.count) / Double(compared), 2)) % |")
  print("| median gain in log-likelihood | \(text(gains[compared / 2], 4)) |")
  print("| not converged | \(unfinished) |")
  print("| evaluations per fit | \(text(Double(evaluations) / Double(compared), 1)) |")
  print("| microseconds per fit | \(text(1e6 * seconds / Double(compared), 1)) |")
  for miss in short { print("| \(miss.id) \(miss.form) | \(text(miss.gain, 4)) |") }
}

/// α, β and γ from `alpha=…;beta=…` or `[α, β, γ, …]`; zero if absent.
private func smoothing(_ text: String) -> (alpha: Double, beta: Double, gamma: Double) {
  if text.hasPrefix("[") {
    let parts = text.dropFirst().dropLast().split(separator: ",").map {
      Double($0.trimmingCharacters(in: .whitespaces)) ?? 0
    }
    return (parts[0], parts[1], parts[2])
  }
  var found: [Substring: Double] = [:]
  for part in text.split(separator: ";") {
    let pair = part.split(separator: "=")
    if pair.count == 2 { found[pair[0]] = Double(pair[1]) }
  }
  return (found["alpha"] ?? 0, found["beta"] ?? 0, found["gamma"] ?? 0)
}

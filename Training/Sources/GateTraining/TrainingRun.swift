@_spi(Training) import ForecastModels
import ForesightNumerics
import Foundation

/// One network trained on series that are made as they are needed.
public struct TrainingRun: Codable, Hashable {
  /// The seed of the series, of the first weights and of what is dropped.
  public var seed: UInt64 = 1
  /// The steps of the descent.
  public var iterations = 12_000
  /// The rows of each.
  public var batch = 512
  /// The largest rate of learning.
  public var rate = 3e-3
  /// The rows that are kept in memory.
  public var pool = 400_000
  /// How often a row is used on average.
  public var reuse = 4.0
  /// What the generator believes.
  public var prior = Prior()

  /// A run with the usual constants.
  public init(seed: UInt64 = 1, iterations: Int = 12_000) {
    self.seed = seed
    self.iterations = iterations
  }

  /// The rows that a loss is measured on.
  private static let validation = 40_000

  /// The network and its losses: on training rows at the end, and on rows that were not trained on.
  func network(
    report: (String) -> Void
  ) -> (network: TrainedNetwork, training: Double, validation: Double) {
    let result = descent(report: report)
    return (result.network, result.loss, TrainingRun.loss(result.network, prior: prior))
  }

  /// The network, and the moving average of its losses on what it is trained on.
  func descent(report: (String) -> Void) -> (network: TrainedNetwork, loss: Double) {
    var draws = Draws(seed: seed, series: Int.max)
    var rows = TrainingRows(capacity: pool, seed: seed, prior: prior)
    rows.add(min(pool / 4, 100_000))
    var network = TrainedNetwork(&draws)
    network.standardize(rows)
    var adam = Adam(network)
    let fresh = max(Int(Double(batch) / reuse), 1)
    var recent = 0.0
    for iteration in 0..<iterations {
      rows.add(fresh)
      let part = Double(iteration) / Double(iterations)
      let now = rate * min(1, Double(iteration) / 200) * (0.5 * (1 + cos(Double.pi * part)) + 0.01)
      let chosen = (0..<batch).map { _ in draws.whole(0, rows.count - 1) }
      let own = Draws(seed: seed &+ 1_000, series: iteration)
      let step = GradientStep(adam.network, rows, chosen[...], noise: (prior.dropout, 0.1, own))
      adam.step(step, rate: now)
      recent += 0.01 * (step.loss - recent)
      if (iteration + 1).isMultiple(of: max(iterations / 5, 1)) {
        report("\(iteration + 1) steps, \(rows.series) series, training loss \(recent)")
      }
    }
    return (adam.average, recent)
  }

  /// The loss on series under a seed of their own.
  static func loss(_ network: TrainedNetwork, prior: Prior) -> Double {
    var rows = TrainingRows(capacity: validation, seed: 0, prior: prior)
    rows.add(validation)
    let all = Array(0..<rows.count)
    var sum = 0.0
    for first in stride(from: 0, to: all.count, by: 1_000) {
      let part = all[first..<min(first + 1_000, all.count)]
      sum += GradientStep(network, rows, part, needsGradient: false).loss * Double(part.count)
    }
    return sum / Double(all.count)
  }
}

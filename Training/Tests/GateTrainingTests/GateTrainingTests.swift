@_spi(Training) import ForecastModels
import ForesightNumerics
import Foundation
import Testing

@testable import GateTraining

@Suite struct GateTrainingTests {
  /// A series is a function of its seed and number.
  @Test func seriesAreReproducible() {
    for number in 0..<50 {
      let one = SyntheticSeries(seed: 5, number: number, prior: Prior())
      let other = SyntheticSeries(seed: 5, number: number, prior: Prior())
      #expect(one.values == other.values && one.steps == other.steps)
      #expect(one.values.allSatisfy(\.isFinite) && one.values.count >= one.known + (one.steps.last ?? 0))
    }
    #expect(
      SyntheticSeries(seed: 5, number: 1, prior: Prior()).values
        != SyntheticSeries(seed: 6, number: 1, prior: Prior()).values)
  }

  /// Means and variances of the draws are those of their laws.
  @Test func drawsHaveTheirMoments() {
    var r = Draws(seed: 1, series: 1)
    let normals = (0..<20_000).map { _ in r.normal() }
    #expect(abs(normals.reduce(0, +) / 20_000) < 0.03)
    #expect(abs(normals.reduce(0) { $0 + $1 * $1 } / 20_000 - 1) < 0.05)
    for mean in [0.5, 7, 60] {
      let counts = (0..<20_000).map { _ in r.poisson(mean) }
      #expect(abs(counts.reduce(0, +) / 20_000 - mean) < 5 * (mean / 20_000).squareRoot())
    }
    #expect((0..<1_000).allSatisfy { _ in (3...5).contains(r.whole(3, 5)) })
  }

  /// The gradient is that of central differences.
  @Test func theGradientIsThatOfDifferences() {
    var rows = TrainingRows(capacity: 100, seed: 1, prior: Prior())
    rows.add(32)
    var draws = Draws(seed: 3, series: 3)
    var network = TrainedNetwork(&draws)
    network.standardize(rows)
    network.weights[3].elements = network.weights[3].elements.map { _ in draws.uniform(-0.3, 0.3) }
    let chosen = Array(0..<32)[...]
    let step = GradientStep(network, rows, chosen)
    for layer in 0..<4 {
      for i in [5, 700, 1_500] {
        var (above, below) = (network, network)
        above.weights[layer].elements[i] += 1e-6
        below.weights[layer].elements[i] -= 1e-6
        let slope =
          (GradientStep(above, rows, chosen, needsGradient: false).loss
            - GradientStep(below, rows, chosen, needsGradient: false).loss) / 2e-6
        #expect(abs(slope - step.weights[layer].elements[i]) < 1e-6 * (1 + abs(slope)))
      }
    }
  }

  /// A short run lowers the loss, and the network read back by the library gives the quantiles of the one trained.
  @Test func aShortRunLearns() throws {
    var run = TrainingRun(seed: 2, iterations: 150)
    run.batch = 64
    run.pool = 2_000
    run.prior.dropout = 0
    var draws = Draws(seed: 2, series: Int.max)
    var rows = TrainingRows(capacity: 500, seed: 9, prior: run.prior)
    rows.add(500)
    var start = TrainedNetwork(&draws)
    start.standardize(rows)
    let all = Array(0..<rows.count)[...]
    let before = GradientStep(start, rows, all, needsGradient: false).loss
    let trained = run.descent { _ in }.network
    let after = GradientStep(trained, rows, all, needsGradient: false).loss
    #expect(after < 0.98 * before, "\(before) → \(after)")
    let bytes = WeightsFile.bytes(trained)
    let values = stride(from: 0, to: bytes.count, by: 2).map {
      HalfPrecision.value(UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
    }
    #expect(GateNetwork(values) != nil)
    #expect(zip(values, trained.parameters).allSatisfy { abs($0 - $1) <= 1e-3 * (1e-4 + abs($1)) })
  }
}

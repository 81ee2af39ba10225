import ForesightNumerics
import Foundation

/// The steps of a gradient descent with moments and decaying weights, and the moving average of the parameters.
///
/// Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019, arXiv:1711.05101.
struct Adam {
  private(set) var network: TrainedNetwork
  /// The moving average of the parameters, which is what is kept.
  private(set) var average: TrainedNetwork
  private var first: [[Double]]
  private var second: [[Double]]
  private var count = 0

  init(_ network: TrainedNetwork) {
    self.network = network
    average = network
    let sizes = network.weights.map(\.elements.count) + network.biases.map(\.count)
    first = sizes.map { [Double](repeating: 0, count: $0) }
    second = first
  }

  /// One step, with the gradient's norm held to 1.
  mutating func step(_ gradient: GradientStep, rate: Double) {
    count += 1
    let all = gradient.weights.map(\.elements) + gradient.biases
    var squares = 0.0
    for part in all { for value in part { squares += value * value } }
    let shrink = min(1, 1 / (squares.squareRoot() + 1e-12))
    let firstBias = 1 - pow(0.9, Double(count))
    let secondBias = 1 - pow(0.999, Double(count))
    for (place, part) in all.enumerated() {
      let isWeight = place < 4
      var values = isWeight ? network.weights[place].elements : network.biases[place - 4]
      for i in part.indices {
        let g = shrink * part[i]
        first[place][i] = 0.9 * first[place][i] + 0.1 * g
        second[place][i] = 0.999 * second[place][i] + 0.001 * g * g
        let size = (second[place][i] / secondBias).squareRoot() + 1e-8
        values[i] -= rate * (first[place][i] / firstBias / size + (isWeight ? 1e-4 * values[i] : 0))
      }
      if isWeight { network.weights[place].elements = values } else { network.biases[place - 4] = values }
    }
    guard count.isMultiple(of: 10) else { return }
    let t = Double(count / 10)
    let share = 1 - min(0.99, t / (t + 10))
    for layer in 0..<4 {
      Adam.move(&average.weights[layer].elements, to: network.weights[layer].elements, by: share)
      Adam.move(&average.biases[layer], to: network.biases[layer], by: share)
    }
  }

  private static func move(_ values: inout [Double], to others: [Double], by share: Double) {
    for i in values.indices { values[i] += share * (others[i] - values[i]) }
  }
}

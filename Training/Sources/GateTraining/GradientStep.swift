@_spi(Training) import ForecastModels
import ForesightNumerics
import Foundation

/// The loss of a batch and its gradient, by one pass forward and one backward; products by BLAS.
struct GradientStep {
  /// The mean quantile loss over rows and probabilities, in units of the steps' scales.
  private(set) var loss = 0.0
  private(set) var weights: [Matrix] = []
  private(set) var biases: [[Double]] = []

  /// The pass over some rows.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - rows: The pool of rows.
  ///   - chosen: The rows of it that count.
  ///   - noise: The share of units that are dropped, and the noise added to inputs; none when validating.
  init(
    _ network: TrainedNetwork, _ rows: TrainingRows, _ chosen: ArraySlice<Int>,
    noise: (dropped: Double, input: Double, draws: Draws)? = nil, needsGradient: Bool = true
  ) {
    var noise = noise
    let size = GateInputs.count
    let width = GateNetwork.width
    let count = chosen.count
    var x = [Double](repeating: 0, count: size * count)
    for (column, row) in chosen.enumerated() {
      for i in 0..<size {
        x[column * size + i] =
          (Double(rows.inputs[row * size + i]) - network.center[i]) * network.factor[i]
      }
    }
    if let input = noise?.input, input > 0 {
      for i in x.indices { x[i] += input * (noise?.draws.normal() ?? 0) }
    }
    var states = [x]
    var inner: [[Double]] = []
    var masks: [[Double]] = []
    for layer in 0..<3 {
      let z = GradientStep.product(network.weights[layer], states[layer], network.biases[layer])
      var a = z
      var mask: [Double] = []
      if let dropped = noise?.dropped, dropped > 0 {
        mask = a.map { _ in noise?.draws.chance(dropped) ?? false ? 0 : 1 / (1 - dropped) }
      }
      for i in a.indices {
        let value = a[i]
        a[i] = value / (1 + exp(-value)) * (mask.isEmpty ? 1 : mask[i])
        if layer > 0 { a[i] += states[layer][i] }
      }
      inner.append(z)
      masks.append(mask)
      states.append(a)
    }
    let outputs = GradientStep.product(network.weights[3], states[3], network.biases[3])
    var slope = [Double](repeating: 0, count: GateNetwork.outputs * count)
    loss = GradientStep.pinball(outputs, rows, chosen, slope: &slope)
    guard needsGradient else { return }

    var slopes = [slope]
    // The derivative that passes around a layer.
    var carried = [Double](repeating: 0, count: width * count)
    for layer in (0..<3).reversed() {
      // The derivative by the state above this layer.
      var state = GradientStep.product(network.weights[layer + 1].transposed(), slopes[0], [])
      if layer < 2 { for i in state.indices { state[i] += carried[i] } }
      carried = state
      for i in state.indices {
        let value = inner[layer][i]
        let share = 1 / (1 + exp(-value))
        state[i] *= share * (1 + value * (1 - share)) * (masks[layer].isEmpty ? 1 : masks[layer][i])
      }
      slopes.insert(state, at: 0)
    }
    for layer in 0..<4 {
      let (inputs, outputs) = (network.weights[layer].rows, network.weights[layer].columns)
      var gradient = Matrix(rows: inputs, columns: outputs)
      let turned = Matrix(rows: outputs, columns: count, columnMajor: slopes[layer]).transposed()
      gradient.addProduct(
        transposing: Matrix(rows: inputs, columns: count, columnMajor: states[layer]).transposed(), turned)
      weights.append(gradient)
      let columns = turned.elements
      biases.append(
        (0..<outputs).map { j in
          var sum = 0.0
          for i in 0..<count { sum += columns[j * count + i] }
          return sum
        })
    }
  }

  /// Wᵀx and a bias, a column for each row of the batch.
  private static func product(_ weights: Matrix, _ x: [Double], _ bias: [Double]) -> [Double] {
    let outputs = weights.columns
    let count = x.count / weights.rows
    var start = [Double](repeating: 0, count: outputs * count)
    if !bias.isEmpty { for i in start.indices { start[i] = bias[i % outputs] } }
    var result = Matrix(rows: outputs, columns: count, columnMajor: start)
    result.addProduct(
      transposing: weights, Matrix(rows: weights.rows, columns: count, columnMajor: x))
    return result.elements
  }

  /// The mean quantile loss, and its derivatives by the outputs.
  private static func pinball(
    _ outputs: [Double], _ rows: TrainingRows, _ chosen: ArraySlice<Int>, slope: inout [Double]
  ) -> Double {
    let candidates = GateInputs.candidates
    let size = GateNetwork.outputs
    let probabilities = GateNetwork.probabilities
    var total = 0.0
    var shares = [Double](repeating: 0, count: candidates)
    for (column, row) in chosen.enumerated() {
      let first = column * size
      var top = outputs[first]
      for i in 0..<candidates { top = max(top, outputs[first + i]) }
      var sum = 0.0
      for i in 0..<candidates {
        shares[i] = exp(outputs[first + i] - top)
        sum += shares[i]
      }
      var median = 0.0
      for i in 0..<candidates {
        shares[i] /= sum
        median += shares[i] * Double(rows.forecasts[row * candidates + i])
      }
      let unit = Double(rows.spreads[row])
      let target = Double(rows.targets[row])
      // From the median outward: the derivative by a distance is the sum of those by the quantiles beyond it.
      var byMedian = 0.0
      func part(_ k: Int, _ quantile: Double) -> Double {
        let error = target - quantile
        let p = probabilities[k]
        total += max(p * error, (p - 1) * error)
        return (error > 0 ? -p : 1 - p) / 7
      }
      byMedian += part(3, median)
      for side in 0..<2 {
        var distance = 0.0
        var own = [0.0, 0, 0]
        var steps = own
        for k in 0..<3 {
          let output = outputs[first + candidates + 3 * side + k]
          steps[k] = unit * exp(min(max(output, -5), 5))
          distance += steps[k]
          own[k] = side == 0 ? part(4 + k, median + distance) : part(2 - k, median - distance)
          byMedian += own[k]
        }
        var beyond = 0.0
        for k in (0..<3).reversed() {
          beyond += side == 0 ? own[k] : -own[k]
          let output = outputs[first + candidates + 3 * side + k]
          slope[first + candidates + 3 * side + k] = abs(output) < 5 ? beyond * steps[k] : 0
        }
      }
      for i in 0..<candidates {
        slope[first + i] =
          shares[i] * (Double(rows.forecasts[row * candidates + i]) - median) * byMedian
      }
    }
    let scale = 1 / Double(chosen.count)
    for i in slope.indices { slope[i] *= scale }
    return total / 7 * scale
  }
}

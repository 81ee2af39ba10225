internal import RealModule

/// A network that weighs the candidates and says how far the quantiles lie apart.
///
/// Inputs are standardized and pass through three layers, the second and third added to what they are given, with x/(1 + e⁻ˣ)
/// after each. The outputs are a logarithm of a share for each candidate and six logarithms of the distances between
/// neighboring quantiles.
@_spi(Training) public struct GateNetwork: Sendable {
  /// The size of the layers.
  @_spi(Training) public static let width = 64
  /// The probabilities of the quantiles.
  @_spi(Training) public static let probabilities = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975]
  /// The number of outputs: the candidates' shares, the three distances above the median and the three below it.
  @_spi(Training) public static let outputs = GateInputs.candidates + 6
  /// The number of parameters.
  @_spi(Training) public static let parameters =
    2 * GateInputs.count + width * (GateInputs.count + 2 * width + 3) + (width + 1) * outputs
  /// The size of an input beyond which more of it says nothing more.
  @_spi(Training) public static let limit = 12.0

  private static let padded = (outputs + 7) / 8 * 8

  private let center: [Double]
  private let factor: [Double]
  private let layers: [Layer]

  /// The weights of a layer, a row for each input.
  private struct Layer: Sendable {
    let weights: [Double]
    let bias: [Double]
  }

  /// The network of its parameters: centers and factors of the inputs, then each layer's weights, input by input, and its biases.
  ///
  /// `nil` unless their number is `parameters`.
  @_spi(Training) public init?(_ values: [Double]) {
    guard values.count == GateNetwork.parameters else { return nil }
    var rest = values[...]
    func take(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    center = take(GateInputs.count)
    factor = take(GateInputs.count)
    let width = GateNetwork.width
    var layers: [Layer] = []
    for inputs in [GateInputs.count, width, width] {
      layers.append(Layer(weights: take(inputs * width), bias: take(width)))
    }
    let outputs = GateNetwork.outputs
    let weights = take(width * outputs)
    let fill = [Double](repeating: 0, count: GateNetwork.padded - outputs)
    layers.append(
      Layer(
        weights: (0..<width).flatMap { weights[($0 * outputs)..<(($0 + 1) * outputs)] + fill },
        bias: take(outputs) + fill))
    self.layers = layers
  }

  /// Adds a share of what the network says of each step to sums.
  ///
  /// It is asked of the series and of its negative, and the mean of both counts, so that the answer changes its sign with the series.
  /// Steps are taken in blocks of one size, and each sum goes through its terms in order: the answer for a step
  /// has the same bits whatever is asked beside it.
  func add(_ share: Double, of inputs: GateInputs, to sums: inout [GateAnswer]) {
    let size = GateInputs.count
    let block = 8
    var rows = [Double](repeating: 0, count: 2 * block * size)
    for first in stride(from: 0, to: inputs.steps.count, by: block) {
      let count = min(block, inputs.steps.count - first)
      for k in 0..<count {
        let start = (first + k) * size
        for i in 0..<size {
          let value = min(max(inputs.values[start + i], -GateNetwork.limit), GateNetwork.limit)
          rows[2 * k * size + i] = (value - center[i]) * factor[i]
          rows[(2 * k + 1) * size + i] = ((i < GateInputs.odd ? -value : value) - center[i]) * factor[i]
        }
      }
      let outputs = outputs(of: rows, count: 2 * block)
      for k in 0..<count {
        for isNegative in [false, true] {
          let start = (2 * k + (isNegative ? 1 : 0)) * GateNetwork.padded
          sums[first + k].add(
            outputs[start..<(start + GateNetwork.outputs)], 0.5 * share, isNegative: isNegative)
        }
      }
    }
  }

  private func outputs(of rows: [Double], count: Int) -> [Double] {
    var state = dense(rows, layers[0].weights, layers[0].bias, rows: count)
    swish(&state)
    for layer in layers[1...2] {
      var next = dense(state, layer.weights, layer.bias, rows: count)
      swish(&next)
      for i in state.indices { state[i] += next[i] }
    }
    return dense(state, layers[3].weights, layers[3].bias, rows: count)
  }
}

/// What the network says of a step: shares of the candidates, and distances of quantiles in units of the spread.
struct GateAnswer: Sendable {
  var shares = [Double](repeating: 0, count: GateInputs.candidates)
  /// From the median to the 75, 90 and 97.5 % quantiles, each from the one before.
  var above = [0.0, 0, 0]
  /// From the median to the 25, 10 and 2.5 % quantiles.
  var below = [0.0, 0, 0]

  /// The largest logarithm of a distance, either way.
  private static let limit = 5.0

  mutating func add(_ outputs: ArraySlice<Double>, _ weight: Double, isNegative: Bool) {
    let first = outputs.startIndex
    var top = outputs[first]
    for i in 0..<shares.count { top = max(top, outputs[first + i]) }
    var total = 0.0
    let powers = (0..<shares.count).map { i -> Double in
      let power = Double.exp(outputs[first + i] - top)
      total += power
      return power
    }
    for i in 0..<shares.count { shares[i] += weight * powers[i] / total }
    for k in 0..<3 {
      let start = first + shares.count + k
      let (up, down) =
        isNegative ? (outputs[start + 3], outputs[start]) : (outputs[start], outputs[start + 3])
      above[k] += weight * GateAnswer.distance(up)
      below[k] += weight * GateAnswer.distance(down)
    }
  }

  private static func distance(_ logarithm: Double) -> Double {
    Double.exp(min(max(logarithm, -limit), limit))
  }

  /// The seven quantiles of a step, in the series' units.
  func quantiles(_ inputs: GateInputs, _ place: Int) -> [Double] {
    let scale = inputs.scales[place]
    var median = inputs.naive[place]
    for i in shares.indices {
      median += scale * shares[i] * inputs.forecasts[place * shares.count + i]
    }
    let unit = scale * inputs.spreads[place]
    var result = [median]
    for k in 0..<3 {
      result.append(result[result.count - 1] + unit * above[k])
      result.insert(result[0] - unit * below[k], at: 0)
    }
    return result
  }
}

/// The quantiles of each step, in the series' units, by the mean of some networks.
@_spi(Training) public func gateQuantiles(_ networks: [GateNetwork], _ inputs: GateInputs) -> [[Double]] {
  var answers = inputs.steps.map { _ in GateAnswer() }
  for network in networks { network.add(1 / Double(networks.count), of: inputs, to: &answers) }
  return answers.indices.map { answers[$0].quantiles(inputs, $0) }
}

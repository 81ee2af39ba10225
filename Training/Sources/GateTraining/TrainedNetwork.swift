@_spi(Training) import ForecastModels
import ForesightNumerics
import Foundation

/// The parameters of a network in training, each layer's weights as a matrix with a row for each input.
struct TrainedNetwork {
  var center = [Double](repeating: 0, count: GateInputs.count)
  var factor = [Double](repeating: 1, count: GateInputs.count)
  /// The three layers and the outputs.
  var weights: [Matrix]
  var biases: [[Double]]

  /// Small random weights, equal shares of the candidates, and distances near those of a normal law.
  init(_ r: inout Draws) {
    let width = GateNetwork.width
    let sizes = [(GateInputs.count, width), (width, width), (width, width), (width, GateNetwork.outputs)]
    weights = sizes.map { inputs, outputs in
      let bound = 1 / Double(inputs).squareRoot()
      return Matrix(
        rows: inputs, columns: outputs,
        columnMajor: (0..<(inputs * outputs)).map { _ in r.uniform(-bound, bound) })
    }
    biases = sizes.map { [Double](repeating: 0, count: $0.1) }
    weights[3] = Matrix(
      rows: width, columns: GateNetwork.outputs,
      columnMajor: weights[3].elements.enumerated().map { $0 < width * GateInputs.candidates ? 0 : $1 })
    for (k, distance) in [0.8, 0.75, 0.85].enumerated() {
      biases[3][GateInputs.candidates + k] = log(distance)
      biases[3][GateInputs.candidates + 3 + k] = log(distance)
    }
  }

  /// Standardizes inputs by their mean and standard deviation over rows.
  mutating func standardize(_ rows: TrainingRows) {
    let size = GateInputs.count
    let count = Double(rows.count)
    for i in 0..<size {
      var sum = 0.0
      var squares = 0.0
      for row in 0..<rows.count {
        let value = Double(rows.inputs[row * size + i])
        sum += value
        squares += value * value
      }
      let mean = sum / count
      // Inputs that change sign with the series have a mean of zero.
      center[i] = i < GateInputs.odd ? 0 : TrainedNetwork.half(mean)
      factor[i] = TrainedNetwork.half(1 / (max(squares / count - mean * mean, 0).squareRoot() + 0.05))
    }
  }

  /// The parameters in the order that the library reads them.
  var parameters: [Double] {
    var result = center + factor
    for (weight, bias) in zip(weights, biases) { result += weight.transposed().elements + bias }
    return result
  }

  /// A number rounded to half precision.
  private static func half(_ value: Double) -> Double { HalfPrecision.value(HalfPrecision.bits(value)) }
}

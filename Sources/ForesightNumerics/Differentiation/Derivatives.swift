/// A scalar function of several parameters, written once for every ``DifferentiableScalar``.
public protocol DifferentiableFunction: Sendable {
  /// The function's value at the parameters.
  func value<S: DifferentiableScalar>(_ parameters: [S]) -> S
}

extension DifferentiableFunction {
  /// Returns the value and writes the exact partial derivatives into `gradient`, four at a time by forward mode.
  ///
  /// Cost: ⌈n/4⌉ evaluations in ``Dual``.
  @inlinable
  public func value(_ parameters: [Double], gradient: inout [Double]) -> Double {
    let count = parameters.count
    var seeded = parameters.map { Dual<Double>(constant: $0) }
    var value = 0.0
    if count == 0 { value = self.value(parameters) }
    var first = 0
    while first < count {
      let last = min(first + Dual<Double>.width, count)
      for j in first..<last { seeded[j] = Dual(parameters[j], lane: j - first) }
      let result = self.value(seeded)
      value = result.value
      for j in first..<last {
        gradient[j] = result[j - first]
        seeded[j] = Dual(constant: parameters[j])
      }
      first = last
    }
    return value
  }

  /// The exact partial derivatives at the parameters.
  @inlinable
  public func gradient(_ parameters: [Double]) -> [Double] {
    var gradient = [Double](repeating: 0, count: parameters.count)
    _ = value(parameters, gradient: &gradient)
    return gradient
  }

  /// The exact second derivatives at the parameters as rows, by nested duals.
  ///
  /// Cost: ⌈n/4⌉² evaluations in `Dual<Dual<Double>>`.
  @inlinable
  public func hessian(_ parameters: [Double]) -> [[Double]] {
    typealias Second = Dual<Dual<Double>>
    let count = parameters.count
    let width = Second.width
    var rows = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for rowBlock in stride(from: 0, to: count, by: width) {
      for columnBlock in stride(from: 0, to: count, by: width) {
        let seeded: [Second] = parameters.indices.map { j in
          Second(Dual<Double>(parameters[j], lane: j - rowBlock), lane: j - columnBlock)
        }
        let result = value(seeded)
        for i in rowBlock..<min(rowBlock + width, count) {
          for j in columnBlock..<min(columnBlock + width, count) {
            rows[i][j] = result[j - columnBlock][i - rowBlock]
          }
        }
      }
    }
    return rows
  }
}

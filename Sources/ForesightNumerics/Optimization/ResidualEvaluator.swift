/// A residual function with its scalar types fixed, so that the solver behind it is compiled once.
@usableFromInline
struct ResidualEvaluator {
  @usableFromInline let parameterCount: Int
  @usableFromInline let residualCount: Int
  /// Residuals at a point.
  @usableFromInline let residuals: ([Double]) -> [Double]
  /// Residuals and the column-major Jacobian at a point.
  @usableFromInline let linearization: ([Double]) -> (residuals: [Double], jacobian: [Double])

  @inlinable
  init(_ function: some ResidualFunction) {
    let parameterCount = function.parameterCount
    let residualCount = function.residualCount
    self.parameterCount = parameterCount
    self.residualCount = residualCount
    self.residuals = { point in
      var residuals = [Double](repeating: 0, count: residualCount)
      function.evaluate(point, into: &residuals)
      return residuals
    }
    self.linearization = { point in
      var residuals = [Double](repeating: 0, count: residualCount)
      var jacobian = [Double](repeating: 0, count: residualCount * parameterCount)
      var seeded = point.map { Dual<Double>(constant: $0) }
      var buffer = [Dual<Double>](repeating: .zero, count: residualCount)
      var first = 0
      while first < parameterCount {
        let last = min(first + Dual<Double>.width, parameterCount)
        for j in first..<last { seeded[j] = Dual(point[j], lane: j - first) }
        function.evaluate(seeded, into: &buffer)
        for j in first..<last {
          for i in 0..<residualCount { jacobian[j * residualCount + i] = buffer[i][j - first] }
          seeded[j] = Dual(constant: point[j])
        }
        first = last
      }
      for i in 0..<residualCount { residuals[i] = buffer[i].value }
      return (residuals, jacobian)
    }
  }
}

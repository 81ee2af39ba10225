public import ForesightNumerics

/// A joint distribution given by sample paths.
public struct SampledPaths: PredictiveDistribution {
  /// The paths: `horizon` rows, one path per column.
  public let paths: Matrix
  private let margins: [Empirical]

  /// Creates the distribution of equally likely paths.
  ///
  /// - Throws: `NumericsError` if there are no paths or a value is not finite.
  public init(_ paths: Matrix) throws(NumericsError) {
    guard paths.columns > 0 else { throw .tooFewObservations(needed: 1, found: 0) }
    self.paths = paths
    var margins: [Empirical] = []
    for step in 0..<paths.rows {
      let row = paths.row(step)
      if let bad = row.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(row: step, column: bad) }
      margins.append(try Empirical(row))
    }
    self.margins = margins
  }

  /// The number of steps.
  public var horizon: Int { paths.rows }

  /// Returns the empirical distribution of one step.
  public func marginal(_ step: Int) -> any Distribution { margins[step] }

  /// Returns the paths themselves in order; beyond their number, paths are drawn from them with replacement.
  public func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let stream = RandomStream(seed: seed, name: "forecast.resample")
    var drawn = Matrix(rows: horizon, columns: count, repeating: 0)
    for path in 0..<count {
      let pick =
        path < paths.columns
        ? path : min(paths.columns - 1, Int(stream.uniform(path) * Double(paths.columns)))
      for step in 0..<horizon { drawn[step, path] = paths[step, pick] }
    }
    return drawn
  }

  /// Returns the exact distribution of Σ wₛ yₛ + c over the paths.
  public func linearCombination(
    _ weights: [Double], constant: Double
  ) throws(NumericsError) -> (any Distribution)? {
    guard weights.count == horizon else {
      throw .dimensionMismatch(expected: horizon, found: weights.count)
    }
    let sums = (0..<paths.columns).map { path in
      var sum = constant
      for step in 0..<horizon { sum += weights[step] * paths[step, path] }
      return sum
    }
    return try Empirical(sums)
  }
}

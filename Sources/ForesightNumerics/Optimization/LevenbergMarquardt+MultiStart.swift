extension LevenbergMarquardt {
  /// The best of the fits from starts spread over the bounds.
  ///
  /// Every start of the sequence is run to its end; the lowest certified sum of squares wins. The starts are the points of
  /// a scrambled Sobol' sequence keyed by the seed, on a logarithmic scale where a range is positive and spans a factor
  /// above 100. Start k depends on the seed and k alone, so that more starts never give a worse fit.
  ///
  /// - Parameters:
  ///   - model: The regression function, written once for every scalar.
  ///   - inputs: What each observation is taken at.
  ///   - responses: The observations.
  ///   - weights: Positive weights, in proportion to inverse variances; nil for equal ones.
  ///   - starts: How many starts, at least 1.
  ///   - seed: The key of the starts.
  /// - Throws: What ``minimize(_:starts:seed:)`` and ``CurveResiduals`` throw.
  @inlinable
  public func fit<Model: NonlinearModel>(
    _ model: Model, inputs: [Model.Input], responses: [Double], weights: [Double]? = nil, starts: Int,
    seed: UInt64
  ) throws(NumericsError) -> NonlinearLeastSquaresFit {
    try minimize(
      CurveResiduals(model, inputs: inputs, responses: responses, weights: weights), starts: starts,
      seed: seed)
  }

  /// The best of the minima reached from starts spread over the bounds.
  ///
  /// - Parameters:
  ///   - function: The residuals, written once for every scalar.
  ///   - starts: How many starts, at least 1.
  ///   - seed: The key of the starts.
  /// - Throws: ``NumericsError/invalidParameter(name:value:)`` for a bound that is missing or infinite,
  ///   ``NumericsError/tooFewObservations(needed:found:)`` with fewer residuals than parameters,
  ///   ``NumericsError/dimensionMismatch(expected:found:)`` for bounds of the wrong length.
  @inlinable
  public func minimize(_ function: some ResidualFunction, starts: Int, seed: UInt64) throws(NumericsError)
    -> NonlinearLeastSquaresFit
  {
    try solve(ResidualEvaluator(function), starts: starts, seed: seed)
  }

  @usableFromInline
  func solve(_ evaluator: ResidualEvaluator, starts: Int, seed: UInt64) throws(NumericsError)
    -> NonlinearLeastSquaresFit
  {
    precondition(starts >= 1, "a search needs a start")
    let count = evaluator.parameterCount
    let box = bounds ?? .unbounded(count)
    if box.count != count { throw .dimensionMismatch(expected: count, found: box.count) }
    if evaluator.residualCount < count {
      throw .tooFewObservations(needed: count, found: evaluator.residualCount)
    }
    var columns: [[Double]] = []
    for j in 0..<count {
      for bound in [box.lower[j], box.upper[j]] where !bound.isFinite {
        throw .invalidParameter(name: "bound of parameter \(j)", value: bound)
      }
      let points = try ScrambledSobol(dimension: j, seed: seed, name: "start \(j)").points(0..<starts)
      let (low, high) = (box.lower[j], box.upper[j])
      let isLogarithmic = low > 0 && high > 100 * low
      columns.append(
        points.map { isLogarithmic ? low * power(high / low, $0) : low + (high - low) * $0 })
    }
    var run = LevenbergMarquardtRun(evaluator, options: self, box: box)
    var best = run.descend(from: columns.map { $0[0] })
    for k in 1..<max(starts, 1) {
      let found = run.descend(from: columns.map { $0[k] })
      if isBetter(found, than: best) { best = found }
    }
    return run.fit(best, restarts: starts - 1)
  }
}

public import Forecasting
internal import ForesightNumerics

extension FittedTheta {
  /// The joint Student t law of the next base periods.
  ///
  /// The model is linear in the observations, its moving line too: the path without innovations is the exact mean and the
  /// covariance of the noise is σ²Σ c_{ik}c_{jk}, c_{ik} what an innovation at step k adds to step i. Added by the delta
  /// method are α, the level and a drift, with the covariance that least squares leaves them, and the seasonal indices,
  /// each with the scatter of its cycles. Innovations are widened by 1.15 and parameters by 1.3, and the degrees
  /// of freedom are those of σ̂², eight at most: the errors that M3's training parts held out show (`Spread`).
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    let path = recursion.path(horizon, from: state)
    let first = origin.distance(to: series.end) + 1
    let location = path.enumerated().map { scale * season.seasonal($1 + centre, at: first + $0) }
    return try numerics { () throws(NumericsError) in
      try JointStudentT(
        location: location, columns: scaleColumns(horizon, path: path),
        degreesOfFreedom: Spread.misspecified.limited(degreesOfFreedom))
    }
  }

  /// A root of the covariance: a column an innovation, three for the parameters, one a seasonal index.
  func scaleColumns(_ horizon: Int, path: [Double]) -> ScaleColumns {
    let first = origin.distance(to: series.end) + 1
    let season = self.season
    let scale = self.scale
    let centre = self.centre
    let scales = (0..<horizon).map { season.isMultiplicative ? scale * season.index(first + $0) : scale }
    let noise = noise(horizon)
    let shifts = parameterShifts(horizon)
    let cycle = season.indices.count
    return ScaleColumns(rows: horizon, others: horizon + shifts.count + cycle) { place in
      var start = 0
      var values: [Double]
      if place < horizon {
        start = place
        values = noise(place)
      } else if place < horizon + shifts.count {
        values = shifts[place - horizon]
      } else {
        let phase = place - horizon - shifts.count
        let error = scale * season.errors[phase]
        values = [Double](repeating: 0, count: horizon)
        for i in 0..<horizon where (first + i) % cycle == phase {
          values[i] = season.isMultiplicative ? error * (path[i] + centre) : error
        }
        return (0, values[...])
      }
      for i in values.indices { values[i] *= scales[start + i] }
      return (start, values[...])
    }
  }

  /// What the innovation of a step, one standard deviation, adds to the scaled, adjusted path from there on.
  private func noise(_ horizon: Int) -> @Sendable (Int) -> [Double] {
    let recursion = self.recursion
    let deviation = Spread.misspecified.innovation * variance.squareRoot() / scale
    guard form.isDynamic else {
      // A fixed line's response is α from the next step on.
      return { [deviation] + [Double](repeating: recursion.alpha * deviation, count: horizon - 1 - $0) }
    }
    var still = state
    still.level = 0
    still.line = state.line.homogeneous
    // The moving line weighs an innovation by its time: where each step's response begins.
    var starts: [ThetaState] = []
    for _ in 0..<horizon {
      starts.append(still)
      recursion.advance(&still, value: 0, predicted: 0, extendsLine: true)
    }
    return { [starts] step in
      recursion.path(horizon - step, from: starts[step], shock: 0).map { deviation * $0 }
    }
  }

  /// What α, the level and a drift move the scaled, adjusted path by, in the directions of their uncertainty.
  private func parameterShifts(_ horizon: Int) -> [[Double]] {
    let recursion = self.recursion
    var still = state
    still.level = 0
    still.line = state.line.homogeneous
    let byAlpha = nudged.pathSlope(horizon)
    var risen = still
    risen.level = state.levelShare
    let byLevel = recursion.path(horizon, from: risen)
    var drifted = still
    drifted.level = state.driftShare
    let byDrift = recursion.path(horizon, from: drifted, drift: 1)
    return (0..<3).map { k in
      (0..<horizon).map { i in
        Spread.misspecified.parameters
          * (byAlpha[i] * uncertainty.factor[k] + byLevel[i] * uncertainty.factor[3 + k]
            + byDrift[i] * uncertainty.factor[6 + k])
      }
    }
  }
}

public import Forecasting
internal import ForesightNumerics

extension FittedETS {
  /// The joint predictive distribution of the next base periods, parameter uncertainty in it.
  ///
  /// Linear forms: Student t with the exact covariance of the noise, σ²Σ c_{i−k}c_{j−k} with c₀ = 1 and
  /// c_j = α + βφ_j + γ[m | j] (Hyndman et al. 2008, ch. 6), plus that of the estimated state and φ by the delta method.
  /// Other forms: simulated paths with smoothing parameters, state and σ² drawn for each; the mean of a step is then
  /// the path without innovations. The degrees of freedom are observations less estimated means.
  /// Where the data chose the form, deviations are a tenth wider (`Spread.chosenForm`).
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    guard form.isLinear else { return SimulatedETS(ETSSimulator(self), horizon: horizon) }
    return try numerics { () throws(NumericsError) in try linearLaw(horizon) }
  }

  /// The law of a linear form.
  func linearLaw(_ horizon: Int) throws(NumericsError) -> JointStudentT {
    let path = innovationFreePath(horizon)
    let deviation = spread.innovation * variance.squareRoot()
    let slopes = linearDerivatives(horizon)
    let rank = uncertainty.rank
    let widening = spread.parameters
    let columns = ScaleColumns(
      rows: horizon, kernel: innovationWeights(horizon).map { deviation * $0 }, others: rank
    ) { k in
      (0, ArraySlice((0..<horizon).map { widening * slopes[$0 * rank + k] }))
    }
    return try JointStudentT(
      location: path, columns: columns, degreesOfFreedom: uncertainty.degreesOfFreedom)
  }

  /// c₀ … c_{h−1}: what an innovation adds to the predictions after it.
  func innovationWeights(_ horizon: Int) -> [Double] {
    var weights = [1.0]
    var reach = 0.0
    var power = 1.0
    for lag in 1..<max(horizon, 1) {
      if form.trend != .none {
        power *= parameters.phi
        reach += power
      }
      let season = form.season != .none && lag % seasonalPeriod == 0 ? parameters.gamma : 0
      weights.append(parameters.alpha + parameters.beta * reach + season)
    }
    return weights
  }

  /// The derivatives of the path in the directions of the uncertainty, row by row.
  private func linearDerivatives(_ horizon: Int) -> [Double] {
    let rank = uncertainty.rank
    var result = [Double](repeating: 0, count: horizon * rank)
    guard uncertainty.rowCount > 0 else { return result }
    var power = 1.0
    var reach = 0.0
    var reachSlope = 0.0
    for step in 0..<horizon {
      // d(φ + … + φ^h)/dφ grows by hφ^(h−1).
      reachSlope += Double(step + 1) * power
      power *= parameters.phi
      reach += power
      for k in 0..<rank {
        var sum = uncertainty.factor[4 * rank + k]
        if form.trend != .none { sum += reach * uncertainty.factor[5 * rank + k] }
        if form.trend.isDamped {
          sum += finalState.slope * reachSlope * uncertainty.factor[3 * rank + k]
        }
        if form.season != .none {
          sum += uncertainty.factor[(6 + step % seasonalPeriod) * rank + k]
        }
        result[step * rank + k] = sum
      }
    }
    return result
  }
}

extension FittedETS: StatefulFit {
  mutating func restart() { finalState = initialState }

  /// Runs on over observations of single periods; what is unknown of the state is carried unchanged.
  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    var values: [Double] = []
    values.reserveCapacity(observations.count)
    for observation in observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: name, series: series.name, span: observation.span)
      }
      if let value = observation.value { try requireRange(value, model: name, series: series) }
      values.append(observation.value ?? .nan)
    }
    let run = recursion.run(values, parameters: parameters, from: finalState)
    fitted += run.predictions
    finalState = run.state
  }

  /// With observation spans, the filter over the whole series from the initial state: the end of a span says something of its
  /// beginning.
  func refiltered(_ whole: TimeSeries, isRestarted: Bool) throws(ForecastError) -> FittedETS? {
    guard whole.hasSpans || series.hasSpans else { return nil }
    guard form.isLinear, whole.start == origin else {
      let span = whole.observations.first { $0.span.count > 1 }?.span ?? whole.span
      throw .spanNotSupported(model: name, series: whole.name, span: span)
    }
    let filter = ETSSpanFilter(
      form: form, period: seasonalPeriod, observations: ETSSpanObservation.all(whole, scale: 1))
    guard let run = filter.run(parameters, from: filter.vector(initialState)) else {
      throw .numerics(model: name, series: whole.name, .notPositiveDefinite(pivot: 0))
    }
    var copy = self
    copy.series = whole
    copy.fitted = zip(run.predictions, filter.observations).map { $0 * $1.factor }
    copy.finalState = filter.state(run, after: whole.periodCount)
    return copy
  }

  private var recursion: ETSRecursion { ETSRecursion(form: form, period: seasonalPeriod) }

  /// The one-step predictions of values that follow a state, `nil` missing, and the state after them.
  func run(_ values: [Double?], from state: ETSState) -> (predictions: [Double], state: ETSState) {
    let run = recursion.run(values.map { $0 ?? .nan }, parameters: parameters, from: state)
    return (run.predictions, run.state)
  }
}

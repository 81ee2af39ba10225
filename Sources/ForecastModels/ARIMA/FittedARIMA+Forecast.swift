public import Forecasting
internal import ForesightNumerics

extension FittedARIMA {
  /// The joint predictive distribution of the next base periods: Student t on the scale of the series.
  ///
  /// The filter runs on with innovations for values, y = c + Ψε, so that the covariance is exact – Ψ holds the ψ weights – with that of mean or drift and of missing values from generalised
  /// least squares. That of φ, θ, Φ and Θ is added by the delta method; at the boundary they count as known. Degrees of
  /// freedom are those of σ̂². The forecast of a chosen order is wider: innovations by 1.15, parameters by 1.3, eight degrees
  /// of freedom at most (`Spread`). Cost O(hr) from the steady state on, before it O(h) a step, whatever the length of the
  /// series; the matrix is made where it is asked for.
  public func distribution(
    _ horizon: Int, regressors: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    var variables: [[Double]] = []
    if usesRegressors {
      for step in 1...horizon { variables.append(try self.variables(series.end + step, in: regressors)) }
    }
    let given = variables
    return try numerics { () throws(NumericsError) in try law(horizon, regressors: given) }
  }

  /// The distribution given external variables over the horizon, a list a period, in their units.
  private func law(_ horizon: Int, regressors: [[Double]]) throws(NumericsError) -> JointStudentT {
    let law = conditional(state.centre, horizon: horizon, regressors: regressors)
    let spread = estimates.spread
    let paths = law.paths
    let sigma = spread.innovation * variance.squareRoot()
    // Those of constant, variables and missing values, then those of the coefficients.
    var shifts = self.shifts(state.centre, horizon: horizon, paths: paths, regressors: regressors).map {
      root in
      root.map { spread.parameters * $0 }
    }
    for sides in state.displaced {
      let paths = sides.map { side in
        side.map { conditional($0, horizon: horizon, regressors: regressors).location }
      }
      guard let up = paths[0] ?? paths[1] else { continue }
      let width = ARIMAState.step * (paths[0] != nil && paths[1] != nil ? 2 : 1)
      let down = paths[0] != nil ? paths[1] ?? law.location : law.location
      let sign = paths[0] != nil ? 1.0 : -1.0
      shifts.append(zip(up, down).map { sign * spread.parameters * ($0 - $1) / width })
    }
    // From the steady state on all innovations have one response.
    let moving = paths.moving
    let columns = ScaleColumns(
      rows: horizon, kernel: paths.response(to: moving).map { sigma * $0 }, others: moving + shifts.count
    ) { [shifts] place in
      place < moving
        ? (place, ArraySlice(paths.response(to: place).map { sigma * $0 })) : (0, shifts[place - moving][...])
    }
    return try JointStudentT(
      location: law.location, columns: columns,
      degreesOfFreedom: spread.limited(Double(degreesOfFreedom)))
  }

  /// Where the future lies after a filter, and how it goes on.
  private func conditional(
    _ filter: ARMAState, horizon: Int, regressors: [[Double]]
  ) -> (location: [Double], paths: ARIMAPaths) {
    let paths = ARIMAPaths(filter, order: order, horizon: horizon)
    let unknowns = filter.estimates(state.unknownCount) ?? []
    var tail = state.tails[0]
    var head = filter.heads[0]
    for (k, value) in unknowns.enumerated() {
      for i in tail.indices { tail[i] -= value * state.tails[k + 1][i] }
      for i in head.indices { head[i] -= value * filter.heads[k + 1][i] }
    }
    let location = paths.still(tail: tail, head: head).enumerated().map { step, value in
      (value + explained(variables(regressors, step), after: state.length + step)) * state.scale
    }
    return (location, paths)
  }

  private func variables(_ regressors: [[Double]], _ step: Int) -> [Double] {
    regressors.isEmpty ? [] : regressors[step]
  }

  /// Vectors whose outer products add up to the covariance of what is unknown of constant, variables and missing values.
  private func shifts(
    _ filter: ARMAState, horizon: Int, paths: ARIMAPaths, regressors: [[Double]]
  ) -> [[Double]] {
    guard filter.gram.count == state.tails.count - 1, let factor = filter.factorOfGram else { return [] }
    let sigma = variance.squareRoot()
    let further = (0..<horizon).map { self.further(variables(regressors, $0), after: state.length + $0) }
    var done: [[Double]] = []
    for place in filter.gram.indices {
      let still = paths.still(tail: state.tails[place + 1], head: filter.heads[place + 1])
      // Columns of J L⁻ᵀ by forward substitution.
      var root = (0..<horizon).map {
        (place < state.unknownCount ? 0 : further[$0][place - state.unknownCount]) - still[$0]
      }
      for (j, earlier) in done.enumerated() {
        for t in root.indices { root[t] -= factor[place, j] * earlier[t] }
      }
      done.append(root.map { $0 / factor[place, place] })
    }
    return done.map { $0.map { $0 * sigma } }
  }
}

extension FittedARIMA: StatefulFit {
  /// A series from the first period fitted is filtered anew: coefficients, constant, σ² and uncertainty stay.
  func refiltered(_ whole: TimeSeries, isRestarted: Bool) throws(ForecastError) -> FittedARIMA? {
    guard isRestarted else { return nil }
    let columns = try ARIMARegressors(known, names: state.names, over: whole)
    guard whole.periodCount > order.lost else {
      throw .tooFewObservations(
        model: name, series: whole.name, needed: order.lost + 1, found: whole.observedCount)
    }
    let sample = try ARIMASample(
      whole, model: name, difference: order.difference, seasonalDifference: order.seasonalDifference,
      period: order.period, regressors: columns)
    return try FittedARIMA(
      series: whole, objective: ARIMAObjective(sample, order: order, hasConstant: hasConstant),
      coefficients: coefficients, convergence: convergence,
      held: Held(estimates, logLikelihood, effectiveCount))
  }

  /// Nothing: `refiltered` makes the state of a whole series.
  mutating func restart() {}

  mutating func take(_ observations: [Observation], from first: Int) throws(ForecastError) {
    let scale = state.scale
    for observation in observations {
      let width = observation.span.count
      let value = observation.value.map { (series.rule == .sum ? $0 / Double(width) : $0) / scale }
      if let value, !(abs(value) < 1e140) {
        throw .numerics(
          model: name, series: series.name, .invalidParameter(name: "value", value: value * scale))
      }
      var prediction: Double?
      // The unknowns of a span whose last period makes up for them.
      var open: [Int] = []
      for (place, period) in observation.span.periods.enumerated() {
        let level = value ?? state.last
        let isLast = place == width - 1
        var unknowns = [Double](repeating: 0, count: state.unknownCount)
        if isLast, series.rule != .last { for k in open { unknowns[k] = -1 } }
        if value == nil || !isLast {
          if value != nil { open.append(unknowns.count) }
          unknowns.append(1)
        }
        let variables = try variables(period, in: known)
        let innovation = state.take(
          level, rest: level - explained(variables, after: state.length), unknowns: unknowns,
          further: further(variables, after: state.length), order: order)
        prediction = (level - innovation) * scale
      }
      fitted.append(width == 1 ? prediction : nil)
      state.forget()
    }
  }
}

extension FittedARIMA {
  /// The external variables in a period, in their units.
  func variables(_ period: Period, in known: Regressors?) throws(ForecastError) -> [Double] {
    var values: [Double] = []
    for (name, unit) in zip(state.names, state.units) {
      guard let known, let column = known.names.firstIndex(of: name),
        let value = known.value(column, at: period)
      else { throw .missingRegressor(name: name, series: series.name, period: period) }
      values.append(value / unit)
    }
    return values
  }

  /// What constant and variables explain of the period with a number, in units of the state.
  func explained(_ variables: [Double], after length: Int) -> Double {
    var sum = hasConstant ? constant / state.scale * clock(length) : 0
    for (k, value) in variables.enumerated() {
      sum += estimates.regression[k] * state.units[k] / state.scale * value
    }
    return sum
  }

  /// The values of the columns of variables and constant in the period with a number.
  func further(_ variables: [Double], after length: Int) -> [Double] {
    zip(variables, state.shifts).map { $0 - $1 * clock(length) } + (hasConstant ? [clock(length)] : [])
  }

  private func clock(_ length: Int) -> Double {
    order.difference + order.seasonalDifference > 0 ? Double(length) : 1
  }
}

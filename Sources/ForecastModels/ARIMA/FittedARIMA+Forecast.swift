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
  public func forecast(_ horizon: Int) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    return forecast(horizon, regressors: [])
  }

  /// The forecast given external variables over the horizon, a list a period, in their units.
  func forecast(_ horizon: Int, regressors: [[Double]]) -> Forecast {
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
    let distribution: JointStudentT
    do throws(NumericsError) {
      distribution = try JointStudentT(
        location: law.location, columns: columns,
        degreesOfFreedom: spread.limited(Double(degreesOfFreedom)))
    } catch {
      preconditionFailure("a Gram matrix of finite numbers is positive semidefinite: \(error)")
    }
    return Forecast(model: name, series: series, distribution: distribution)
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

public import Forecasting
internal import ForesightNumerics

extension FittedARIMA {
  /// The joint predictive distribution of the next base periods: Student t on the scale of the series.
  ///
  /// Future values enter the filter as unknowns: with A the lower triangle of their filtered columns, y = c + A⁻¹ε, so that
  /// the covariance is exact – A⁻¹ holds the ψ weights – with that of mean or drift and of missing values from generalised
  /// least squares. That of φ, θ, Φ and Θ is added by the delta method; at the boundary they count as known. Degrees of
  /// freedom are those of σ̂². The forecast of a chosen order is wider: innovations by 1.15, parameters by 1.3, eight degrees
  /// of freedom at most (`ARIMASpread`). Cost O(h²r + h³), whatever the length of the series.
  public func forecast(_ horizon: Int) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    return forecast(horizon, regressors: [])
  }

  /// The forecast given external variables over the horizon, a list a period, in their units.
  func forecast(_ horizon: Int, regressors: [[Double]]) -> Forecast {
    let law = conditional(state.centre, horizon: horizon, regressors: regressors)
    var scale = Matrix(rows: horizon, columns: horizon, repeating: 0)
    let spread = estimates.spread
    // One root an innovation, then those of constant and missing values.
    var roots = law.roots.enumerated().map { index, root in
      let factor = index < horizon ? spread.innovation : spread.parameters
      return root.map { factor * $0 }
    }
    for sides in state.displaced {
      let paths = sides.map { side in
        side.map { conditional($0, horizon: horizon, regressors: regressors).location }
      }
      guard let up = paths[0] ?? paths[1] else { continue }
      let width = ARIMAState.step * (paths[0] != nil && paths[1] != nil ? 2 : 1)
      let down = paths[0] != nil ? paths[1] ?? law.location : law.location
      let sign = paths[0] != nil ? 1.0 : -1.0
      roots.append(zip(up, down).map { sign * spread.parameters * ($0 - $1) / width })
    }
    for i in 0..<horizon {
      for j in i..<horizon {
        var sum = 0.0
        for root in roots { sum += root[i] * root[j] }
        scale[i, j] = sum
        scale[j, i] = sum
      }
    }
    let distribution: JointStudentT
    do throws(NumericsError) {
      distribution = try JointStudentT(
        location: law.location, scale: scale,
        degreesOfFreedom: min(Double(degreesOfFreedom), spread.degreesOfFreedom ?? .infinity))
    } catch {
      preconditionFailure("a Gram matrix of finite numbers is positive semidefinite: \(error)")
    }
    return Forecast(model: name, series: series, distribution: distribution)
  }

  /// Where the future lies after a filter, and vectors whose outer products add up to its covariance; those of constant,
  /// variables and unknowns from the filter at the estimates alone.
  private func conditional(
    _ filter: ARMAState, horizon: Int, regressors: [[Double]]
  ) -> (location: [Double], roots: [[Double]]) {
    let recursion = ARMARecursion(count: horizon, width: filter.gain.count)
    recursion.resume(filter)
    let unit = state.scale
    let last = state.last

    /// The innovations of a column that goes on from its last values and its state.
    func filtered(_ future: [Double], tail: [Double], head: [Double]) -> [Double] {
      let column = ARIMASample.difference(
        tail + future, order.difference, seasonal: order.seasonalDifference, period: order.period)
      var result = [Double](repeating: 0, count: horizon)
      let first = head.isEmpty ? column.firstIndex { $0 != 0 } ?? horizon : 0
      recursion.filter(column, from: first, state: head, into: &result)
      return result
    }
    let blank = [Double](repeating: 0, count: order.lost)
    let future = (0..<horizon).map { step in
      var impulse = [Double](repeating: 0, count: horizon)
      impulse[step] = 1
      return filtered(impulse, tail: blank, head: [])
    }
    /// A⁻¹x.
    func solved(_ x: [Double]) -> [Double] {
      var result = x
      for j in 0..<horizon {
        let value = result[j]
        for i in (j + 1)..<max(horizon, j + 1) { result[i] -= future[j][i] * value }
      }
      return result
    }
    func variables(_ step: Int) -> [Double] { regressors.isEmpty ? [] : regressors[step] }

    let unknowns = filter.estimates(state.unknownCount) ?? []
    var tail = state.tails[0]
    var head = filter.heads[0]
    for (k, value) in unknowns.enumerated() {
      for i in tail.indices { tail[i] -= value * state.tails[k + 1][i] }
      for i in head.indices { head[i] -= value * filter.heads[k + 1][i] }
    }
    let known = (0..<horizon).map { last - explained(variables($0), after: state.length + $0) }
    let location = solved(filtered(known, tail: tail, head: head)).map { (last - $0) * unit }

    let sigma = variance.squareRoot()
    var roots = (0..<horizon).map { step in
      var impulse = [Double](repeating: 0, count: horizon)
      impulse[step] = sigma * recursion.variance(step).squareRoot()
      return solved(impulse)
    }
    guard filter.gram.count == state.tails.count - 1, let factor = filter.factorOfGram else {
      return (location, roots)
    }
    let further = (0..<horizon).map { self.further(variables($0), after: state.length + $0) }
    var done: [[Double]] = []
    for place in filter.gram.indices {
      let values = (0..<horizon).map {
        place < state.unknownCount ? 0 : further[$0][place - state.unknownCount]
      }
      // Columns of J L⁻ᵀ by forward substitution.
      var root = solved(filtered(values, tail: state.tails[place + 1], head: filter.heads[place + 1]))
      for (j, earlier) in done.enumerated() {
        for t in root.indices { root[t] -= factor[place, j] * earlier[t] }
      }
      done.append(root.map { $0 / factor[place, place] })
    }
    roots += done.map { $0.map { $0 * sigma } }
    return (location, roots)
  }
}

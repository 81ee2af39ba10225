public import Forecasting
internal import ForesightNumerics

extension FittedARIMA {
  /// The joint predictive distribution of the next base periods: Student t on the scale of the series.
  ///
  /// Future values enter the filter as unknowns: with A the lower triangle of their filtered columns, y = c + A⁻¹ε, so that
  /// the covariance is exact – A⁻¹ holds the ψ weights – with that of mean or drift and of missing values from generalised
  /// least squares. That of φ, θ, Φ and Θ is added by the delta method; at the boundary they count as known. Degrees of
  /// freedom are those of σ̂². The forecast of a chosen order is wider: innovations by 1.15, parameters by 1.3, eight degrees
  /// of freedom at most (`ARIMASpread`). Cost O((n + h)r + h³).
  public func forecast(_ horizon: Int) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    return forecast(horizon, regressors: [])
  }

  /// The forecast given external variables over history and horizon, in the sample's units.
  func forecast(_ horizon: Int, regressors: [[Double]]) -> Forecast {
    guard let law = conditional(coefficients, horizon: horizon, regressors: regressors) else {
      preconditionFailure("the coefficients of a fit are inside the domain")
    }
    var scale = Matrix(rows: horizon, columns: horizon, repeating: 0)
    let spread = estimates.spread
    // One root an innovation, then those of constant and missing values.
    var roots = law.roots.enumerated().map { index, root in
      let factor = index < horizon ? spread.innovation : spread.parameters
      return root.map { factor * $0 }
    }
    if let partials = estimates.partials {
      for direction in estimates.directions {
        // A direction that leads out of the domain on one side is taken by the other.
        let step = 1e-3
        func path(_ sign: Double) -> [Double]? {
          let moved = zip(partials, direction).map {
            ARMAJet(min(max($0 + sign * step * $1, -1 + 1e-6), 1 - 1e-6))
          }
          return conditional(
            ARIMAPartials(order, moved).coefficients, horizon: horizon, regressors: regressors)?
            .location
        }
        let up = path(1)
        let down = path(-1)
        guard up != nil || down != nil else { continue }
        let width = step * (up != nil && down != nil ? 2 : 1)
        roots.append(
          zip(up ?? law.location, down ?? law.location).map { spread.parameters * ($0 - $1) / width })
      }
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

  /// Where the future lies at coefficients, and vectors whose outer products add up to its covariance; nil outside the domain.
  private func conditional(
    _ coefficients: ARIMACoefficients, horizon: Int, regressors: [[Double]]
  ) -> (location: [Double], roots: [[Double]])? {
    let n = sample.values.count
    let total = n + horizon
    let length = sample.levels.count
    let last = sample.levels[length - 1]
    let objective = ARIMAObjective(sample, order: order, hasConstant: hasConstant)
    let recursion = ARMARecursion(count: total, width: max(order.longAR, order.longMA + 1))
    func jets(_ values: [Double]) -> [ARMAJet] { values.map { ARMAJet($0) } }
    guard let solution = objective.solution(coefficients),
      let process = ARMAProcess(
        order: order, ar: jets(coefficients.ar), ma: jets(coefficients.ma),
        seasonalAR: jets(coefficients.seasonalAR), seasonalMA: jets(coefficients.seasonalMA)),
      recursion.prepare(process, data: n)
    else { return nil }

    func filtered(_ column: [Double]) -> [Double] {
      let column = sample.differenced(column)
      var result = [Double](repeating: 0, count: total)
      recursion.filter(column, from: column.firstIndex { $0 != 0 } ?? total, into: &result)
      return Array(result[n...])
    }
    let future = (0..<horizon).map {
      filtered(
        ARIMASample.indicator(ARIMASample.Place(index: length + $0, partner: nil), length: length + horizon))
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
    let clock = ARIMASample.clock(
      length + horizon, isTrend: order.difference + order.seasonalDifference > 0)
    let unit = sample.scale
    let constant = hasConstant ? self.constant / unit : 0
    let slopes = zip(estimates.regression, sample.regressors.units).map { $0 * $1 / unit }
    var known = sample.levels + [Double](repeating: last, count: horizon)
    if hasConstant { for t in known.indices { known[t] -= constant * clock[t] } }
    for (slope, column) in zip(slopes, regressors) {
      for t in known.indices { known[t] -= slope * column[t] }
    }
    for (place, value) in zip(sample.places, solution.unknowns) {
      known[place.index] -= value
      if let partner = place.partner { known[partner] += value }
    }
    let moved = solved(filtered(known))
    let location = moved.map { (last - $0) * unit }

    let sigma = variance.squareRoot()
    var roots = (0..<horizon).map { step in
      var impulse = [Double](repeating: 0, count: horizon)
      impulse[step] = sigma * recursion.variance(n + step).squareRoot()
      return solved(impulse)
    }
    if let factor = solution.information {
      var columns = sample.places.map { filtered(ARIMASample.indicator($0, length: length + horizon)) }
      for (column, shift) in zip(regressors, objective.shifts) {
        columns.append(filtered(zip(column, clock).map { $0 - shift * $1 }))
      }
      if hasConstant { columns.append(filtered(clock)) }
      let responses = columns.map(solved)
      // Columns of J L⁻ᵀ by forward substitution.
      var done: [[Double]] = []
      for i in responses.indices {
        var root = responses[i]
        for (j, earlier) in done.enumerated() {
          for t in root.indices { root[t] -= factor[i, j] * earlier[t] }
        }
        done.append(root.map { $0 / factor[i, i] })
      }
      roots += done.map { $0.map { $0 * sigma } }
    }
    return (location, roots)
  }
}

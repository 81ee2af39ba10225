public import Forecasting
internal import ForesightNumerics

extension FittedCES {
  /// The joint Student t law of the next base periods.
  ///
  /// The model is linear in its innovations: the path without them is the exact mean, and the covariance of the noise is
  /// σ²Σ ψ_{i−k}ψ_{j−k}, ψ the response to one. What is unknown of gains and starts is added by the delta method. Both are
  /// widened by the figures of `Spread`.
  public func forecast(_ horizon: Int) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    let path = recursion.path(horizon, from: state)
    let response = recursion.response(horizon, cycle: seasonalPeriod)
    let spread = Spread.misspecified
    let noise = variance.squareRoot() * spread.innovation
    let shifts = uncertainty.map { column in
      path.map { lanes in
        var sum = 0.0
        for (k, weight) in column.enumerated() { sum += lanes[k + 1] * weight }
        return spread.parameters * scale * sum
      }
    }
    let columns = ScaleColumns(
      rows: horizon, kernel: response.prefix(horizon).map { noise * $0 }, others: shifts.count
    ) { (0, shifts[$0][...]) }
    do throws(NumericsError) {
      let law = try JointStudentT(
        location: path.map { scale * $0[0] }, columns: columns,
        degreesOfFreedom: spread.limited(degreesOfFreedom))
      return Forecast(model: name, series: series, distribution: law)
    } catch {
      preconditionFailure("a Gram matrix of finite numbers is positive semidefinite: \(error)")
    }
  }
}

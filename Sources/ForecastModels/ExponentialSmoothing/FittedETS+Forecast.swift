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
  public func forecast(_ horizon: Int) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    let distribution: any PredictiveDistribution =
      form.isLinear
      ? linearLaw(horizon) : SimulatedETS(ETSSimulator(self), horizon: horizon)
    return Forecast(model: name, series: series, distribution: distribution)
  }

  /// The law of a linear form.
  func linearLaw(_ horizon: Int) -> JointStudentT {
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
    do throws(NumericsError) {
      return try JointStudentT(
        location: path, columns: columns, degreesOfFreedom: uncertainty.degreesOfFreedom)
    } catch {
      preconditionFailure("a Gram matrix of finite numbers is positive semidefinite: \(error)")
    }
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

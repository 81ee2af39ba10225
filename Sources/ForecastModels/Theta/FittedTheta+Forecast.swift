public import Forecasting
internal import ForesightNumerics

extension FittedTheta {
  /// The joint Student t law of the next base periods.
  ///
  /// The model is linear in the observations, its moving line too: the path without innovations is the exact mean and the
  /// covariance of the noise is σ²Σ c_{ik}c_{jk}, c_{ik} what an innovation at step k adds to step i. Added by the delta
  /// method are α, the level and a drift, with the covariance that least squares leaves them, and the seasonal indices,
  /// each with the scatter of its cycles. Innovations are widened by 1.15 and parameters by 1.3, and the degrees
  /// of freedom are those of σ̂², eight at most: the errors that M3's training parts held out show (`ThetaSpread`).
  public func forecast(_ horizon: Int) -> Forecast {
    precondition(horizon > 0, "a horizon is at least one period")
    let path = recursion.path(horizon, from: state)
    let first = origin.distance(to: series.end) + 1
    let deviations = self.deviations(horizon)
    var scales = [Double](repeating: scale, count: horizon)
    var location = path
    for i in 0..<horizon {
      location[i] = scale * season.seasonal(path[i] + centre, at: first + i)
      if season.isMultiplicative { scales[i] *= season.index(first + i) }
    }
    let cycle = season.indices.count
    var spread = Matrix(rows: horizon, columns: horizon, repeating: 0)
    for i in 0..<horizon {
      for j in 0...i {
        var sum = 0.0
        for k in 0..<deviations.columns { sum += deviations[i, k] * deviations[j, k] }
        sum *= scales[i] * scales[j]
        if cycle > 0, (i - j) % cycle == 0 {
          let error = scale * season.errors[(first + i) % cycle]
          let level = season.isMultiplicative ? (path[i] + centre) * (path[j] + centre) : 1
          sum += error * error * level
        }
        spread[i, j] = sum
        spread[j, i] = sum
      }
    }
    do throws(NumericsError) {
      let law = try JointStudentT(
        location: location, scale: spread,
        degreesOfFreedom: min(degreesOfFreedom, ThetaSpread.standard.degreesOfFreedom))
      return Forecast(model: name, series: series, distribution: law)
    } catch {
      preconditionFailure("a Gram matrix of finite numbers is positive semidefinite: \(error)")
    }
  }

  /// A factor D of the covariance DDᵀ of the scaled, adjusted path: a column an innovation, three for the parameters.
  func deviations(_ horizon: Int) -> Matrix {
    let recursion = self.recursion
    let deviation = variance.squareRoot() / scale
    var still = state
    still.level = 0
    still.line = state.line.homogeneous
    var result = Matrix(rows: horizon, columns: horizon + 3, repeating: 0)
    let spread = ThetaSpread.standard
    for k in 0..<horizon {
      let response =
        form.isDynamic || k == 0
        ? recursion.path(horizon, from: still, shock: k)
        : []
      for i in k..<horizon {
        // A fixed line's response is that of the first innovation, later.
        let weight = form.isDynamic ? response[i] : i == k ? 1 : recursion.alpha
        result[i, k] = deviation * spread.innovation * weight
      }
    }
    let byAlpha = nudged.pathSlope(horizon)
    var risen = still
    risen.level = state.levelShare
    let byLevel = recursion.path(horizon, from: risen)
    var drifted = still
    drifted.level = state.driftShare
    let byDrift = recursion.path(horizon, from: drifted, drift: 1)
    for i in 0..<horizon {
      for k in 0..<3 {
        let shift =
          byAlpha[i] * uncertainty.factor[k] + byLevel[i] * uncertainty.factor[3 + k]
          + byDrift[i] * uncertainty.factor[6 + k]
        result[i, horizon + k] = spread.parameters * shift
      }
    }
    return result
  }
}

/// How much wider predictive distributions are than the fitted model's own.
///
/// Chosen for the coverage of the last horizon of the training parts of the M3 series, held out. A model that is wrong
/// now and then errs by more than its residuals say, and more often far than a normal law.
struct ThetaSpread: Sendable, Hashable {
  /// The factor of the innovations' standard deviation.
  var innovation: Double
  /// The factor of the parameters' standard errors.
  var parameters: Double
  /// The most degrees of freedom that the tails are given.
  var degreesOfFreedom: Double

  static let standard = ThetaSpread(innovation: 1.15, parameters: 1.3, degreesOfFreedom: 8)
}

internal import ForesightNumerics

/// The exact whitening of figures whose base-period errors follow eₜ = ρeₜ₋₁ + uₜ with unit stationary variance.
///
/// A Kalman filter on the error and its running sum over the span; it takes spans and missing values as they are, and is
/// linear, so that a response and its regressors pass through alike (Harvey, Forecasting, Structural Time Series Models
/// and the Kalman Filter, 1989, §3.4 and §6.3). Cost: linear in the periods.
struct AutoregressiveFilter {
  /// The first base period of each figure, counted from the start, and their number.
  let place: [(first: Int, count: Int)]
  /// The number of base periods to the end of the series.
  let periods: Int

  /// The predicted error of each column after the period before the first, and its variance.
  typealias Beginning<Scalar> = (errors: [Scalar], variance: Scalar)

  /// What the filter finds.
  struct Outcome<Scalar> {
    /// The whitened columns.
    var columns: [[Scalar]]
    /// Σ log F: the log determinant of the figures' covariance.
    var logDeterminant: Scalar
    /// The predicted error of each column at the end of the series, and its variance.
    var last: [Scalar]
    var variance: Scalar
  }

  /// The whitened columns for a ρ, from a beginning other than the stationary law.
  func run<S: DifferentiableScalar>(
    _ rho: S, _ columns: [[S]], from beginning: Beginning<S>? = nil
  ) -> Outcome<S> {
    let zero = S(0)
    let one = S(1)
    var error = beginning?.errors ?? [S](repeating: zero, count: columns.count)
    var sum = error
    var errorVariance = beginning?.variance ?? one
    var covariance = zero
    var sumVariance = zero
    var outcome = Outcome(columns: columns, logDeterminant: zero, last: error, variance: one)
    let innovation = one - rho * rho
    var figure = 0
    for t in 0..<periods {
      if t > 0 || beginning != nil {
        for k in error.indices { error[k] = rho * error[k] }
        errorVariance = rho * rho * errorVariance + innovation
        covariance = rho * covariance
      }
      guard figure < place.count, t >= place[figure].first else { continue }
      let (first, count) = place[figure]
      if t == first {
        sum = error
        sumVariance = errorVariance
        covariance = errorVariance
      } else {
        for k in sum.indices { sum[k] = sum[k] + error[k] }
        sumVariance = sumVariance + S(2) * covariance + errorVariance
        covariance = covariance + errorVariance
      }
      guard t == first + count - 1 else { continue }
      let share = S(1 / Double(count))
      let variance = sumVariance * share * share
      let gain = covariance * share / variance
      let root = S.sqrt(variance)
      for k in columns.indices {
        let surprise = columns[k][figure] - sum[k] * share
        outcome.columns[k][figure] = surprise / root
        error[k] = error[k] + gain * surprise
      }
      errorVariance = errorVariance - gain * covariance * share
      // A period seen alone leaves no doubt about its error.
      if count == 1 { errorVariance = zero }
      outcome.logDeterminant = outcome.logDeterminant + S.log(variance)
      figure += 1
    }
    outcome.last = error
    outcome.variance = errorVariance
    return outcome
  }
}

/// Where autoregressive errors stand after the last period of a series.
struct AutoregressiveDynamics: Sendable, Codable {
  let rho: Double
  /// The expected error of the last period, that part of each regressor, and its variance in units of σ².
  let error: Double
  let regressors: [Double]
  let variance: Double

  /// ρʰ.
  func decay(_ step: Int) -> Double { (0..<step).reduce(1) { product, _ in product * rho } }

  /// The covariance of the errors of two coming steps, counted from 1, in units of σ².
  func covariance(_ a: Int, _ b: Int) -> Double {
    let early = min(a, b)
    let squared = decay(early) * decay(early)
    return decay(abs(a - b)) * (squared * variance + 1 - squared)
  }
}

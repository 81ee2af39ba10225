internal import ForesightNumerics

/// The exact whitening of observations whose errors follow eₜ = ρeₜ₋₁ + uₜ per base period, with unit stationary variance.
///
/// The error is a state space model of one entry, filtered with a cumulator, so that spans and missing values are exact. The
/// response and its regressors pass through alike. Cost: O(n) in the number of periods.
struct AutoregressiveFilter {
  /// The first base period of each observation, counted from the start, and the number of base periods.
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

  /// The whitened columns for a ρ, from the stationary distribution or from a beginning.
  ///
  /// Every entry is NaN if |ρ| is not below 1.
  func run<S: DifferentiableScalar>(
    _ rho: S, _ columns: [[S]], from beginning: Beginning<S>? = nil
  ) -> Outcome<S> {
    let model = StateSpace<S>(
      count: 1, transition: [.init(index: 0, terms: [.init(0, rho)])],
      phases: [
        .init(
          observation: [.init(0, rho)],
          disturbances: [.init(variance: 1 - rho * rho, observation: 1, state: [.init(0, 1)])])
      ],
      start: .init(mean: [0], variance: [1]))
    let cumulator = Cumulator(
      spans: place.map { .init(first: $0.first, count: $0.count, weight: 1 / Double($0.count)) },
      periods: periods)
    let filter = StateSpaceFilter(model: model, cumulator: cumulator)
    var start = filter.start(regressors: columns.count - 1)
    if let beginning {
      for (k, error) in beginning.errors.enumerated() { start.means[k] = error }
      start.variance[0] = beginning.variance
    }
    guard let found = filter.run(columns, from: start) else {
      let undefined = S(.nan)
      return Outcome(
        columns: columns.map { $0.map { _ in undefined } }, logDeterminant: undefined,
        last: columns.map { _ in undefined }, variance: undefined)
    }
    var outcome = Outcome(
      columns: columns, logDeterminant: S(0), last: Array(found.state.means.prefix(columns.count)),
      variance: found.state.variance[0])
    for (figure, variance) in found.variances.enumerated() {
      let root = S.sqrt(variance)
      for k in columns.indices { outcome.columns[k][figure] = found.innovations[figure][k] / root }
      outcome.logDeterminant += S.log(variance)
    }
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

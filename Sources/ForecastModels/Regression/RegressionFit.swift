internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// What an estimator finds, over the independent columns.
struct RegressionEstimate: Sendable {
  /// β̂ and its covariance.
  var coefficients: [Double]
  var covariance: Matrix
  /// The standard deviation of a base period's noise.
  var scale: Double
  var degreesOfFreedom: Int
  /// What was minimised.
  var objective: Double
  /// The residuals in time order, scaled to equal variance, and the regressors that go with them.
  var residuals: [Double]
  var regressors: Matrix
  /// The log-likelihood on the scale of the figures, and how many parameters it counts.
  var logLikelihood: Double?
  var parameters = 0
  /// ρ with its interval, and where the errors stand after the last period.
  var autocorrelation: Estimate?
  var dynamics: AutoregressiveDynamics?
  var convergence: String?
  var notes: [String] = []
}

/// A regression fitted to a series, whatever its estimator: coefficients, fitted values, forecasts.
struct RegressionFit: Sendable {
  let model: LinearRegression
  /// The series that the coefficients were estimated on, and the external variables over it.
  let basis: TimeSeries
  let regressors: Regressors?
  let design: RegressionDesign
  let sample: RegressionSample
  /// The columns that are independent of earlier ones.
  let kept: [Int]
  let estimate: RegressionEstimate
  /// The series that forecasts follow: the basis, with later observations where some were taken in.
  var series: TimeSeries
  var fitted: [Double?] = []
  /// The external variables that later observations go with.
  var known: Regressors?
  /// Where autoregressive errors stand after the series.
  var dynamics: AutoregressiveDynamics?
  /// Each aliased column as a combination of the kept ones.
  let combinations: [Int: [Double]]

  /// The fit to a series; with held estimates, the one that they are of.
  init(
    _ model: LinearRegression, _ series: TimeSeries, design: RegressionDesign, regressors: Regressors?,
    holding held: HeldRegression? = nil
  ) throws(ForecastError) {
    try model.validate()
    self.model = model
    basis = series
    self.regressors = regressors
    known = regressors
    self.series = series
    self.design = design
    sample = try RegressionSample(series, design: design, regressors: regressors, model: model)
    guard sample.size >= 2 else {
      throw .tooFewObservations(model: model.name, series: series.name, needed: 2, found: sample.size)
    }
    // The squares of larger values overflow.
    if let huge = sample.response.first(where: { abs($0) > 1e140 }) {
      throw .numerics(
        model: model.name, series: series.name, .invalidParameter(name: "a value", value: huge))
    }
    let name = model.name
    func failure(_ error: NumericsError) -> ForecastError {
      .numerics(model: name, series: series.name, error)
    }
    let all = Array(0..<design.names.count)
    let whole = sample.design(columns: all)
    do throws(NumericsError) {
      if let held { kept = held.kept } else { kept = try independentColumns(sample.whitened(whole)) }
    } catch {
      throw failure(error)
    }
    guard sample.size > kept.count else {
      // As many independent columns as rows; of the other variables, more rows might show that they are independent too.
      let count = regressors?.names.count ?? 0
      throw .tooFewObservations(
        model: count > 0 ? "\(name) with \(count) external variables" : name, series: series.name,
        needed: (count > 0 ? all.count : kept.count) + 1, found: sample.size)
    }
    guard !kept.isEmpty else { throw failure(.rankDeficient(rank: 0, columns: all.count)) }
    let intercept = design.hasIntercept ? kept.firstIndex { design.names[$0] == "(intercept)" } : nil
    do throws(NumericsError) {
      if let held {
        estimate = held.estimate(model, sample, periods: series.periodCount)
      } else {
        estimate = try RegressionFit.estimate(
          model, sample, columns: kept, intercept: intercept, periods: series.periodCount)
      }
      var combinations: [Int: [Double]] = [:]
      let independent = sample.design(columns: kept)
      for j in all where !kept.contains(j) {
        combinations[j] = try LeastSquares().solve(independent, whole.column(j)).coefficients
      }
      self.combinations = combinations
    } catch {
      throw failure(error)
    }
    guard estimate.coefficients.allSatisfy(\.isFinite), estimate.scale.isFinite else {
      throw .numerics(
        model: model.name, series: series.name,
        .invalidParameter(
          name: "coefficient", value: estimate.coefficients.first { !$0.isFinite } ?? .infinity))
    }
    fitted = series.observations.map { mean(of: $0, regressors) }
    dynamics = estimate.dynamics
  }

  /// The fitted value of an observation; a missing figure may lack its external variables, and then it has none.
  func mean(of observation: Observation, _ regressors: Regressors?) -> Double? {
    var mean = 0.0
    let periods = RegressionSample.periods(of: observation, basis.rule)
    for period in periods {
      guard let row = try? design.row(period, regressors, series: basis.name) else { return nil }
      let value = RegressionFit.product(row, kept, estimate.coefficients)
      mean += (model.logResponse ? Double.exp(value) : value) / Double(periods.count)
    }
    return basis.rule == .sum ? mean * Double(periods.count) : mean
  }

  /// xβ over the kept columns.
  static func product(_ row: [Double], _ kept: [Int], _ coefficients: [Double]) -> Double {
    zip(kept, coefficients).reduce(0) { $0 + row[$1.0] * $1.1 }
  }

  private static func estimate(
    _ model: LinearRegression, _ sample: RegressionSample, columns: [Int], intercept: Int?, periods: Int
  ) throws(NumericsError) -> RegressionEstimate {
    switch (model.estimator, model.errors) {
    case (.leastSquares, .independent):
      return try ordinaryEstimate(sample, columns, covariance: model.covariance, intercept: intercept)
    case (.leastSquares, .autoregressive(let method)):
      return try autoregressiveEstimate(sample, columns, method, periods: periods)
    case (.huber(let k), _): return try robustEstimate(sample, columns, .huber(k))
    case (.tukey(let c), _): return try robustEstimate(sample, columns, .tukey(c))
    case (.quantile(let tau), _): return try quantileEstimate(sample, columns, tau)
    }
  }

  /// The parameters in order, with t statistics of n − p degrees of freedom.
  var coefficients: [FitSummary.Coefficient] {
    kept.enumerated().map { k, j in
      let error = max(0, estimate.covariance[k, k]).squareRoot()
      return FitSummary.Coefficient(
        design.names[j],
        Estimate(value: estimate.coefficients[k], standardError: error, lower: nil, upper: nil),
        degreesOfFreedom: estimate.degreesOfFreedom)
    }
  }

  /// The names of the columns that others explain.
  var aliased: [String] { design.names.indices.filter { !kept.contains($0) }.map { design.names[$0] } }

  /// The joint predictive distribution of the next base periods.
  func distribution(
    _ horizon: Int, future: Regressors?
  ) throws(ForecastError) -> any PredictiveDistribution {
    var rows: [[Double]] = []
    for step in 0..<horizon {
      let row = try design.row(series.end + (step + 1), future, series: series.name)
      rows.append(kept.map { row[$0] })
    }
    do throws(NumericsError) {
      return try distribution(rows)
    } catch {
      throw .numerics(model: model.name, series: series.name, error)
    }
  }

  private func distribution(_ rows: [[Double]]) throws(NumericsError) -> any PredictiveDistribution {
    if case .quantile = model.estimator {
      return try ResidualPaths(
        rows: rows, coefficients: estimate.coefficients, covariance: estimate.covariance,
        residuals: estimate.residuals, logarithmic: model.logResponse)
    }
    let horizon = rows.count
    let variance = estimate.scale * estimate.scale
    var effective = rows
    var location = rows.map { zip($0, estimate.coefficients).reduce(0) { $0 + $1.0 * $1.1 } }
    var scale = Matrix(rows: horizon, columns: horizon)
    if let dynamics {
      for step in 0..<horizon {
        let decay = dynamics.decay(step + 1)
        location[step] += decay * dynamics.error
        for k in rows[step].indices { effective[step][k] -= decay * dynamics.regressors[k] }
        for other in 0..<horizon { scale[step, other] = variance * dynamics.covariance(step + 1, other + 1) }
      }
    } else {
      for step in 0..<horizon { scale[step, step] = variance }
    }
    let design = Matrix(effective)
    let spread = design * estimate.covariance * design.transposed()
    // Symmetric to the last bit.
    scale = scale + 0.5 * (spread + spread.transposed())
    let joint = try JointStudentT(
      location: location, scale: scale, degreesOfFreedom: Double(estimate.degreesOfFreedom))
    return model.logResponse ? ExponentialOf(joint) : joint
  }

  /// The first of the coming periods of a cycle whose mean the data do not determine, if some term is aliased.
  var firstUndetermined: Period? {
    guard !combinations.isEmpty, design.variables.isEmpty else { return nil }
    for step in 1...series.cycle(nil) {
      let period = series.end + step
      guard let row = try? design.row(period, nil, series: series.name) else { return nil }
      for (j, combination) in combinations {
        let implied = RegressionFit.product(row, kept, combination)
        let size = max(abs(row[j]), zip(kept, combination).reduce(0) { $0 + abs(row[$1.0] * $1.1) })
        if abs(row[j] - implied) > 1e-7 * size { return period }
      }
    }
    return nil
  }
}

internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The estimation of forms on one series, with buffers that all forms share.
struct ETSEstimator {
  let sample: ScaledSample
  let period: Int
  let bounds: ETSBounds
  let penalty: ETSPenalty?
  let seeds: ETSSeeds
  let search: ETSSearch

  init(_ sample: ScaledSample, period: Int, bounds: ETSBounds, estimation: ETSEstimation) {
    self.sample = sample
    self.period = period
    self.bounds = bounds
    penalty = estimation == .maximumLikelihood ? nil : .standard
    seeds = ETSSeeds(sample.values, period: period)
    search = ETSSearch(sample.values, period: period)
  }

  /// The problem that is minimized for a form.
  func problem(_ form: ETSForm) -> ETSSearch.Problem {
    ETSSearch.Problem(
      shape: ETSShape(form, period: period, bounds: bounds, dampingLimit: penalty == nil ? 0.98 : 1),
      penalty: penalty)
  }

  /// The problem that rough searches solve: the initial seasonal indices are fixed if the season is too long for a dense matrix,
  /// or if forty cycles of data make them unimportant.
  func brief(_ problem: ETSSearch.Problem) -> ETSSearch.Problem {
    var brief = problem
    brief.holdsSeason =
      problem.shape.count > ETSSearch.denseLimit || sample.values.count >= 40 * problem.shape.period
    return brief
  }

  /// The best optimum from several starts: a short search from each, then full searches from the most promising results.
  ///
  /// If the initial seasonal indices are fixed in the short searches, only one of those that reached the same smoothing parameters
  /// is continued.
  func optimum(_ form: ETSForm, also known: [Double]? = nil) -> ETSOptimum {
    let problem = problem(form)
    let shape = problem.shape
    let brief = brief(problem)
    let state = seeds.state(form)
    var reached: [ETSOptimum] = []
    var evaluations = 0
    if let known {
      reached.append(
        search.minimize(
          problem, from: known, seedsFirst: false,
          effort: ETSSearch.Effort(tolerance: 1e-2, maximumEvaluations: 15)))
      evaluations += reached[0].evaluations
    }
    for parameters in ETSEstimator.starts(form) {
      let start = shape.vector(parameters, state)
      let optimum = search.minimize(
        brief, from: start, seedsFirst: true,
        effort: ETSSearch.Effort(tolerance: 1e-2, maximumEvaluations: 15))
      evaluations += optimum.evaluations
      reached.append(optimum)
    }
    reached.sort { $0.objective < $1.objective }
    var best = reached[0]
    var followed: [ETSOptimum] = []
    for (rank, candidate) in reached.enumerated() where candidate.objective.isFinite {
      if rank > 0 && candidate.objective > best.objective + 1 + 2 * candidate.decrement { continue }
      if brief.holdsSeason, followed.contains(where: { $0.isNear(candidate) }) { continue }
      followed.append(candidate)
      let polished = search.minimize(
        problem, from: candidate.theta, seedsFirst: false, effort: ETSSearch.Effort())
      evaluations += polished.evaluations
      if rank == 0 || polished.objective < best.objective { best = polished }
    }
    best.evaluations = evaluations
    return best
  }

  /// The fit at an optimum.
  ///
  /// `spread` widens the predictive distribution if the data chose the form.
  func fit(_ optimum: ETSOptimum, _ series: TimeSeries, spread: Spread = .exact) -> FittedETS {
    let problem = ETSSearch.Problem(shape: optimum.shape, penalty: penalty)
    return FittedETS(
      form: optimum.shape.form, series: series, sample: sample, optimum: optimum, spread: spread,
      uncertainty: search.uncertainty(problem, at: optimum.theta))
  }

  /// Smoothing parameters to start from: slow and fast levels, slopes and seasons.
  static func starts(_ form: ETSForm) -> [ETSParameters] {
    let phi = form.trend.isDamped ? 0.95 : 1
    let levels: [(alpha: Double, season: Double)] =
      form.season == .none
      ? [(0.005, 0), (0.1, 0), (0.4, 0), (0.9, 0)]
      : [(0.005, 0.05), (0.1, 0.05), (0.4, 0.1), (0.9, 0.1), (0.1, 0.7), (0.5, 0.8)]
    var starts: [ETSParameters] = []
    for (alpha, season) in levels {
      for share in form.trend == .none ? [0] : [0.02, 0.4] {
        starts.append(
          ETSParameters(alpha: alpha, beta: share * alpha, gamma: season * (1 - alpha), phi: phi))
      }
    }
    return starts
  }
}

extension ETSEstimator {
  /// The optimum with the least criterion among forms, given simpler ones first.
  ///
  /// Maximum likelihood searches every form fully. Otherwise each form takes a few steps from two or three starts; a multiplicative
  /// error also starts from the optimum of the additive error with the same components. Forms whose criterion can still fall
  /// below the least are continued, and the winner is searched again from all starts.
  func best(of forms: [ETSForm]) -> ETSOptimum {
    guard penalty != nil else { return thorough(forms) }
    let before = search.evaluations
    var rough: [ETSOptimum] = []
    for form in forms {
      let partner = rough.last { $0.shape.form.trend == form.trend && $0.shape.form.season == form.season }
      rough.append(self.rough(form, partner: partner))
    }
    rough.sort { criterion($0) < criterion($1) }
    var finished: [ETSOptimum] = []
    var least = Double.infinity
    for candidate in rough {
      // What the rough search left is some multiple of the gain that its last step promised.
      let hope = criterion(candidate) - 2 * min(4 * candidate.decrement + 0.25, 10)
      guard hope < least || finished.isEmpty else { continue }
      let polished = search.minimize(
        problem(candidate.shape.form), from: candidate.theta, seedsFirst: false,
        effort: ETSSearch.Effort(tolerance: 1e-3, maximumEvaluations: 40))
      finished.append(polished)
      least = min(least, criterion(polished))
    }
    finished.sort { criterion($0) < criterion($1) }
    var best = optimum(finished[0].shape.form, also: finished[0].theta)
    if finished.count > 1, criterion(finished[1]) < criterion(best) {
      best = optimum(finished[1].shape.form, also: finished[1].theta)
    }
    if let seasonal = sureSeason(rough, beside: best) { best = seasonal }
    best.evaluations = search.evaluations - before
    return best
  }

  /// The optimum of the best seasonal form, if one without a season was chosen although the likelihood ratio rejects it at 10⁻⁴.
  ///
  /// The criterion charges log n for every index. A weak season of a long series does not pay that, however sure it is.
  private func sureSeason(_ rough: [ETSOptimum], beside best: ETSOptimum) -> ETSOptimum? {
    guard best.shape.form.season == .none,
      let candidate = rough.first(where: { $0.shape.form.season != .none && isPlausible($0) })
    else { return nil }
    let k = Double(
      candidate.shape.form.parameterCount(period: period) - best.shape.form.parameterCount(period: 1))
    guard k > 0 else { return nil }
    // The quantile of χ² by Wilson and Hilferty's cube.
    let root = 1 - 2 / (9 * k) + 3.719 * (2 / (9 * k)).squareRoot()
    let needed = 0.5 * k * root * root * root
    guard candidate.logLikelihood - best.logLikelihood > 0.8 * needed else { return nil }
    let seasonal = optimum(candidate.shape.form, also: candidate.theta)
    return seasonal.logLikelihood - best.logLikelihood > needed ? seasonal : nil
  }

  /// Whether an optimum is one of a model that could be true.
  ///
  /// With relative errors of more than one half, 1 + ε is often not positive: such a form fits small values at the start of a series
  /// that grows, and its forecasts spread without end.
  private func isPlausible(_ optimum: ETSOptimum) -> Bool {
    guard optimum.shape.form.error == .multiplicative else { return true }
    let free = sample.observed - optimum.shape.form.parameterCount(period: optimum.shape.period) + 1
    return optimum.squares <= 0.25 * Double(max(free, 1))
  }

  private func rough(_ form: ETSForm, partner: ETSOptimum?) -> ETSOptimum {
    let problem = problem(form)
    let state = seeds.state(form)
    let effort = ETSSearch.Effort(tolerance: 0.1, maximumEvaluations: 6)
    var starts: [[Double]] = []
    if let partner { starts.append(partner.theta) }
    for alpha in partner == nil ? [0.1, 0.4, 0.9] : [0.3] {
      let parameters = ETSParameters(
        alpha: alpha, beta: form.trend == .none ? 0 : 0.1 * alpha,
        gamma: form.season == .none ? 0 : 0.2 * (1 - alpha), phi: form.trend.isDamped ? 0.95 : 1)
      starts.append(problem.shape.vector(parameters, state))
    }
    var best: ETSOptimum?
    for (rank, start) in starts.enumerated() {
      let reached = search.minimize(
        brief(problem), from: start, seedsFirst: partner == nil || rank > 0, effort: effort)
      if best.map({ reached.objective < $0.objective }) ?? true { best = reached }
    }
    guard let best else { preconditionFailure("every form has a start") }
    return search.minimize(
      problem, from: best.theta, seedsFirst: false,
      effort: ETSSearch.Effort(tolerance: 0.05, maximumEvaluations: 12))
  }

  /// Searches every form fully, from all starts.
  func thorough(_ forms: [ETSForm]) -> ETSOptimum {
    let optima = forms.map { optimum($0) }
    var best = optima[0]
    for optimum in optima.dropFirst() where criterion(optimum) < criterion(best) { best = optimum }
    best.evaluations = optima.reduce(0) { $0 + $1.evaluations }
    return best
  }

  /// The criterion of a form, on the scaled series; with shrinkage, implausible forms come last.
  func criterion(_ optimum: ETSOptimum) -> Double {
    ETSCriterion.value(
      optimum.shape.form, objective: optimum.objective, period: optimum.shape.period,
      observations: sample.observed, isPenalised: penalty != nil)
      + (penalty == nil || isPlausible(optimum) ? 0 : 1e6)
  }
}

/// The criterion by which a form is chosen.
enum ETSCriterion {
  /// Akaike's criterion corrected for small samples.
  static func aicc(_ logLikelihood: Double, parameters: Int, observations: Int) -> Double {
    let k = Double(parameters)
    let n = Double(observations)
    return -2 * logLikelihood + 2 * k + 2 * k * (k + 1) / (n - k - 1)
  }

  /// AICc, or with a penalty the BIC of the penalized likelihood.
  ///
  /// Smoothing parameters with a proper prior do not cost log n (Laplace approximation of the evidence), so this BIC counts only
  /// the initial state and σ². AICc would charge for them as if they were free, and choose forms without a trend too often
  /// for short series.
  static func value(
    _ form: ETSForm, objective: Double, period: Int, observations: Int, isPenalised: Bool
  ) -> Double {
    guard objective.isFinite else { return .infinity }
    let count = form.parameterCount(period: period)
    guard isPenalised else { return aicc(-objective, parameters: count, observations: observations) }
    return 2 * objective + Double(count - form.smoothingCount) * Double.log(Double(observations))
  }
}

/// The point at which a search ended, on the scaled series.
struct ETSOptimum: Sendable {
  var shape: ETSShape
  var theta: [Double]
  /// F with the penalty.
  var objective: Double
  /// The penalty's part of it.
  var penalty: Double
  /// Σr².
  var squares: Double
  /// The largest entry of the gradient of F, bounds respected.
  var gradientNorm: Double
  /// The decrease of F that a further step promises.
  var decrement: Double
  var evaluations: Int
  var status: Convergence.Status

  /// The log-likelihood without its constants, on the scaled series.
  var logLikelihood: Double { penalty - objective }

  /// Whether the smoothing parameters of another optimum of the form agree within 0.05.
  func isNear(_ other: ETSOptimum) -> Bool {
    (0..<shape.smoothingCount).allSatisfy { abs(theta[$0] - other.theta[$0]) < 0.05 }
  }
}

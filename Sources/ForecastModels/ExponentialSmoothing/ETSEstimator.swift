internal import Forecasting

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

internal import Forecasting
internal import RealModule

/// The exact Gaussian likelihood of a linear form over aggregated periods and missing values.
///
/// The form is a state space model of level, slope and seasonal indices s₁ … s_m with one source of error, filtered with a
/// cumulator. The start is diffuse and concentrated out. Each index keeps its place, and Z moves through the cycle, so that a
/// base period without an observation costs O(m) and one with it O(m²).
struct ETSSpanFilter {
  let form: ETSForm
  let period: Int
  let observations: [ETSSpanObservation]
  private let cumulator: Cumulator

  /// The filter of a form.
  init(form: ETSForm, period: Int, observations: [ETSSpanObservation]) {
    self.form = form
    self.period = period
    self.observations = observations
    var first = 0
    var spans: [Cumulator.Span] = []
    for observation in observations {
      spans.append(
        Cumulator.Span(
          first: first, count: observation.count, sums: observation.sums,
          isObserved: observation.value != nil))
      first += observation.count
    }
    cumulator = Cumulator(spans: spans, periods: first)
  }

  /// The result of a run; σ² is 1 in all variances.
  struct Run {
    /// (Σ log F + n log(Σv²/F))/2: the concentrated negative log-likelihood without constants.
    var objective: Double
    var squares: Double
    /// The start by generalized least squares: level, slope, indices 2 … m.
    var start: [Double]
    /// The one-step prediction of each observation's sum.
    var predictions: [Double]
    /// The mean of (l, b, s₁ … s_m) after the last period.
    var mean: [Double]
    /// Its variance given the start, row by row.
    var variance: [Double]
    /// Its response to the start, row by row.
    var response: [Double]
    /// The variance of the start, row by row.
    var startVariance: [Double]
    var observed: Int
  }

  private var hasSlope: Bool { form.trend != .none }
  private var seasons: Int { form.season == .none ? 0 : period }
  var startCount: Int { 1 + (hasSlope ? 1 : 0) + max(seasons - 1, 0) }

  /// The form with given smoothing parameters; its start is that of indices that sum to zero.
  func model(_ p: ETSParameters) -> StateSpace<Double> {
    typealias Term = StateSpace<Double>.Term
    let count = 2 + seasons
    let moved = hasSlope ? [Term(0, 1), Term(1, p.phi)] : [Term(0, 1)]
    let gains = hasSlope ? [Term(0, p.alpha), Term(1, p.beta)] : [Term(0, p.alpha)]
    func unit(_ entries: [(Int, Double)]) -> [Double] {
      var column = [Double](repeating: 0, count: count)
      for (index, value) in entries { column[index] = value }
      return column
    }
    return StateSpace(
      count: count,
      transition: hasSlope
        ? [.init(index: 0, terms: moved), .init(index: 1, terms: [Term(1, p.phi)])] : [],
      phases: (0..<max(seasons, 1)).map { phase in
        .init(
          observation: moved + (seasons > 0 ? [Term(2 + phase, 1)] : []),
          disturbances: [
            .init(
              variance: 1, observation: 1, state: gains + (seasons > 0 ? [Term(2 + phase, p.gamma)] : []))
          ])
      },
      start: .init(
        mean: unit([]), variance: [Double](repeating: 0, count: count * count),
        diffuse: [unit([(0, 1)])] + (hasSlope ? [unit([(1, 1)])] : [])
          + (1..<max(seasons, 1)).map { unit([(2, -1), (2 + $0, 1)]) }))
  }

  /// The run with given smoothing parameters.
  ///
  /// The start is that of generalized least squares unless one is given.
  ///
  /// - Returns: `nil` if numbers overflow or the data do not determine the start.
  func run(_ p: ETSParameters, from given: [Double]? = nil) -> Run? {
    let filter = StateSpaceFilter(model: model(p), cumulator: cumulator)
    guard let outcome = filter.run([observations.map { $0.value ?? 0 }]),
      let start = DiffuseStart(
        outcome, given: given, season: startCount - max(seasons - 1, 0)..<startCount)
    else { return nil }
    let n = Double(outcome.variances.count)
    let objective = 0.5 * n * Double.log(start.squares + n * 0x1p-92) + 0.5 * start.logDeterminant
    guard objective.isFinite else { return nil }
    let state = outcome.state
    let d = filter.model.count
    let rows = (0..<d).map { Array(state.means[($0 * state.columns)..<(($0 + 1) * state.columns)]) }
    return Run(
      objective: objective, squares: start.squares, start: start.values,
      predictions: outcome.predictions.map(start.combined), mean: rows.map(start.combined),
      variance: (0..<d).flatMap { i in (0..<d).map { state.variance[i * (d + 1) + $0] } },
      response: rows.flatMap { $0.dropFirst() }, startVariance: start.variance,
      observed: outcome.variances.count)
  }
}

extension ETSSpanFilter {
  /// The initial state in a vector of level, slope and indices 2 … m.
  func state(_ start: [Double]) -> ETSState {
    let hasSlope = form.trend != .none
    var state = ETSState(level: start[0], slope: hasSlope ? start[1] : 0)
    if form.season != .none {
      let others = start.dropFirst(hasSlope ? 2 : 1)
      state.seasonal = [-others.reduce(0, +)] + others
    }
    return state
  }

  /// The vector of an initial state whose indices sum to zero.
  func vector(_ state: ETSState) -> [Double] {
    [state.level] + (form.trend == .none ? [] : [state.slope]) + state.seasonal.dropFirst()
  }

  /// The state after a number of base periods, with indices from the next one on.
  func state(_ run: Run, after periods: Int) -> ETSState {
    let indices = run.mean.dropFirst(2)
    let next = form.season == .none ? 0 : periods % period
    return ETSState(
      level: run.mean[0], slope: form.trend == .none ? 0 : run.mean[1],
      seasonal: Array(indices.dropFirst(next)) + Array(indices.prefix(next)))
  }

  /// The uncertainty of the final state: the variance of the filter and that of the initial state.
  ///
  /// Smoothing parameters count as known.
  func uncertainty(
    _ run: Run, after periods: Int, deviation: Double, degreesOfFreedom: Double
  ) -> ETSUncertainty {
    let d = run.mean.count
    let q = run.start.count
    let next = form.season == .none ? 0 : periods % period
    let order = [0, 1] + (2..<max(d, 2)).map { 2 + ($0 - 2 + next) % max(d - 2, 1) }
    var covariance = [Double](repeating: 0, count: d * d)
    for i in 0..<d {
      for j in 0..<d {
        var sum = run.variance[order[i] * d + order[j]]
        for k in 0..<q {
          for l in 0..<q {
            sum +=
              run.response[order[i] * q + k] * run.startVariance[k * q + l] * run.response[order[j] * q + l]
          }
        }
        covariance[i * d + j] = sum
      }
    }
    // Six rows precede the indices: four for smoothing parameters, which are known, and those of level and slope.
    var factor = [Double](repeating: 0, count: (4 + d) * d)
    for j in 0..<d {
      var pivot = covariance[j * d + j]
      for k in 0..<j { pivot -= factor[(4 + j) * d + k] * factor[(4 + j) * d + k] }
      guard pivot > 1e-12 * covariance[j * d + j], pivot > 0 else { continue }
      let root = pivot.squareRoot()
      for i in j..<d {
        var sum = covariance[i * d + j]
        for k in 0..<j { sum -= factor[(4 + i) * d + k] * factor[(4 + j) * d + k] }
        factor[(4 + i) * d + j] = sum / root
      }
    }
    return ETSUncertainty(
      factor: factor.map { $0 * deviation }, rank: d, degreesOfFreedom: degreesOfFreedom)
  }
}

/// An observation as the filter sees it: the sum over the last `count` base periods, or the value of the last one.
struct ETSSpanObservation {
  let count: Int
  /// Whether the observation sums its periods; otherwise it is the value of the last one.
  let sums: Bool
  let value: Double?
  /// The observation divided by `value`: 1/|S| for means.
  let factor: Double

  static func all(_ series: TimeSeries, scale: Double) -> [ETSSpanObservation] {
    series.observations.map { observation in
      let count = observation.span.count
      let factor = series.rule == .mean ? 1 / Double(count) : 1
      return ETSSpanObservation(
        count: count, sums: series.rule != .last, value: observation.value.map { $0 / scale / factor },
        factor: factor)
    }
  }
}

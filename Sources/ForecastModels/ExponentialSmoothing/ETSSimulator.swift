internal import Forecasting
internal import ForesightNumerics
internal import RealModule
internal import Synchronization

/// Draws sample paths of an exponential smoothing model from its final state.
struct ETSSimulator: Sendable {
  let form: ETSForm
  let period: Int
  let parameters: ETSParameters
  let state: ETSState
  let uncertainty: ETSUncertainty
  let deviation: Double
  let bounds: ClosedRange<Double>
  let spread: Double

  init(_ fit: FittedETS) {
    form = fit.form
    period = fit.seasonalPeriod
    parameters = fit.parameters
    state = fit.finalState
    uncertainty = fit.uncertainty
    deviation = fit.spread.innovation * fit.variance.squareRoot()
    spread = fit.spread.parameters
    bounds = fit.reach
  }

  /// The path on which every innovation is zero.
  func centre(_ horizon: Int) -> [Double] {
    ETSRecursion(form: form, period: period).path(horizon, parameters: parameters, from: state)
      .map { min(max($0, bounds.lowerBound), bounds.upperBound) }
  }

  /// Joint sample paths, one per column; path i depends only on the seed, i and the horizon.
  ///
  /// Each path draws smoothing parameters and final state from their joint normal distribution, truncated to where the form is
  /// defined, and σ from σ̂√(ν/χ²_ν), with χ² by Wilson and Hilferty's cube.
  func paths(_ count: Int, horizon: Int, seed: UInt64) -> Matrix {
    let stream = RandomStream(seed: seed, name: "ets.paths")
    let perPath = horizon + uncertainty.rank + 1
    var result = Matrix(rows: horizon, columns: count, repeating: 0)
    var column = [Double](repeating: 0, count: horizon)
    for path in 0..<count {
      let draws = stream.normals((path * perPath)..<((path + 1) * perPath))
      simulate(draws, into: &column)
      for step in 0..<horizon { result[step, path] = column[step] }
    }
    return result
  }

  private func simulate(_ draws: [Double], into path: inout [Double]) {
    let horizon = path.count
    let rank = uncertainty.rank
    func shift(_ row: Int) -> Double {
      guard row < uncertainty.rowCount else { return 0 }
      var sum = 0.0
      for k in 0..<rank { sum += uncertainty.factor[row * rank + k] * draws[horizon + k] }
      return spread * sum
    }
    let alpha = min(max(parameters.alpha + shift(0), 0), 1)
    let beta = form.trend == .none ? 0 : min(max(parameters.beta + shift(1), 0), alpha)
    let gamma = form.season == .none ? 0 : min(max(parameters.gamma + shift(2), 0), 1 - alpha)
    let phi = form.trend.isDamped ? min(max(parameters.phi + shift(3), 0.5), 1) : 1
    var level = state.level + shift(4)
    if form.needsPositiveData { level = max(level, 0.2 * state.level) }
    var slope = 0.0
    if form.trend != .none { slope = state.slope + shift(5) }
    if form.trend.isMultiplicative {
      slope = min(max(slope, 0.5 * state.slope), max(2 * state.slope, 1))
    }
    var seasonal = state.seasonal
    for phase in seasonal.indices {
      let moved = seasonal[phase] + shift(6 + phase)
      seasonal[phase] = form.season == .multiplicative ? max(moved, 0.2 * seasonal[phase]) : moved
    }
    let freedom = uncertainty.degreesOfFreedom
    let ninth = 2 / (9 * freedom)
    let root = max(1 - ninth + draws[horizon + rank] * ninth.squareRoot(), 0.1)
    let sigma = deviation / (root * root * root).squareRoot()
    var phase = 0
    for step in 0..<horizon {
      let index = form.season == .none ? 0 : seasonal[phase]
      let carried =
        form.trend == .none
        ? 0 : form.trend.isMultiplicative ? Double.pow(slope, phi) : phi * slope
      var q = level
      if form.trend != .none { q = form.trend.isMultiplicative ? level * carried : level + carried }
      let predicted = form.season == .none ? q : form.season == .additive ? q + index : q * index
      var e = sigma * draws[step]
      // 1 + ε stays positive, as the data are.
      if form.error == .multiplicative { e = max(e, -0.99) * predicted }
      let value = predicted + e
      // A state that overflows leaves the path where it was.
      path[step] =
        value.isNaN
        ? (step > 0 ? path[step - 1] : bounds.lowerBound)
        : min(max(value, bounds.lowerBound), bounds.upperBound)
      let delta = form.season == .multiplicative ? e / index : e
      if form.trend == .additive || form.trend == .additiveDamped { slope = carried + beta * delta }
      if form.trend.isMultiplicative { slope = max(carried + beta * delta / level, 1e-3) }
      level = q + alpha * delta
      if form.trend.isMultiplicative || form.season == .multiplicative { level = max(level, 1e-6 * abs(q)) }
      if form.season == .additive { seasonal[phase] = index + gamma * e }
      if form.season == .multiplicative, q != 0 {
        seasonal[phase] = max(index + gamma * e / q, 1e-3 * index)
      }
      if form.season != .none { phase = phase + 1 == period ? 0 : phase + 1 }
    }
  }
}

/// The predictive distribution of a form that has none in closed form: simulated once, at the first use.
struct SimulatedETS: PredictiveDistribution {
  let horizon: Int
  private let simulator: ETSSimulator
  private let centre: [Double]
  private let margins: Margins

  /// The number of paths for marginal distributions.
  private let pathCount: Int
  static let seed: UInt64 = 20_221_130

  /// The distribution from so many paths: 5,000, or fewer for long horizons, 10⁷ values in all, unless they are given.
  init(_ simulator: ETSSimulator, horizon: Int, pathCount: Int? = nil) {
    self.pathCount = pathCount ?? min(5_000, max(1_000, 10_000_000 / horizon))
    self.simulator = simulator
    self.horizon = horizon
    centre = simulator.centre(horizon)
    margins = Margins()
  }

  /// The distribution from 1,000 paths, which are enough for one member of several.
  var light: SimulatedETS { SimulatedETS(simulator, horizon: horizon, pathCount: 1_000) }

  func marginal(_ step: Int) -> any Distribution {
    Margin(mean: centre[step], step: step, source: self)
  }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    simulator.paths(count, horizon: horizon, seed: seed)
  }

  /// The sorted margins, simulated at the first use.
  private func empirical(_ step: Int) -> Empirical {
    margins.held.withLock { held in
      if let held { return held[step] }
      let paths = simulator.paths(pathCount, horizon: horizon, seed: SimulatedETS.seed)
      var made: [Empirical] = []
      do throws(NumericsError) {
        for row in 0..<horizon { made.append(try Empirical(paths.row(row))) }
      } catch {
        preconditionFailure("simulated paths are finite: \(error)")
      }
      held = made
      return made[step]
    }
  }

  private final class Margins: Sendable {
    let held = Mutex<[Empirical]?>(nil)
  }

  /// One step, whose mean is known without simulation.
  private struct Margin: SampledMargin, ScoredDistribution {
    let mean: Double
    let step: Int
    let source: SimulatedETS

    var samples: Empirical { source.empirical(step) }
    var variance: Double { samples.variance }
    func density(_ x: Double) -> Double { samples.density(x) }
    func logDensity(_ x: Double) -> Double { samples.logDensity(x) }
    func cdf(_ x: Double) -> Double { samples.cdf(x) }
    func quantile(_ p: Double) -> Double { samples.quantile(p) }
    func score(_ observed: Double) -> Double { samples.crps(observed) }
  }
}

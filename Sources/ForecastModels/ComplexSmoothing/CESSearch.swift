internal import ForesightNumerics
internal import RealModule

/// The search for gains and initial states: Levenberg–Marquardt steps with exact derivatives, one pass of O(n) each.
///
/// The recursion is linear in its state, so ℓ₀ and c₀ join the gains without a search of their own.
struct CESSearch {
  /// The values in a unit near their size, with NaN for missing ones.
  let values: [Double]
  let form: CESForm
  let estimation: CESEstimation
  /// The state to which the shifts ℓ₀ and c₀ are added.
  let start: CESState

  /// Where a search ended.
  struct Optimum {
    /// The shifts of levels and of potentials, then the gains.
    var parameters: CESLanes
    var sums: CESSums
    /// n/2 log Σe² with the penalty.
    var objective: Double
    var evaluations: Int
    var status: Convergence.Status
  }

  /// The weight of the barrier that keeps gains inside their region, small compared with a unit of log-likelihood.
  private static let barrier = 1e-3
  private var region: CESRegion { CESRegion(form: form) }

  /// Shifts and gains.
  var count: Int { 2 + form.gainCount }
  private let observed: Double
  /// The weights of the penalty, one per parameter.
  private let weights: CESLanes
  private let centres: CESLanes

  /// The search on a sample; a seasonal form starts from its season.
  init(_ sample: CESSample, form: CESForm, estimation: CESEstimation) {
    values = sample.values
    let season = form.isSeasonal ? sample.season ?? [] : []
    self.form = form
    self.estimation = estimation
    observed = Double(values.count { !$0.isNaN })
    let first = values.enumerated().lazy.filter { !$0.element.isNaN }.prefix(max(season.count, 3))
    var sum = 0.0
    var count = 0.0
    for (t, y) in first {
      sum += y - (season.isEmpty ? 0 : season[t % season.count])
      count += 1
    }
    let level = count > 0 ? sum / count : 0
    let rest = CESSearch.restingShare
    var state = CESState(level: CESLanes.valueLane * level, potential: CESLanes.valueLane * level * rest)
    state.level += .levelLane
    state.potential += .potentialLane
    switch form {
    case .none: break
    case .partial: state.seasonLevels = season.map { CESLanes.valueLane * $0 }
    case .full:
      state.seasonLevels = season.map { CESLanes.valueLane * $0 }
      state.seasonPotentials = season.map { CESLanes.valueLane * $0 * rest }
    case .simple:
      state.seasonLevels = season.map { CESLanes.valueLane * ($0 + level) + .levelLane }
      state.seasonPotentials = season.map { CESLanes.valueLane * ($0 + level) * rest + .potentialLane }
      state.level = .zero
      state.potential = .zero
    }
    start = state
    (weights, centres) = CESSearch.penalty(form, estimation)
  }

  /// The search of another one from another start.
  init(_ other: CESSearch, start: CESState) {
    values = other.values
    form = other.form
    estimation = other.estimation
    observed = other.observed
    weights = other.weights
    centres = other.centres
    self.start = start
  }

  /// c/ℓ at rest, 1/α₀, for a medium gain.
  private static let restingShare = 1 / 1.3

  /// The weights and centres of the penalty Σ w(x − centre)²/2 on shifts and gains.
  ///
  /// A faint weight decides what the data do not determine: the start of the potential if α₁ = 1.
  private static func penalty(
    _ form: CESForm, _ estimation: CESEstimation
  ) -> (weights: CESLanes, centres: CESLanes) {
    let faint = 1e-6
    let pull =
      estimation == .shrinkage
      ? CESPenalty.standard : CESPenalty(real: faint, imaginary: faint, index: faint)
    switch form {
    case .none, .simple:
      return ([faint, faint, pull.real, pull.imaginary, 0, 0, 0, 0], [0, 0, 1.7, 1, 0, 0, 0, 0])
    case .partial:
      return ([faint, faint, pull.real, pull.imaginary, pull.index, 0, 0, 0], [0, 0, 1.7, 1, 0.1, 0, 0, 0])
    case .full:
      return (
        [faint, faint, pull.real, pull.imaginary, pull.real, pull.imaginary, 0, 0],
        [0, 0, 1.7, 1, 1.1, 1, 0, 0]
      )
    }
  }

  /// The least value of the objective from two starts.
  func optimum() -> Optimum { improved(firstOptimum()) }

  /// The optimum that is reached from the penalty's centre.
  func firstOptimum() -> Optimum { descend(from: centres) }

  /// The better of an optimum and the one that is reached from a slower start.
  func improved(_ first: Optimum) -> Optimum {
    var calm = centres
    calm[2] = 1.2
    let second = descend(from: calm)
    var best = second.objective < first.objective ? second : first
    best.evaluations = first.evaluations + second.evaluations
    return best
  }

  /// The state before the first value, with the shifts added.
  func initialState(_ parameters: CESLanes) -> CESState {
    var state = start
    if form == .simple {
      for k in state.seasonLevels.indices {
        state.seasonLevels[k][0] += parameters[0]
        state.seasonPotentials[k][0] += parameters[1]
      }
    } else {
      state.level[0] += parameters[0]
      state.potential[0] += parameters[1]
    }
    return state
  }

  /// The recursion with the gains among parameters.
  func recursion(_ parameters: CESLanes) -> CESRecursion {
    CESRecursion(form: form, gains: SIMD4(parameters[2], parameters[3], parameters[4], parameters[5]))
  }

  private func evaluate(_ parameters: CESLanes) -> (sums: CESSums, objective: Double) {
    var state = initialState(parameters)
    let sums = recursion(parameters).run(values, &state)
    guard sums.squares.isFinite else { return (sums, .infinity) }
    let away = parameters - centres
    let objective =
      CESSearch.barrier * region.barrier(parameters) + 0.5 * observed
      * Double.log(max(sums.squares, .leastNormalMagnitude))
      + 0.5 * (weights * away * away).sum()
    return (sums, objective)
  }

  func descend(from first: CESLanes) -> Optimum {
    flushingSubnormals { descent(from: first) }
  }

  private func descent(from first: CESLanes) -> Optimum {
    var parameters = first
    var (sums, objective) = evaluate(parameters)
    var evaluations = 1
    var damping = 1e-3
    var status = Convergence.Status.evaluationLimit
    var wasHeld = false
    var matrix = [Double](repeating: 0, count: count * count)
    var damped = matrix
    var right = [Double](repeating: 0, count: count)
    search: while evaluations < 60 {
      guard sums.squares > observed * 1e-30 else {
        status = .flat
        break
      }
      wasHeld = false
      let unit = observed / sums.squares
      let slopes = sums[0]
      var gradient = weights * (parameters - centres)
      for i in 0..<count {
        let row = unit * sums[i + 1]
        for j in 0..<count { matrix[i * count + j] = row[j + 1] }
        matrix[i * count + i] += weights[i]
        gradient[i] += unit * slopes[i + 1]
      }
      region.addBarrier(CESSearch.barrier, at: parameters, to: &matrix, &gradient)
      while true {
        for k in matrix.indices { damped[k] = matrix[k] }
        for i in 0..<count { damped[i * count + i] *= 1 + damping }
        for i in 0..<count { right[i] = gradient[i] }
        if Cholesky.solve(&damped, size: count, stride: count, &right) {
          var step = CESLanes.zero
          for i in 0..<count { step[i] = right[i] }
          guard (gradient * step).sum() > 1e-6 else {
            status = wasHeld ? .atBound : .converged
            break search
          }
          var trial = parameters - step
          var share = 1.0
          while share > 1e-3, !region.holds(trial) {
            wasHeld = true
            share *= 0.5
            trial = parameters - share * step
          }
          if region.holds(trial) {
            let found = evaluate(trial)
            evaluations += 1
            if found.objective < objective {
              let gain = objective - found.objective
              parameters = trial
              sums = found.sums
              objective = found.objective
              damping = max(damping / 8, 1e-9)
              guard gain > 1e-6 else {
                status = wasHeld ? .atBound : .converged
                break search
              }
              continue search
            }
          }
        }
        damping = max(6 * damping, 1e-6)
        guard damping < 1e10, evaluations < 60 else {
          status = evaluations >= 60 ? .evaluationLimit : wasHeld ? .atBound : .converged
          break search
        }
      }
    }
    return Optimum(
      parameters: parameters, sums: sums, objective: objective, evaluations: evaluations, status: status)
  }

  /// A factor of the covariance of shifts and gains, σ²(Σ de deᵀ + P)⁻¹, column by column.
  ///
  /// P is a prior standard deviation of 0.3 for a gain and of one scaled unit for a shift, which makes the rest invertible.
  func covarianceFactor(_ optimum: Optimum, variance: Double) -> [[Double]] {
    var matrix = Matrix(rows: count, columns: count, repeating: 0)
    for i in 0..<count {
      for j in 0..<count { matrix[i, j] = optimum.sums[i + 1][j + 1] }
      matrix[i, i] += max(weights[i], i < 2 ? 1 : 1 / 0.09) * variance + .leastNormalMagnitude
    }
    guard let lower = try? Cholesky(matrix).lower else { return [] }
    let deviation = variance.squareRoot()
    // The columns of L⁻ᵀ.
    return (0..<count).map { k in
      var column = [Double](repeating: 0, count: count)
      column[k] = deviation / lower[k, k]
      for i in stride(from: k - 1, through: 0, by: -1) {
        var sum = 0.0
        for j in (i + 1)...k { sum += lower[j, i] * column[j] }
        column[i] = -sum / lower[i, i]
      }
      return column
    }
  }
}

/// The weights of the penalty on the gains, in units of −log-likelihood: α₀ ~ N(1.7, 0.18²), α₁ ~ N(1, 0.014²), b ~ N(0.1, 0.5²).
///
/// An imaginary part other than 1 is a trend that the level itself drives. Chosen among eighteen settings for the accuracy of
/// forecasts from one origin, one horizon before the end of the training parts of the M3 series.
struct CESPenalty: Sendable, Hashable {
  var real: Double
  var imaginary: Double
  var index: Double

  static let standard = CESPenalty(real: 30, imaginary: 5000, index: 4)
}

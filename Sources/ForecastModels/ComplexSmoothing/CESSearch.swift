internal import RealModule

/// The search for gains and initial states: Levenberg and Marquardt's steps with exact derivatives, a pass of O(n) each.
///
/// The recursion is linear in its state, so that ℓ₀ and c₀ join the gains without a search of their own.
struct CESSearch {
  /// The values in a unit near their size, NaN where missing.
  let values: [Double]
  let form: CESForm
  let estimation: CESEstimation
  /// The state that the shifts ℓ₀ and c₀ are counted from.
  let start: CESState

  /// Where a search ended.
  struct Optimum {
    /// The shifts of levels and of potentials, then the gains.
    var parameters: [Double]
    var sums: CESSums
    /// n/2 log Σe² with the penalty.
    var objective: Double
    var evaluations: Int
    var status: CESStatus
  }

  private let observed: Double
  /// The penalties' weights, one a parameter.
  private let weights: [Double]
  private let centres: [Double]

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

  /// c/ℓ where the potential rests, 1/α₀, at the gain that the search starts from.
  private static let restingShare = 1 / 1.3

  /// The weights and centres of the penalty Σ w(x − centre)²/2 on shifts and gains.
  ///
  /// A faint one decides what the data leave open: the potential's start where α₁ = 1.
  private static func penalty(_ form: CESForm, _ estimation: CESEstimation) -> ([Double], [Double]) {
    let faint = 1e-6
    let pull =
      estimation == .shrinkage ? CESPenalty.standard : CESPenalty(real: faint, imaginary: faint, index: faint)
    var weights = [faint, faint, pull.real, pull.imaginary]
    var centres = [0, 0, 1.3, 1.0]
    if form == .partial {
      weights.append(pull.index)
      centres.append(0.1)
    }
    if form == .full {
      weights += [pull.real, pull.imaginary]
      centres += [1.1, 1]
    }
    return (weights, centres)
  }

  /// The least value of the objective from two starts.
  func optimum() -> Optimum {
    var best = descend(from: [0, 0] + Array(centres.dropFirst(2)))
    let second = descend(from: [0, 0, 1.7, 1.05] + Array(centres.dropFirst(4)))
    let evaluations = best.evaluations + second.evaluations
    if second.objective < best.objective { best = second }
    best.evaluations = evaluations
    return best
  }

  /// The state before the first value with the shifts taken in.
  func initialState(_ parameters: [Double]) -> CESState {
    var state = start
    func shift(_ lanes: inout CESLanes, by amount: Double, _ lane: Int) {
      if lanes[lane] != 0 { lanes[0] += amount }
    }
    shift(&state.level, by: parameters[0], 1)
    shift(&state.potential, by: parameters[1], 2)
    if form == .simple {
      for k in state.seasonLevels.indices {
        state.seasonLevels[k][0] += parameters[0]
        state.seasonPotentials[k][0] += parameters[1]
      }
    }
    return state
  }

  private func evaluate(_ parameters: [Double]) -> (sums: CESSums, objective: Double) {
    var state = initialState(parameters)
    let sums = CESRecursion(form: form, gains: Array(parameters.dropFirst(2))).run(values, &state)
    guard sums.squares.isFinite else { return (sums, .infinity) }
    var objective = 0.5 * observed * Double.log(max(sums.squares, .leastNormalMagnitude))
    for k in parameters.indices {
      let away = parameters[k] - centres[k]
      objective += 0.5 * weights[k] * away * away
    }
    return (sums, objective)
  }

  private func descend(from first: [Double]) -> Optimum {
    var parameters = first
    var (sums, objective) = evaluate(parameters)
    var evaluations = 1
    var damping = 1e-3
    var status = CESStatus.limit
    let count = parameters.count
    while evaluations < 60 {
      let unit = observed / max(sums.squares, .leastNormalMagnitude)
      if !(sums.squares > observed * 1e-30) {
        status = .flat
        break
      }
      var matrix = [Double](repeating: 0, count: count * count)
      var gradient = [Double](repeating: 0, count: count)
      for i in 0..<count {
        let row = sums[i + 1]
        for j in 0..<count { matrix[i * count + j] = unit * row[j + 1] }
        matrix[i * count + i] += weights[i]
        gradient[i] = unit * row[0] + weights[i] * (parameters[i] - centres[i])
      }
      var improved = false
      while evaluations < 60 {
        guard let equations = CESEquations(matrix, count: count, damping: damping) else {
          damping = max(10 * damping, 1e-6)
          if damping > 1e12 { break }
          continue
        }
        let step = equations.solve(gradient)
        let trial = zip(parameters, step).map { $0 - $1 }
        let promised = zip(gradient, step).reduce(0) { $0 + $1.0 * $1.1 }
        if promised < 1e-9 {
          status = .converged
          break
        }
        var found: (sums: CESSums, objective: Double)?
        if CESRecursion(form: form, gains: Array(trial.dropFirst(2))).isStable {
          found = evaluate(trial)
          evaluations += 1
        }
        if let found, found.objective < objective {
          let gain = objective - found.objective
          parameters = trial
          sums = found.sums
          objective = found.objective
          damping = max(damping / 8, 1e-9)
          improved = true
          if gain < 1e-7 { status = .converged }
          break
        }
        damping *= 6
        if damping > 1e10 {
          status = found == nil ? .atBound : .converged
          break
        }
      }
      if !improved || status == .converged { break }
    }
    return Optimum(
      parameters: parameters, sums: sums, objective: objective, evaluations: evaluations, status: status)
  }

  /// A factor of the covariance of shifts and gains, σ²(Σ de deᵀ + P)⁻¹, column by column.
  ///
  /// P holds a gain to a standard deviation of 0.3 and a shift to one of the series' unit, which makes the rest invertible.
  func covarianceFactor(_ optimum: Optimum, variance: Double) -> [[Double]] {
    let count = optimum.parameters.count
    var matrix = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0..<count { matrix[i * count + j] = optimum.sums[i + 1][j + 1] }
      matrix[i * count + i] += max(weights[i], i < 2 ? 1 : 1 / 0.09) * variance + .leastNormalMagnitude
    }
    guard let equations = CESEquations(matrix, count: count, damping: 0) else { return [] }
    let deviation = variance.squareRoot()
    return (0..<count).map { k in
      equations.backward((0..<count).map { $0 == k ? deviation : 0 })
    }
  }
}

/// The normal equations of a step, as Cholesky's factor L of A + damping·diag A.
///
/// Small enough that a call of LAPACK would cost more than the factor.
private struct CESEquations {
  private var factor: [Double]
  private let count: Int

  /// `nil` where a pivot is not positive.
  init?(_ matrix: [Double], count: Int, damping: Double) {
    factor = matrix
    self.count = count
    for j in 0..<count {
      for i in j..<count {
        var sum = matrix[i * count + j] * (i == j ? 1 + damping : 1)
        for k in 0..<j { sum -= factor[i * count + k] * factor[j * count + k] }
        if i == j {
          guard sum > 0, sum.isFinite else { return nil }
          factor[j * count + j] = sum.squareRoot()
        } else {
          factor[i * count + j] = sum / factor[j * count + j]
        }
      }
    }
  }

  /// A⁻¹b.
  func solve(_ b: [Double]) -> [Double] {
    var x = b
    for i in 0..<count {
      for k in 0..<i { x[i] -= factor[i * count + k] * x[k] }
      x[i] /= factor[i * count + i]
    }
    return backward(x)
  }

  /// L⁻ᵀb; over the unit vectors the columns of a factor of A⁻¹.
  func backward(_ b: [Double]) -> [Double] {
    var x = b
    for i in stride(from: count - 1, through: 0, by: -1) {
      for k in (i + 1)..<max(count, i + 1) { x[i] -= factor[k * count + i] * x[k] }
      x[i] /= factor[i * count + i]
    }
    return x
  }
}

/// The weights of the pull on the gains in −log-likelihood.
struct CESPenalty: Sendable, Hashable {
  var real: Double
  var imaginary: Double
  var index: Double

  static let standard = CESPenalty(real: 4, imaginary: 100, index: 4)
}

/// Why the search for the gains ended.
public enum CESStatus: String, Sendable, Hashable, Codable {
  /// No step within the region promises a better fit.
  case converged
  /// The bound of the stable region holds the gains.
  case atBound = "at-bound"
  /// The model passes through every value.
  case flat
  /// The passes that are allowed were used up.
  case limit
}

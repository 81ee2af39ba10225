internal import ForesightNumerics

/// A linear Gaussian state space model of a series, with one step per base period.
///
///     yₜ = Zₜ αₜ₋₁ + Gₜ uₜ + εₜ,   εₜ ~ N(0, H)
///     αₜ = T αₜ₋₁ + Rₜ uₜ,         uₜ ~ N(0, Q), Q diagonal
///     α₀ = a + Aδ + ν,             ν ~ N(0, P)
///
/// αₜ is the state after period t. The disturbances u enter the observation and the state together, so that one form holds
/// exponential smoothing (one source of error: G = 1, R the smoothing parameters), autoregressive errors and structural
/// models, where an observation of the new state, yₜ = Zαₜ + εₜ, has ZT for Z and ZR for G. δ has no prior distribution: it
/// is the diffuse part of the start, which generalized least squares estimates (`DiffuseStart`). Z, G and R may depend on the
/// position in a cycle. T, Z and R are sparse, so that a step costs O(n) for a state of n entries and not O(n²).
///
/// J. Durbin and S. J. Koopman, *Time Series Analysis by State Space Methods*, 2nd ed., 2012, ch. 4; P. de Jong, "The
/// diffuse Kalman filter", *Ann. Stat.* 19 (1991) 1073–1083, doi:10.1214/aos/1176348139.
struct StateSpace<Scalar: DifferentiableScalar>: Sendable {
  /// One entry of a sparse row or column.
  struct Term: Sendable {
    var index: Int
    var weight: Scalar

    init(_ index: Int, _ weight: Scalar) {
      self.index = index
      self.weight = weight
    }
  }

  /// A row of T.
  struct Row: Sendable {
    var index: Int
    var terms: [Term]
  }

  /// One entry of u: its variance, its weight G in the observation and its column of R.
  struct Disturbance: Sendable {
    var variance: Scalar
    var observation: Scalar
    var state: [Term]
  }

  /// What depends on the position in the cycle: Z, and G and R by disturbance.
  struct Phase: Sendable {
    var observation: [Term]
    var disturbances: [Disturbance]
  }

  /// The distribution of α₀: a, P row by row, and the columns of A.
  struct Start: Sendable {
    var mean: [Scalar]
    var variance: [Scalar]
    var diffuse: [[Scalar]] = []
  }

  /// n, the number of entries of the state.
  let count: Int
  /// The rows of T that differ from those of the identity.
  let transition: [Row]
  /// Z, G and R at the positions of the cycle, the first for the first period; one position if they are constant.
  let phases: [Phase]
  /// H.
  let noise: Scalar
  let start: Start

  /// A model.
  ///
  /// - Precondition: There is at least one phase, and the parts of the start have n, n² and n entries.
  init(count: Int, transition: [Row], phases: [Phase], noise: Scalar = 0, start: Start) {
    precondition(!phases.isEmpty, "a state space model needs at least one phase")
    precondition(
      start.mean.count == count && start.variance.count == count * count
        && start.diffuse.allSatisfy { $0.count == count }, "a start has the size of the state")
    self.count = count
    self.transition = transition
    self.phases = phases
    self.noise = noise
    self.start = start
  }
}

extension StateSpace where Scalar == Double {
  /// The expected values of the next periods after a state, the first at a position of the cycle: the path without
  /// disturbances.
  ///
  /// Cost: O(n) per period.
  func path(_ periods: Int, from state: [Double], phase: Int = 0) -> [Double] {
    var state = state
    var moved = [Double](repeating: 0, count: transition.count)
    return (0..<periods).map { t in
      let value = phases[(phase + t) % phases.count].observation.reduce(0) {
        $0 + $1.weight * state[$1.index]
      }
      for (k, row) in transition.enumerated() {
        moved[k] = row.terms.reduce(0) { $0 + $1.weight * state[$1.index] }
      }
      for (k, row) in transition.enumerated() { state[row.index] = moved[k] }
      return value
    }
  }

  /// What a unit of a disturbance adds to the periods from its own on.
  func response(_ periods: Int, to disturbance: Int = 0, phase: Int = 0) -> [Double] {
    guard periods > 0 else { return [] }
    let source = phases[phase % phases.count].disturbances[disturbance]
    var state = [Double](repeating: 0, count: count)
    for term in source.state { state[term.index] += term.weight }
    return [source.observation] + path(periods - 1, from: state, phase: phase + 1)
  }
}

/// A number of the recursion with its derivatives: by ℓ₀, by c₀ and by the gains.
typealias CESLanes = SIMD8<Double>

extension SIMD8<Double> {
  /// Lane 0, where the value stands.
  static let valueLane = CESLanes(1, 0, 0, 0, 0, 0, 0, 0)
  /// The lane of the derivative by ℓ₀, a shift of every level.
  static let levelLane = CESLanes(0, 1, 0, 0, 0, 0, 0, 0)
  /// The lane of the derivative by c₀, a shift of every potential.
  static let potentialLane = CESLanes(0, 0, 1, 0, 0, 0, 0, 0)

  /// The lane of the derivative by a gain.
  static func gainLane(_ index: Int) -> CESLanes {
    var lanes = CESLanes.zero
    lanes[3 + index] = 1
    return lanes
  }
}

/// The state of complex exponential smoothing between two periods.
struct CESState: Sendable, Hashable, Codable {
  var level = CESLanes.zero
  var potential = CESLanes.zero
  /// A level, or an index of season, for each period of the cycle.
  var seasonLevels: [CESLanes] = []
  /// A potential for each period of the cycle; empty for the partial form.
  var seasonPotentials: [CESLanes] = []
  /// The place in the cycle of the next period.
  var place = 0
}

/// Sums over the periods: row 0 holds Σe² and half the gradient, the others Σ de deᵀ.
struct CESSums {
  var rows = (
    CESLanes.zero, CESLanes.zero, CESLanes.zero, CESLanes.zero, CESLanes.zero, CESLanes.zero, CESLanes.zero
  )

  subscript(row: Int) -> CESLanes {
    switch row {
    case 0: rows.0
    case 1: rows.1
    case 2: rows.2
    case 3: rows.3
    case 4: rows.4
    case 5: rows.5
    default: rows.6
    }
  }

  var squares: Double { rows.0[0] }

  /// Takes in an innovation; `gains` of the derivatives by gains are of use.
  @inline(__always)
  mutating func add(_ e: CESLanes, gains: Int) {
    rows.0 += e * e[0]
    rows.1 += e * e[1]
    rows.2 += e * e[2]
    rows.3 += e * e[3]
    rows.4 += e * e[4]
    if gains > 2 { rows.5 += e * e[5] }
    if gains > 3 { rows.6 += e * e[6] }
  }
}

/// The recursion of complex exponential smoothing with given gains, derivatives carried along.
struct CESRecursion: Sendable {
  let form: CESForm
  /// α₀ and α₁, then b or β₀ and β₁.
  let gains: [Double]

  /// The gain of a complex pair with the lanes of its derivatives.
  private struct Pair {
    let real, imaginary: Double
    let realLane, imaginaryLane: CESLanes

    init(_ gains: [Double], at first: Int) {
      real = gains[first]
      imaginary = gains[first + 1]
      realLane = .gainLane(first)
      imaginaryLane = .gainLane(first + 1)
    }

    /// Moves a level and its potential by an innovation.
    @inline(__always)
    func move(_ level: inout CESLanes, _ potential: inout CESLanes, by e: CESLanes) {
      let value = e[0]
      let reserve = potential[0]
      let old = level
      level = old - (1 - imaginary) * potential
      level += (real - imaginary) * e
      level += realLane * value + imaginaryLane * (reserve - value)
      potential = old + (1 - real) * potential
      potential += (real + imaginary) * e
      potential += realLane * (value - reserve) + imaginaryLane * value
    }
  }

  /// Runs over values in which NaN is missing, whose innovation is zero.
  ///
  /// - Parameter predicted: told each one-step prediction.
  func run(
    _ values: some RandomAccessCollection<Double>, _ state: inout CESState,
    predicted: (Double) -> Void = { _ in }
  ) -> CESSums {
    var sums = CESSums()
    switch form {
    case .none: runLevel(values, &state, &sums, predicted)
    case .simple: runCycle(values, &state, &sums, predicted, hasLevel: false)
    case .full: runCycle(values, &state, &sums, predicted, hasLevel: true)
    case .partial: runIndices(values, &state, &sums, predicted)
    }
    return sums
  }

  /// The innovation of a value with its derivatives.
  @inline(__always)
  private func innovation(_ y: Double, _ prediction: CESLanes, _ sums: inout CESSums) -> CESLanes {
    guard !y.isNaN else { return .zero }
    let e = CESLanes.valueLane * y - prediction
    sums.add(e, gains: form.gainCount)
    return e
  }

  @inline(__always)
  private func runLevel(
    _ values: some RandomAccessCollection<Double>, _ state: inout CESState, _ sums: inout CESSums,
    _ predicted: (Double) -> Void
  ) {
    let pair = Pair(gains, at: 0)
    var level = state.level
    var potential = state.potential
    for y in values {
      predicted(level[0])
      pair.move(&level, &potential, by: innovation(y, level, &sums))
    }
    state.level = level
    state.potential = potential
  }

  @inline(__always)
  private func runCycle(
    _ values: some RandomAccessCollection<Double>, _ state: inout CESState, _ sums: inout CESSums,
    _ predicted: (Double) -> Void, hasLevel: Bool
  ) {
    let own = Pair(gains, at: 0)
    let seasonal = Pair(gains, at: hasLevel ? 2 : 0)
    var level = state.level
    var potential = state.potential
    var place = state.place
    let cycle = state.seasonLevels.count
    state.seasonLevels.withUnsafeMutableBufferPointer { levels in
      state.seasonPotentials.withUnsafeMutableBufferPointer { potentials in
        for y in values {
          let prediction = hasLevel ? level + levels[place] : levels[place]
          predicted(prediction[0])
          let e = innovation(y, prediction, &sums)
          if hasLevel { own.move(&level, &potential, by: e) }
          seasonal.move(&levels[place], &potentials[place], by: e)
          place = place + 1 == cycle ? 0 : place + 1
        }
      }
    }
    state.level = level
    state.potential = potential
    state.place = place
  }

  @inline(__always)
  private func runIndices(
    _ values: some RandomAccessCollection<Double>, _ state: inout CESState, _ sums: inout CESSums,
    _ predicted: (Double) -> Void
  ) {
    let pair = Pair(gains, at: 0)
    let rate = gains[2]
    let rateLane = CESLanes.gainLane(2)
    var level = state.level
    var potential = state.potential
    var place = state.place
    let cycle = state.seasonLevels.count
    state.seasonLevels.withUnsafeMutableBufferPointer { indices in
      for y in values {
        let prediction = level + indices[place]
        predicted(prediction[0])
        let e = innovation(y, prediction, &sums)
        pair.move(&level, &potential, by: e)
        indices[place] += rate * e + rateLane * e[0]
        place = place + 1 == cycle ? 0 : place + 1
      }
    }
    state.level = level
    state.potential = potential
    state.place = place
  }

  /// The path on from a state without innovations, with its derivatives.
  func path(_ horizon: Int, from start: CESState) -> [CESLanes] {
    var state = start
    return (0..<horizon).map { _ in
      var prediction = form.hasLevel ? state.level : .zero
      if form.isSeasonal { prediction += state.seasonLevels[state.place] }
      _ = run(CollectionOfOne(.nan), &state)
      return prediction
    }
  }

  /// What an innovation of one adds to the periods from its own on.
  func response(_ horizon: Int, cycle: Int) -> [Double] {
    var state = CESState()
    if form.isSeasonal {
      state.seasonLevels = [CESLanes](repeating: .zero, count: cycle)
      if form != .partial { state.seasonPotentials = state.seasonLevels }
    }
    _ = run(CollectionOfOne(1), &state)
    return [1] + path(max(horizon - 1, 0), from: state).map { $0[0] }
  }

  /// Whether what an old state or innovation leaves in the predictions dies out.
  ///
  /// Each complex pair is held to the region of its own: the roots of λ² − τλ + δ, τ = 2 − 2α₀ + α₁ and
  /// δ = (1 − α₀)² + (1 − α₀) − α₁ + α₁², inside the unit circle; 0 ≤ b ≤ 1. The full form's pairs share innovations, and
  /// with the partial form's index, so that their sum at the same period is held to less than two.
  var isStable: Bool {
    func isStable(_ first: Int) -> Bool {
      let rest = 1 - gains[first]
      let imaginary = gains[first + 1]
      let trace = 2 * rest + imaginary
      let determinant = rest * rest + rest - imaginary + imaginary * imaginary
      return abs(trace) < 1 + determinant && determinant < 1
    }
    switch form {
    case .none, .simple: return isStable(0)
    case .partial: return isStable(0) && gains[2] >= 0 && gains[2] + gains[0] - gains[1] < 2 && gains[2] <= 1
    case .full: return isStable(0) && isStable(2) && gains[0] - gains[1] + gains[2] - gains[3] < 2
    }
  }
}

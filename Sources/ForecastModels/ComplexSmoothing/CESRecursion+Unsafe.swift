internal import CKernels

/// A number with its derivatives by ℓ₀, by c₀ and by the gains.
typealias CESLanes = SIMD8<Double>

extension SIMD8<Double> {
  /// The lane of the value.
  static let valueLane = CESLanes(1, 0, 0, 0, 0, 0, 0, 0)
  /// The lane of the derivative by ℓ₀, a shift of every level.
  static let levelLane = CESLanes(0, 1, 0, 0, 0, 0, 0, 0)
  /// The lane of the derivative by c₀, a shift of every potential.
  static let potentialLane = CESLanes(0, 0, 1, 0, 0, 0, 0, 0)

  /// Replaces the first `count` lanes b by the solution of Ax = b, with A symmetric, row by row, and overwritten by its factor;
  /// returns false if A is not positive definite.
  mutating func solve(_ matrix: inout [Double], count: Int) -> Bool {
    unsafe withUnsafeMutableBytes(of: &self) {
      unsafe fs_cholesky_solve(
        &matrix, Int64(count), Int64(count), $0.baseAddress?.assumingMemoryBound(to: Double.self)) != 0
    }
  }

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
  /// A level, or a seasonal index, for each position of the cycle.
  var seasonLevels: [CESLanes] = []
  /// A potential for each position of the cycle; empty for the partial form.
  var seasonPotentials: [CESLanes] = []
  /// The position in the cycle of the next period.
  var place = 0
}

/// Seven rows of lanes without heap allocation: a search makes thousands.
struct CESRows {
  private var rows = (
    CESLanes.zero, CESLanes.zero, CESLanes.zero, CESLanes.zero, CESLanes.zero, CESLanes.zero, CESLanes.zero
  )

  subscript(row: Int) -> CESLanes {
    get { unsafe withUnsafeBytes(of: rows) { unsafe $0.load(fromByteOffset: 64 * row, as: CESLanes.self) } }
    set {
      unsafe withUnsafeMutableBytes(of: &rows) {
        unsafe $0.storeBytes(of: newValue, toByteOffset: 64 * row, as: CESLanes.self)
      }
    }
  }

  fileprivate mutating func withDoubles(_ body: (UnsafeMutablePointer<Double>?) -> Void) {
    unsafe withUnsafeMutableBytes(of: &rows) { unsafe body($0.doubles) }
  }
}

/// Sums over the periods: row 0 holds Σe² and half the gradient, the others Σ de deᵀ.
typealias CESSums = CESRows

extension CESSums {
  /// Σe².
  var squares: Double { self[0][0] }
}

extension UnsafeMutableRawBufferPointer {
  /// The bytes as doubles.
  fileprivate var doubles: UnsafeMutablePointer<Double>? {
    unsafe assumingMemoryBound(to: Double.self).baseAddress
  }
}

extension CESForm {
  fileprivate var kernel: Int32 {
    switch self {
    case .none: Int32(FS_CES_NONE)
    case .simple: Int32(FS_CES_SIMPLE)
    case .partial: Int32(FS_CES_PARTIAL)
    case .full: Int32(FS_CES_FULL)
    }
  }
}

/// The recursion of complex exponential smoothing with given gains, and its derivatives.
struct CESRecursion: Sendable {
  let form: CESForm
  /// α₀ and α₁, then b or β₀ and β₁, then zeros.
  let gains: SIMD4<Double>

  /// Runs over values, with NaN for missing ones, whose innovation is zero.
  ///
  /// Writes one-step predictions with derivatives to `predictions` unless that is `nil`, one per value.
  func run(_ values: [Double], _ state: inout CESState, predictions: inout [CESLanes]?) -> CESSums {
    var sums = CESSums()
    predictions = predictions.map { _ in [CESLanes](repeating: .zero, count: values.count) }
    let form = form.kernel
    func call(_ predictions: UnsafeMutablePointer<Double>?) {
      var carried = CESRows()
      carried[0] = state.level
      carried[1] = state.potential
      unsafe carried.withDoubles { carried in
        unsafe sums.withDoubles { rows in
          unsafe withUnsafeBytes(of: gains) { gains in
            unsafe state.seasonLevels.withUnsafeMutableBytes { levels in
              unsafe state.seasonPotentials.withUnsafeMutableBytes { potentials in
                var raw = unsafe fs_ces_state()
                unsafe raw.level = unsafe carried
                unsafe raw.potential = unsafe carried?.advanced(by: Int(FS_CES_LANES))
                unsafe raw.season_levels = unsafe levels.doubles
                unsafe raw.season_potentials = unsafe potentials.doubles
                unsafe raw.cycle = Int64(levels.count / MemoryLayout<CESLanes>.size)
                unsafe raw.place = Int64(state.place)
                unsafe fs_ces_run(
                  values, Int64(values.count), form, gains.assumingMemoryBound(to: Double.self).baseAddress,
                  &raw,
                  rows, predictions)
                state.place = unsafe Int(raw.place)
              }
            }
          }
        }
      }
      state.level = carried[0]
      state.potential = carried[1]
    }
    if predictions == nil {
      call(nil)
    } else {
      unsafe predictions?.withUnsafeMutableBytes { unsafe call($0.doubles) }
    }
    return sums
  }

  /// The sums of a run, without its predictions.
  func run(_ values: [Double], _ state: inout CESState) -> CESSums {
    var none: [CESLanes]?
    return run(values, &state, predictions: &none)
  }

  /// The one-step predictions of a run.
  func predictions(_ values: [Double], _ state: inout CESState) -> [Double] {
    path(values, &state).map { $0[0] }
  }

  private func path(_ values: [Double], _ state: inout CESState) -> [CESLanes] {
    var predictions: [CESLanes]? = []
    _ = run(values, &state, predictions: &predictions)
    return predictions ?? []
  }

  /// The path from a state without innovations, with its derivatives.
  func path(_ horizon: Int, from start: CESState) -> [CESLanes] {
    var state = start
    return path([Double](repeating: .nan, count: horizon), &state)
  }

  /// What an innovation of one adds to the periods from its own on.
  func response(_ horizon: Int, cycle: Int) -> [Double] {
    var state = CESState()
    if form.isSeasonal {
      state.seasonLevels = [CESLanes](repeating: .zero, count: cycle)
      if form != .partial { state.seasonPotentials = state.seasonLevels }
    }
    _ = run([1], &state)
    return [1] + path(max(horizon - 1, 0), from: state).map { $0[0] }
  }
}

internal import ForesightNumerics

/// The Kalman filter of a state space model over spans and missing values, for several columns at once.
///
/// The filter is linear in the data. It carries the mean of the state for each column: the series, then regressors, whose
/// start is zero, then the columns of the diffuse start, whose data are zero. All have one variance. What is unknown
/// follows from the innovations by generalized least squares.
///
/// Cost: with k the number of non-zero entries of Z and of the rows of T that move, a base period takes O(k) per column and
/// O(kn) for the variance; an observation takes O(n) per column and O(n²) for the variance.
struct StateSpaceFilter<Scalar: DifferentiableScalar> {
  let model: StateSpace<Scalar>
  let cumulator: Cumulator

  /// Where a filter stands: the mean of the state and the cumulator for each column, and their variance.
  struct State: Sendable {
    /// Row by row, one row per entry of the state and one for the cumulator, one entry per column.
    var means: [Scalar]
    /// Row by row.
    var variance: [Scalar]
    /// The number of columns.
    let columns: Int
  }

  /// What a run finds.
  struct Outcome {
    /// The prediction of each span before the weight of the span is applied, one entry per column.
    var predictions: [[Scalar]] = []
    /// The innovation of each observed span, one entry per column.
    var innovations: [[Scalar]] = []
    /// The variance of the innovation of each observed span.
    var variances: [Scalar] = []
    /// The filter after the last base period.
    var state: State
  }

  /// The filter before the first period: the start of the model for the series, for so many regressors and for the columns
  /// of the diffuse start.
  func start(regressors: Int = 0) -> State {
    let size = model.count + 1
    let columns = 1 + regressors + model.start.diffuse.count
    var state = State(
      means: [Scalar](repeating: 0, count: size * columns),
      variance: [Scalar](repeating: 0, count: size * size),
      columns: columns)
    for i in 0..<model.count {
      state.means[i * columns] = model.start.mean[i]
      for (k, column) in model.start.diffuse.enumerated() {
        state.means[i * columns + 1 + regressors + k] = column[i]
      }
      for j in 0..<model.count { state.variance[i * size + j] = model.start.variance[i * model.count + j] }
    }
    return state
  }

  /// Runs the filter.
  ///
  /// - Parameters:
  ///   - columns: The series and the regressors, one entry per span; entries of spans without a value are not read.
  ///   - state: Where the filter starts; by default at the start of the model.
  /// - Returns: `nil` if the variance of an innovation is not positive and finite.
  func run(_ columns: [[Scalar]], from state: State? = nil) -> Outcome? {
    var outcome = Outcome(state: state ?? start(regressors: columns.count - 1))
    let width = outcome.state.columns
    let size = model.count + 1
    var gain = [Scalar](repeating: 0, count: size)
    var moved = [Scalar](repeating: 0, count: model.transition.count)
    var phase = 0
    var place = 0
    for t in 0..<cumulator.periods {
      let span = place < cumulator.spans.count ? cumulator.spans[place] : nil
      let keeps = span.map { $0.sums && t > $0.first } ?? false
      advance(&outcome.state, phase: model.phases[phase], keeps: keeps, moved: &moved)
      phase = phase + 1 == model.phases.count ? 0 : phase + 1
      guard let span, t == span.last else { continue }
      let last = model.count * width
      outcome.predictions.append(Array(outcome.state.means[last..<(last + width)]))
      if span.isObserved {
        let isPossible = observe(&outcome, columns, place: place, weight: Scalar(span.weight), gain: &gain)
        guard isPossible else { return nil }
      }
      place += 1
    }
    return outcome
  }

  /// One base period: moves the state, adds the period to the cumulator, and adds the variance of the disturbances.
  private func advance(
    _ state: inout State, phase: StateSpace<Scalar>.Phase, keeps: Bool, moved: inout [Scalar]
  ) {
    let size = model.count + 1
    let last = model.count
    move(&state.means, phase, keeps, rowStride: state.columns, columnStride: 1, count: state.columns, &moved)
    move(&state.variance, phase, keeps, rowStride: size, columnStride: 1, count: size, &moved)
    move(&state.variance, phase, keeps, rowStride: 1, columnStride: size, count: size, &moved)
    for disturbance in phase.disturbances {
      for a in disturbance.state {
        let scaled = disturbance.variance * a.weight
        for b in disturbance.state {
          state.variance[a.index * size + b.index] += scaled * b.weight
        }
        state.variance[a.index * size + last] += scaled * disturbance.observation
        state.variance[last * size + a.index] += scaled * disturbance.observation
      }
      state.variance[last * size + last] +=
        disturbance.variance * disturbance.observation * disturbance.observation
    }
    state.variance[last * size + last] += model.noise
  }

  /// Applies T and the row of the cumulator to the columns of a matrix, or to its rows with the strides exchanged.
  @inline(__always)
  private func move(
    _ matrix: inout [Scalar], _ phase: StateSpace<Scalar>.Phase, _ keeps: Bool, rowStride: Int,
    columnStride: Int, count: Int, _ moved: inout [Scalar]
  ) {
    let last = model.count * rowStride
    for k in 0..<count {
      let at = k * columnStride
      var sum = keeps ? matrix[at + last] : Scalar(0)
      for term in phase.observation { sum += term.weight * matrix[at + term.index * rowStride] }
      for (place, row) in model.transition.enumerated() {
        var value = Scalar(0)
        for term in row.terms { value += term.weight * matrix[at + term.index * rowStride] }
        moved[place] = value
      }
      for (place, row) in model.transition.enumerated() { matrix[at + row.index * rowStride] = moved[place] }
      matrix[at + last] = sum
    }
  }

  /// Takes in the values of a span; false if their variance is not positive and finite.
  private func observe(
    _ outcome: inout Outcome, _ columns: [[Scalar]], place: Int, weight: Scalar, gain: inout [Scalar]
  ) -> Bool {
    let size = model.count + 1
    let width = outcome.state.columns
    let last = model.count
    let variance = outcome.state.variance[last * size + last] * weight * weight
    guard variance > 0, variance.doubleValue.isFinite else { return false }
    let innovation = (0..<width).map { k in
      (k < columns.count ? columns[k][place] : 0) - outcome.state.means[last * width + k] * weight
    }
    for i in 0..<size { gain[i] = outcome.state.variance[i * size + last] * weight / variance }
    for i in 0..<size {
      for k in 0..<width { outcome.state.means[i * width + k] += gain[i] * innovation[k] }
      let scaled = gain[i] * variance
      for j in 0..<size { outcome.state.variance[i * size + j] -= scaled * gain[j] }
    }
    outcome.innovations.append(innovation)
    outcome.variances.append(variance)
    return true
  }
}

internal import Forecasting

/// Exponential smoothing of a series' means over blocks of k periods, held at every alignment of the blocks.
///
/// Blocks are counted back from the last period, so that one more period shifts them: of the k alignments the one that ends
/// with the last period forecasts. Each is a run of its own from the initial state of the fit, and a period completes a block
/// of one of them: one step a period.
struct TemporalLevel: Sendable, Codable {
  /// The periods in a block.
  let periods: Int
  /// The form that was chosen.
  let form: ETSForm
  /// The blocks in a seasonal cycle; 1 without season.
  let seasonalPeriod: Int
  let parameters: ETSParameters
  let initialState: ETSState
  /// The state after the last block of each alignment, by the end of the block modulo k.
  private var states: [ETSState]
  /// The alignment that ends with the last period.
  private var current: Int

  /// A fit to the blocks counted back from the last of these values, and the states of the other alignments.
  ///
  /// Cost: k passes over n/k blocks.
  init(_ fit: FittedETS, periods: Int, values: [Double?]) {
    self.periods = periods
    form = fit.form
    seasonalPeriod = fit.seasonalPeriod
    parameters = fit.parameters
    initialState = fit.initialState
    states = [ETSState](repeating: fit.initialState, count: periods)
    current = 0
    take(PeriodWindow(values: values, first: 0, taken: 0))
    states[current] = fit.finalState
  }

  /// The state that forecasts.
  var state: ETSState { states[current] }

  private var recursion: ETSRecursion { ETSRecursion(form: form, period: seasonalPeriod) }

  /// The means of the next blocks.
  func path(_ blocks: Int) -> [Double] { recursion.path(blocks, parameters: parameters, from: state) }

  /// The one-step predictions of blocks that follow a state.
  func predictions(of blocks: [Double?], from state: ETSState) -> [Double] {
    recursion.run(blocks.map { $0 ?? .nan }, parameters: parameters, from: state).predictions
  }

  /// Puts every alignment before its first block.
  mutating func restart() {
    states = [ETSState](repeating: initialState, count: periods)
    current = 0
  }

  /// Takes in the blocks that end with a later period of the window.
  mutating func take(_ window: PeriodWindow) {
    let lowest = max(window.taken + 1, periods)
    for end in lowest..<(lowest + periods) {
      let blocks = stride(from: end, through: window.end, by: periods).map {
        window.mean(of: periods, before: $0) ?? .nan
      }
      guard !blocks.isEmpty else { break }
      let place = end % periods
      states[place] = recursion.run(blocks, parameters: parameters, from: states[place]).state
    }
    current = window.end % periods
  }

  /// Means over so many periods, counted back from the last; `nil` where one of them is missing.
  static func blocks(of values: [Double?], periods: Int) -> [Double?] {
    let window = PeriodWindow(values: values, first: 0, taken: 0)
    let first = periods + values.count % periods
    return stride(from: first, through: values.count, by: periods).map {
      window.mean(of: periods, before: $0)
    }
  }

  /// Whether there is a state of the form for each alignment.
  var isSound: Bool {
    let seasons = form.season == .none ? 0 : seasonalPeriod
    return periods > 0 && seasonalPeriod > 0 && states.count == periods && states.indices.contains(current)
      && (states + [initialState]).allSatisfy { $0.seasonal.count == seasons }
  }
}

/// The values of later periods with as many before them as a block reaches back over.
struct PeriodWindow {
  let values: [Double?]
  /// The number of periods before the window.
  let first: Int
  /// The number of periods that were taken in before.
  let taken: Int

  /// The number of periods to the end of the window.
  var end: Int { first + values.count }

  /// The mean of the `periods` periods before `end`; `nil` where one of them is missing.
  func mean(of periods: Int, before end: Int) -> Double? {
    var sum = 0.0
    for value in values[(end - periods - first)..<(end - first)] {
      guard let value else { return nil }
      sum += value
    }
    return sum / Double(periods)
  }
}

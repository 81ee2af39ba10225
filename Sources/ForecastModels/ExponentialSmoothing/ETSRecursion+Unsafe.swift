internal import CKernels
internal import RealModule

/// The recursions of a form, over values or into the future.
struct ETSRecursion: Sendable {
  let form: ETSForm
  let period: Int

  /// The result of a run over values.
  struct Run {
    var predictions: [Double]
    /// The state after the last value.
    var state: ETSState
    /// Σe² or Σε².
    var squares: Double
    /// Σ log|ŷ| for multiplicative errors.
    var logScale: Double
    /// Whether every multiplicative component stayed positive.
    var isValid: Bool
  }

  /// Runs over values, with NaN for missing ones.
  func run(_ values: [Double], parameters: ETSParameters, from start: ETSState) -> Run {
    let smoothing = [parameters.alpha, parameters.beta, parameters.gamma, parameters.phi]
    var state = [start.level, start.slope] + start.seasonal
    if form.season == .none { state.append(0) }
    var predictions = [Double](repeating: 0, count: values.count)
    var sums = fs_ets_sums()
    unsafe values.withUnsafeBufferPointer { y in
      var series = unsafe fs_ets_series(
        y: y.baseAddress, count: Int64(values.count), period: Int64(period), floor: 0,
        error: form.error == .additive ? 1 : 2,
        trend: form.trend == .none ? 0 : form.trend.isMultiplicative ? 2 : 1,
        season: form.season == .none ? 0 : form.season == .multiplicative ? 2 : 1)
      unsafe fs_ets_filter(&series, smoothing, &state, &predictions, &sums)
    }
    var end = ETSState(level: state[0], slope: state[1])
    if form.season != .none {
      let next = values.count % period
      end.seasonal = Array(state[(2 + next)...]) + Array(state[2..<(2 + next)])
    }
    return Run(
      predictions: predictions, state: end, squares: sums.squares, logScale: sums.log_scale,
      isValid: sums.valid == 1)
  }

  /// The predictions for the next `horizon` periods if every innovation is zero.
  func path(_ horizon: Int, parameters: ETSParameters, from state: ETSState) -> [Double] {
    run([Double](repeating: .nan, count: horizon), parameters: parameters, from: state).predictions
  }

  /// Converts a state to another unit: level, additive slope and additive indices scale; ratios do not.
  static func rescale(_ state: inout ETSState, form: ETSForm, by factor: Double) {
    state.level *= factor
    if !form.trend.isMultiplicative { state.slope *= factor }
    if form.season == .additive { state.seasonal = state.seasonal.map { $0 * factor } }
  }
}

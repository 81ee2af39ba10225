extension ETSSpanFilter {
  /// The initial state that a vector of level, slope and indices 2 … m stands for.
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

  /// The state after so many base periods, indices from the next one's on.
  func state(_ run: Run, after periods: Int) -> ETSState {
    let indices = run.mean.dropFirst(2)
    let next = form.season == .none ? 0 : periods % period
    return ETSState(
      level: run.mean[0], slope: form.trend == .none ? 0 : run.mean[1],
      seasonal: Array(indices.dropFirst(next)) + Array(indices.prefix(next)))
  }

  /// What is unknown of the final state: the filter's variance and that of the initial state carried through.
  ///
  /// Smoothing parameters are taken as known here.
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
    // Six rows stand before the indices: four of smoothing parameters, known; level and slope.
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

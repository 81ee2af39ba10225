/// The future of an ARIMA model after a filter: values for given innovations.
struct ARIMAPaths: Sendable {
  let horizon: Int
  /// The number of steps whose innovations have their own response; later ones have that of the steady state.
  let moving: Int
  private let width: Int
  private let lags: [Int]
  private let phi: [Double]
  /// K_t of the moving steps and the steady state, one after another; F_t.
  private let gains: [Double]
  private let variances: [Double]
  /// The lags and weights of (1 − B)^d (1 − B^m)^D y = w, solved for y.
  private let sums: [(lag: Int, weight: Double)]
  private let lost: Int

  /// The paths that follow a filter.
  init(_ filter: ARMAState, order: ARIMAOrder, horizon: Int) {
    let recursion = ARMARecursion(count: horizon, width: filter.gain.count)
    recursion.resume(filter)
    self.horizon = horizon
    width = filter.gain.count
    lags = filter.lags
    phi = filter.phi
    gains = recursion.movingGains
    moving = min(recursion.settled, horizon - 1)
    variances = (0...moving).map { recursion.variance($0) }
    lost = order.lost
    var polynomial = [1.0] + [Double](repeating: 0, count: order.lost)
    func difference(_ lag: Int) {
      for i in stride(from: polynomial.count - 1, through: lag, by: -1) {
        polynomial[i] -= polynomial[i - lag]
      }
    }
    for _ in 0..<order.difference { difference(1) }
    for _ in 0..<order.seasonalDifference { difference(order.period) }
    sums = polynomial.indices.dropFirst().filter { polynomial[$0] != 0 }.map { ($0, -polynomial[$0]) }
  }

  /// The path without innovations after the last values before differencing and a state of the filter.
  func still(tail: [Double], head: [Double]) -> [Double] { run(horizon, tail: tail, head: head) }

  /// What an innovation of one standard deviation, in units of σ, adds from its step on.
  func response(to step: Int) -> [Double] {
    let row = min(step, moving)
    let deviation = variances[row].squareRoot()
    // The value rises by the innovation, and the state by K/F times the innovation.
    let head = [deviation] + gains[row * width..<(row + 1) * width].map { $0 / deviation }
    return run(
      horizon - step, tail: [Double](repeating: 0, count: lost), head: head, first: true)
  }

  /// Values from a state; with `first`, the entry before the state is the first value.
  private func run(_ count: Int, tail: [Double], head: [Double], first: Bool = false) -> [Double] {
    // The state moves along by one a step, so that shifting it costs nothing.
    var track = head + [Double](repeating: 0, count: count)
    var values = tail
    values.reserveCapacity(tail.count + count)
    for t in 0..<count {
      let predicted = track[t]
      // The state after the first value is that of its innovation alone.
      if !first || t > 0 {
        for (place, lag) in lags.enumerated() { track[t + lag] += phi[place] * predicted }
      }
      var value = predicted
      for (lag, weight) in sums { value += weight * values[lost + t - lag] }
      values.append(value)
    }
    return Array(values.dropFirst(lost))
  }
}

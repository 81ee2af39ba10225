internal import RealModule

/// How far each candidate was off over the last values, seen from an earlier origin.
struct GateHistory: Sendable {
  /// The logarithm of each candidate's mean absolute error over that of all; zeros where the series is too short.
  let errors: [Double]

  /// The steps that are looked at; more of them are spread evenly.
  private static let most = 16

  init(_ subject: GateSubject) {
    let m = subject.cycle
    let n = subject.count
    let horizon = min(max(m, 6), n - 2 * m - 2, max(n / 3, 1))
    guard horizon > 0, n - horizon >= 4 else {
      errors = [Double](repeating: 0, count: GateCandidates.count)
      return
    }
    let count = min(horizon, GateHistory.most)
    let steps = (1...count).map { $0 * horizon / count }
    let origin = n - horizon
    let known = GateCandidates(
      subject, origin: origin, steps: steps, differences: GateDifferences(subject, origin: origin))
    var sums = [Double](repeating: 0, count: GateCandidates.count)
    for (place, step) in steps.enumerated() {
      let actual = subject.values[origin + step - 1] - known.naive[place]
      for i in sums.indices {
        sums[i] += abs(actual - known.values[place * GateCandidates.count + i]) / Double(count)
      }
    }
    let all = sums.reduce(0, +) / Double(sums.count)
    errors = sums.map { Double.log(($0 + 1e-4) / (all + 1e-4)) }
  }
}

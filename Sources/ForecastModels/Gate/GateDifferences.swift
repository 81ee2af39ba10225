internal import RealModule

/// The seasonal differences before an origin, in units, and what they say of trend, persistence and noise.
struct GateDifferences: Sendable {
  /// The latest.
  let last: Double
  /// Their mean: the trend of a cycle.
  let mean: Double
  /// The mean absolute deviation about the mean.
  let deviation: Double
  /// The standard deviation.
  let spread: Double
  /// The autocorrelation at lag 1, held between 0 and 0.98.
  let persistence: Double
  /// The autocorrelations at lag 1 and at the cycle.
  let first, seasonal: Double
  /// The mean of d|d| over the variance.
  let skewness: Double
  /// The largest, the mean of the latest cycle, and the square of the mean root, of absolute values.
  let largest, recent, typical: Double
  /// The share that are zero.
  let ties: Double

  init(_ subject: GateSubject, origin n: Int) {
    let x = subject.values
    let m = subject.cycle
    let count = n - m
    let d = (m..<n).map { x[$0] - x[$0 - m] }
    let mean = d.reduce(0, +) / Double(count)
    self.mean = mean
    last = d[count - 1]
    var absolute = 0.0
    var squares = 1e-30
    var neighbors = 0.0
    var places = 0.0
    var signed = 0.0
    var top = 0.0
    var roots = 0.0
    var zeros = 0.0
    for t in 0..<count {
      let apart = d[t] - mean
      absolute += abs(apart)
      squares += apart * apart
      if t > 0 { neighbors += apart * (d[t - 1] - mean) }
      if t >= m { places += apart * (d[t - m] - mean) }
      signed += d[t] * abs(d[t])
      top = max(top, abs(d[t]))
      roots += abs(d[t]).squareRoot()
      if d[t] == 0 { zeros += 1 }
    }
    deviation = absolute / Double(count)
    spread = (squares / Double(count)).squareRoot()
    first = count > 2 ? neighbors / squares : 0
    persistence = min(max(first, 0), 0.98)
    seasonal = count > m + 2 ? places / squares : 0
    skewness = signed / (squares + Double(count) * mean * mean)
    largest = top
    let latest = d.suffix(max(min(m, 24), 6))
    recent = latest.reduce(0) { $0 + abs($1) } / Double(latest.count)
    typical = roots * roots / Double(count * count)
    ties = zeros / Double(count)
  }
}

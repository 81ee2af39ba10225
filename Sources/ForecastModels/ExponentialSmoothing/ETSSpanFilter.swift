internal import Forecasting
internal import RealModule

/// The exact Gaussian likelihood of a linear form seen through observation spans and missing values.
///
/// The state is (l, b, s₁ … s_m, c): the cumulator c sums the base periods of the span under way and is observed at its
/// end (A. C. Harvey, *Forecasting, Structural Time Series Models and the Kalman Filter*, 1989, §6.3). The initial state
/// is fixed and unknown: its response runs beside the mean, one column an entry, and generalised least squares
/// concentrates it out (P. de Jong, *Ann. Stat.* 19 (1991) 1073–1083, doi:10.1214/aos/1176348139). The seasonal index of a
/// phase keeps its place, so that a base period without an observation costs O(m) and one with it O(m²).
struct ETSSpanFilter {
  let form: ETSForm
  let period: Int
  let observations: [ETSSpanObservation]

  /// What a run leaves; σ² is taken as 1 in all variances.
  struct Run {
    /// Σ log f + n log(Σ v²/f) up to constants, halved: the concentrated negative log-likelihood.
    var objective: Double
    var squares: Double
    /// The initial state by generalised least squares: level, slope, indices 2 … m.
    var start: [Double]
    /// The one-step prediction of each observation's sum.
    var predictions: [Double]
    /// The mean of (l, b, s₁ … s_m) after the last period.
    var mean: [Double]
    /// Its variance with the initial state known, row by row.
    var variance: [Double]
    /// Its response to the initial state, row by row.
    var response: [Double]
    /// The inverse of the information on the initial state, row by row.
    var startVariance: [Double]
    var observed: Int
  }

  private var hasSlope: Bool { form.trend != .none }
  private var seasons: Int { form.season == .none ? 0 : period }
  var startCount: Int { 1 + (hasSlope ? 1 : 0) + max(seasons - 1, 0) }

  /// The run with given smoothing parameters; `nil` where the numbers leave the finite ones or the start is undetermined.
  ///
  /// The initial state is that of generalised least squares unless one is given.
  func run(_ p: ETSParameters, from given: [Double]? = nil) -> Run? {
    let d = 2 + seasons
    let size = d + 1
    let columns = 1 + startCount
    // Row by row: mean and response; variance.
    var a = [Double](repeating: 0, count: size * columns)
    var v = [Double](repeating: 0, count: size * size)
    a[1] = 1
    if hasSlope { a[columns + 2] = 1 }
    let firstIndex = 1 + (hasSlope ? 2 : 1)
    for phase in 1..<max(seasons, 1) {
      a[(2 + phase) * columns + firstIndex + phase - 1] = 1
      a[2 * columns + firstIndex + phase - 1] = -1
    }
    var normal = [Double](repeating: 0, count: columns * columns)
    var logs = 0.0
    var observed = 0
    var rows: [[Double]] = []
    var phase = 0
    for observation in observations {
      for step in 0..<observation.count {
        advance(&a, &v, p, phase: phase, columns: columns, keeps: observation.sums && step > 0)
        if seasons > 0 { phase = phase + 1 == period ? 0 : phase + 1 }
      }
      let row = Array(a[(d * columns)..<(size * columns)])
      rows.append(row)
      guard let value = observation.value else { continue }
      let f = v[d * size + d]
      guard f > 0, f.isFinite else { return nil }
      var innovation = row
      for k in 0..<columns { innovation[k] = -row[k] }
      innovation[0] = value - row[0]
      for i in 0..<columns {
        for j in 0..<columns { normal[i * columns + j] += innovation[i] * innovation[j] / f }
      }
      logs += .log(f)
      observed += 1
      let gain = (0..<size).map { v[$0 * size + d] / f }
      for i in 0..<size {
        for k in 0..<columns { a[i * columns + k] += gain[i] * innovation[k] }
        for j in 0..<size { v[i * size + j] -= gain[i] * gain[j] * f }
      }
    }
    return solve(a, v, normal, rows, logs: logs, observed: observed, given: given)
  }

  /// One base period: predicts, adds the innovation, and accumulates.
  private func advance(
    _ a: inout [Double], _ v: inout [Double], _ p: ETSParameters, phase: Int, columns: Int, keeps: Bool
  ) {
    let d = 2 + seasons
    let size = d + 1
    let index = seasons > 0 ? 2 + phase : nil
    // s ← T s on rows, then on columns: c' = [c] + l + φb + s, l' = l + φb, b' = φb.
    func apply(_ m: inout [Double], row: (Int) -> Int, count: Int, stride: Int) {
      for k in 0..<count {
        let at = k * stride
        let slope = p.phi * m[at + row(1)]
        let level = m[at + row(0)] + (hasSlope ? slope : 0)
        let seasonal = index.map { m[at + row($0)] } ?? 0
        m[at + row(d)] = (keeps ? m[at + row(d)] : 0) + level + seasonal
        m[at + row(0)] = level
        if hasSlope { m[at + row(1)] = slope }
      }
    }
    apply(&a, row: { $0 * columns }, count: columns, stride: 1)
    apply(&v, row: { $0 * size }, count: size, stride: 1)
    apply(&v, row: { $0 }, count: size, stride: size)
    var moved: [(Int, Double)] = [(0, p.alpha), (d, 1)]
    if hasSlope { moved.append((1, p.beta)) }
    if let index { moved.append((index, p.gamma)) }
    for (i, gi) in moved { for (j, gj) in moved { v[i * size + j] += gi * gj } }
  }

  private func solve(
    _ a: [Double], _ v: [Double], _ normal: [Double], _ rows: [[Double]], logs: Double, observed: Int,
    given: [Double]?
  ) -> Run? {
    let columns = 1 + startCount
    let q = startCount
    // Innovations are normal[0] − responses · start: R from the information, then the start and its variance.
    var r = [Double](repeating: 0, count: q * q)
    for j in 0..<q {
      for i in 0...j {
        var sum = normal[(i + 1) * columns + j + 1]
        for k in 0..<i { sum -= r[k * q + i] * r[k * q + j] }
        if i == j {
          guard sum > 1e-11 * normal[(j + 1) * columns + j + 1], sum > 0 else { return nil }
          r[j * q + j] = sum.squareRoot()
        } else {
          r[i * q + j] = sum / r[i * q + i]
        }
      }
    }
    // Columns of R⁻¹.
    var inverse = [Double](repeating: 0, count: q * q)
    for j in 0..<q {
      for i in stride(from: j, through: 0, by: -1) {
        var sum = i == j ? 1.0 : 0
        for k in (i + 1)..<max(j + 1, i + 1) { sum -= r[i * q + k] * inverse[k * q + j] }
        inverse[i * q + j] = sum / r[i * q + i]
      }
    }
    var variance = [Double](repeating: 0, count: q * q)
    for i in 0..<q {
      for j in 0..<q { for k in 0..<q { variance[i * q + j] += inverse[i * q + k] * inverse[j * q + k] } }
    }
    let best = (0..<q).map { i in
      -(0..<q).reduce(0.0) { $0 + variance[i * q + $1] * normal[$1 + 1] }
    }
    let start = given ?? best
    var squares = normal[0]
    for i in 0..<q {
      squares += 2 * start[i] * normal[i + 1]
      for j in 0..<q { squares += start[i] * normal[(i + 1) * columns + j + 1] * start[j] }
    }
    squares = max(squares, 0)
    let n = Double(observed)
    let objective = 0.5 * n * Double.log(squares + n * 0x1p-92) + 0.5 * logs
    guard objective.isFinite else { return nil }
    func combined(_ row: ArraySlice<Double>) -> Double {
      var sum = row[row.startIndex]
      for i in 0..<q { sum += row[row.startIndex + 1 + i] * start[i] }
      return sum
    }
    let d = 2 + seasons
    let size = d + 1
    return Run(
      objective: objective, squares: squares, start: start, predictions: rows.map { combined($0[...]) },
      mean: (0..<d).map { combined(a[($0 * columns)..<(($0 + 1) * columns)]) },
      variance: (0..<d).flatMap { row in (0..<d).map { v[row * size + $0] } },
      response: (0..<d).flatMap { row in (0..<q).map { a[row * columns + 1 + $0] } },
      startVariance: variance, observed: observed)
  }
}

/// A figure as the filter takes it: the sum over the last `count` base periods, or their last value.
struct ETSSpanObservation {
  let count: Int
  /// Whether the figure sums its periods; else it is the value of the last one.
  let sums: Bool
  let value: Double?
  /// The figure over the value taken: 1/|S| for means.
  let factor: Double

  static func all(_ series: TimeSeries, scale: Double) -> [ETSSpanObservation] {
    series.observations.map { observation in
      let count = observation.span.count
      let factor = series.rule == .mean ? 1 / Double(count) : 1
      return ETSSpanObservation(
        count: count, sums: series.rule != .last, value: observation.value.map { $0 / scale / factor },
        factor: factor)
    }
  }
}

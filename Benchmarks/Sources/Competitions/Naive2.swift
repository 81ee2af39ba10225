/// The naive forecast of the seasonally adjusted series, which is the benchmark of OWA.
///
/// A series whose autocorrelation at lag m is significant at the 90 % level is divided by the indices of the classical
/// multiplicative decomposition (Makridakis, Spiliotis and Assimakopoulos, *Int. J. Forecasting* 36 (2020) 54–74).
func naive2(_ series: CompetitionSeries) -> [Double] {
  let y = series.training
  let indices = isSeasonal(y, series.season) ? seasonalIndices(y, series.season) : nil
  guard let indices else { return [Double](repeating: y[y.count - 1], count: series.horizon) }
  let last = y[y.count - 1] / indices[(y.count - 1) % series.season]
  return (0..<series.horizon).map { last * indices[(y.count + $0) % series.season] }
}

private func isSeasonal(_ y: [Double], _ m: Int) -> Bool {
  guard m > 1, y.count >= 3 * m else { return false }
  let mean = y.reduce(0, +) / Double(y.count)
  let deviations = y.map { $0 - mean }
  let total = deviations.reduce(0) { $0 + $1 * $1 }
  func autocorrelation(_ lag: Int) -> Double {
    (lag..<y.count).reduce(0) { $0 + deviations[$1] * deviations[$1 - lag] } / total
  }
  let spread = (1..<m).reduce(1.0) { $0 + 2 * autocorrelation($1) * autocorrelation($1) }
  return abs(autocorrelation(m)) > 1.645 * (spread / Double(y.count)).squareRoot()
}

private func seasonalIndices(_ y: [Double], _ m: Int) -> [Double]? {
  let half = m / 2
  var sums = [Double](repeating: 0, count: m)
  var counts = sums
  for t in half..<(y.count - half) {
    var mean = 0.0
    for k in (t - half)...(t + half) {
      mean += m % 2 == 0 && abs(k - t) == half ? 0.5 * y[k] : y[k]
    }
    sums[t % m] += y[t] / (mean / Double(m))
    counts[t % m] += 1
  }
  let raw = (0..<m).map { sums[$0] / counts[$0] }
  let mean = raw.reduce(0, +) / Double(m)
  let indices = raw.map { $0 / mean }
  // A series that crosses zero has none.
  return indices.allSatisfy { $0 > 0 && $0.isFinite } ? indices : nil
}

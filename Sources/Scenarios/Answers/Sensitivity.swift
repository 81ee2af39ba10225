internal import ForesightNumerics

/// Sobol' indices from the sums of a radial design: f on the points of A, of B, and of A with one factor from B.
///
/// First order: mean of f(B) (f(A_B) − f(A)) over the variance (Saltelli et al., Comput. Phys. Commun. 181, 2010, 259–270,
/// eq. 16, in the table there row b); total: half the mean of (f(A) − f(A_B))² over the variance (Jansen, Comput. Phys.
/// Commun. 117, 1999, 35–43). The variance is that of A and B together, and f is centred at their mean. Intervals are
/// percentiles of a bootstrap over batches of points.
struct SobolEstimate {
  static let batches = 128
  static let resamples = 400

  let first: Double
  let firstInterval: ClosedRange<Double>
  let total: Double
  let totalInterval: ClosedRange<Double>

  /// The indices of one factor.
  init(a: ArraySlice<Double>, b: ArraySlice<Double>, mixed: ArraySlice<Double>, level: Double, seed: UInt64) {
    let n = a.count
    var mean = 0.0
    for i in 0..<n { mean += a[a.startIndex + i] + b[b.startIndex + i] }
    mean /= 2 * Double(n)
    let batches = min(SobolEstimate.batches, n)
    // Sums of numerators, of the variance and of the mean, batch by batch.
    var sums = [(Double, Double, Double, Double)](repeating: (0, 0, 0, 0), count: batches)
    for i in 0..<n {
      let fa = a[a.startIndex + i] - mean
      let fb = b[b.startIndex + i] - mean
      let fm = mixed[mixed.startIndex + i] - mean
      let batch = i * batches / n
      sums[batch].0 += fb * (fm - fa)
      sums[batch].1 += (fa - fm) * (fa - fm)
      sums[batch].2 += fa * fa + fb * fb
      sums[batch].3 += fa + fb
    }
    func indices(_ pick: (Int) -> Int) -> (first: Double, total: Double) {
      var sum = (0.0, 0.0, 0.0, 0.0)
      for k in 0..<batches {
        let batch = sums[pick(k)]
        sum = (sum.0 + batch.0, sum.1 + batch.1, sum.2 + batch.2, sum.3 + batch.3)
      }
      let count = Double(n)
      let variance = sum.2 / (2 * count) - (sum.3 / (2 * count)) * (sum.3 / (2 * count))
      guard variance > 0 else { return (0, 0) }
      return (sum.0 / count / variance, 0.5 * sum.1 / count / variance)
    }
    (first, total) = indices { $0 }
    let stream = RandomStream(seed: seed, name: "sensitivity.bootstrap")
    var firsts: [Double] = []
    var totals: [Double] = []
    for resample in 0..<SobolEstimate.resamples {
      let base = resample * batches
      let drawn = indices { min(batches - 1, Int(stream.uniform(base + $0) * Double(batches))) }
      firsts.append(drawn.first)
      totals.append(drawn.total)
    }
    func interval(_ values: [Double], _ estimate: Double) -> ClosedRange<Double> {
      let sorted = values.sorted()
      let tail = (1 - level) / 2
      let low = sorted[min(sorted.count - 1, Int(tail * Double(sorted.count)))]
      let high = sorted[min(sorted.count - 1, Int((1 - tail) * Double(sorted.count)))]
      return min(low, estimate)...max(high, estimate)
    }
    firstInterval = interval(firsts, first)
    totalInterval = interval(totals, total)
  }
}

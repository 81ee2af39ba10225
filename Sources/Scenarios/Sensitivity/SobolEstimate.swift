/// How much of a quantity's variance an input, or a group of inputs, accounts for.
public struct SensitivityIndex: Sendable, Hashable, Codable {
  /// The input, event or group; `branch` is the choice of the branch.
  public let name: String
  /// The first-order index: the share of the variance that goes when the input is known.
  public let first: Double
  /// The bootstrap interval of the first-order index.
  public let firstInterval: ClosedRange<Double>
  /// The total index: the share of the variance that is left when all else is known.
  public let total: Double
  /// The bootstrap interval of the total index.
  public let totalInterval: ClosedRange<Double>
  /// The place in the order of total indices, from 1; `nil` where the interval overlaps another's: a tie.
  public let rank: Int?
}

/// Sobol' indices from the sums of a radial design: f on the points of A, of B, and of A with one factor from B.
///
/// First order: mean of f(B) (f(A_B) − f(A)) over the variance (Saltelli et al., Comput. Phys. Commun. 181, 2010, 259–270,
/// eq. 16, in the table there row b); total: half the mean of (f(A) − f(A_B))² over the variance (Jansen, Comput. Phys.
/// Commun. 117, 1999, 35–43). The variance is that of A and B together, and f is centred at their mean. Intervals are
/// percentiles of a bootstrap over batches of points.
struct SobolEstimate {
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
    let batches = min(BatchBootstrap.batches, n)
    // Sums of numerators, of the variance and of the mean, batch by batch.
    var sums = [[Double]](repeating: [0, 0, 0, 0], count: batches)
    for i in 0..<n {
      let fa = a[a.startIndex + i] - mean
      let fb = b[b.startIndex + i] - mean
      let fm = mixed[mixed.startIndex + i] - mean
      let batch = i * batches / n
      sums[batch][0] += fb * (fm - fa)
      sums[batch][1] += (fa - fm) * (fa - fm)
      sums[batch][2] += fa * fa + fb * fb
      sums[batch][3] += fa + fb
    }
    let bootstrap = BatchBootstrap(batches: sums, level: level, seed: seed)
    let results = bootstrap.intervals { sum in
      let count = Double(n)
      let variance = sum[2] / (2 * count) - (sum[3] / (2 * count)) * (sum[3] / (2 * count))
      guard variance > 0 else { return [0, 0] }
      return [sum[0] / count / variance, 0.5 * sum[1] / count / variance]
    }
    (first, firstInterval) = results[0]
    (total, totalInterval) = results[1]
  }
}

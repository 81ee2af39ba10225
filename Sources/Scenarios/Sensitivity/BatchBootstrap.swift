internal import ForesightNumerics

/// Percentile intervals of statistics of sums, from a bootstrap over batches of draws.
struct BatchBootstrap {
  /// The batches that draws are summed in.
  static let batches = 128
  static let resamples = 400

  /// The sums of each batch.
  let batches: [[Double]]
  let level: Double
  let seed: UInt64

  /// Statistics of the sums over all batches, each with its interval.
  func intervals(_ statistics: ([Double]) -> [Double]) -> [(Double, ClosedRange<Double>)] {
    let width = batches.first?.count ?? 0
    func evaluate(_ pick: (Int) -> Int) -> [Double] {
      var sum = [Double](repeating: 0, count: width)
      for k in batches.indices {
        let batch = batches[pick(k)]
        for term in 0..<width { sum[term] += batch[term] }
      }
      return statistics(sum)
    }
    let estimates = evaluate { $0 }
    let stream = RandomStream(seed: seed, name: "sensitivity.bootstrap")
    var drawn = [[Double]](repeating: [], count: estimates.count)
    for resample in 0..<BatchBootstrap.resamples {
      let base = resample * batches.count
      let uniforms = stream.uniforms(base..<base + batches.count)
      let values = evaluate { min(batches.count - 1, Int(uniforms[$0] * Double(batches.count))) }
      for index in values.indices { drawn[index].append(values[index]) }
    }
    return estimates.indices.map { index in
      let sorted = drawn[index].sorted()
      let tail = (1 - level) / 2
      let low = sorted[min(sorted.count - 1, Int(tail * Double(sorted.count)))]
      let high = sorted[min(sorted.count - 1, Int((1 - tail) * Double(sorted.count)))]
      return (estimates[index], min(low, estimates[index])...max(high, estimates[index]))
    }
  }
}

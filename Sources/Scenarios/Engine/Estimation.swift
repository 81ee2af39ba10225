/// Estimates over replicates: pooled values with the standard errors that replicates show.
struct Estimation {
  let execution: Execution

  private var replicates: Int { execution.settings.replicates }

  /// The number of paths.
  var paths: Int { execution.settings.draws * replicates }

  /// The pooled ratio of two sums with its standard error; `nil` without paths that count.
  func ratio(_ numerator: Int, _ denominator: Int?) -> (value: Double, error: Double?)? {
    var above = 0.0
    var below = 0.0
    var single: [Double] = []
    for row in execution.sums {
      let weight = denominator.map { row[$0] } ?? Double(execution.settings.draws)
      above += row[numerator]
      below += weight
      if weight > 0 { single.append(row[numerator] / weight) }
    }
    guard below > 0 else { return nil }
    return (above / below, Estimation.standardError(single))
  }

  /// A sum over all replicates.
  func total(_ sum: Int) -> Double { execution.sums.reduce(0) { $0 + $1[sum] } }

  /// Pooled inverted-cdf quantiles with standard errors, over the draws where the condition column is not 0.
  func quantiles(
    _ probabilities: [Double], column: Int, condition: Int?, finiteOnly: Bool
  ) -> [(value: Double, error: Double?)]? {
    let draws = execution.settings.draws
    var single = [[Double]](repeating: [], count: probabilities.count)
    var pooled: [Double] = []
    pooled.reserveCapacity(execution.kept[column].count)
    for replicate in 0..<replicates {
      let range = replicate * draws..<(replicate + 1) * draws
      var values = Array(execution.kept[column][range])
      if condition != nil || finiteOnly {
        let conditions = condition.map { execution.kept[$0][range] }
        var kept = 0
        for index in values.indices {
          let counts = conditions.map { $0[$0.startIndex + index] != 0 } ?? true
          if counts, !finiteOnly || values[index].isFinite {
            values[kept] = values[index]
            kept += 1
          }
        }
        values.removeLast(values.count - kept)
      }
      guard !values.isEmpty else { continue }
      pooled += values
      for (index, probability) in probabilities.enumerated() {
        single[index].append(Estimation.quantile(probability, of: &values))
      }
    }
    guard !pooled.isEmpty else { return nil }
    return probabilities.enumerated().map { index, probability in
      (Estimation.quantile(probability, of: &pooled), Estimation.standardError(single[index]))
    }
  }

  /// The inverted cdf at 0.1, 0.5 and 0.9; NaN of no values.
  static func quantiles(of values: [Double]) -> [Double] {
    guard !values.isEmpty else { return [.nan, .nan, .nan] }
    var copy = values
    return [0.1, 0.5, 0.9].map { quantile($0, of: &copy) }
  }

  /// The standard error of the mean of independent estimates; `nil` for fewer than two.
  static func standardError(_ estimates: [Double]) -> Double? {
    guard estimates.count > 1 else { return nil }
    let n = Double(estimates.count)
    let mean = estimates.reduce(0, +) / n
    let squares = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / (n - 1) / n).squareRoot()
  }
}

/// Estimates over replicates: pooled values with the standard errors that replicates show.
struct Estimation {
  let execution: Execution

  private var replicates: Int { execution.settings.replicates }

  /// The number of paths.
  var paths: Int { execution.settings.draws * replicates }

  /// The pooled ratio of two sums with its standard error, which is `nil` where a replicate has no path that counts; `nil` without
  /// paths that count.
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
    return (above / below, single.count == replicates ? Estimation.standardError(single) : nil)
  }

  /// How many replicates have no path on which a condition holds.
  func empty(_ weight: Int) -> Int { execution.sums.count { $0[weight] == 0 } }

  /// A sum over all replicates.
  func total(_ sum: Int) -> Double { execution.sums.reduce(0) { $0 + $1[sum] } }

  /// A pooled quantile.
  struct Quantile {
    let value: Double
    /// The standard error; `nil` where it is not known.
    let error: Double?
    /// The share of the paths at the value on a jump of the cdf, where replicates disagree on the side of it.
    let jump: Double?
  }

  /// The values of a kept column on the draws of a replicate that count.
  func values(
    of column: Int, replicate: Int, condition: Int?, finiteOnly: Bool = false
  ) -> [Double] {
    let draws = execution.settings.draws
    let range = replicate * draws..<(replicate + 1) * draws
    var values = Array(execution.kept[column][range])
    guard condition != nil || finiteOnly else { return values }
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
    return values
  }

  /// Pooled inverted-cdf quantiles with standard errors, over the draws where the condition column is not 0.
  ///
  /// The error is that of the replicates' own quantiles. It is not known where a replicate has no value, and where the replicates fall on
  /// different sides of a jump of the cdf, about which no mean of theirs is normal.
  func quantiles(
    _ probabilities: [Double], column: Int, condition: Int?, finiteOnly: Bool
  ) -> [Quantile]? {
    var single = [[Double]](repeating: [], count: probabilities.count)
    var pooled: [Double] = []
    pooled.reserveCapacity(execution.kept[column].count)
    for replicate in 0..<replicates {
      var values = values(of: column, replicate: replicate, condition: condition, finiteOnly: finiteOnly)
      guard !values.isEmpty else { continue }
      pooled += values
      for (index, probability) in probabilities.enumerated() {
        single[index].append(Estimation.quantile(probability, of: &values))
      }
    }
    guard !pooled.isEmpty else { return nil }
    return probabilities.enumerated().map { index, probability in
      let own = single[index]
      let value = Estimation.quantile(probability, of: &pooled)
      var jump: Double?
      if let low = own.min(), let high = own.max(), low != high {
        let shares = [value, low, high].map { side in
          Double(pooled.count { $0 == side }) / Double(pooled.count)
        }
        jump = shares.max().flatMap { $0 >= Estimation.jumpShare ? $0 : nil }
      }
      let isKnown = own.count == replicates && jump == nil
      return Quantile(value: value, error: isKnown ? Estimation.standardError(own) : nil, jump: jump)
    }
  }

  /// The share of the paths from which equal values are a jump of the cdf.
  private static let jumpShare = 0.005

  /// The largest share of the sum of squares about the mean that one path has; `nil` of too few paths to tell.
  ///
  /// It tends to 0 where the variance exists. Near 1 the mean is that of one path, and its error cannot be told from the others.
  func largestShare(column: Int, condition: Int?) -> Double? {
    var count = 0
    var sum = 0.0
    let all = (0..<replicates).map { values(of: column, replicate: $0, condition: condition) }
    for values in all {
      count += values.count
      sum += values.reduce(0, +)
    }
    guard count >= 400, sum.isFinite else { return nil }
    let mean = sum / Double(count)
    var (squares, largest) = (0.0, 0.0)
    for values in all {
      for value in values {
        let square = (value - mean) * (value - mean)
        squares += square
        largest = max(largest, square)
      }
    }
    return squares > 0 && squares.isFinite ? largest / squares : nil
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
    // Equal estimates have no error, which the rounding of their mean would give them.
    if let low = estimates.min(), let high = estimates.max(), high - low <= 1e-14 * max(abs(low), abs(high)) {
      return 0
    }
    let mean = estimates.reduce(0, +) / n
    let squares = estimates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / (n - 1) / n).squareRoot()
  }
}

internal import Forecasting
public import Scenarios

extension QuantityOutlook {
  /// The distribution of a quantity, year by year; a mean or quantile that is never is null or empty.
  ///
  /// CSV has the columns `year,mean,p10,…`.
  public var report: Report {
    let rows = Array(means.indices)
    return Report {
      Words("\(name)\(unitText(unit, isDate: isDate).isEmpty ? "" : ", \(unit)")\n")
      Members(["quantity": name, "unit": unit, "levels": levels])
      Table("years", rows) {
        if !years.isEmpty { Column("year", "Year") { years[$0] } }
        Column("mean", "Mean") { means[$0] }
        Column("quantiles") { quantiles[$0] }.only(.json)
        for (place, level) in levels.enumerated() {
          let label = NumberText.plain((level * 1e6).rounded() / 1e4)
          Column("p\(label)", "P\(label)") { quantiles[$0][place] }.only(.text, .csv).shown { row in
            shown(quantiles[row][place], isDate: isDate)
          }
        }
      }
    }
  }
}

extension QuantityPaths {
  /// The curve of exceedance of a quantity with one value per path: the probability that it is at least so much.
  ///
  /// CSV has the columns `value,probability`, at 101 values from the least to the largest finite one.
  ///
  /// Of a quantity with several years, it is the curve of the last one.
  public var exceedanceReport: Report {
    let curve = ExceedanceCurve(self)
    return Report {
      Words("P(\(name) ≥ x), never \(NumberText.percent(curve.never))\n")
      Members(["quantity": name, "unit": unit, "is_date": isDate, "never": curve.never])
      Table("curve", curve.points(101)) {
        Column("value", "x") { $0.value }.shown { shown($0.value, isDate: isDate) }
        Column("probability", "Probability", .fixed(4)) { $0.probability }
      }
    }
  }
}

/// The probability that a quantity is at least so much.
package struct ExceedanceCurve: Sendable {
  private let sorted: [Double]

  /// The curve of a quantity with one value per path, or of its last year.
  package init(_ paths: QuantityPaths) {
    sorted = (paths.values.last ?? []).sorted()
  }

  /// The share of paths on which it is never.
  package var never: Double { Double(sorted.count { $0 == .infinity }) / Double(max(1, sorted.count)) }

  /// P(≥ value).
  private func exceeding(_ value: Double) -> Double {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < value { low = middle + 1 } else { high = middle }
    }
    return Double(sorted.count - low) / Double(max(1, sorted.count))
  }

  /// Values from the least to the largest finite one, and the probability of at least each.
  package func points(_ count: Int) -> [(value: Double, probability: Double)] {
    let finite = sorted.filter(\.isFinite)
    guard let low = finite.first, let high = finite.last else { return [] }
    guard high > low else { return [(low, exceeding(low))] }
    return (0..<count).map { place in
      let value = place == count - 1 ? high : low + (high - low) * Double(place) / Double(count - 1)
      return (value, exceeding(value))
    }
  }
}

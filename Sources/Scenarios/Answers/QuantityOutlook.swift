/// A quantity's distribution: of each year, or once.
public struct QuantityOutlook: Sendable, Hashable {
  /// The quantity, as it was asked for.
  public let name: String
  /// Its unit.
  public let unit: String
  /// Whether it is a date.
  public let isDate: Bool
  /// The years; empty for one value a path.
  public let years: [Int]
  /// The probabilities of the quantiles.
  public let levels: [Double]
  /// The mean of each year, or the only one; infinite where a date may never come.
  public let means: [Double]
  /// For each year, or once, the inverted cdf at each level; +∞ for never.
  public let quantiles: [[Double]]
}

extension QuantityPaths {
  /// Means and quantiles over the paths.
  public func outlook(levels: [Double]) -> QuantityOutlook {
    QuantityOutlook(
      name: name, unit: unit, isDate: isDate, years: years, levels: levels,
      means: values.map { $0.reduce(0, +) / Double($0.count) },
      quantiles: values.map { column in
        var copy = column
        return levels.map { Estimation.quantile($0, of: &copy) }
      })
  }
}

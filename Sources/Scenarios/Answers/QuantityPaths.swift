/// The values of a quantity on every path.
public struct QuantityPaths: Sendable, Hashable {
  /// The quantity, as it was asked for.
  public let name: String
  /// Its unit; `1` of a condition, whose values are 1 and 0.
  public let unit: String
  /// Whether it is a date, +∞ where it never comes.
  public let isDate: Bool
  /// Whether it is a condition.
  public let isCondition: Bool
  /// The years that have a value; empty for one value per path.
  public let years: [Int]
  /// For each year, or once, one value per path: draw after draw, replicate after replicate.
  public let values: [[Double]]
}

/// The distribution of a quantity: for each year, or once.
public struct QuantityOutlook: Sendable, Hashable {
  /// The quantity, as it was asked for.
  public let name: String
  /// Its unit.
  public let unit: String
  /// Whether it is a date.
  public let isDate: Bool
  /// The years; empty for one value per path.
  public let years: [Int]
  /// The probabilities of the quantiles.
  public let levels: [Double]
  /// The mean of each year, or the only mean; infinite if the date may never come.
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

extension CheckedScenario {
  /// The values of quantities, yearly or single, on every path.
  ///
  ///     let flows = try checked.paths(of: ["line"], DrawOptions(draws: 1024))
  ///
  /// - Parameters:
  ///   - quantities: expressions such as `ps2`, `ps2[2035]` or `exports + imports`.
  ///   - interventions: dates and values that are set on every path, by name.
  ///   - options: draws, replicates, seed and threads.
  /// - Throws: `ScenarioError` as `run` does, and for a quantity that is not a number on some path; the place of a fault in an
  ///   expression counts its characters.
  public func paths(
    of quantities: [String], interventions: [String: Double] = [:], _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> [QuantityPaths] {
    let drawing = try drawing(options)
    let asked = try compiled(quantities, interventions: interventions)
    let execution = try execute(asked.program, drawing).execution
    let all = zip(quantities, asked.values).map { name, value in
      asked.paths(named: name, value, execution, file.horizon)
    }
    for quantity in all { try quantity.requireNumbers() }
    return all
  }

  /// The values of quantities on every path, draw after draw, replicate after replicate; dates that never come are +∞.
  ///
  /// A histogram, a score or a fan chart is made of them. The quantity must have one value per path: `ps2[2035]`, not `ps2`.
  ///
  /// - Parameters:
  ///   - expressions: the quantities.
  ///   - interventions: dates and values that are set on every path, by name.
  ///   - options: draws, replicates, seed and threads.
  /// - Throws: `ScenarioError` as `paths` does, and for a quantity of every year.
  public func samples(
    of expressions: [String], interventions: [String: Double] = [:], _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> [[Double]] {
    let all = try paths(of: expressions, interventions: interventions, options)
    for paths in all { try paths.requireSingle(in: file) }
    return all.map { $0.values[0] }
  }
}

extension CompiledQuantities {
  /// The paths of one of the values.
  func paths(
    named name: String, _ value: Value, _ execution: Execution, _ horizon: ScenarioHorizon
  ) -> QuantityPaths {
    QuantityPaths(
      name: name, unit: value.shownUnit, isDate: value.isShownAsDate, isCondition: value.kind == .condition,
      years: value.years(of: horizon), values: value.nodes.map { column($0, execution) })
  }
}

extension QuantityPaths {
  /// - Throws: `ScenarioError` for a value that is not a number.
  func requireNumbers() throws(ScenarioError) {
    if let error = ScenarioError(name, undefinedIn: values) { throw error }
  }

  /// - Throws: `ScenarioError` for a quantity of every year.
  func requireSingle(in file: ScenarioFile) throws(ScenarioError) {
    guard years.isEmpty else {
      throw ScenarioError(
        "has a value every year; name one year, such as \(name)[\(file.horizon.to)]",
        at: FilePlace(file: "\"\(name)\"", line: 1, column: 1))
    }
  }
}

extension Value {
  /// The unit that readers are shown.
  var shownUnit: String { kind == .condition || kind == .literal ? "1" : unit.text }

  /// Whether it is a date to readers.
  var isShownAsDate: Bool { unit.isDate && kind != .condition }
}

extension Double {
  /// The number; `nil` where it is infinite or not a number, which documents have no number for.
  var finite: Double? { isFinite ? self : nil }
}

internal import Forecasting
internal import ForesightNumerics

extension Scenario {
  /// Where a quantity of one value a path comes from, such as `ps2[2035]`.
  ///
  /// - Parameters:
  ///   - quantity: the quantity, an expression.
  ///   - draws: the draws of one replicate; the file's number when `nil`.
  ///   - replicates: the number of replicates; the file's when `nil`.
  ///   - seed: the seed; the file's when `nil`.
  ///   - threads: the number of threads; as many as the machine has cores when `nil`.
  /// - Throws: `ScenarioError` as `run` does, and for a quantity of every year.
  public func explain(
    _ quantity: String, draws: Int? = nil, replicates: Int? = nil, seed: UInt64? = nil, threads: Int? = nil
  ) throws(ScenarioError) -> ScenarioExplanation {
    var tree = ExplanationTree(file)
    // What the expression itself says wrong is said before its parts are looked at.
    _ = try compiled([quantity])
    tree.add(try SourcedExpression(outside: quantity), year: nil, depth: 1)
    let all = try paths(
      of: [quantity] + tree.items.map(\.text), draws: draws, replicates: replicates, seed: seed,
      threads: threads)
    guard all[0].years.isEmpty else {
      throw ScenarioError(
        "a value of every year; name one year, such as \(quantity)[\(file.horizon.to)]",
        at: FilePlace(file: "\"\(quantity)\"", line: 1, column: 1))
    }
    let values = all[0].values[0]
    let quantiles = Scenario.quantiles(of: values)
    let median = values.firstIndex(of: quantiles[1]) ?? 0
    let settings = settings(draws, replicates, seed)
    let path = try draw(median, draws: draws, replicates: replicates, seed: seed)
    let mean = values.reduce(0, +) / Double(values.count)
    return ScenarioExplanation(
      quantity: quantity, unit: all[0].unit, isDate: all[0].isDate, mean: mean.isFinite ? mean : nil,
      quantiles: quantiles, medianDraw: median, branch: path.branch,
      branchWeight: file.branches.first { $0.name == path.branch }?.weight ?? 1,
      parts: zip(tree.items, all.dropFirst()).map { item, paths in
        // A part of every year that is used over several is shown at its last.
        let own = paths.values[paths.values.count - 1]
        return ScenarioExplanation.Part(
          depth: item.depth,
          name: paths.years.last.map { item.text + (paths.values.count > 1 ? "[..\($0)]" : "") } ?? item.text,
          kind: item.kind, formula: item.formula, unit: paths.unit, isDate: paths.isDate, basis: item.basis,
          sources: item.sources, place: item.place, quantiles: Scenario.quantiles(of: own),
          value: own[median],
          isRepeated: item.isRepeated)
      }, settings: settings)
  }

  /// The inverted cdf at 0.1, 0.5 and 0.9.
  static func quantiles(of values: [Double]) -> [Double] {
    var copy = values
    return [0.1, 0.5, 0.9].map { Estimation.quantile($0, of: &copy) }
  }
}

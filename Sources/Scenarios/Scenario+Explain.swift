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
    let settings = settings(draws, replicates, seed)
    let names = try namesOverTime(with: quantity)
    var tree = ExplanationTree(file, yearly: names.yearly, monthly: names.monthly)
    tree.add(try SourcedExpression(outside: quantity), at: nil, depth: 1)
    let texts = [quantity] + tree.items.map(\.text)
    let asked = try compiled(texts)
    let execution = try execute(asked.program, settings, threads: threads).execution
    let all = zip(texts, asked.values).map { text, value in
      asked.paths(named: text, value, execution, years: file.horizon.years)
    }
    guard all[0].years.isEmpty else {
      throw ScenarioError(
        "a value of every year; name one year, such as \(quantity)[\(file.horizon.to)]",
        at: FilePlace(file: "\"\(quantity)\"", line: 1, column: 1))
    }
    try all[0].requireNumbers()
    let values = all[0].values[0]
    let quantiles = Scenario.quantiles(of: values)
    let median = values.firstIndex(of: quantiles[1]) ?? 0
    let branch =
      file.branches.isEmpty
      ? nil : file.branches[Int(asked.column(asked.branchNode, execution)[median])]
    let mean = values.reduce(0, +) / Double(values.count)
    return ScenarioExplanation(
      quantity: quantity, unit: all[0].unit, isDate: all[0].isDate, mean: mean.isFinite ? mean : nil,
      quantiles: quantiles, medianDraw: median, branch: branch?.name ?? "", branchWeight: branch?.weight ?? 1,
      parts: zip(tree.items, all.dropFirst()).map { item, paths in
        // A part of every year that is used over several is shown at its last.
        let own = paths.values[paths.values.count - 1]
        return ScenarioExplanation.Part(
          depth: item.depth,
          name: paths.years.last.map { item.text + (paths.values.count > 1 ? "[..\($0)]" : "") } ?? item.text,
          kind: item.kind, formula: item.formula, unit: paths.unit, isDate: paths.isDate, basis: item.basis,
          sources: item.sources, place: item.place,
          quantiles: Scenario.quantiles(of: own.filter { !$0.isNaN }), value: own[median],
          isRepeated: item.isRepeated)
      }, settings: settings)
  }

  /// The names, parts of assets among them, that have a value every year, and those that have one every month.
  ///
  /// - Throws: `ScenarioError` for a file that does not check, and what an expression says wrong before its parts are looked at.
  private func namesOverTime(
    with quantity: String
  ) throws(ScenarioError) -> (yearly: Set<String>, monthly: Set<String>) {
    let names =
      namedParts.map(\.name)
      + file.assets.flatMap { asset in Compiler.assetParts.map { "\(asset.name).\($0)" } }
      + file.ceilings.map { "\($0.name).limit" }
    let asked = try compiled([quantity] + names)
    let values = zip(names, asked.values.dropFirst())
    return (
      Set(values.filter { $1.isYearly }.map { $0.0 }), Set(values.filter { !$1.months.isEmpty }.map { $0.0 })
    )
  }

  /// The inverted cdf at 0.1, 0.5 and 0.9; NaN of no values.
  static func quantiles(of values: [Double]) -> [Double] {
    guard !values.isEmpty else { return [.nan, .nan, .nan] }
    var copy = values
    return [0.1, 0.5, 0.9].map { Estimation.quantile($0, of: &copy) }
  }
}

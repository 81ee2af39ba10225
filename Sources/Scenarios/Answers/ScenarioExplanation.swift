/// The origin of a quantity: its distribution, its formula down to the inputs, and the path on which it equals its median.
public struct ScenarioExplanation: Sendable, Hashable {
  /// A part that the quantity is made of.
  public struct Part: Sendable, Hashable {
    /// Its depth below the quantity; its own parts are one deeper.
    public let depth: Int
    /// Its name with the year, such as `ps2.ramp[2035]`.
    public let name: String
    /// What kind of part it is: input, event, asset, series or derived.
    public let kind: String
    /// How it is computed: a formula, a law, or a model and its data.
    public let formula: String
    /// Its unit.
    public let unit: String
    /// Whether it is a date.
    public let isDate: Bool
    /// The basis of its number, if the file gives one.
    public let basis: Basis?
    /// The ids of the sources cited for it.
    public let sources: [String]
    /// Its place in the file.
    public let place: FilePlace
    /// The inverted cdf at 0.1, 0.5 and 0.9 over all paths; +∞ for never.
    public let quantiles: [Double]
    /// Its value on the median path.
    public let value: Double
    /// Whether it was shown before: its own parts are not repeated.
    public let isRepeated: Bool
  }

  /// The quantity, as it was asked for.
  public let quantity: String
  /// Its unit.
  public let unit: String
  /// Whether it is a date.
  public let isDate: Bool
  /// Its mean; `nil` if it is infinite.
  public let mean: Double?
  /// The inverted cdf at 0.1, 0.5 and 0.9; +∞ for never.
  public let quantiles: [Double]
  /// The number of the first draw on which it equals its median.
  public let medianDraw: Int
  /// The branch of that draw.
  public let branch: String
  /// The weight of that branch.
  public let branchWeight: Double
  /// The parts, each followed by its own.
  public let parts: [Part]
  /// The settings of the run.
  public let settings: RunSettings
}

extension ScenarioExplanation: Encodable {
  private enum CodingKeys: String, CodingKey {
    case quantity, unit, isDate, mean, p10, p50, p90, medianDraw, branch, branchWeight, parts
    case settings = "run"
  }

  /// Encodes the explanation; what is absent or never is null.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(quantity, forKey: .quantity)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(isDate, forKey: .isDate)
    try fields.encode(mean, forKey: .mean)
    for (key, value) in zip([CodingKeys.p10, .p50, .p90], quantiles) {
      try fields.encode(value.finite, forKey: key)
    }
    try fields.encode(medianDraw, forKey: .medianDraw)
    try fields.encode(branch, forKey: .branch)
    try fields.encode(branchWeight, forKey: .branchWeight)
    try fields.encode(parts, forKey: .parts)
    try fields.encode(settings, forKey: .settings)
  }
}

extension ScenarioExplanation.Part: Encodable {
  private enum CodingKeys: String, CodingKey {
    case depth, name, kind, formula, unit, isDate, basis, sources, place, p10, p50, p90, value, repeated
  }

  /// Encodes the part; what is absent or never is null.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(depth, forKey: .depth)
    try fields.encode(name, forKey: .name)
    try fields.encode(kind, forKey: .kind)
    try fields.encode(formula, forKey: .formula)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(isDate, forKey: .isDate)
    try fields.encode(basis, forKey: .basis)
    try fields.encode(sources, forKey: .sources)
    try fields.encode(place.description, forKey: .place)
    for (key, value) in zip([CodingKeys.p10, .p50, .p90], quantiles) {
      try fields.encode(value.finite, forKey: key)
    }
    try fields.encode(value.finite, forKey: .value)
    try fields.encode(isRepeated, forKey: .repeated)
  }
}

extension CheckedScenario {
  /// The origin of a quantity with one value per path, such as `ps2[2035]`.
  ///
  /// - Parameters:
  ///   - quantity: the quantity, an expression.
  ///   - options: draws, replicates, seed and threads.
  /// - Throws: `ScenarioError` as `run` does, and for a quantity of every year.
  public func explain(
    _ quantity: String, _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> ScenarioExplanation {
    let drawing = try drawing(options)
    let names = try namesOverTime(with: quantity)
    var tree = ExplanationTree(file, compiler.symbols, yearly: names.yearly, monthly: names.monthly)
    tree.add(try SourcedExpression(outside: quantity), at: nil, depth: 1)
    let texts = [quantity] + tree.items.map(\.text)
    let asked = try compiled(texts)
    let execution = try execute(asked.program, drawing).execution
    let all = zip(texts, asked.values).map { text, value in
      asked.paths(named: text, value, execution, file.horizon)
    }
    try all[0].requireSingle(in: file)
    try all[0].requireNumbers()
    let values = all[0].values[0]
    let quantiles = Estimation.quantiles(of: values)
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
          quantiles: Estimation.quantiles(of: own.filter { !$0.isNaN }), value: own[median],
          isRepeated: item.isRepeated)
      }, settings: drawing.settings)
  }

  /// The names, parts of assets among them, that have a value every year, and those that have one every month.
  ///
  /// - Throws: `ScenarioError` for a file that does not check, and what an expression says wrong before its parts are looked at.
  private func namesOverTime(
    with quantity: String
  ) throws(ScenarioError) -> (yearly: Set<String>, monthly: Set<String>) {
    let names =
      file.namedParts.map(\.name)
      + file.assets.flatMap { asset in Compiler.assetParts.map { "\(asset.name).\($0)" } }
      + file.ceilings.map { "\($0.name).limit" }
    let asked = try compiled([quantity] + names)
    let values = zip(names, asked.values.dropFirst())
    return (
      Set(values.filter { $1.isYearly }.map { $0.0 }), Set(values.filter { !$1.months.isEmpty }.map { $0.0 })
    )
  }
}

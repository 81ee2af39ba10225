internal import Forecasting
internal import ForesightNumerics

/// One draw of a run: everything that happened on one path.
public struct ScenarioDraw: Sendable, Hashable {
  /// A part of the scenario and its value on the path.
  public struct Part: Sendable, Hashable {
    /// What kind of part it is: input, event, asset, series or derived.
    public let kind: String
    /// Its name.
    public let name: String
    /// Its unit.
    public let unit: String
    /// Whether it is a date.
    public let isDate: Bool
    /// The years that have a value; empty for a single value.
    public let years: [Int]
    /// The values; +∞ of a date that never comes.
    public let values: [Double]
    /// Twelve values per year for what is computed monthly; otherwise empty.
    public let months: [Double]
  }

  /// The number of the draw in the run, from 0: replicate · draws + draw.
  public let number: Int
  /// The replicate, from 0.
  public let replicate: Int
  /// The draw within the replicate, from 0.
  public let draw: Int
  /// The settings of the run that it belongs to.
  public let settings: RunSettings
  /// The branch that was taken.
  public let branch: String
  /// The parts in the order of the file.
  public let parts: [Part]

  /// The value of a part: of a year, or its only one.
  public func value(_ name: String, _ year: Int? = nil) -> Double? {
    guard let part = parts.first(where: { $0.name == name }) else { return nil }
    guard let year, !part.years.isEmpty else { return part.years.isEmpty ? part.values[0] : nil }
    return part.years.firstIndex(of: year).map { part.values[$0] }
  }
}

extension ScenarioDraw: Encodable {
  private enum CodingKeys: String, CodingKey {
    case draw, replicate, drawInReplicate, seed, branch, parts
  }

  /// Encodes the draw by its number in the run.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(number, forKey: .draw)
    try fields.encode(replicate, forKey: .replicate)
    try fields.encode(draw, forKey: .drawInReplicate)
    try fields.encode(settings.seed, forKey: .seed)
    try fields.encode(branch, forKey: .branch)
    try fields.encode(parts, forKey: .parts)
  }
}

extension ScenarioDraw.Part: Encodable {
  private enum CodingKeys: String, CodingKey { case kind, name, unit, isDate, years, values, months }

  /// Encodes the part; never is null.
  public func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: CodingKeys.self)
    try fields.encode(kind, forKey: .kind)
    try fields.encode(name, forKey: .name)
    try fields.encode(unit, forKey: .unit)
    try fields.encode(isDate, forKey: .isDate)
    try fields.encode(years, forKey: .years)
    try fields.encode(values.map(\.finite), forKey: .values)
    try fields.encode(months, forKey: .months)
  }
}

extension CheckedScenario {
  /// One draw of a run, with the bits that it has there.
  ///
  /// Cost: that of one block of draws.
  ///
  /// - Parameters:
  ///   - number: the draw's number in the run, from 0: replicate · draws + draw.
  ///   - options: draws, replicates and seed; threads are not used.
  /// - Throws: `ScenarioError` as `run` does, and if the run has no such draw.
  public func draw(
    _ number: Int, _ options: DrawOptions = DrawOptions()
  ) throws(ScenarioError) -> ScenarioDraw {
    let settings = try drawing(options).settings
    let total = settings.draws * settings.replicates
    guard (0..<total).contains(number) else {
      throw failure("there is no draw \(number); the run has \(total) draws, numbered from 0 to \(total - 1)")
    }
    let parts = drawnParts
    let asked = try compiled(parts.map(\.name), months: true)
    let (replicate, draw) = number.quotientAndRemainder(dividingBy: settings.draws)
    var block = settings
    block.draws = min(settings.draws, RunSettings.block)
    // A Latin hypercube deals the cells of a whole replicate.
    try requireRoom(asked.program, settings.method == .latinHypercube ? settings : block, runs: 1)
    let (series, _) = try fitting.prepare(asked.program.plan.series)
    let found = try drawn { () throws(NumericsError) in
      try asked.program.block(holding: draw, replicate: replicate, settings, series: series)
    }
    func value(_ node: Int) -> Double { found.execution.kept[asked.columns[node] ?? 0][found.place] }
    let branch = Int(value(asked.branchNode))
    return ScenarioDraw(
      number: number, replicate: replicate, draw: draw, settings: settings,
      branch: file.branches.indices.contains(branch) ? file.branches[branch].name : "",
      parts: zip(parts, asked.values).map { part, answer in
        ScenarioDraw.Part(
          kind: part.kind, name: part.name, unit: answer.shownUnit,
          isDate: answer.isShownAsDate,
          years: answer.years(of: file.horizon), values: answer.nodes.map(value),
          months: answer.months.map(value))
      })
  }

  /// The parts that have values, with what events draw besides their dates and the shares that outages leave.
  private var drawnParts: [(kind: String, name: String)] {
    let changes = Dictionary(file.events.map { ($0.name, $0.drawnPart) }) { $1 }
    let outages = Set(file.assets.filter { $0.outages != nil }.map(\.name))
    let shocks = file.events.filter { !$0.hasDate }.map { (kind: "event", name: $0.name) }
    var found: [(kind: String, name: String)] = []
    for part in file.namedParts + shocks {
      if !shocks.contains(where: { $0.name == part.name }) { found.append(part) }
      if let change = changes[part.name] ?? nil { found.append(("event", "\(part.name).\(change)")) }
      if outages.contains(part.name) { found.append(("asset", "\(part.name).outages")) }
    }
    return found
  }
}

internal import Forecasting
internal import ForesightNumerics

/// Everything that one draw of a run is: what happened on one path.
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
    /// Twelve values a year of what is computed by month, else none.
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

extension Scenario {
  /// One draw of a run, with the bits that it has there.
  ///
  /// Cost: that of one block of draws.
  ///
  /// - Parameters:
  ///   - number: the draw's number in the run, from 0: replicate · draws + draw.
  ///   - draws: the draws of one replicate; the file's number when `nil`.
  ///   - replicates: the number of replicates; the file's when `nil`.
  ///   - seed: the seed; the file's when `nil`.
  /// - Throws: `ScenarioError` as `run` does, and where the run has no such draw.
  public func draw(
    _ number: Int, draws: Int? = nil, replicates: Int? = nil, seed: UInt64? = nil
  ) throws(ScenarioError) -> ScenarioDraw {
    let settings = settings(draws, replicates, seed)
    let total = settings.draws * settings.replicates
    guard (0..<total).contains(number) else {
      throw ScenarioError(
        "there is no draw \(number): the run has \(total), from 0 to \(total - 1)",
        at: FilePlace(file: file.name))
    }
    let parts = drawnParts
    let asked = try compiled(parts.map(\.name), months: true)
    let (replicate, draw) = number.quotientAndRemainder(dividingBy: settings.draws)
    var block = settings
    block.draws = min(settings.draws, Workspace.block)
    // Of a Latin hypercube the cells of a whole replicate are dealt.
    try requireRoom(asked.program, settings.method == .latinHypercube ? settings : block, runs: 1)
    let (series, _) = try prepareSeries(asked.program)
    let found: (execution: Execution, place: Int)
    do throws(NumericsError) {
      found = try asked.program.block(holding: draw, replicate: replicate, settings, series: series)
    } catch {
      throw ScenarioError("the draws failed: \(error)", at: FilePlace(file: file.name))
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
          years: answer.isYearly ? Array(file.horizon.years) : [], values: answer.nodes.map(value),
          months: answer.months.map(value))
      })
  }

  /// The parts that have values, with what events draw besides their dates and what outages leave of assets.
  private var drawnParts: [(kind: String, name: String)] {
    let changes = Dictionary(file.events.map { ($0.name, $0.drawnPart) }) { $1 }
    let outages = Set(file.assets.filter { $0.outages != nil }.map(\.name))
    let shocks = file.events.filter { !$0.hasDate }.map { (kind: "event", name: $0.name) }
    var found: [(kind: String, name: String)] = []
    for part in namedParts + shocks {
      if !shocks.contains(where: { $0.name == part.name }) { found.append(part) }
      if let change = changes[part.name] ?? nil { found.append(("event", "\(part.name).\(change)")) }
      if outages.contains(part.name) { found.append(("asset", "\(part.name).outages")) }
    }
    return found
  }

  /// The parts that have values, in the order of the file.
  var namedParts: [(kind: String, name: String)] {
    let dated = file.events.filter(\.hasDate)
    return file.inputs.map { ("input", $0.name) } + dated.map { ("event", $0.name) }
      + file.assets.map { ("asset", $0.name) } + file.ceilings.map { ("ceiling", $0.name) }
      + file.series.map { ("series", $0.name) }
      + file.derived.map { ("derived", $0.name) }
  }
}

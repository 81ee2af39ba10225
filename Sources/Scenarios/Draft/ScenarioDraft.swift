public import Forecasting

/// A scenario written in Swift: its parts as values, from which `yaml` writes the file and `scenario()` makes the scenario.
///
/// ```swift
/// let draft = ScenarioDraft("my-pipeline", years: 2026...2045, [
///   .branch("built", weight: 0.7), .branch("shelved", weight: 0.3),
///   .input("opening", "decimal-year", .byBranch(["built": .triangular(2028, 2030, 2035), "shelved": .never]), dim: 1),
///   .input("use", "fraction", .pert(0.6, 0.9, 1), dim: 3),
///   .start("first_gas", at: "opening"),
///   .asset("line", capacity: 30, "bcm/yr", start: "first_gas", ["utilisation": "use"]),
///   .question("flow", of: "line[2035]", mean: true, quantiles: [0.1, 0.9]),
///   .probability("soon", of: "max(line[..2032]) >= 10"),
/// ])
/// let run = try draft.scenario().run(DrawOptions(draws: 4096))
/// print(try run.mean("flow"), try run.quantile(0.9, of: "flow"), try run.probability("soon"))
/// ```
///
/// The draft is read from the YAML that it writes, by the one reader that there is, so it has the checks, the messages and, bit for bit, the
/// answers of that file. Every key of a file can be set: those without an argument go into `keys` (`Guides/Scenarios.md` lists them).
public struct ScenarioDraft: Sendable, Hashable {
  /// The scenario's name.
  public var id: String
  /// The years that are projected.
  public var years: ClosedRange<Int>
  /// The parts in order.
  public var parts: [ScenarioPart]
  /// Further keys of the file, such as `title`, `as_of`, `run` and `units`.
  public var keys: [String: ScenarioValue]

  /// Creates a draft of parts.
  ///
  /// - Parameters:
  ///   - id: The scenario's name.
  ///   - years: The years that are projected.
  ///   - asOf: The day after which nothing may be cited, such as `2026-01-31`.
  ///   - parts: The parts in order.
  ///   - keys: Further keys of the file.
  public init(
    _ id: String, years: ClosedRange<Int>, asOf: String? = nil, _ parts: [ScenarioPart],
    keys: [String: ScenarioValue] = [:]
  ) {
    self.id = id
    self.years = years
    self.parts = parts
    self.keys = keys
    if let asOf { self.keys["as_of"] = .text(asOf) }
  }

  /// The scenario as a file: `schema: scenario/1` and so on.
  public var yaml: String {
    var lines = [
      "schema: scenario/1", "id: \(ScenarioValue.text(id).yaml)",
    ]
    var horizon = [
      ScenarioValue.Entry("from", .whole(years.lowerBound)),
      ScenarioValue.Entry("to", .whole(years.upperBound)),
    ]
    if case .mapping(let own)? = keys["horizon"] {
      horizon += own.filter { !["from", "to"].contains($0.key) }
    }
    lines.append("horizon: \(ScenarioValue.mapping(horizon).yaml)")
    for (key, value) in keys.sorted(by: { $0.key < $1.key }) where key != "horizon" {
      lines.append("\(ScenarioValue.key(key)): \(value.yaml)")
    }
    for section in ScenarioPart.Section.allCases {
      let own = parts.filter { $0.section == section }
      guard !own.isEmpty else { continue }
      lines.append("\(section.rawValue):")
      lines += own.map { part in
        part.name.map { "  \(ScenarioValue.key($0)): \(part.value.yaml)" } ?? "  - \(part.value.yaml)"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Returns the scenario, read from `yaml`.
  ///
  /// - Parameters:
  ///   - data: Where series and the dates of sources come from.
  ///   - folder: The folder, with a final slash, that names of files start from.
  /// - Throws: `ScenarioError` with every problem, each with its place in `yaml`.
  public func scenario(
    data: any SeriesSource = GivenSeries(), folder: String = ""
  ) throws(ScenarioError) -> Scenario {
    try Scenario(yaml: yaml, file: id, folder: folder, data: data)
  }
}

/// A part of a scenario: a branch, an input, a correlation, an event, an asset, a series, a derived quantity or a question.
public struct ScenarioPart: Sendable, Hashable {
  enum Section: String, CaseIterable {
    case branches, inputs, correlations, events, assets, ceilings, series, derived, questions
  }

  let section: Section
  /// The name; `nil` for an entry of a list.
  let name: String?
  let value: ScenarioValue

  private init(
    _ section: Section, _ name: String?, _ own: [(String, ScenarioValue?)], _ keys: [String: ScenarioValue]
  ) {
    self.section = section
    self.name = name
    let given = own.compactMap { key, value in value.map { ScenarioValue.Entry(key, $0) } }
    let more = keys.sorted { $0.key < $1.key }.map { ScenarioValue.Entry($0.key, $0.value) }
    value = .mapping(given + more)
  }

  /// A course of events that excludes the others; the weights of all branches add up to 1.
  public static func branch(
    _ name: String, weight: Double, _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart { .init(.branches, name, [("weight", .number(weight))], keys) }

  /// An uncertain input with a unit and a distribution; `dim` is the Sobol' dimension that it is drawn from.
  public static func input(
    _ name: String, _ unit: String, _ law: ScenarioLaw, dim: Int? = nil,
    basis: Basis? = nil, _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart {
    .init(
      .inputs, name,
      [
        ("unit", .text(unit)), (law.key, law.value), ("dim", dim.map { .whole($0) }),
        ("basis", basis.map { .text($0.rawValue) }),
      ], keys)
  }

  /// A Gaussian copula between two inputs, or between the innovations of two series (`"oil.innovations"`).
  public static func correlation(
    _ first: String, _ second: String, gaussianCopula: Double, _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart {
    .init(
      .correlations, nil,
      [("between", .list([.text(first), .text(second)])), ("gaussian_copula", .number(gaussianCopula))], keys)
  }

  /// A date: `at` is an expression in inputs and other dates.
  public static func start(
    _ name: String, at date: String, opens asset: String? = nil, _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart {
    .init(
      .events, name,
      [("kind", "start"), ("at", .text(date)), ("opens", asset.map { .text($0) })], keys)
  }

  /// A date that comes by chance after another, at a rate such as `0.06/yr`.
  public static func hazard(
    _ name: String, after date: String, rate: String, dim: Int? = nil, _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart {
    .init(
      .events, name,
      [
        ("kind", "hazard"), ("after", .text(date)), ("hazard", .text(rate)), ("dim", dim.map { .whole($0) }),
      ], keys)
  }

  /// An event of any kind by its keys, such as an interruption or a shock.
  public static func event(
    _ name: String, kind: String, _ keys: [String: ScenarioValue]
  ) -> ScenarioPart { .init(.events, name, [("kind", .text(kind))], keys) }

  /// An asset that carries a flow from a start date on; `keys` has its ramp, utilisation, ceiling and so on.
  public static func asset(
    _ name: String, capacity: Double, _ unit: String, start: String, _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart {
    .init(
      .assets, name,
      [("capacity", ["value": .number(capacity), "unit": .text(unit)]), ("start", .text(start))], keys)
  }

  /// A ceiling that assets share in an order of merit.
  public static func ceiling(
    _ name: String, limit: String, order: [String], _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart {
    .init(
      .ceilings, name, [("limit", .text(limit)), ("order", .list(order.map { .text($0) }))], keys)
  }

  /// A fitted series: the name of its data, its unit, and a model such as `ets` or `auto`.
  public static func series(
    _ name: String, data: String, _ unit: String, model: String, _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart {
    .init(
      .series, name, [("data", .text(data)), ("unit", .text(unit)), ("model", .text(model))], keys)
  }

  /// A quantity that is computed from others on every path.
  public static func derived(
    _ name: String, _ expression: String, unit: String? = nil, _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart {
    .init(.derived, name, [("expr", .text(expression)), ("unit", unit.map { .text($0) })], keys)
  }

  /// A question for statistics of a quantity such as `line[2035]`.
  public static func question(
    _ name: String, of quantity: String, mean: Bool = false, quantiles: [Double] = [], exceed: [Double] = [],
    given condition: String? = nil, _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart {
    .init(
      .questions, name,
      [
        ("of", .text(quantity)), ("mean", mean ? .flag(true) : nil),
        ("quantiles", quantiles.isEmpty ? nil : .list(quantiles.map { .number($0) })),
        ("exceed", exceed.isEmpty ? nil : .list(exceed.map { .number($0) })),
        ("given", condition.map { .text($0) }),
      ], keys)
  }

  /// A question for the probability of a condition such as `max(line[..2032]) >= 10`.
  public static func probability(
    _ name: String, of condition: String, given other: String? = nil, _ keys: [String: ScenarioValue] = [:]
  ) -> ScenarioPart {
    .init(
      .questions, name, [("probability", .text(condition)), ("given", other.map { .text($0) })], keys)
  }
}

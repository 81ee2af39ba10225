internal import Forecasting
internal import ForesightNumerics

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
  /// The years that have a value; empty for one value a path.
  public let years: [Int]
  /// For each year, or once, a value a path: draw after draw, replicate after replicate.
  public let values: [[Double]]
}

extension Scenario {
  /// The values of quantities, yearly or single, on every path.
  ///
  /// - Parameters:
  ///   - quantities: expressions such as `ps2`, `ps2[2035]` or `exports + imports`.
  ///   - interventions: dates and values that are set on every path, by name.
  ///   - draws: the draws of one replicate; the file's number when `nil`.
  ///   - replicates: the number of replicates; the file's when `nil`.
  ///   - seed: the seed; the file's when `nil`.
  ///   - threads: the number of threads; as many as the machine has cores when `nil`.
  /// - Throws: `ScenarioError` as `run` does, and for a quantity that is no number on some path; the place of a fault in an
  ///   expression counts its characters.
  public func paths(
    of quantities: [String], interventions: [String: Double] = [:], draws: Int? = nil, replicates: Int? = nil,
    seed: UInt64? = nil, threads: Int? = nil
  ) throws(ScenarioError) -> [QuantityPaths] {
    let asked = try compiled(quantities, interventions: interventions)
    let execution = try execute(asked.program, settings(draws, replicates, seed), threads: threads).execution
    let all = zip(quantities, asked.values).map { name, value in
      asked.paths(named: name, value, execution, years: file.horizon.years)
    }
    for quantity in all { try quantity.requireNumbers() }
    return all
  }

  /// What quantities need: their values, those of months where they are asked for, one program for all of them, and the kept column of
  /// each node.
  func compiled(
    _ quantities: [String], interventions: [String: Double] = [:], months: Bool = false
  ) throws(ScenarioError) -> CompiledQuantities {
    try check([])
    try checkInterventions(interventions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    var (compiler, _) = prepared()
    compiler.interventions = interventions
    var values: [Value] = []
    for text in quantities { values.append(try compiler.value(ofText: text)) }
    let kept = Array(Set(values.flatMap { $0.nodes + (months ? $0.months : []) } + [compiler.branchNode]))
      .sorted()
    return CompiledQuantities(
      program: Program(compiler.graph, branches: file.branches, sums: [], kept: kept), values: values,
      columns: Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($0.element, $0.offset) }),
      branchNode: compiler.branchNode)
  }
}

/// Quantities with the program that computes them.
struct CompiledQuantities {
  let program: Program
  let values: [Value]
  /// The kept column of each node.
  let columns: [Int: Int]
  let branchNode: Int

  /// The paths of one of the values.
  func paths(
    named name: String, _ value: Value, _ execution: Execution, years: ClosedRange<Int>
  ) -> QuantityPaths {
    QuantityPaths(
      name: name, unit: value.shownUnit, isDate: value.isShownAsDate, isCondition: value.kind == .condition,
      years: value.isYearly ? Array(years) : [], values: value.nodes.map { column($0, execution) })
  }

  /// The kept column of a node.
  func column(_ node: Int, _ execution: Execution) -> [Double] { execution.kept[columns[node] ?? 0] }
}

extension QuantityPaths {
  /// - Throws: `ScenarioError` for a value that is no number.
  func requireNumbers() throws(ScenarioError) {
    let count = values.reduce(0) { $0 + $1.count(where: \.isNaN) }
    guard count == 0 else {
      throw ScenarioError(
        "\(name) is no number in \(count) of \(values.reduce(0) { $0 + $1.count }) values (0/0, never − never, or a root of a "
          + "negative)", at: FilePlace(file: "\"\(name)\"", line: 1, column: 1))
    }
  }
}

extension Value {
  /// The unit that readers are shown.
  var shownUnit: String { kind == .condition || kind == .literal ? "1" : unit.text }

  /// Whether it is a date to readers.
  var isShownAsDate: Bool { unit.isDate && kind != .condition }
}

extension Compiler {
  /// The value of an expression that stands outside the file.
  mutating func value(ofText text: String) throws(ScenarioError) -> Value {
    let source = try SourcedExpression(outside: text)
    do throws(CompileFailure) {
      return try lower(source)
    } catch {
      if case .problem(let problem) = error { throw ScenarioError([problem]) }
      throw ScenarioError("builds on a part that does not compile", at: source.place)
    }
  }
}

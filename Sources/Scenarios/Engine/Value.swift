/// What an expression is: nodes of the graph with a unit.
struct Value {
  enum Kind: Equatable {
    /// A number with a unit.
    case quantity
    /// A number that takes the unit of the value that it is combined with.
    case literal
    /// True or false.
    case condition
  }

  var kind: Kind
  var unit: Unit
  /// One node, or one per year of the horizon, up to the last for which its series are drawn.
  var nodes: [Int] {
    // What is done to years is not done to months.
    didSet { months = [] }
  }
  var isYearly: Bool
  /// Twelve nodes per year for what is computed monthly; otherwise empty.
  var months: [Int] = []

  /// The years that have a value; empty for one value per path.
  func years(of horizon: ScenarioHorizon) -> [Int] {
    isYearly ? Array(horizon.years.prefix(nodes.count)) : []
  }

  /// The value up to the first year of which a node is undrawn; itself if it has no other years.
  func drawn(_ undrawn: [Bool]) -> Value {
    guard isYearly, let end = nodes.firstIndex(where: { undrawn[$0] }), end > 0 else { return self }
    var copy = self
    copy.nodes = Array(nodes.prefix(end))
    copy.months = Array(months.prefix(12 * end))
    return copy
  }

  /// What it is, for messages.
  var described: String {
    switch kind {
    case .quantity: unit.isDate ? "a date" : unit.isDimensionless ? "a pure number" : "in \(unit)"
    case .literal: "a number"
    case .condition: "a condition"
    }
  }
}

/// Why a part of a scenario does not compile.
enum CompileFailure: Error {
  /// A problem to report.
  case problem(ScenarioProblem)
  /// It builds on a part that has been reported.
  case poisoned
}

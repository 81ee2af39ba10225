/// A variable in a table of the Integrated Assessment Modeling Consortium: a name with `|` between levels, and a yearly quantity.
public struct ScenarioVariable: Sendable, Hashable {
  /// The variable's name; the addends of a total stand below it, `total|exports`.
  public let name: String
  /// The quantity of the scenario.
  public let quantity: String
}

extension Scenario {
  /// The yearly quantities of the file that are no conditions: assets, series, derived quantities and inputs by knots.
  ///
  /// A derived quantity that is a plain sum of other names is their total: names that are addends of one total alone stand
  /// below it, so that checks of sums know what adds up to what.
  ///
  /// - Throws: `ScenarioError` for a file that does not check.
  public func variables() throws(ScenarioError) -> [ScenarioVariable] {
    let parts = namedParts
    let asked = try compiled(parts.map(\.name))
    let yearly = zip(parts, asked.values).filter { $1.isYearly && $1.kind == .quantity && !$1.unit.isDate }
      .map { $0.0.name }
    var parent: [String: String] = [:]
    var counts: [String: Int] = [:]
    for derived in file.derived where yearly.contains(derived.name) {
      guard let addends = derived.expression.expression.addends, addends.allSatisfy(yearly.contains),
        Set(addends).count == addends.count
      else { continue }
      for addend in addends {
        parent[addend] = derived.name
        counts[addend, default: 0] += 1
      }
    }
    // A total of which one addend stands elsewhere too has none below it: a part would be missing.
    let broken = Set(counts.filter { $0.value > 1 }.keys)
    let totals = Set(
      file.derived.filter { $0.expression.expression.addends?.contains(where: broken.contains) ?? false }
        .map(\.name))
    func path(_ name: String) -> String {
      guard let total = parent[name], !totals.contains(total) else { return name }
      return path(total) + "|" + name
    }
    return yearly.map { ScenarioVariable(name: path($0), quantity: $0) }
  }
}

extension Expression {
  /// The names of a plain sum of two or more; `nil` for anything else.
  var addends: [String]? {
    guard case .binary(.add, let left, let right, _) = self else { return nil }
    func names(_ expression: Expression) -> [String]? {
      if case .name(let name, _) = expression { return [name] }
      return expression.addends
    }
    guard let left = names(left), let right = names(right) else { return nil }
    return left + right
  }
}

/// A variable in a table of the Integrated Assessment Modeling Consortium: a name with `|` between levels, and a yearly quantity.
public struct ScenarioVariable: Sendable, Hashable {
  /// The variable's name; the addends of a total stand below it, `total|exports`.
  public let name: String
  /// The quantity of the scenario.
  public let quantity: String
}

extension CheckedScenario {
  /// The yearly quantities of the file, without conditions: assets, series, derived quantities and inputs with knots.
  ///
  /// A derived quantity that is a plain sum of other names is their total: names that are addends of one total alone stand
  /// below it, so that checks of sums know what adds up to what. So are the parts of a total of `coherence`.
  ///
  public func variables() throws(ScenarioError) -> [ScenarioVariable] {
    let parts = file.namedParts
    let asked = try compiled(parts.map(\.name))
    let yearly = zip(parts, asked.values).filter { $1.isYearly && $1.kind == .quantity && !$1.unit.isDate }
      .map { $0.0.name }
    var parent: [String: String] = [:]
    var counts: [String: Int] = [:]
    let sums = file.sums.filter { total, addends in
      yearly.contains(total) && addends.allSatisfy(yearly.contains) && Set(addends).count == addends.count
    }
    for (total, addends) in sums {
      for addend in addends {
        parent[addend] = total
        counts[addend, default: 0] += 1
      }
    }
    // A total that shares an addend with another total has no parts below it: one would be missing.
    let broken = Set(counts.filter { $0.value > 1 }.keys)
    let totals = Set(sums.filter { $0.addends.contains(where: broken.contains) }.map(\.total))
    func path(_ name: String) -> String {
      var names = [name]
      while let last = names.last, let total = parent[last], !totals.contains(total), !names.contains(total) {
        names.append(total)
      }
      return names.reversed().joined(separator: "|")
    }
    return yearly.map { ScenarioVariable(name: path($0), quantity: $0) }
  }
}

extension ScenarioFile {
  /// The totals that are sums of other names: derived quantities that are plain sums, and other totals of `coherence`.
  fileprivate var sums: [(total: String, addends: [String])] {
    let plain = derived.compactMap { part in
      part.expression.expression.addends.map { (total: part.name, addends: $0) }
    }
    let (totals, addends) = (Set(plain.map(\.total)), Set(plain.flatMap(\.addends)))
    let coherent = (coherence?.sums ?? []).filter { sum in
      !totals.contains(sum.total) && !sum.parts.contains(where: addends.contains)
    }
    return plain + coherent.map { ($0.total, $0.parts) }
  }
}

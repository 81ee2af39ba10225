/// A rule about which keys go together.
enum KeyRule: Sendable {
  /// Exactly one of the groups has a key in the mapping.
  case oneOf([[String]])
  /// A key is used only beside one of some others.
  case needs(String, [String])
  /// A key is not used beside any of some others.
  case apart(String, from: [String], hint: String = "")

  /// What breaks the rule, each with the key that does.
  func problems(_ has: (String) -> Bool) -> [(key: String?, what: String)] {
    switch self {
    case .oneOf(let groups):
      let given = groups.compactMap { $0.first(where: has) }
      if given.isEmpty {
        return [(nil, "needs one of \(listed(groups.flatMap(\.self).map { "\"\($0)\"" }, "or"))")]
      }
      return given.dropFirst().map { ($0, "\"\($0)\" cannot be used together with \"\(given[0])\"") }
    case .needs(let key, let others):
      guard has(key), !others.contains(where: has) else { return [] }
      return [(key, "\"\(key)\" needs \(listed(others.map { "\"\($0)\"" }, "or")) beside it")]
    case .apart(let key, let others, let hint):
      guard has(key) else { return [] }
      return others.filter(has).map {
        ($0, "\"\($0)\" cannot be used together with \"\(key)\"" + (hint.isEmpty ? "" : "; \(hint)"))
      }
    }
  }

  private static func required(_ keys: [String]) -> SchemaValue {
    let each = keys.map { key -> SchemaValue in ["required": [.text(key)]] }
    return each.count == 1 ? each[0] : ["anyOf": .list(each)]
  }

  var schema: SchemaValue {
    switch self {
    case .oneOf(let groups): ["oneOf": .list(groups.map(KeyRule.required))]
    case .needs(let key, let others):
      ["anyOf": [["not": KeyRule.required([key])], KeyRule.required(others)]]
    case .apart(let key, let others, _):
      ["not": ["allOf": [KeyRule.required([key]), KeyRule.required(others)]]]
    }
  }

  /// The rule as a sentence of the guide.
  var sentence: String {
    func code(_ keys: [String]) -> [String] { keys.map { "`\($0)`" } }
    return switch self {
    case .oneOf(let groups):
      "Exactly one of \(listed(groups.map { code($0).joined(separator: "/") }, "and")) is required."
    case .needs(let key, let others): "`\(key)` needs \(listed(code(others), "or")) beside it."
    case .apart(let key, let others, _):
      "`\(key)` cannot be used together with \(listed(code(others), "or"))."
    }
  }
}

import Datasets
import Foundation
import Scenarios
import Testing
import Yams

/// As much of JSON Schema as the schema of scenario files uses.
struct SchemaCheck {
  let root: [String: Any]

  init(_ json: String) throws {
    root = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  func accepts(_ node: Node) -> Bool { accepts(node, root) }

  private func accepts(_ node: Node, _ schema: [String: Any]) -> Bool {
    if let reference = schema["$ref"] as? String {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      guard let inner = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else { return false }
      return accepts(node, inner)
    }
    if let wanted = schema["const"], !isConstant(wanted, node) { return false }
    if let inner = schema["not"] as? [String: Any], accepts(node, inner) { return false }
    if let all = schema["allOf"] as? [[String: Any]], !all.allSatisfy({ accepts(node, $0) }) { return false }
    if let choices = schema["enum"] as? [String], !choices.contains(node.string ?? "") { return false }
    if let type = schema["type"], !has(node, type) { return false }
    if let choices = schema["oneOf"] as? [[String: Any]], choices.count(where: { accepts(node, $0) }) != 1 {
      return false
    }
    if let choices = schema["anyOf"] as? [[String: Any]], !choices.contains(where: { accepts(node, $0) }) {
      return false
    }
    if let number = node.float,
      schema["type"] as? String == "number" || schema["type"] as? String == "integer"
    {
      if let bound = schema["minimum"] as? Double, number < bound { return false }
      if let bound = schema["maximum"] as? Double, number > bound { return false }
      if let bound = schema["exclusiveMinimum"] as? Double, number <= bound { return false }
      if let bound = schema["exclusiveMaximum"] as? Double, number >= bound { return false }
    }
    if let sequence = node.sequence {
      if let least = schema["minItems"] as? Int, sequence.count < least { return false }
      if let most = schema["maxItems"] as? Int, sequence.count > most { return false }
      if let items = schema["items"] as? [String: Any], !sequence.allSatisfy({ accepts($0, items) }) {
        return false
      }
    }
    return node.mapping.map { acceptsMembers($0, schema) } ?? true
  }

  /// A flag is written `true`, which `JSONSerialization` reads as a number.
  private func isConstant(_ wanted: Any, _ node: Node) -> Bool {
    if let flag = wanted as? Bool, let own = node.bool, node.scalar?.style == .plain { return flag == own }
    return "\(wanted)" == node.string
  }

  private func acceptsMembers(_ mapping: Node.Mapping, _ schema: [String: Any]) -> Bool {
    let keys = mapping.keys.compactMap(\.string)
    let required = schema["required"] as? [String] ?? []
    guard required.allSatisfy(keys.contains) else { return false }
    if let least = schema["minProperties"] as? Int, keys.count < least { return false }
    if let most = schema["maxProperties"] as? Int, keys.count > most { return false }
    let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
    let patterns = schema["patternProperties"] as? [String: [String: Any]] ?? [:]
    for (key, value) in mapping {
      let name = key.string ?? ""
      if let own = properties[name] {
        guard accepts(value, own) else { return false }
      } else if let pattern = patterns.first(where: {
        name.range(of: $0.key, options: .regularExpression) != nil
      }) {
        guard accepts(value, pattern.value) else { return false }
      } else if schema["additionalProperties"] as? Bool == false {
        return false
      }
    }
    return true
  }

  private func has(_ node: Node, _ type: Any) -> Bool {
    if let several = type as? [String] { return several.contains { has(node, $0) } }
    switch type as? String {
    case "object": return node.mapping != nil
    case "array": return node.sequence != nil
    case "number": return node.scalar?.style == .plain && node.float != nil
    case "integer": return node.scalar?.style == .plain && node.int != nil
    case "boolean": return node.bool != nil && node.scalar?.style == .plain
    default: return node.scalar != nil
    }
  }
}

@Suite("The JSON Schema of scenario files")
struct ScenarioSchemaTests {
  static let shipped = [
    "altai-2008", "altai-2014", "claims-2022", "cn-ru-trade", "far-east-route", "pos1-2020", "pos1-44",
    "power-of-siberia-2", "power-of-siberia-2-2026-08", "russia-lng-oil", "trade-2019",
  ]

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: Datasets.path(of: "scenarios/\(name).yaml"), encoding: .utf8)
  }

  @Test("accepts every file that is shipped", arguments: shipped)
  func shippedFiles(name: String) throws {
    let schema = try SchemaCheck(ScenarioSchema.json)
    #expect(schema.accepts(try #require(try Yams.compose(yaml: text(name)))))
  }

  @Test(
    "refuses what the reader refuses for its form",
    arguments: [
      ("schema: scenario/1", "schema: scenario/2"), ("horizon:", "horizn:"), ("weight: 0.15", "weight: 1.5"),
      ("weight: 0.15", "wait: 0.15"), ("kind: start", "kind: begin"), ("method: sobol-owen", "method: sobol"),
      ("elasticity: elasticity", "elastic: elasticity"), ("quantiles: [0.1", "quantiles: [1.1"),
      ("{triangular: [2027, 2028.5, 2033]}", "{triangular: [2027, 2028.5]}"),
      ("basis: judgement", "basis: guess"),
      ("from: 2026", "from: soon"), ("unit: bcm/yr", "units: bcm/yr"),
    ])
  func refusals(found: String, bad: String) throws {
    let whole = try wholeScenarioText()
    let range = try #require(whole.range(of: found), "\(found) is not in the file")
    let changed = whole.replacingCharacters(in: range, with: bad)
    let schema = try SchemaCheck(ScenarioSchema.json)
    #expect(!schema.accepts(try #require(try Yams.compose(yaml: changed))))
    #expect(throws: ScenarioError.self) {
      try Scenario(yaml: changed, folder: Datasets.path(of: "scenarios") + "/", data: BundledSeries())
        .checked()
    }
  }

  @Test("a break-even is a question of its own form")
  func breakEven() throws {
    let schema = try SchemaCheck(ScenarioSchema.json)
    func accepts(_ question: String) throws -> Bool {
      let text = "schema: scenario/1\nid: own\nhorizon: {from: 2026, to: 2027}\nquestions: {q: \(question)}\n"
      return schema.accepts(try #require(try Yams.compose(yaml: text)))
    }
    #expect(try accepts("{break_even: {vary: p, between: [1, 4], question: r, reaches: 1, figure: p90}}"))
    #expect(try !accepts("{break_even: {vary: p, between: [1], question: r, reaches: 1}}"))
    #expect(try !accepts("{break_even: {vary: p, between: [1, 4], question: r}}"))
    #expect(try !accepts("{of: r, break_even: {vary: p, between: [1, 4], question: r, reaches: 1}}"))
  }

  /// The folder of the package.
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// With `FORESIGHT_WRITE_GUIDES=1` in the environment the tables are written instead.
  @Test("the guide's tables of keys are what the shapes say")
  func guide() throws {
    let url = Self.root.appendingPathComponent("Guides/Scenarios.md")
    let text = try String(contentsOf: url, encoding: .utf8)
    let start = try #require(text.range(of: "<!-- keys: generated from Sources/Scenarios/File -->\n"))
    let end = try #require(text.range(of: "<!-- end of keys -->", range: start.upperBound..<text.endIndex))
    let range = start.upperBound..<end.lowerBound
    if ProcessInfo.processInfo.environment["FORESIGHT_WRITE_GUIDES"] == "1" {
      try text.replacingCharacters(in: range, with: ScenarioSchema.tables)
        .write(to: url, atomically: true, encoding: .utf8)
    } else {
      #expect(text[range] == ScenarioSchema.tables, "run the tests with FORESIGHT_WRITE_GUIDES=1")
    }
  }

  @Test(
    "refuses keys that do not go together, as the reader does",
    arguments: [
      ("constant: 60", "constant: 60, uniform: [0, 1]"), ("dims: [11, 12]", "dims: [11]"),
      ("mode: additive, when", "mode: additive, lasts: 1 yr, when"), ("dim: 13", "dims: [13, 14]"),
      ("{probability: \"max(ps2[..2032]) >= 10\"}", "{probability: \"max(ps2[..2032]) >= 10\", exceed: [1]}"),
      ("{of: \"ps2_revenue[2035]\", mean: true}", "{of: \"ps2_revenue[2035]\"}"),
      ("gaussian_copula: 0.3", "t_copula: 0.3"), ("gaussian_copula: 0.3", "gaussian_copula: 0.3, df: 4"),
      ("kind: interruption", "kind: interruption, mode: additive"),
    ])
  func combinations(found: String, bad: String) throws { try refusals(found: found, bad: bad) }

  @Test("a file that extends another may leave the rest to it")
  func extending() throws {
    let schema = try SchemaCheck(ScenarioSchema.json)
    #expect(schema.accepts(try #require(try Yams.compose(yaml: "extends: base.yaml\nid: own\n"))))
    #expect(!schema.accepts(try #require(try Yams.compose(yaml: "id: own\n"))))
  }
}

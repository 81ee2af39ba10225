internal import Yams

/// Collects what is wrong with the nodes of a file, each with its place, and the citations in it.
final class NodeReader {
  /// The file that is read; parts of files that it extends have places in those.
  let file: String
  private let lines: LineTable
  private(set) var problems: [ScenarioProblem] = []
  private(set) var warnings: [ScenarioProblem] = []
  private(set) var citations: [Citation] = []
  /// The file's own names of units.
  var unitNames: [String: Unit] = [:]

  init(file: String, lines: LineTable) {
    self.file = file
    self.lines = lines
  }

  /// A pair of a mapping.
  struct Entry {
    let key: String
    let keyNode: Node
    let value: Node
  }

  func place(_ node: Node) -> FilePlace {
    guard let mark = node.mark else { return FilePlace(file: file) }
    return lines.place(line: mark.line, column: mark.column)
  }

  func fail(_ what: String, _ node: Node) { problems.append(ScenarioProblem(what, at: place(node))) }
  func fail(_ what: String, at place: FilePlace) { problems.append(ScenarioProblem(what, at: place)) }
  func warn(_ what: String, at place: FilePlace) { warnings.append(ScenarioProblem(what, at: place)) }
  func cite(_ citation: Citation) { citations.append(citation) }

  /// The whole file as a node to read.
  func root(_ node: Node) -> Spot { Spot(node: node, reader: self, path: "", noun: "the scenario") }

  /// What a node is, in words that follow "not".
  func kind(_ node: Node) -> String { NodeReader.kind(node) }

  /// What a node is, in words that follow "not".
  static func kind(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar):
      if scalar.string.isEmpty { return "empty" }
      let isNumber = scalar.style == .plain && Double(scalar.string) != nil
      return isNumber ? String(scalar.string.prefix(40)) : "\"\(scalar.string.prefix(40))\""
    case .mapping: return "a mapping"
    case .sequence(let items):
      let texts = items.compactMap { $0.scalar?.string }
      return texts.count == items.count && texts.count <= 5
        ? "[\(texts.joined(separator: ", ").prefix(60))]" : "a list of \(items.count)"
    case .alias: return "an alias"
    }
  }

  /// The pairs of a mapping; `nil` after a problem.
  func entries(_ spot: Spot) -> [Entry]? {
    guard let mapping = spot.node.mapping else {
      spot.fail()
      return nil
    }
    var result: [Entry] = []
    result.reserveCapacity(mapping.count)
    for (key, value) in mapping {
      guard let scalar = key.scalar else {
        fail("a key of \(spot.noun) must be a name, not \(kind(key))", key)
        continue
      }
      result.append(Entry(key: scalar.string, keyNode: key, value: value))
    }
    return result
  }
}

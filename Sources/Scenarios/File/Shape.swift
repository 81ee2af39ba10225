internal import Yams

/// What a part of a scenario file may be: how it is read, its JSON Schema, and how the guide describes it.
///
/// A shape is written once. Reading, every message about a value of another form, the schema that `scenario schema` prints,
/// and the tables of keys in the guide all come from it.
struct Shape<Value: Sendable>: Sendable {
  /// What it is, in words that follow "must be": `a number from 0 to 1`.
  let words: String
  /// The words for several of it: `numbers from 0 to 1`.
  let many: String
  /// Whether a file that extends another replaces its parts one by one.
  var isSection = false
  /// Its JSON Schema.
  let schema: @Sendable () -> SchemaValue
  /// The tables of the keys in it, given the path of keys that leads to it.
  let tables: @Sendable (String) -> [KeyTable]
  private let reading: @Sendable (Spot) -> Value?

  init(
    _ words: String, many: String, schema: @escaping @Sendable () -> SchemaValue,
    tables: @escaping @Sendable (String) -> [KeyTable] = { _ in [] },
    read: @escaping @Sendable (Spot) -> Value?
  ) {
    self.words = words
    self.many = many
    self.schema = schema
    self.tables = tables
    reading = read
  }

  /// The value of a node; `nil` after a problem has been noted.
  func read(_ spot: Spot) -> Value? {
    var spot = spot
    if spot.words.isEmpty { spot.words = words }
    return reading(spot)
  }
}

/// A node that is being read, what messages call it, and the reader that collects problems.
struct Spot {
  let node: Node
  let reader: NodeReader
  /// The keys that lead to it, joined by dots.
  var path: String
  /// What messages call it.
  var noun: String
  /// Its own key.
  var name = ""
  /// The path of what holds it.
  var parent = ""
  /// The node of its own key, unless it is an item of a list.
  var keyNode: Node?
  /// What it must be.
  var words = ""

  /// The text of a scalar; empty for a list or mapping.
  var text: String { node.scalar?.string ?? "" }

  /// Whether it is a mapping with one key alone.
  func holdsOnly(_ key: String) -> Bool {
    guard let mapping = node.mapping, mapping.count == 1 else { return false }
    return mapping.first?.key.scalar?.string == key
  }

  /// The place of the node.
  var place: FilePlace { reader.place(node) }
  /// The place of its key, or of the node where it has none.
  var keyPlace: FilePlace { reader.place(keyNode ?? node) }

  /// The value of a key in this mapping.
  func value(of entry: NodeReader.Entry, as key: String) -> Spot {
    let inner = path.isEmpty ? key : "\(path).\(key)"
    return Spot(
      node: entry.value, reader: reader, path: inner, noun: inner, name: key, parent: path,
      keyNode: entry.keyNode)
  }

  /// An item of this list, counted from 0.
  func item(_ index: Int, _ node: Node) -> Spot {
    Spot(node: node, reader: reader, path: path, noun: "entry \(index + 1) of \(path)", parent: path)
  }

  /// Notes that the node is not what it must be.
  func fail(_ reason: String? = nil) {
    reader.fail(
      "\(noun) must be \(words), not \(reader.kind(node))" + (reason.map { ": \($0)" } ?? ""), node)
  }

  /// Notes a problem of the node in words of its own.
  func note(_ problem: String) { reader.fail("\(noun) \(problem)", node) }
}

extension Shape {
  /// The same values, or those of them that hold to a rule, under other words; a problem inside keeps its own.
  func called(
    _ words: String, many: String? = nil, where holds: @escaping @Sendable (Value) -> Bool = { _ in true }
  ) -> Shape {
    var shape = Shape(words, many: many ?? self.many, schema: schema, tables: tables) { spot in
      guard let value = self.reading(spot) else { return nil }
      if holds(value) { return value }
      spot.fail()
      return nil
    }
    shape.isSection = isSection
    return shape
  }

  /// The values made into others; the closure notes what is wrong with those that it refuses.
  func then<Other: Sendable>(_ make: @escaping @Sendable (Value, Spot) -> Other?) -> Shape<Other> {
    var shape = Shape<Other>(words, many: many, schema: schema, tables: tables) { spot in
      self.reading(spot).flatMap { make($0, spot) }
    }
    shape.isSection = isSection
    return shape
  }

  /// The same under a name, which the schema defines once and the guide describes in one table.
  func defined(as name: String) -> Shape {
    Shape(
      words, many: many, schema: { .defined(name, self.schema()) }, tables: { _ in self.tables(name) },
      read: { self.reading($0) })
  }

  /// This shape for a scalar, or another for a mapping.
  func or(_ long: Shape) -> Shape {
    Shape(
      "\(words), or \(long.words)", many: "\(many), or \(long.many)",
      schema: { ["oneOf": [self.schema(), long.schema()]] },
      tables: { self.tables($0) + long.tables($0) },
      read: { $0.node.mapping == nil ? self.reading($0) : long.read($0) })
  }

  /// A list of what this shape reads.
  ///
  /// - Parameters:
  ///   - count: how many there must be.
  ///   - range: how many there may be.
  func list(_ count: Int? = nil, in range: ClosedRange<Int> = 0...Int.max) -> Shape<[Value]> {
    let range = count.map { $0...$0 } ?? range
    let size =
      count.map { "\($0) " } ?? (range.upperBound < .max ? "up to \(range.upperBound) " : "")
    return Shape<[Value]>(
      "a list of \(size)\(many)", many: "lists of \(size)\(many)",
      schema: {
        var schema: SchemaValue = ["type": "array", "items": self.schema()]
        if range.lowerBound > 0 { schema["minItems"] = .number(Double(range.lowerBound)) }
        if range.upperBound < .max { schema["maxItems"] = .number(Double(range.upperBound)) }
        return schema
      },
      tables: { self.tables("\($0)[]") },
      read: { spot in
        guard let items = spot.node.sequence, range.contains(items.count) else {
          spot.fail()
          return nil
        }
        let values = items.enumerated().compactMap { self.read(spot.item($0, $1)) }
        return values.count == items.count ? values : nil
      })
  }
}

/// A part of a file under a name that its author chose.
struct Named<Value: Sendable>: Sendable {
  let name: String
  /// The place of the name.
  let place: FilePlace
  let value: Value
}

/// What the keys of a mapping are that are not keys of the format.
enum Naming: Sendable {
  /// Names for expressions: letters, digits and `_`, none of them a word of expressions.
  case new
  /// Names of other parts of the file, or any others.
  case any
  /// Calendar years.
  case years

  var placeholder: String { if case .years = self { "YEAR" } else { "NAME" } }

  /// The pattern in JSON Schema.
  var pattern: String {
    switch self {
    case .new: "^[A-Za-z_][A-Za-z0-9_]*$"
    case .any: "^."
    case .years: "^[0-9]{4}$"
    }
  }

  /// What is wrong with a name.
  func problem(_ name: String, in path: String) -> String? {
    switch self {
    case .any: return nil
    case .years:
      return Int(name).map { (1900...2500).contains($0) } == true
        ? nil : "a key of \(path) must be a year from 1900 to 2500, not \"\(name)\""
    case .new:
      if !ScenarioFile.isName(name) {
        return "\"\(name)\" cannot be a name: use letters, digits and _, and begin with a letter"
      }
      return ScenarioFile.reserved.contains(name)
        ? "\"\(name)\" cannot be a name: it is a word of expressions" : nil
    }
  }
}

extension Shape {
  /// A mapping of names to what this shape reads, in the order of the file.
  func named(_ naming: Naming = .any, least: Int = 0) -> Shape<[Named<Value>]> {
    let keys = naming.placeholder == "YEAR" ? "years" : "names"
    return Shape<[Named<Value>]>(
      "a mapping of \(keys) to \(many)", many: "mappings of \(keys) to \(many)",
      schema: {
        var schema: SchemaValue = [
          "type": "object", "additionalProperties": false,
          "patternProperties": .object([naming.pattern: self.schema()]),
        ]
        if least > 0 { schema["minProperties"] = .number(Double(least)) }
        return schema
      },
      tables: { self.tables("\($0).\(naming.placeholder)") },
      read: { spot in
        guard let entries = spot.reader.entries(spot) else { return nil }
        guard entries.count >= least else {
          spot.fail()
          return nil
        }
        let parts = entries.compactMap { entry -> Named<Value>? in
          if let problem = naming.problem(entry.key, in: spot.path) {
            spot.reader.fail(problem, entry.keyNode)
            return nil
          }
          return self.read(spot.value(of: entry, as: entry.key)).map {
            Named(name: entry.key, place: spot.reader.place(entry.keyNode), value: $0)
          }
        }
        return parts.count == entries.count ? parts : nil
      })
  }

  /// A section of the file: parts by their names, which the parts keep themselves.
  func section() -> Shape<[Value]> {
    var shape = named(.new).then { parts, _ in parts.map(\.value) }
    shape.isSection = true
    return shape
  }
}

extension ScenarioFile {
  /// The words of expressions, which cannot be names.
  static let reserved: Set<String> = ["branch", "never", "and", "or", "not"]

  /// Whether a text is letters, digits and `_`, and begins with a letter or `_`.
  static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isLetter(first) else { return false }
    return text.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == 95
  }
}

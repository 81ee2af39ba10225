internal import Forecasting
internal import Yams

/// Reads typed values from YAML nodes and collects every problem with its place.
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

  /// What a node is, in words.
  func kind(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar):
      scalar.string.isEmpty ? "nothing" : "\"\(scalar.string.prefix(40))\""
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  /// The pairs of a mapping with names as keys; `nil` after a problem.
  func entries(_ node: Node, of subject: String) -> [Entry]? {
    guard let mapping = node.mapping else {
      fail("\(subject) is a mapping of names, not \(kind(node))", node)
      return nil
    }
    var result: [Entry] = []
    for (key, value) in mapping {
      guard let scalar = key.scalar else {
        fail("a key of \(subject) is a name, not \(kind(key))", key)
        continue
      }
      result.append(Entry(key: scalar.string, keyNode: key, value: value))
    }
    return result
  }

  /// The pairs of a mapping that takes certain keys; a key of a later version and an unknown key are problems.
  ///
  /// `elsewhere` says of keys that might be tried what to write instead.
  func fields(
    _ node: Node, of subject: String, keys: [String], later: [String] = [], elsewhere: [String: String] = [:]
  ) -> [String: Entry]? {
    guard let entries = entries(node, of: subject) else { return nil }
    var result: [String: Entry] = [:]
    for entry in entries where keys.contains(entry.key) { result[entry.key] = entry }
    for entry in entries where !keys.contains(entry.key) {
      if let other = elsewhere[entry.key] {
        fail("\(subject) has no key \"\(entry.key)\": \(other)", entry.keyNode)
        // Read as what was meant, so that one slip is one message.
        let meant = other.split(separator: " ").last.map(String.init) ?? ""
        if keys.contains(meant), result[meant] == nil { result[meant] = entry }
      } else if entry.key.contains(" "), entry.value.scalar?.string.isEmpty == true {
        fail(
          "\(subject) has no key \"\(entry.key)\"; a text with a comma stands in quotes", entry.keyNode)
      } else if later.contains(entry.key) {
        fail(
          "\(subject): the key \"\(entry.key)\" belongs to a later version of the engine and cannot be used yet",
          entry.keyNode)
      } else {
        fail(
          "\(subject) has no key \"\(entry.key)\"" + suggestion(for: entry.key, among: keys), entry.keyNode)
        // Read as what was meant, so that one slip is one message.
        if let meant = nearestName(to: entry.key, among: keys), result[meant] == nil { result[meant] = entry }
      }
    }
    return result
  }

  /// A text.
  func text(_ node: Node, _ subject: String) -> String? {
    guard let scalar = node.scalar, !scalar.string.isEmpty else {
      fail("\(subject) is a text, not \(kind(node))", node)
      return nil
    }
    return scalar.string
  }

  /// A key that may stand in the file and says what holds anyway.
  func statement(_ entry: Entry?, _ subject: String, is value: String, _ why: String) {
    guard let entry, entry.value.scalar?.string != value else { return }
    fail("\(subject) is \(value), not \(kind(entry.value)): \(why)", entry.value)
  }

  /// A finite number.
  func number(_ node: Node, _ subject: String) -> Double? {
    guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any,
      let value = NodeReader.number(scalar.string)
    else {
      fail("\(subject) is a finite number, not \(kind(node))", node)
      return nil
    }
    return value
  }

  /// The finite number that a text is.
  static func number(_ text: some StringProtocol) -> Double? {
    Double(decimal: text)
  }

  /// A whole number in a range.
  func whole(_ node: Node, _ subject: String, in range: ClosedRange<Int>) -> Int? {
    guard let scalar = node.scalar, let value = Int(scalar.string), range.contains(value) else {
      fail(
        "\(subject) is a whole number from \(range.lowerBound) to \(range.upperBound), not \(kind(node))",
        node)
      return nil
    }
    return value
  }

  /// One of the raw values of an enumeration.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ node: Node, _ subject: String, _ type: Choice.Type = Choice.self
  ) -> Choice? where Choice.RawValue == String {
    guard let text = text(node, subject) else { return nil }
    if let value = Choice(rawValue: text) { return value }
    let all = Choice.allCases.map(\.rawValue)
    fail(
      "\(subject) is one of \(all.joined(separator: ", ")), not \"\(text)\""
        + suggestion(for: text, among: all),
      node)
    return nil
  }

  /// A list.
  func list(_ node: Node, _ subject: String, count: Int? = nil) -> [Node]? {
    guard let sequence = node.sequence else {
      fail("\(subject) is a list, not \(kind(node))", node)
      return nil
    }
    if let count, sequence.count != count {
      fail("\(subject) has \(count) entries, not \(sequence.count)", node)
      return nil
    }
    return Array(sequence)
  }

  /// A list of finite numbers.
  func numbers(_ node: Node, _ subject: String, count: Int? = nil) -> [Double]? {
    guard let items = list(node, subject, count: count) else { return nil }
    let values = items.compactMap { number($0, "an entry of \(subject)") }
    return values.count == items.count ? values : nil
  }

  /// A unit.
  func unit(_ node: Node, _ subject: String) -> Unit? {
    guard let text = text(node, subject) else { return nil }
    if let unit = unitNames[text] ?? Unit(text) { return unit }
    let last = text.split(whereSeparator: { " /*".contains($0) }).first { Unit(String($0)) == nil }
    let near = last.map { suggestion(for: String($0), among: Unit.names + unitNames.keys.sorted()) } ?? ""
    fail("\(subject) \"\(text)\" is no known unit" + near, node)
    return nil
  }

  /// An expression.
  func expression(_ node: Node, _ subject: String) -> SourcedExpression? {
    guard let scalar = node.scalar, !scalar.string.isEmpty else {
      fail("\(subject) is an expression, not \(kind(node))", node)
      return nil
    }
    let start = place(node)
    let quoted = scalar.style == .doubleQuoted || scalar.style == .singleQuoted
    let first = FilePlace(file: start.file, line: start.line, column: start.column + (quoted ? 1 : 0))
    do throws(ExpressionFault) {
      return SourcedExpression(
        text: scalar.string, place: first, expression: try ExpressionParser.parse(scalar.string))
    } catch {
      fail(
        "\(subject): \(error.what)",
        at: FilePlace(file: first.file, line: first.line, column: first.column + error.offset))
      return nil
    }
  }

  /// A date `2026-01-31`, `2026-01` or `2026`; one without a day counts as its period's last day.
  func date(_ node: Node, _ subject: String) -> CivilDate? {
    guard let text = text(node, subject) else { return nil }
    if let date = CivilDate(lastDayOf: text) { return date }
    fail("\(subject) is a date such as 2026-01-31, not \(kind(node))", node)
    return nil
  }

  /// The ids of sources, noted as citations of a subject.
  func sources(_ node: Node?, _ subject: String) -> [String] {
    guard let node else { return [] }
    let items = node.sequence.map(Array.init) ?? [node]
    return items.compactMap { item in
      guard let id = text(item, "a source of \(subject)") else { return nil }
      cite(Citation(source: id, subject: subject, place: place(item)))
      return id
    }
  }

  /// A problem for a required key that is missing.
  func missing(_ key: String, of subject: String, _ node: Node) {
    fail("\(subject) lacks \"\(key)\"", node)
  }
}

extension CivilDate {
  /// The day `2026-01-31`, or the last day of the month `2026-01` or of the year `2026`.
  init?(lastDayOf text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { $0.utf8.allSatisfy { (48...57).contains($0) } ? Int($0) : nil }
    guard numbers.count == parts.count, (1...3).contains(parts.count), parts[0].count == 4,
      parts.dropFirst().allSatisfy({ $0.count == 2 })
    else { return nil }
    let month = numbers.count > 1 ? numbers[1] : 12
    guard (1...12).contains(month) else { return nil }
    let last = CivilDate.daysInMonth(year: numbers[0], month: month)
    self.init(year: numbers[0], month: month, day: numbers.count > 2 ? numbers[2] : last)
  }
}

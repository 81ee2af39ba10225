internal import Yams

/// Parses YAML into nodes with places, within limits on size and nesting, and without references.
enum YAMLDocument {
  /// The largest text that is parsed, in bytes.
  static let largest = 16 << 20
  /// The deepest nesting that is parsed.
  static let deepest = 64

  /// Returns the root node, with lines counted after `skipped` others, in time linear in the text.
  ///
  /// - Throws: `ScenarioError` if the text is empty or not YAML, repeats a key, has anchors or tags, or exceeds a limit.
  static func root(of yaml: String, file: String, after skipped: Int = 0) throws(ScenarioError) -> Node {
    guard yaml.utf8.count <= largest else {
      throw ScenarioError(
        "the file has \(yaml.utf8.count) bytes; the limit is \(largest)", at: FilePlace(file: file))
    }
    // Editors on Windows put a byte-order mark first.
    let yaml = yaml.first == "\u{FEFF}" ? String(yaml.dropFirst()) : yaml
    try scan(yaml, file: file)
    do {
      guard let node = try Yams.compose(yaml: String(repeating: "\n", count: skipped) + yaml) else {
        throw ScenarioError("the file is empty", at: FilePlace(file: file, line: 1, column: 1))
      }
      return node
    } catch let error as ScenarioError {
      throw error
    } catch let error as YamlError {
      let found = problem(error, file: file).problems[0]
      guard skipped > 0, found.place.line > skipped else { throw ScenarioError([found]) }
      throw ScenarioError(
        found.what,
        at: FilePlace(file: file, line: found.place.line - skipped, column: found.place.column))
    } catch {
      throw ScenarioError("cannot be read as YAML: \(error)", at: FilePlace(file: file))
    }
  }

  private static func problem(_ error: YamlError, file: String) -> ScenarioError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ScenarioError(
        "not YAML: \(problem)", at: FilePlace(file: file, line: mark.line, column: mark.column))
    case .duplicatedKeysInMapping(let duplicates, let context):
      ScenarioError(
        "the key \"\(duplicates.first ?? "")\" is given twice",
        at: FilePlace(file: file, line: context.mark.line, column: context.mark.column))
    case .reader(let problem, _, _, _):
      ScenarioError("not YAML: \(problem)", at: FilePlace(file: file, line: 1, column: 1))
    default: ScenarioError("not YAML: \(error)", at: FilePlace(file: file, line: 1, column: 1))
    }
  }

  /// Refuses tags, and what would take more memory than its text suggests: references and deep nesting.
  private static func scan(_ yaml: String, file: String) throws(ScenarioError) {
    var line = 1
    var column = 0
    var depth = 0
    var dashes = 0
    var quote: UInt8?
    var comment = false
    // Whether a node may begin here.
    var open = true
    // Whether the line so far is indentation.
    var leading = true
    var previous: UInt8 = 10
    for byte in yaml.utf8 {
      column += 1
      defer {
        previous = byte
        if byte == 10 {
          line += 1
          column = 0
          dashes = 0
          comment = false
          open = true
          leading = true
        }
      }
      if byte != 32, byte != 10 { leading = false }
      if comment { continue }
      if let ending = quote {
        if byte == ending, previous != 92 { quote = nil }
        continue
      }
      switch byte {
      case 35 where previous == 32 || previous == 10 || previous == 9:
        comment = true
      case 34, 39:
        if open { quote = byte }
        open = false
      case 91, 123:
        depth += open ? 1 : 0
      case 93, 125: depth = max(0, depth - 1)
      case 45, 63:
        if open { dashes += 1 }
      case 33:
        if open {
          throw ScenarioError(
            "tags (!) are not supported; write the plain value",
            at: FilePlace(file: file, line: line, column: column))
        }
      case 42, 38:
        if open {
          throw ScenarioError(
            "anchors (&) and references (*) are not supported; write the value out",
            at: FilePlace(file: file, line: line, column: column))
        }
      case 32, 9, 10, 13: break
      default: open = false
      }
      if byte == 58 || byte == 44 || byte == 91 || byte == 123 { open = true }
      if depth + dashes > deepest || (leading && column > 1024) {
        throw ScenarioError(
          "the file is nested more than \(deepest) levels deep",
          at: FilePlace(file: file, line: line, column: column))
      }
    }
  }
}

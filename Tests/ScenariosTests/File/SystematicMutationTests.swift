import Datasets
import Foundation
import Scenarios
import Testing
import Yams

/// Every key of shipped files changed in turn: misspelt, given twice, or with a value of another form.
@Suite("Systematic changes of shipped files")
struct SystematicMutationTests {
  /// A change of a file's text, and the line that it is on.
  struct Change {
    let what: String
    let text: String
    let line: Int
  }

  /// A key with its value and where they stand.
  private struct Place {
    let path: [String]
    let line: Int
    let column: Int
    let value: Node
  }

  private static let free: Set<String> = ["note", "says", "title", "src"]

  private static func places(_ node: Node, _ path: [String], _ found: inout [Place]) {
    for (key, value) in node.mapping ?? [:] {
      guard let name = key.string, let mark = key.mark else { continue }
      found.append(Place(path: path + [name], line: mark.line, column: mark.column, value: value))
      places(value, path + [name], &found)
    }
    for item in node.sequence ?? [] { places(item, path + ["item"], &found) }
  }

  /// Whether the last part of a path is a name of the author's, which may be anything.
  private static func isName(_ path: [String]) -> Bool {
    let named: Set<String> = [
      "branches", "inputs", "events", "assets", "series", "derived", "questions", "by_branch", "knots", "do",
      "groups",
    ]
    // Options of a series' model are the model's affair.
    return path.count > 1 && named.contains(path[path.count - 2]) || path.first == "series" && path.count == 3
  }

  static func changes(_ text: String) throws -> [Change] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var found: [Place] = []
    places(try #require(try Yams.compose(yaml: text)), [], &found)
    func replacing(_ place: Place, _ length: Int, at offset: Int, by new: String) -> String {
      var lines = lines
      let line = Array(lines[place.line - 1].unicodeScalars)
      let start = place.column - 1 + offset
      var changed = String.UnicodeScalarView()
      changed.append(contentsOf: line[..<start])
      changed.append(contentsOf: new.unicodeScalars)
      changed.append(contentsOf: line[(start + length)...])
      lines[place.line - 1] = String(changed)
      return lines.joined(separator: "\n")
    }
    var changes: [Change] = []
    for place in found where !free.contains(place.path.last ?? "") {
      let key = place.path[place.path.count - 1]
      let path = place.path.joined(separator: ".")
      if !isName(place.path) {
        changes.append(
          Change(
            what: "\(path) misspelt", text: replacing(place, key.unicodeScalars.count, at: 0, by: key + "x"),
            line: place.line))
      }
      if case .scalar(let scalar) = place.value, scalar.style == .plain, let mark = scalar.mark,
        mark.line == place.line
      {
        let value = Place(path: place.path, line: mark.line, column: mark.column, value: place.value)
        changes.append(
          Change(
            what: "\(path) a mapping",
            text: replacing(value, scalar.string.unicodeScalars.count, at: 0, by: "{no: thing}"),
            line: place.line))
        changes.append(
          Change(
            what: "\(path) twice",
            text: replacing(
              value, 0, at: scalar.string.unicodeScalars.count,
              by: isFlow(place, lines) ? ", \(key): 1" : "\n" + indent(place, lines) + "\(key): 1"),
            line: place.line))
      }
    }
    return changes
  }

  private static func isFlow(_ place: Place, _ lines: [String]) -> Bool {
    let before = lines[place.line - 1].unicodeScalars.prefix(place.column - 1)
    return before.contains { $0 == "{" || $0 == "[" }
  }

  private static func indent(_ place: Place, _ lines: [String]) -> String {
    String(repeating: " ", count: place.column - 1)
  }

  @Test("each is refused by one message at its line, of at least 200 in all")
  func oneMessageEach() throws {
    var count = 0
    let folder = try scenarioFolder()
    let texts = try ["whole", "cn-ru-trade", "far-east-route"].map { ($0, try scenarioFixture($0)) }
    for (name, text) in texts {
      for change in try Self.changes(text) {
        count += 1
        do {
          let scenario = try Scenario(yaml: change.text, file: name, folder: folder, data: BundledSeries())
          try scenario.checked()
          Issue.record("\(name): \(change.what) is accepted")
        } catch {
          let problems = error.problems
          #expect(problems.count == 1, "\(name): \(change.what): \(problems.map(\.description))")
          #expect(
            abs((problems.first?.place.line ?? 0) - change.line) <= 1,
            "\(name): \(change.what): \(problems[0])")
        }
      }
    }
    #expect(count >= 200, "\(count)")
  }
}

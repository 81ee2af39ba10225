#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The JSON Schema of scenario files (draft 2020-12), for editors and for checks before a run.
///
/// It says which keys there are, which are required, which go together, and what form their values have. What names, units
/// and dates stand for is checked when the file is read.
public enum ScenarioSchema {
  /// The schema as JSON text.
  public static var json: String {
    var definitions: [String: SchemaValue] = [:]
    var root = ScenarioSection.layout.schema.resolved(&definitions)
    root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    root["title"] = "Foresight scenario, scenario/1"
    root["required"] = nil
    // A file that extends another may leave anything to it.
    let required = ScenarioSection.layout.fields.filter(\.isRequired).map { SchemaValue.text($0.key) }
    root["anyOf"] = [["required": .list(required)], ["required": ["extends"]]]
    root["$defs"] = .object(definitions)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return String(decoding: try encoder.encode(root), as: UTF8.self) + "\n"
    } catch {
      preconditionFailure("a tree of texts and numbers is JSON: \(error)")
    }
  }

  /// The tables of all keys, in Markdown, as the guide *Scenarios* shows them.
  package static var tables: String {
    var seen: Set<String> = []
    let all = ScenarioSection.layout.tables("").filter { seen.insert($0.title).inserted }
    return all.map(\.markdown).joined(separator: "\n")
  }
}

/// A table of the keys of one mapping.
struct KeyTable: Sendable {
  /// A key.
  struct Row: Sendable {
    let key: String
    let isRequired: Bool
    /// What its value must be.
    let value: String
    /// What it means.
    let says: String
  }

  /// The path of keys that leads to the mapping.
  var title: String
  let rows: [Row]
  /// Sentences below the table.
  var notes: [String] = []

  var markdown: String {
    let heading = title.isEmpty ? "The file" : "`\(title)`"
    let body = rows.map { row in
      let key = row.isRequired ? "**`\(row.key)`**" : "`\(row.key)`"
      return "| \(key) | \(row.value) | \(row.says) |\n"
    }
    let below = notes.isEmpty ? "" : "\n" + notes.joined(separator: " ") + "\n"
    return "#### \(heading)\n\n| key | value | meaning |\n|---|---|---|\n" + body.joined() + below
  }
}

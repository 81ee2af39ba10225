internal import Yams

/// The section `overrides` of a file: names for values that are set together.
///
/// `overrides: {small_line: {assets.ps2.capacity: 38}}`; each path is one that `ScenarioOverride` takes.
struct NamedOverrides {
  private let all: [(name: String, values: [ScenarioOverride])]
  /// Paths that lead nowhere, by the name of their overrides: an error where that is applied, else a remark.
  private let astray: [(name: String, problem: ScenarioProblem)]
  private let file: String

  /// - Throws: `ScenarioError` with every problem of the section.
  init(_ root: Node, file: String, lines: LineTable) throws(ScenarioError) {
    self.file = file
    guard let section = root.mapping?["overrides"] else {
      all = []
      astray = []
      return
    }
    let reader = NodeReader(file: file, lines: lines)
    var found: [(name: String, values: [ScenarioOverride])] = []
    var astray: [(name: String, problem: ScenarioProblem)] = []
    for entry in reader.entries(section, of: "overrides") ?? [] {
      let subject = "overrides.\(entry.key)"
      if !ScenarioFile.isName(entry.key) {
        reader.fail("\"\(entry.key)\" is no name of overrides", entry.keyNode)
      }
      var values: [ScenarioOverride] = []
      for pair in reader.entries(entry.value, of: subject) ?? [] {
        guard let text = try? Yams.serialize(node: pair.value) else {
          reader.fail("\(subject).\(pair.key) cannot be set", pair.value)
          continue
        }
        let override = ScenarioOverride(path: pair.key, value: text)
        values.append(override)
        do throws(ScenarioError) {
          var counted = lines
          _ = try override.applied(to: root, lines: &counted)
        } catch {
          let what = "\(subject).\(pair.key): \(error.problems[0].what)"
          astray.append((entry.key, ScenarioProblem(what, at: reader.place(pair.keyNode))))
        }
      }
      found.append((entry.key, values))
    }
    if !reader.problems.isEmpty { throw ScenarioError(reader.problems) }
    all = found
    self.astray = astray
  }

  /// Remarks on overrides that do not apply and could not.
  func warnings(applied names: [String]) -> [ScenarioProblem] {
    astray.filter { !names.contains($0.name) }.map(\.problem)
  }

  /// The values that some names set, in the order of the names.
  ///
  /// - Throws: `ScenarioError` for a name that the file has not.
  func overrides(_ names: [String]) throws(ScenarioError) -> [ScenarioOverride] {
    var values: [ScenarioOverride] = []
    for name in names {
      guard let found = all.first(where: { $0.name == name }) else {
        throw ScenarioError(
          "there are no overrides \"\(name)\"" + suggestion(for: name, among: all.map(\.name)),
          at: FilePlace(file: file))
      }
      let problems = astray.filter { $0.name == name }.map(\.problem)
      if !problems.isEmpty { throw ScenarioError(problems) }
      values += found.values
    }
    return values
  }
}

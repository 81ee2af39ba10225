internal import Yams

/// The section `overrides` of a file: values that are set together, by name.
///
/// `overrides: {small_line: {assets.ps2.capacity: 38}}`; paths are those of `ScenarioOverride`.
struct NamedOverrides {
  private let all: [(name: String, values: [ScenarioOverride])]
  /// Paths that lead nowhere: an error if their overrides are applied, a warning otherwise.
  private let astray: [(name: String, problem: ScenarioProblem)]
  private let file: String

  /// A value for a path, as the section writes it.
  struct Setting: Sendable {
    let override: ScenarioOverride
    let place: FilePlace
  }

  /// The section: settings by the name that sets them together.
  static let shape: Shape<[Named<[Setting]>]> = {
    let value = Shape<String>("a value", many: "values", schema: { [:] }) { spot in
      if let text = try? Yams.serialize(node: spot.node) { return text }
      spot.note("cannot be set")
      return nil
    }
    var shape = value.named().then { settings, _ in
      settings.map { Setting(override: ScenarioOverride(path: $0.name, value: $0.value), place: $0.place) }
    }.called("a mapping of paths to values", many: "values by path").named(.new)
    shape.isSection = true
    return shape
  }()

  /// - Throws: `ScenarioError` with every problem of the section.
  init(_ root: Node, file: String, lines: LineTable) throws(ScenarioError) {
    self.file = file
    guard let section = root.mapping?["overrides"] else {
      all = []
      astray = []
      return
    }
    let reader = NodeReader(file: file, lines: lines)
    let spot = Spot(node: section, reader: reader, path: "overrides", noun: "overrides")
    guard let named = Self.shape.read(spot) else { throw ScenarioError(reader.problems) }
    var astray: [(name: String, problem: ScenarioProblem)] = []
    for part in named {
      for setting in part.value {
        do throws(ScenarioError) {
          var counted = lines
          _ = try setting.override.applied(to: root, lines: &counted)
        } catch {
          let what = "overrides.\(part.name).\(setting.override.path): \(error.problems[0].what)"
          astray.append((part.name, ScenarioProblem(what, at: setting.place)))
        }
      }
    }
    all = named.map { ($0.name, $0.value.map(\.override)) }
    self.astray = astray
  }

  /// Returns warnings about overrides that are not applied and could not be.
  func warnings(applied names: [String]) -> [ScenarioProblem] {
    astray.filter { !names.contains($0.name) }.map(\.problem)
  }

  /// Returns the values that some names set, in the order of the names.
  ///
  /// - Throws: `ScenarioError` if the file has no overrides of a name, or one of their paths leads nowhere.
  func overrides(_ names: [String]) throws(ScenarioError) -> [ScenarioOverride] {
    var values: [ScenarioOverride] = []
    for name in names {
      guard let found = all.first(where: { $0.name == name }) else {
        throw ScenarioError(
          "unknown overrides \"\(name)\"" + suggestion(for: name, among: all.map(\.name)),
          at: FilePlace(file: file))
      }
      let problems = astray.filter { $0.name == name }.map(\.problem)
      if !problems.isEmpty { throw ScenarioError(problems) }
      values += found.values
    }
    return values
  }
}

import Foundation
import Scenarios
import Testing

/// A folder of scenario files.
final class ScenarioFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("scenario-\(UUID().uuidString)")

  init(_ files: KeyValuePairs<String, String>) throws {
    for (name, text) in files {
      let file = url.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func load(_ name: String, named: [String] = [], overrides: [ScenarioOverride] = []) throws -> Scenario {
    try Scenario(contentsOf: path(name), named: named, overrides: overrides)
  }
}

@Suite("Files that extend others, and named overrides")
struct CompositionTests {
  static let base = """
    schema: scenario/1
    id: base
    as_of: 2026-01-31
    horizon: {from: 2026, to: 2030}
    run: {draws: 64, replicates: 2, seed: 3}
    inputs:
      size: {unit: bcm/yr, constant: 10, src: known}
      share: {unit: "1", constant: 0.5}
    derived:
      flow: {expr: size * share, unit: bcm/yr}
    questions:
      flow: {of: flow, mean: true}
    sources: sources.csv
    overrides:
      large: {inputs.size.constant: 40, run.draws: 32}
      half: {inputs.share.constant: 0.25}
    """
  static let sources = "source_id,what,date,address\nknown,a source,2025-01-01,a.example\n"

  private func mean(_ scenario: Scenario) throws -> Double? { try scenario.run()["flow"]?.row(.mean)?.value }

  private func problem(_ body: () throws -> Void) throws -> String {
    do {
      try body()
    } catch let error as ScenarioError {
      return error.problems.map(\.description).joined(separator: "\n")
    }
    Issue.record("nothing was refused")
    return ""
  }

  @Test("the parts of the extending file win whole, the others are the base's")
  func parts() throws {
    let folder = try ScenarioFolder([
      "lib/base.yaml": Self.base, "lib/sources.csv": Self.sources,
      "own.yaml":
        "extends: lib/base.yaml\nid: own\ninputs:\n  size: {unit: bcm/yr, uniform: [20, 20.000001]}\n",
    ])
    let own = try folder.load("own.yaml")
    #expect(own.file.id == "own" && own.file.horizon.to == 2030 && own.bases == [Self.base])
    #expect(own.file.inputs.map(\.name) == ["size", "share"])
    #expect(abs(try #require(try mean(own)) - 10) < 1e-5)
    #expect(own.textHash != (try folder.load("lib/base.yaml")).textHash)
    // Sources are found beside the base, and what the base cites is dated by them.
    let warnings = try own.checked().warnings
    #expect(warnings.contains { $0.contains("overrides.large.inputs.size.constant") }, "\(warnings)")
    #expect(!warnings.contains { $0.contains("\"known\"") }, "\(warnings)")
    #expect(!(try folder.load("lib/base.yaml").checked().warnings.contains { $0.contains("overrides") }))
  }

  @Test("a later base wins over an earlier one, and chains are followed")
  func order() throws {
    let folder = try ScenarioFolder([
      "base.yaml": Self.base, "sources.csv": Self.sources,
      "a.yaml": "extends: base.yaml\ninputs: {size: {unit: bcm/yr, constant: 20}}\n",
      "b.yaml": "inputs: {size: {unit: bcm/yr, constant: 30}, extra: {unit: \"1\", constant: 1}}\n",
      "ab.yaml": "extends: [a.yaml, b.yaml]\n", "ba.yaml": "extends:\n  - b.yaml\n  - a.yaml\n",
    ])
    #expect(try mean(folder.load("ab.yaml")) == 15)
    #expect(try mean(folder.load("ba.yaml")) == 10)
    #expect(try folder.load("ab.yaml").file.inputs.map(\.name) == ["size", "share", "extra"])
  }

  @Test("a problem is placed in the file and line that it stands in")
  func places() throws {
    let folder = try ScenarioFolder([
      "base.yaml": Self.base.replacing("unit: \"1\"", with: "unit: bcm"), "sources.csv": Self.sources,
      "own.yaml": "# a remark\nextends: base.yaml\ninputs:\n  size: {unit: bcm/yr, constnt: 10}\n",
      "broken.yaml": "extends: bad.yaml\n", "bad.yaml": "a: 1\nb: [1, 2\n",
    ])
    let text = try problem { _ = try folder.load("own.yaml") }
    #expect(text.contains("own.yaml:4:") && text.contains("constnt"))
    let units = try problem { _ = try folder.load("base.yaml").checked() }
    #expect(units.contains("base.yaml:10:"))
    let own = try problem {
      try Data("extends: base.yaml\nid: own\n".utf8).write(to: URL(fileURLWithPath: folder.path("own.yaml")))
      try folder.load("own.yaml").checked()
    }
    #expect(own.contains("base.yaml:10:"), "\(own)")
    let broken = try problem { _ = try folder.load("broken.yaml") }
    #expect(broken.contains("bad.yaml:3:") && broken.contains("not YAML"), "\(broken)")
  }

  @Test("a file that extends itself, a missing one and nonsense are refused at the clause")
  func refusals() throws {
    let folder = try ScenarioFolder([
      "a.yaml": "id: a\nextends: b.yaml\n", "b.yaml": "extends: a.yaml\n",
      "c.yaml": "extends: nowhere.yaml\n",
      "d.yaml": "extends: {file: a.yaml}\n", "e.yaml": "extends: []\nid: e\n",
      "f.yaml": "extends: scalar.yaml\nid: f\n", "scalar.yaml": "42\n",
    ])
    #expect(try problem { _ = try folder.load("a.yaml") }.contains("extends itself"))
    let missing = try problem { _ = try folder.load("c.yaml") }
    #expect(missing.contains("c.yaml:1:10") && missing.contains("nowhere.yaml cannot be read"), "\(missing)")
    #expect(try problem { _ = try folder.load("d.yaml") }.contains("must be a file, or a list of files"))
    #expect(try problem { _ = try folder.load("e.yaml") }.contains("e.yaml:1:10: extends must name a file"))
    let scalar = try problem { _ = try folder.load("f.yaml") }
    #expect(scalar.contains("scalar.yaml:1:1: a file that others extend must be a mapping"), "\(scalar)")
  }

  @Test("named overrides set their values in order, before the ones given one by one")
  func named() throws {
    let folder = try ScenarioFolder([
      "base.yaml": Self.base, "sources.csv": Self.sources,
      "own.yaml": "extends: base.yaml\noverrides:\n  half: {inputs.share.constant: 0.125}\n",
      "bad.yaml": "extends: base.yaml\noverrides:\n  wrong: {inputs.sise.constant: 1}\n",
    ])
    #expect(try mean(folder.load("base.yaml", named: ["large"])) == 20)
    #expect(try mean(folder.load("base.yaml", named: ["large", "half"])) == 10)
    #expect(try folder.load("base.yaml", named: ["large"]).file.run.draws == 32)
    #expect(try mean(folder.load("own.yaml", named: ["large", "half"])) == 5)
    let last = ScenarioOverride(path: "inputs.size.constant", value: "8")
    #expect(try mean(folder.load("base.yaml", named: ["large"], overrides: [last])) == 4)
    #expect(try folder.load("base.yaml", named: ["large"]).run().notes.contains { $0.contains("large") })
    #expect(
      try problem { _ = try folder.load("base.yaml", named: ["larg"]) }.contains("did you mean \"large\""))
    let bad = try problem { _ = try folder.load("bad.yaml", named: ["wrong"]) }
    #expect(bad.contains("bad.yaml:3:11") && bad.contains("did you mean \"size\""), "\(bad)")
  }
}

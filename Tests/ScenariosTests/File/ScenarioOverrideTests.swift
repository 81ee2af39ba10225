import Datasets
import Foundation
import Scenarios
import Testing

@Suite("Overrides")
struct ScenarioOverrideTests {
  private func scenario(_ settings: [String], branch: String? = nil) throws -> Scenario {
    try Scenario(
      contentsOf: Datasets.path(of: "scenarios/power-of-siberia-2.yaml"), data: BundledSeries(),
      overrides: settings.map { try #require(ScenarioOverride($0)) }, branch: branch)
  }

  private func flow(_ scenario: Scenario) throws -> Double {
    let run = try scenario.run(DrawOptions(draws: 2048, replicates: 2), questions: ["flow_2035"])
    return try #require(run["flow_2035"]?.row(.mean)?.value)
  }

  @Test("A set capacity and a certain branch change the answers")
  func change() throws {
    let plain = try flow(scenario([]))
    #expect(try flow(scenario(["assets.ps2.capacity=25"])) < plain)
    #expect(try flow(scenario(["assets.ps2.capacity=0"])) == 0)
    #expect(try flow(scenario([], branch: "stalled")) == 0)
    #expect(abs(try flow(scenario([], branch: "announced")) - 13.506) < 0.5)
    #expect(try scenario(["run.seed=5"]).file.run.seed == 5)
  }

  @Test(
    "A path that does not exist gets the nearest name",
    arguments: [
      ("assets.ps2.capcity=38", "capacity"), ("assets.ps3.capacity=38", "ps2"),
      ("asets.ps2.capacity=38", "assets"),
    ])
  func unknownPath(text: String, nearest: String) throws {
    do {
      _ = try scenario([text])
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains("did you mean \"\(nearest)\"?"))
    }
  }

  @Test("A set value is checked as the file's are")
  func checked() {
    #expect(throws: ScenarioError.self) { try scenario(["branches.announced.weight=0.5"]) }
    #expect(throws: ScenarioError.self) { try scenario(["inputs.price.lognormal.median=high"]) }
    #expect(throws: ScenarioError.self) { try scenario([], branch: "anounced") }
  }

  private static let branches = smallScenario(
    """
    branches:
      a: {weight: 0.5}
      b: {weight: 0.3}
      c: {weight: 0.2}
    inputs:
      x: {unit: "1", basis: judgement, dim: 1, triangular: [0, 1, 2]}
    questions:
      q: {of: x, quantiles: [0.1, 0.5]}
    """)

  private func small(_ overrides: [ScenarioOverride]) throws -> Scenario {
    try Scenario(yaml: Self.branches, file: "small.yaml", overrides: overrides)
  }

  @Test("A path reaches an element of a list")
  func elements() throws {
    let file = try small([ScenarioOverride(path: "questions.q.quantiles.0", value: "0.25")]).file
    #expect(file.questions[0].quantiles == [0.25, 0.5])
    let law = try small([ScenarioOverride(path: "inputs.x.triangular.1", value: "0.5")]).file.inputs[0]
      .standard
    #expect(law == .law(.triangular(low: 0, mode: 0.5, high: 2)))
    for path in ["questions.q.quantiles.2", "questions.q.quantiles.-1", "questions.q.quantiles.x"] {
      let error = #expect(throws: ScenarioError.self) {
        try small([ScenarioOverride(path: path, value: "0.5")])
      }
      #expect(error?.description.contains("is a list of 2") == true)
    }
  }

  @Test("Other branches make room for a weight in proportion to theirs")
  func weights() throws {
    let weights = try small([.rescaling(branch: "a", to: 0.75)]).file.branches.map(\.weight)
    for (found, expected) in zip(weights, [0.75, 0.15, 0.1]) { #expect(abs(found - expected) < 1e-12) }
    #expect(try small([.rescaling(branch: "b", to: 1)]).file.branches.map(\.weight) == [0, 1, 0])
    #expect(throws: ScenarioError.self) { try small([.rescaling(branch: "a", to: 1.5)]) }
    #expect(throws: ScenarioError.self) { try small([.rescaling(branch: "d", to: 0.5)]) }
    #expect(throws: ScenarioError.self) {
      try small([.rescaling(branch: "a", to: 1), .rescaling(branch: "a", to: 0.5)])
    }
  }

  @Test("A base whose section is not a mapping, and a base named twice, are errors")
  func bases() throws {
    let folder = try ScenarioFolder([
      "lib.yaml": Self.branches,
      "bad.yaml": Self.branches.replacingOccurrences(of: "questions:", with: "derived: 5\nquestions:"),
      "twice.yaml": "extends: [lib.yaml, lib.yaml]\nid: x\n",
      "scalar.yaml": "extends: bad.yaml\nid: x\nderived: {y: x}\n",
    ])
    #expect(throws: ScenarioError.self) { try folder.load("twice.yaml") }
    let error = #expect(throws: ScenarioError.self) { try folder.load("scalar.yaml") }
    #expect(error?.description.contains("derived must be a mapping of names, not 5") == true)
  }
}

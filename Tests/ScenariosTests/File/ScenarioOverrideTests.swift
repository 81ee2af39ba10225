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
}

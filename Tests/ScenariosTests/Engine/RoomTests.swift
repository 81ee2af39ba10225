import Testing

@testable import Scenarios

@Suite("Runs that are too large")
struct RoomTests {
  private static func yaml(draws: Int = 1024, replicates: Int = 4, method: String = "sobol-owen") -> String {
    smallScenario(
      run: "{method: \(method), draws: \(draws), replicates: \(replicates), seed: 7}",
      """
      inputs:
        x: {unit: 1, basis: judgement, uniform: [0, 1]}
        y: {unit: 1, basis: judgement, uniform: [0, 1]}
      derived: {sum: {expr: x + y, unit: 1}}
      questions:
        q: {of: sum, mean: true, quantiles: [0.5], sobol: [first, total]}
        likely: {probability: sum > 1}
      """)
  }

  /// 2²⁹ values are held at most.
  @Test("A run, a study and a draw say how much they would hold, and allocate nothing")
  func refusals() throws {
    let scenario = try Scenario.small(Self.yaml())
    let options = DrawOptions(draws: 1 << 30, replicates: 4096)
    for attempt in [
      { _ = try scenario.run(DrawOptions(draws: 1_000_000_000, replicates: 4096)) },
      { _ = try scenario.run(DrawOptions(draws: 1 << 30, replicates: 4096), questions: ["likely"]) },
      { _ = try scenario.checked().paths(of: ["sum"], DrawOptions(draws: 1 << 30)) },
      { _ = try scenario.checked().sobolIndices(of: "q", options) },
      { _ = try scenario.checked().shapleyEffects(of: "q", options) },
      { _ = try scenario.checked().tornado(of: "q", options) },
      { _ = try scenario.checked().boxes(of: "likely", options) },
      { _ = try scenario.checked().valueOfInformation(of: "q", threshold: 1, options) },
      {
        _ = try scenario.checked().breakEven(
          of: "q", varying: "x", over: 0...1, reaching: 1, DrawOptions(draws: 1 << 30, replicates: 4096))
      },
      { _ = try Scenario.small(Self.yaml(draws: 1_000_000_000, replicates: 4096)).checked().validate() },
      {
        let hypercube = try Scenario.small(Self.yaml(method: "latin-hypercube"))
        _ = try hypercube.checked().draw(0, DrawOptions(draws: 1 << 30))
      },
    ] as [() throws -> Void] {
      let error = try #require(throws: ScenarioError.self) { try attempt() }
      #expect(error.problems.count == 1)
      #expect("\(error)".contains("536870912 values (4 GiB)"), "\(error)")
    }
  }

  @Test("What fits runs, whatever the file asks for")
  func smallerThanTheFile() throws {
    let large = try Scenario.small(Self.yaml(draws: 1_000_000_000, replicates: 4096))
    #expect(
      try large.run(DrawOptions(draws: 1024, replicates: 4)).answers
        == Scenario.small(Self.yaml()).run().answers)
    #expect(try large.checked().draw(4_000_000_000_000).draw == 0)
  }

  @Test("Groups of questions that are not asked do not matter")
  func groups() throws {
    let scenario = try Scenario.small(
      smallScenario(
        """
        inputs:
          x: {unit: 1, basis: judgement, dim: 1, uniform: [0, 1]}
          y: {unit: 1, basis: judgement, dim: 2, uniform: [0, 1]}
        derived: {sum: {expr: x + y, unit: 1}}
        questions:
          q: {of: sum, mean: true, sobol: [first, total], groups: {both: [x, y]}}
          plain: {of: sum, mean: true}
        """)
    ).conditioned(interventions: [("x", 0.25)])
    let run = try scenario.run(questions: ["plain"])
    #expect(abs(try #require(run["plain"]?.row(.mean)?.value) - 0.75) < 1e-3)
    let error = try #require(throws: ScenarioError.self) { try scenario.run() }
    #expect("\(error)".contains("questions.q.groups.both: \"x\" is not a free input"))
  }
}

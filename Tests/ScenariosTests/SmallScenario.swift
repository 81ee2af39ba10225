import Scenarios

/// A small scenario around given sections.
func smallScenario(
  horizon: String = "{from: 2026, to: 2045, step: year, value: calendar-mean}",
  run: String = "{method: sobol-owen, draws: 4096, replicates: 8, seed: 7}", _ sections: String
) -> String {
  """
  schema: scenario/1
  id: small
  as_of: 2026-01-31
  horizon: \(horizon)
  run: \(run)
  \(sections)
  """
}

extension Scenario {
  /// A small scenario without data.
  static func small(_ yaml: String) throws(ScenarioError) -> Scenario {
    try Scenario(yaml: yaml, file: "small.yaml")
  }
}

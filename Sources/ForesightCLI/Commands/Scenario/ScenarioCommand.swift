internal import ArgumentParser

/// `foresight scenario`: projections from scenario files.
struct ScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: "Check a scenario file, or answer its questions.",
    discussion: """
      EXAMPLES
        foresight scenario run power-of-siberia-2
        foresight scenario validate my-scenario.yaml
        foresight scenario sensitivity power-of-siberia-2 --question flow_2035
      """,
    subcommands: [ScenarioRunCommand.self, ScenarioValidateCommand.self, ScenarioSensitivityCommand.self])
}

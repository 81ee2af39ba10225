internal import ArgumentParser

/// `foresight scenario`: projections from scenario files.
struct ScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: "Check scenario files, answer their questions, explain and compare the answers.",
    discussion: """
      EXAMPLES
        foresight scenario run power-of-siberia-2
        foresight scenario validate my-scenario.yaml
        foresight scenario explain power-of-siberia-2 'ps2[2035]'
        foresight scenario sensitivity power-of-siberia-2 --question flow_2035
      """,
    subcommands: [
      ScenarioRunCommand.self, ScenarioValidateCommand.self, ScenarioExplainCommand.self,
      ScenarioCompareCommand.self, ScenarioConditionCommand.self, ScenarioScoreCommand.self,
      ScenarioSensitivityCommand.self, ScenarioBreakEvenCommand.self,
      ScenarioCalibrateCommand.self,
      ScenarioPlotCommand.self, ScenarioExportCommand.self, ScenarioSchemaCommand.self,
      ScenarioListCommand.self,
    ])
}

internal import ArgumentParser
internal import Scenarios

/// `foresight scenario schema`: the JSON Schema of scenario files.
struct ScenarioSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of scenario files.",
    discussion: """
      An editor that supports YAML schemas uses it to complete keys and to mark mistakes. "scenario validate" also checks \
      names, units, cycles, weights and dates.

      EXAMPLES
        foresight scenario schema > scenario.schema.json
      """)

  func run() throws { try StandardOutput.write(ScenarioSchema.json) }
}

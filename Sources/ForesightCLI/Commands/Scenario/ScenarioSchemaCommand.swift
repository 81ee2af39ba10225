internal import ArgumentParser
internal import Scenarios

/// `foresight scenario schema`: the JSON Schema of scenario files.
struct ScenarioSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of scenario files.",
    discussion: """
      Editors that know YAML schemas complete keys and mark mistakes by it; scenario validate checks what it cannot: names, units, \
      cycles, weights, dates.

      EXAMPLES
        foresight scenario schema > scenario.schema.json
      """)

  func run() throws { try StandardOutput.write(ScenarioSchema.json) }
}

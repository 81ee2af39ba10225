internal import ArgumentParser
internal import Reports
internal import Scenarios

/// `foresight scenario validate`: the contents of a scenario file, or every problem in it.
struct ScenarioValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a scenario file without running it.",
    usage: "foresight scenario validate <file> [...]",
    discussion: """
      Checks names, units, cycles, weights, dimensions and source dates, and fits every series. Every problem is one line \
      on standard error with file, line and column; the exit code is then 2.

      EXAMPLES
        foresight scenario validate power-of-siberia-2
        foresight scenario validate my-scenario.yaml --format json
      """)

  @OptionGroup var input: ScenarioInput
  @OptionGroup var output: OutputOptions

  func run() throws {
    let checked = try input.load().checked()
    try checked.validate()
    try output.emit(checked.report)
  }
}

internal import ArgumentParser
internal import Reports
internal import Scenarios

/// `foresight scenario explain`: where a quantity comes from.
struct ScenarioExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show the formulas, distributions and sources behind a quantity.",
    usage: "foresight scenario explain <file> <quantity> [...]",
    discussion: """
      The quantity must have one value per path: ps2[2035], first_gas, total_trade[2030] - 200. Each part is shown with its \
      formula or distribution, its sources, its place in the file, its quantiles, and its value on the path on which the \
      quantity has its median. "scenario run --draw" shows that path in full.

      EXAMPLES
        foresight scenario explain power-of-siberia-2 'ps2[2035]'
        foresight scenario explain power-of-siberia-2 first_gas --format json
      """)

  @OptionGroup var input: ScenarioInput
  @Argument(help: ArgumentHelp("The quantity: a name or an expression.", valueName: "quantity")) var quantity:
    String
  @OptionGroup var drawing: DrawInput
  @OptionGroup var output: OutputOptions

  func run() throws {
    try output.emit(try input.load().checked().explain(quantity, drawing.options).report)
  }
}

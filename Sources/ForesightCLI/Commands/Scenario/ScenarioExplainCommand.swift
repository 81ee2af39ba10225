internal import ArgumentParser
internal import Scenarios

/// `foresight scenario explain`: where a quantity comes from.
struct ScenarioExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show the formulas, laws and sources behind a quantity.",
    usage: "foresight scenario explain <file> <quantity> [...]",
    discussion: """
      The quantity has one value a path: ps2[2035], first_gas, total_trade[2030] - 200. Each part is shown with its formula \
      or law, its sources and place in the file, its quantiles, and its value on the path on which the quantity is at \
      its median; scenario run --draw shows that path in full.

      EXAMPLES
        foresight scenario explain power-of-siberia-2 'ps2[2035]'
        foresight scenario explain power-of-siberia-2 first_gas --format json
      """)

  @OptionGroup var input: ScenarioInput
  @Argument(help: ArgumentHelp("The quantity, an expression.", valueName: "quantity")) var quantity: String
  @OptionGroup var drawing: DrawInput
  @Option(help: "text or json. (default: text)", transform: named) var format: OutputFormat = .text

  func run() throws {
    let report = ExplanationReport(
      try input.load().checked().explain(quantity, drawing.options))
    switch format {
    case .text: try StandardOutput.write(report.text)
    case .json: try StandardOutput.write(jsonText(report.document))
    }
  }
}

internal import ArgumentParser
internal import Reports
internal import Scenarios

/// `foresight scenario plot`: a fan chart or an exceedance curve.
struct ScenarioPlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw a quantity in the terminal: a fan chart or an exceedance curve.",
    usage: "foresight scenario plot <file> <quantity> [...]",
    discussion: """
      A quantity with a value in every year, such as ps2, is drawn as a fan of medians and intervals. A quantity with a \
      single value, such as ps2[2035] or first_gas, is drawn as the probability of at least that value. The json and csv \
      forms contain the numbers drawn.

      EXAMPLES
        foresight scenario plot power-of-siberia-2 ps2
        foresight scenario plot power-of-siberia-2 'ps2[2040]'
        foresight scenario plot power-of-siberia-2 ps2 --format csv
      """)

  @OptionGroup var input: ScenarioInput
  @Argument(help: ArgumentHelp("The quantity: a name or an expression.", valueName: "quantity")) var quantity:
    String
  @OptionGroup var levels: Levels
  @OptionGroup var drawing: DrawInput
  @OptionGroup var output: OutputOptions

  func run() throws {
    let paths = try input.load().checked().paths(of: [quantity], drawing.options)[0]
    let columns = min(StandardOutput.width ?? 78, 120)
    if paths.years.isEmpty {
      guard output.format == .text else { return try output.emit(paths.exceedanceReport) }
      return try StandardOutput.write(ExceedanceChart(paths).text(columns: columns))
    }
    let tails = levels.ascending.map { (100 - $0) / 200 }
    let outlook = paths.outlook(levels: Set(tails + tails.map { 1 - $0 } + [0.5]).sorted())
    guard output.format == .text else { return try output.emit(outlook.report) }
    guard !outlook.isDate else {
      throw Failure(.input, "\(quantity) is a date in every year; a fan chart needs values")
    }
    try StandardOutput.write(FanChart(outlook, columns: columns).text())
  }
}

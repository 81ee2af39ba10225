internal import ArgumentParser
internal import Reports
internal import Scenarios

/// `foresight scenario export`: yearly quantities in a form that other tools read.
struct ScenarioExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the yearly quantities of a scenario as an IAMC table.",
    usage: "foresight scenario export <file> [--paths <n>] [--format iamc] [...]",
    discussion: """
      Writes one row per scenario, variable and year, model,scenario,region,variable,unit,year,value, which pyam reads. \
      Means have the name of the file as their scenario, and quantiles that name with p10, p50 or p90 added. --paths writes \
      draws instead, each as a scenario. The parts of a total are named total|exports. They sum to the total for means and \
      on every path, but not for quantiles.

      EXAMPLES
        foresight scenario export cn-ru-trade > trade.csv
        foresight scenario export cn-ru-trade --paths 100 --region Russia
      """)

  /// The forms of an export.
  enum Form: String, CaseIterable {
    case iamc
  }

  @OptionGroup var input: ScenarioInput
  @Option(help: ArgumentHelp("Write the first n draws instead of means.", valueName: "n")) var paths: Int?
  @Option(help: ArgumentHelp("The region in every row.", valueName: "name"))
  var region: String = "World"
  @OptionGroup var drawing: DrawInput
  @Option(help: "iamc. (default: iamc)", transform: named) var format: Form = .iamc

  func validate() throws {
    if let paths, !(1...100_000).contains(paths) {
      throw ValidationError("--paths must be from 1 to 100000, not \(paths)")
    }
  }

  func run() throws {
    let scenario = try input.load().checked()
    let variables = try scenario.variables()
    guard !variables.isEmpty else {
      throw Failure(.input, "\(scenario.scenario.file.name) has no yearly quantity to export")
    }
    let all = try scenario.paths(of: variables.map(\.quantity), drawing.options)
    let report = scenario.scenario.report(
      variables, paths: all, draws: paths, model: "Foresight \(toolVersion)", region: region)
    try StandardOutput.write(report.csv)
  }
}

internal import ArgumentParser
internal import Scenarios

/// `foresight scenario export`: yearly quantities in a form that other tools read.
struct ScenarioExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the yearly quantities of a scenario in the form of IAMC tables.",
    usage: "foresight scenario export <file> [--paths <n>] [--format iamc] [...]",
    discussion: """
      One row a scenario, variable and year: model,scenario,region,variable,unit,year,value, as pyam reads it. The file's name is \
      the scenario of means, with p10, p50 and p90 added the ones of quantiles; --paths writes draws instead, each a \
      scenario. The addends of a total stand below it, total|exports, so that sum checks know them; sums hold for means and on \
      every path, not for quantiles.

      EXAMPLES
        foresight scenario export cn-ru-trade > trade.csv
        foresight scenario export cn-ru-trade --paths 100 --region Russia
      """)

  /// The forms of an export.
  enum Form: String, CaseIterable {
    case iamc
  }

  @OptionGroup var input: ScenarioInput
  @Option(help: ArgumentHelp("Write the first n draws in place of means.", valueName: "n")) var paths: Int?
  @Option(help: ArgumentHelp("The region of every row.", valueName: "name"))
  var region: String = "World"
  @OptionGroup var drawing: DrawInput
  @Option(help: "iamc. (default: iamc)", transform: named) var format: Form = .iamc

  func validate() throws {
    if let paths, !(1...100_000).contains(paths) {
      throw ValidationError("--paths \(paths): is outside 1 … 100000")
    }
  }

  func run() throws {
    let scenario = try input.load().checked()
    let variables = try scenario.variables()
    guard !variables.isEmpty else {
      throw Failure(.input, "\(scenario.scenario.file.name): there is no yearly quantity to export")
    }
    let all = try scenario.paths(
      of: variables.map(\.quantity), drawing.options)
    var csv = CSVText(["model", "scenario", "region", "variable", "unit", "year", "value"])
    func add(_ name: String, _ variable: ScenarioVariable, _ quantity: QuantityPaths, _ values: [Double]) {
      for (year, value) in zip(quantity.years, values) where value.isFinite {
        csv.add([
          "Foresight \(ForesightCommand.version)", name, region, variable.name, quantity.unit, "\(year)",
          "\(value)",
        ])
      }
    }
    let id = scenario.scenario.file.id
    for (variable, quantity) in zip(variables, all) {
      if let paths {
        for path in 0..<min(paths, quantity.values[0].count) {
          add("\(id) draw \(path)", variable, quantity, quantity.values.map { $0[path] })
        }
      } else {
        let outlook = quantity.outlook(levels: [0.1, 0.5, 0.9])
        add(id, variable, quantity, outlook.means)
        for (place, level) in ["p10", "p50", "p90"].enumerated() {
          add("\(id) \(level)", variable, quantity, outlook.quantiles.map { $0[place] })
        }
      }
    }
    try StandardOutput.write(csv.text)
  }
}

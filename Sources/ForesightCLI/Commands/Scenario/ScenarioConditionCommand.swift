internal import ArgumentParser
internal import Forecasting
internal import Scenarios

/// `foresight scenario condition`: answers under a condition or an intervention.
struct ScenarioConditionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "condition",
    abstract: "Answer the questions given a condition, or with dates and values set.",
    usage: """
      foresight scenario condition <file> --given <condition> [...]
      foresight scenario condition <file> --do <name=value> [...]
      """,
    discussion: """
      --given keeps the paths on which a condition holds, and changes what is believed of its causes; --do sets an event's date \
      (a decimal year or never) or an input on every path and leaves its causes alone. Fewer than 200 paths are warned of.

      EXAMPLES
        foresight scenario condition power-of-siberia-2 --given 'first_gas < 2034'
        foresight scenario condition power-of-siberia-2 --do contract_date=2026.5
      """)

  @OptionGroup var input: ScenarioInput
  @Option(help: ArgumentHelp("A condition on the paths that count.", valueName: "condition")) var given:
    String?
  @Option(
    name: .customLong("do"),
    help: ArgumentHelp("Set an event's date or an input; may be repeated.", valueName: "name=value"))
  var interventions: [String] = []
  @Option(help: ArgumentHelp("The questions to answer. (default: all)", valueName: "name,…"))
  var questions: String?
  @OptionGroup var drawing: DrawInput
  @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

  func validate() throws {
    if given == nil, interventions.isEmpty { throw ValidationError("give --given or --do") }
  }

  func run() throws {
    let set = try interventions.map { text throws(Failure) in try Self.intervention(text) }
    let scenario = try input.load().conditioned(given: given, interventions: set)
    let report = ScenarioReport(
      try scenario.checked().run(
        drawing.options, questions: questions.map { $0.split(separator: ",").map(String.init) }))
    switch format {
    case .text: try StandardOutput.write(report.text)
    case .json: try StandardOutput.write(jsonText(report.document))
    case .csv: try StandardOutput.write(report.csv)
    }
  }

  /// `name=value`, the value a number or never.
  private static func intervention(_ text: String) throws(Failure) -> (name: String, value: Double) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty,
      let value = parts[1] == "never" ? .infinity : Double(parts[1]).flatMap({ $0.isFinite ? $0 : nil })
    else { throw Failure(.input, "--do \(text): is not written name=number or name=never") }
    return (parts[0], value)
  }
}

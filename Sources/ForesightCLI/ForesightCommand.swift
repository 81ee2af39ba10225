internal import ArgumentParser

@main
struct ForesightCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "foresight",
    abstract: "Fit, forecast and backtest time series; project dated scenarios.",
    discussion: """
      Commands read a bundled series (--dataset NAME) or a CSV file (--input FILE, - for standard input) and print \
      text, JSON or CSV (--format).

      EXAMPLES
        foresight datasets
        foresight fit --model exponential-growth --dataset trade/total
        foresight forecast --model drift --dataset prices/brent --horizon 12
        foresight scenario run power-of-siberia-2

      EXIT CODES
        0  success
        1  the run failed
        2  the input or the call is wrong
        3  an --assert does not hold
      """,
    version: toolVersion,
    subcommands: [
      DatasetsCommand.self, ModelsCommand.self, FitCommand.self, ForecastCommand.self,
      BacktestCommand.self, BatchCommand.self, GrowthCommand.self, DecomposeCommand.self,
      ScenarioCommand.self, LedgerCommand.self, ManualCommand.self,
    ])

  /// Writes `--horizon -1` as `--horizon=-1`, so that the message is about the number and not about an unknown option.
  static func joiningNegativeNumbers(_ arguments: [String]) -> [String] {
    var joined: [String] = []
    for argument in arguments {
      let isNegative =
        argument.first == "-" && argument.dropFirst().first.map { $0.isNumber || $0 == "." } == true
      if isNegative, let option = joined.last, option.hasPrefix("--"), !option.contains("="), option != "--" {
        joined[joined.count - 1] = option + "=" + argument
      } else {
        joined.append(argument)
      }
    }
    return joined
  }

  static func main() async {
    let arguments = joiningNegativeNumbers(Array(CommandLine.arguments.dropFirst()))
    ProcessLimits.require()
    do {
      try checkSubcommands(arguments)
      var command = try parseAsRoot(arguments)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch {
      finish(error, arguments: arguments)
    }
  }
}

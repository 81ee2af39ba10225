import ArgumentParser

@main
struct ForesightCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "foresight",
    abstract: "Fit, forecast and backtest time series; project dated scenarios.")
}

internal import ArgumentParser
internal import ForecastModels
internal import Forecasting
internal import Reports

/// `foresight models`: the models that can be chosen by name.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the models, or show the options of one.",
    discussion: """
      EXAMPLES
        foresight models
        foresight models exponential-growth
        foresight models holt-winters
      """,
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// `foresight models list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the models that --model accepts, or show the options of one.",
      discussion: """
        EXAMPLE
          foresight models list --format json
        """)

    @Argument(help: "A model whose options are shown.", completion: .list(Registry.models.map(\.name)))
    var name: String?
    @OptionGroup var output: OutputOptions

    func run() throws {
      guard let name else { return try output.emit(Registry.models.report) }
      try ModelsCommand.show(name, output)
    }
  }

  /// `foresight models show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the options of a model with their values and defaults.",
      discussion: """
        EXAMPLE
          foresight models show seasonal-naive
        """)

    @Argument(help: "The name of the model.", completion: .list(Registry.models.map(\.name)))
    var name: String
    @OptionGroup var output: OutputOptions

    func run() throws { try ModelsCommand.show(name, output) }
  }

  /// Shows a model; for a name from elsewhere, the model that does the same here.
  private static func show(_ name: String, _ output: OutputOptions) throws {
    let isOwn = Registry.models.contains { $0.name == name }
    guard !isOwn, let other = Registry.foreign(name) else {
      return try output.emit(Registry.description(of: name).report, width: 80)
    }
    let own = String(other.model.prefix { $0 != ":" })
    let note = "\(name) is the name of a model elsewhere; here it is \(other.text)"
    let lines = wrap(note, width: 80).joined(separator: "\n") + "\n"
    try output.emit(try Registry.description(of: own).report.headed(by: lines), width: 80)
  }
}

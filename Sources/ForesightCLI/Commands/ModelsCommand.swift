internal import ArgumentParser
internal import ForecastModels
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

    @Argument(help: "A model whose options are shown.") var name: String?
    @OptionGroup var output: OutputOptions

    func run() throws {
      let report = try name.map { try Registry.description(of: $0).report } ?? Registry.models.report
      try output.emit(report)
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

    @Argument(help: "The name of the model.") var name: String
    @OptionGroup var output: OutputOptions

    func run() throws { try output.emit(Registry.description(of: name).report) }
  }
}

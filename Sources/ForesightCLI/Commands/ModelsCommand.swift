internal import ArgumentParser
internal import ForecastModels
internal import Forecasting

/// `foresight models`: the models that can be chosen by name.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "List the models, or show the options of one.",
    discussion: """
      EXAMPLES
        foresight models
        foresight models show exponential-growth
      """,
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// `foresight models list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the models that --model takes.",
      discussion: """
        EXAMPLE
          foresight models list --format json
        """)

    @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

    func run() throws {
      let entries = ModelCatalogue.entries
      switch format {
      case .json: try StandardOutput.write(jsonText(entries.map(ModelDocument.init)))
      case .csv:
        var csv = CSVText(["name", "summary", "options"])
        for entry in entries {
          csv.add([entry.name, entry.summary, entry.options.map(\.name).joined(separator: " ")])
        }
        try StandardOutput.write(csv.text)
      case .text:
        var table = TextTable([.text("Name"), .text("Options"), .text("What it is")])
        for entry in entries {
          table.add([entry.name, entry.options.map(\.name).joined(separator: " "), entry.summary])
        }
        try StandardOutput.write(table.text())
      }
    }
  }

  /// `foresight models show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show the options of a model.",
      discussion: """
        EXAMPLE
          foresight models show seasonal-naive
        """)

    @Argument(help: "The model's name.") var name: String
    @Option(help: "text or json. (default: text)", transform: named) var format: OutputFormat = .text

    func run() throws {
      let entry = try ModelCatalogue.entry(named: name)
      switch format {
      case .json: try StandardOutput.write(jsonText(ModelDocument(entry)))
      case .text:
        var text = "\(entry.name): \(entry.summary)\n"
        if entry.options.isEmpty {
          text += "It has no options.\n"
        } else {
          var table = TextTable([.text("Option"), .text("Values"), .text("Default"), .text("What it does")])
          for option in entry.options {
            table.add([option.name, option.values, option.standard, option.summary])
          }
          text += "\n" + table.text()
        }
        try StandardOutput.write(text)
      }
    }
  }
}

/// A model and its options.
private struct ModelDocument: Encodable {
  struct Option: Encodable {
    let name: String
    let values: String
    let standard: String
    let summary: String
  }

  let name: String
  let summary: String
  let options: [Option]

  init(_ entry: ModelEntry) {
    name = entry.name
    summary = entry.summary
    options = entry.options.map {
      Option(name: $0.name, values: $0.values, standard: $0.standard, summary: $0.summary)
    }
  }
}

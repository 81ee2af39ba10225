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
        foresight models exponential-growth
      """,
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// `foresight models list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the models that --model takes, or show the options of one.",
      discussion: """
        EXAMPLE
          foresight models list --format json
        """)

    @Argument(help: "A model whose options are shown.") var name: String?
    @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

    func run() throws {
      if let name { return try show(name, as: format) }
      let entries = Registry.models
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
    @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

    func run() throws { try show(name, as: format) }
  }
}

/// Writes the options of a model.
private func show(_ name: String, as format: RowFormat) throws {
  let model = try Registry.description(of: name)
  switch format {
  case .json: try StandardOutput.write(jsonText(ModelDocument(model)))
  case .csv:
    var csv = CSVText(["option", "values", "default", "summary"])
    for option in model.options { csv.add([option.name, option.values, option.defaultText, option.summary]) }
    try StandardOutput.write(csv.text)
  case .text:
    var text = "\(model.name): \(model.summary)\n"
    if model.options.isEmpty {
      text += "It has no options.\n"
    } else {
      var table = TextTable([.text("Option"), .text("Values"), .text("Default"), .text("What it does")])
      for option in model.options {
        table.add([option.name, option.values, option.defaultText, option.summary])
      }
      text += "\n" + table.text()
    }
    try StandardOutput.write(text)
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

  init(_ entry: ModelDescription) {
    name = entry.name
    summary = entry.summary
    options = entry.options.map {
      Option(name: $0.name, values: $0.values, standard: $0.defaultText, summary: $0.summary)
    }
  }
}

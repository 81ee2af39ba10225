internal import ArgumentParser
internal import Datasets
internal import Forecasting

/// `foresight datasets`: the bundled series.
struct DatasetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "datasets",
    abstract: "List the bundled series, or show one with its sources.",
    discussion: """
      EXAMPLES
        foresight datasets
        foresight datasets list --format json
        foresight datasets show trade/total
        foresight datasets show energy/lng --format csv > lng.csv
      """,
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// `foresight datasets list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the bundled series with unit, span and publisher.",
      discussion: """
        EXAMPLE
          foresight datasets list --format csv
        """)

    @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

    func run() throws {
      var rows: [DatasetRow] = []
      for entry in Datasets.catalogue { rows.append(DatasetRow(entry, try entry.series())) }
      switch format {
      case .json: try StandardOutput.write(jsonText(rows))
      case .csv:
        var csv = CSVText([
          "name", "title", "unit", "frequency", "first", "last", "observations", "missing", "rule", "vintage",
          "licence",
        ])
        for row in rows {
          csv.add([
            row.name, row.title, row.unit, row.frequency, row.first, row.last, "\(row.observations)",
            "\(row.missing)", row.rule, row.vintage, row.licence,
          ])
        }
        try StandardOutput.write(csv.text)
      case .text:
        var table = TextTable([
          .text("Name"), .text("Unit"), .text("Span"), .number("Values"), .number("Missing"), .text("Title"),
        ])
        for row in rows {
          table.add([
            row.name, row.unit, "\(row.first) … \(row.last)", "\(row.observations)", "\(row.missing)",
            row.title,
          ])
        }
        try StandardOutput.write(table.text())
      }
    }
  }

  /// `foresight datasets show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show a bundled series: its figures, its rule and its sources.",
      discussion: """
        The csv form is the one that --input reads.

        EXAMPLES
          foresight datasets show trade/total
          foresight datasets show prices/brent --from 2020-01 --format json
        """)

    @Argument(help: "The series' name.") var name: String
    @Option(help: ArgumentHelp("The first period shown.", valueName: "period")) var from: String?
    @Option(help: "text, json or csv. (default: text)", transform: named) var format: RowFormat = .text

    func run() throws {
      let entry = try Datasets.entry(named: name)
      var series = try entry.series()
      if let from {
        guard let first = Period(from, frequency: series.frequency) else {
          throw Failure(
            .input, "--from \(from): is no period of a series by \(series.frequency.rawValue)")
        }
        series = try entry.series(from: first)
      }
      switch format {
      case .csv: try StandardOutput.write(series.csv())
      case .json:
        try StandardOutput.write(jsonText(DatasetDocument(about: DatasetRow(entry, series), series: series)))
      case .text: try StandardOutput.write(text(entry, series))
      }
    }

    private func text(_ entry: DatasetEntry, _ series: TimeSeries) throws -> String {
      var text = "\(entry.title) (\(entry.name)), \(series.unit)\n"
      text +=
        "\(series.span), by \(series.frequency.rawValue), \(series.observedCount) values, "
        + "\(series.missingCount) missing; a figure is the \(entry.rule.rawValue) of its periods\n"
      text += "\(entry.vintage); \(entry.licence)\nDatasets/\(entry.file)\n\n"
      let decimals = NumberText.writtenDecimals(of: series.values.compactMap(\.self))
      var table = TextTable([.text("Period"), .number(series.unit), .text("Source"), .text("Note")])
      for observation in series.observations {
        table.add([
          observation.span.description,
          observation.value.map { NumberText.fixed($0, decimals) } ?? NumberText.absent,
          observation.source ?? "", observation.note ?? "",
        ])
      }
      text += table.text()
      let cited = Set(
        series.observations.flatMap { ($0.source ?? "").split(separator: ";").map(String.init) })
      let sources = try Datasets.sources().filter { cited.contains($0.id) }
      if !sources.isEmpty {
        text += "\nSources\n"
        for source in sources {
          let facts = [source.publisher, source.title, source.date, source.address].filter { !$0.isEmpty }
          text += "\(source.id): \(facts.joined(separator: ", "))\n"
        }
      }
      return text
    }
  }
}

/// What `datasets list` says of a series.
private struct DatasetRow: Encodable {
  let name: String
  let title: String
  let unit: String
  let frequency: String
  let first: String
  let last: String
  let observations: Int
  let missing: Int
  let rule: String
  let vintage: String
  let licence: String
  let file: String

  init(_ entry: DatasetEntry, _ series: TimeSeries) {
    name = entry.name
    title = entry.title
    unit = series.unit
    frequency = series.frequency.rawValue
    first = series.start.description
    last = series.end.description
    observations = series.observedCount
    missing = series.missingCount
    rule = entry.rule.rawValue
    vintage = entry.vintage
    licence = entry.licence
    file = "Datasets/" + entry.file
  }
}

/// What `datasets show` says of a series.
private struct DatasetDocument: Encodable {
  struct Figure: Encodable {
    let period: String
    @Nullable var value: Double?
    @NullableText var source: String?
    @NullableText var note: String?
  }

  let about: DatasetRow
  let figures: [Figure]

  init(about: DatasetRow, series: TimeSeries) {
    self.about = about
    figures = series.observations.map {
      Figure(period: $0.span.description, value: $0.value, source: $0.source, note: $0.note)
    }
  }
}

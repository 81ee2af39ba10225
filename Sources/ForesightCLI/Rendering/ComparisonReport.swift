internal import Forecasting
internal import Scenarios

/// Two scenarios on the same draws, a row a question.
struct ComparisonReport {
  private let comparison: ScenarioComparison

  init(_ comparison: ScenarioComparison) { self.comparison = comparison }

  var text: String {
    let settings = comparison.settings
    var text = "A \(comparison.first)\nB \(comparison.second)\n"
    text += "\(settings.replicates) × \(settings.draws) paired draws, seed \(settings.seed)\n\n"
    var table = TextTable([
      .text("Question"), .number("A"), .number("B"), .number("B − A"), .number("Std. error"), .text("Unit"),
      .number("B larger"), .number("B smaller"), .text("Of"),
    ])
    for row in comparison.differences {
      let decimals =
        row.standardError.flatMap { $0 > 0 ? min(6, NumberText.decimals(for: [$0], digits: 2)) : nil } ?? 4
      table.add([
        row.question, NumberText.fixed(row.first, decimals), NumberText.fixed(row.second, decimals),
        NumberText.fixed(row.difference, decimals),
        row.standardError.map { NumberText.fixed($0, decimals) } ?? NumberText.absent,
        row.isDate || row.unit == "1" ? "" : row.unit, NumberText.percent(row.larger),
        NumberText.percent(row.smaller), row.of,
      ])
    }
    text += table.text()
    var notes = comparison.notes
    for row in comparison.differences where row.finiteShare < 1 {
      notes.append(
        "\(row.question): means are over the \(NumberText.percent(row.finiteShare)) of paths on which neither is never"
      )
    }
    if !notes.isEmpty { text += "\nNotes\n" + notes.map { "- \($0)\n" }.joined() }
    return text
  }

  var csv: String {
    var csv = CSVText([
      "question", "of", "unit", "first", "second", "difference", "standard_error", "larger", "smaller",
      "finite_share",
    ])
    for row in comparison.differences {
      csv.add(
        [row.question, row.of, row.unit]
          + [
            row.first, row.second, row.difference, row.standardError, row.larger, row.smaller,
            row.finiteShare,
          ].map { CSVText.number($0) })
    }
    return csv.text
  }

  var document: Document {
    Document(
      first: comparison.first, second: comparison.second,
      differences: comparison.differences.map { row in
        Document.Row(
          question: row.question, of: row.of, unit: row.unit, first: row.first, second: row.second,
          difference: row.difference, standardError: row.standardError, larger: row.larger,
          smaller: row.smaller, finiteShare: row.finiteShare)
      }, notes: comparison.notes)
  }

  /// The keys of `scenario compare --format json`.
  struct Document: Encodable {
    struct Row: Encodable {
      let question: String
      let of: String
      let unit: String
      let first: Double
      let second: Double
      let difference: Double
      @Nullable var standardError: Double?
      let larger: Double
      let smaller: Double
      let finiteShare: Double
    }

    let first: String
    let second: String
    let differences: [Row]
    let notes: [String]
  }
}

internal import Forecasting
public import Scenarios

extension ScenarioComparison {
  /// The differences between two scenarios on the same draws, question by question.
  ///
  /// CSV has one row per question.
  public var report: Report {
    Report {
      Words(
        "A \(first)\nB \(second)\n\(settings.replicates) × \(settings.draws) paired draws, seed \(settings.seed)\n"
      )
      Members(["first": first, "second": second])
      Table("differences", differences) {
        Column("question", "Question") { $0.question }
        Column("of", "Of") { $0.of }.last()
        Column("unit") { $0.unit }
        Column("first", "A") { $0.first }.shown { $0.style.text($0.first) }
        Column("second", "B") { $0.second }.shown { $0.style.text($0.second) }
        Column("difference", "B − A") { $0.difference }.shown { $0.style.text($0.difference) }
        Column("standard_error", "Std. error") { $0.standardError }.shown { $0.style.text($0.standardError) }
        Column(text: "Unit") { unitText($0.unit, isDate: $0.isDate) }
        Column("larger", "B larger", .percent(1)) { $0.larger }
        Column("smaller", "B smaller", .percent(1)) { $0.smaller }
        Column("finite_share") { $0.finiteShare }
      }
      Notes(
        notes,
        more: differences.filter { $0.finiteShare < 1 }.map { row in
          "\(row.question): means are over the \(NumberText.percent(row.finiteShare)) of paths on which neither "
            + "date is never"
        })
    }
  }
}

extension QuestionDifference {
  /// Two digits of the standard error.
  fileprivate var style: NumberStyle { NumberStyle(errors: [standardError]) }
}

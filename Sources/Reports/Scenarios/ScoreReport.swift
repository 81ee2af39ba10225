internal import Forecasting
public import Scenarios

extension Scenario {
  /// The scores of the scenario, outcome by outcome, and their means.
  ///
  /// CSV has one row per outcome.
  ///
  /// - Parameter scores: what `score` gave.
  public func report(_ scores: [ScenarioScore]) -> Report {
    /// The mean of a score; `nil` where none has it, or units differ.
    func mean(_ figure: (ScenarioScore) -> Double?) -> Double? {
      let own = scores.filter { figure($0) != nil }
      guard !own.isEmpty, Set(own.map(\.unit)).count == 1 else { return nil }
      return own.compactMap(figure).reduce(0, +) / Double(own.count)
    }
    let means = [("CRPS", mean(\.crps)), ("Brier", mean(\.brier)), ("log score", mean(\.logScore))]
    let listed = means.compactMap { name, value in value.map { "\(name) \(NumberText.significant($0, 4))" } }
    return Report {
      Words(
        "Scenario \(file.id)\(file.asOf.map { " as of \($0)" } ?? ""), scored against "
          + "\(counted(scores.count, "outcome"))\n")
      Members([
        "scenario": file.id, "as_of": file.asOf?.description, "mean_crps": means[0].1,
        "mean_brier": means[1].1, "mean_log_score": means[2].1,
      ])
      Table("scores", scores) { ScenarioScore.columns }
      Words(
        "Means: \(listed.joined(separator: ", "))\n"
          + "Forecast is the median, or the probability of a condition; Inside is the narrowest central interval "
          + "that holds\nthe outcome.\n")
    }
  }
}

extension ScenarioScore {
  fileprivate static let levels = ["50", "80", "95"]

  @ListBuilder<Column<ScenarioScore>> fileprivate static var columns: [Column<ScenarioScore>] {
    let style = NumberStyle.significant(4)
    Column("quantity", "Quantity") { $0.outcome.quantity }
    Column(number: "Forecast") { score in
      score.probability.map { style.text($0) } ?? shown(score.median, isDate: score.isDate)
    }
    Column("outcome", "Outcome") { $0.outcome.value }.only(.text, .json).shown { score in
      shown(score.outcome.value, isDate: score.isDate)
    }
    Column("outcome") { $0.outcome.value.isFinite ? "\($0.outcome.value)" : "never" }.only(.csv)
    Column("unit", "Unit") { $0.unit }.shown { unitText($0.unit, isDate: $0.isDate) }.last()
    Column("median") { $0.median }
    Column("probability") { $0.probability }
    Column("crps", "CRPS", style) { $0.crps }
    Column("brier", "Brier", style) { $0.brier }
    Column("log_score", "Log score", style) { $0.logScore }
    Column("rank", "Rank", .significant(3)) { $0.transform }
    Column("inside") { $0.inside ?? [] }.only(.json)
    for (place, level) in levels.enumerated() {
      Column("inside_\(level)") { $0.inside?[place] }.only(.csv)
    }
    Column(text: "Inside") { score in
      score.inside.map { inside in
        zip(levels, inside).first { $0.1 }.map { "\($0.0) %" } ?? "none"
      } ?? ""
    }
    Column("source", "Source") { $0.outcome.source }.last()
  }
}

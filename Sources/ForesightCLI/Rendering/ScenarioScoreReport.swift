internal import Forecasting
internal import Scenarios

/// A scenario's scores, a row an outcome, and their means.
struct ScenarioScoreReport {
  let scenario: Scenario
  let scores: [ScenarioScore]

  func text(width: Int?) -> String {
    var text = "Scenario \(scenario.file.id)"
    if let date = scenario.file.asOf { text += " as of \(date)" }
    text += ", scored by \(scores.count) \(scores.count == 1 ? "outcome" : "outcomes")\n\n"
    var table = TextTable([
      .text("Quantity"), .number("Said"), .number("Came"), .number("CRPS"), .number("Brier"),
      .number("Log score"), .number("Rank"), .text("Inside"), .text("Unit"), .text("Source"),
    ])
    for score in scores {
      let inside = score.inside.map { inside in
        zip(["50", "80", "95"], inside).first { $0.1 }.map { "\($0.0) %" } ?? "none"
      }
      table.add([
        score.outcome.quantity,
        score.probability.map { NumberText.significant($0, 4) } ?? shown(score.median, score),
        shown(score.outcome.value, score), NumberText.significant(score.crps, 4),
        NumberText.significant(score.brier, 4), NumberText.significant(score.logScore, 4),
        NumberText.significant(score.transform, 3), inside ?? "",
        score.isDate || score.unit == "1" ? "" : score.unit, score.outcome.source,
      ])
    }
    text += table.text(width: width)
    let means = [("CRPS", mean(\.crps)), ("Brier", mean(\.brier)), ("log score", mean(\.logScore))]
      .compactMap { name, value in value.map { "\(name) \(NumberText.significant($0, 4))" } }
    text += "\nMeans: \(means.joined(separator: ", "))\n"
    text +=
      "Said is the median, or the probability of a condition; inside is the narrowest of the central intervals.\n"
    return text
  }

  private func shown(_ value: Double?, _ score: ScenarioScore) -> String {
    guard let value else { return NumberText.absent }
    if value == .infinity { return "never" }
    return score.isDate ? NumberText.fixed(value, 2) : NumberText.significant(value, 5)
  }

  /// The mean of a score; `nil` where none has it, or units of CRPS differ.
  private func mean(_ figure: (ScenarioScore) -> Double?) -> Double? {
    let own = scores.filter { figure($0) != nil }
    guard !own.isEmpty, Set(own.map(\.unit)).count == 1 else { return nil }
    return own.compactMap(figure).reduce(0, +) / Double(own.count)
  }

  var csv: String {
    var csv = CSVText([
      "quantity", "outcome", "unit", "median", "probability", "crps", "brier", "log_score", "rank",
      "inside_50",
      "inside_80", "inside_95", "source",
    ])
    for score in scores {
      csv.add(
        [
          score.outcome.quantity, score.outcome.value.isFinite ? "\(score.outcome.value)" : "never",
          score.unit,
        ]
          + [score.median, score.probability, score.crps, score.brier, score.logScore, score.transform].map {
            CSVText.number($0)
          } + (0..<3).map { place in score.inside.map { "\($0[place])" } ?? "" } + [score.outcome.source])
    }
    return csv.text
  }

  var document: Document {
    Document(
      scenario: scenario.file.id, asOf: scenario.file.asOf?.description,
      scores: scores.map { score in
        Document.Score(
          quantity: score.outcome.quantity, outcome: score.outcome.value, unit: score.unit,
          median: score.median, probability: score.probability, crps: score.crps, brier: score.brier,
          logScore: score.logScore, rank: score.transform, inside: score.inside ?? [],
          source: score.outcome.source)
      }, meanCrps: mean(\.crps), meanBrier: mean(\.brier), meanLogScore: mean(\.logScore))
  }

  /// The keys of `scenario score --format json`; never is null.
  struct Document: Encodable {
    struct Score: Encodable {
      let quantity: String
      @Nullable var outcome: Double?
      let unit: String
      @Nullable var median: Double?
      @Nullable var probability: Double?
      @Nullable var crps: Double?
      @Nullable var brier: Double?
      @Nullable var logScore: Double?
      @Nullable var rank: Double?
      let inside: [Bool]
      let source: String
    }

    let scenario: String
    @NullableText var asOf: String?
    let scores: [Score]
    @Nullable var meanCrps: Double?
    @Nullable var meanBrier: Double?
    @Nullable var meanLogScore: Double?
  }
}

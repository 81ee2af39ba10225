internal import Forecasting
internal import Ledger

/// The runs of a ledger as a table.
struct LedgerRunsReport {
  private let runs: [RecordedRun]

  init(_ runs: [RecordedRun]) { self.runs = runs }

  func text(width: Int?) -> String {
    var table = TextTable([
      .number("Run"), .text("Recorded"), .text("Kind"), .text("Name"), .text("Model"), .text("As of"),
      .number("Projections"), .number("Settled"),
    ])
    for run in runs {
      table.add([
        "\(run.number)", run.recorded, run.run.kind.rawValue, run.run.name, run.run.model, run.run.asOf,
        "\(run.run.projections.count)", "\(run.settledCount)",
      ])
    }
    return table.text(width: width)
  }

  var csv: String {
    var csv = CSVText([
      "run", "recorded", "kind", "name", "model", "as_of", "file", "file_hash", "data_hash", "version",
      "seed",
      "settings", "projections", "settled",
    ])
    for run in documents {
      csv.add([
        "\(run.run)", run.recorded, run.kind, run.name, run.model, run.asOf, run.file, run.fileHash,
        run.dataHash,
        run.version, run.seed, run.settings, "\(run.projections)", "\(run.settled)",
      ])
    }
    return csv.text
  }

  var documents: [Document] {
    runs.map { run in
      Document(
        run: run.number, recorded: run.recorded, kind: run.run.kind.rawValue, name: run.run.name,
        model: run.run.model, asOf: run.run.asOf, file: run.run.file, fileHash: run.run.fileHash,
        dataHash: run.run.dataHash, version: run.run.version, seed: "\(run.run.seed)",
        settings: run.run.settings, projections: run.run.projections.count, settled: run.settledCount)
    }
  }

  struct Document: Encodable {
    let run: Int64
    let recorded: String
    let kind: String
    let name: String
    let model: String
    let asOf: String
    let file: String
    let fileHash: String
    let dataHash: String
    let version: String
    let seed: String
    let settings: String
    let projections: Int
    let settled: Int
  }
}

/// Scores and a calibration table.
struct LedgerScoreReport {
  let scores: [LedgerScore]
  let bins: [CalibrationBin]
  let grouping: Set<ScoreGrouping>

  private static let levels = ["50", "80", "95"]

  func text(width: Int?) -> String {
    guard !scores.isEmpty else { return "Nothing is settled yet.\n" }
    var table = TextTable(
      groupTitles.map { .text($0.prefix(1).uppercased() + $0.dropFirst()) } + [
        .number("Probabilities"), .number("Brier"), .number("Log score"), .number("Distributions"),
        .number("CRPS"),
      ] + Self.levels.map { .number("Inside \($0) %") })
    for score in scores {
      table.add(
        groups(score) + ["\(score.probabilityCount)", significant(score.brier), significant(score.logScore)]
          + ["\(score.distributionCount)", significant(score.crps)]
          + (0..<3).map { level in significant(score.coverage.map { 100 * $0[level] }) })
    }
    var calibration = TextTable([
      .text("Probability"), .number("Said"), .number("Mean said"), .number("Came true"),
      .number("Outcomes at this rank"),
    ])
    for bin in bins {
      calibration.add([
        "\(NumberText.plain(bin.range.lowerBound)) … \(NumberText.plain(bin.range.upperBound))",
        "\(bin.count)",
        significant(bin.meanProbability), significant(bin.frequency), "\(bin.transformCount)",
      ])
    }
    return table.text(width: width) + "\nCalibration\n" + calibration.text(width: width)
  }

  var csv: String {
    var csv = CSVText(
      groupTitles + ["probabilities", "brier", "log_score", "distributions", "crps"]
        + Self.levels.map { "inside_\($0)" })
    for score in scores {
      csv.add(
        groups(score) + [
          "\(score.probabilityCount)", CSVText.number(score.brier), CSVText.number(score.logScore),
        ]
          + ["\(score.distributionCount)", CSVText.number(score.crps)]
          + (0..<3).map { level in CSVText.number(score.coverage.map { $0[level] }) })
    }
    return csv.text
  }

  private var groupTitles: [String] {
    ScoreGrouping.allCases.filter(grouping.contains).map(\.rawValue)
  }

  private func groups(_ score: LedgerScore) -> [String] {
    ScoreGrouping.allCases.filter(grouping.contains).map { grouping in
      switch grouping {
      case .name: score.name ?? ""
      case .model: score.model ?? ""
      case .horizon: score.horizon.map { $0 < 0 ? "" : "\($0)" } ?? ""
      }
    }
  }

  private func significant(_ value: Double?) -> String { NumberText.significant(value, 4) }

  var document: Document {
    Document(
      scores: scores.map { score in
        Document.Score(
          name: score.name, model: score.model, horizon: score.horizon.map(Double.init),
          probabilities: score.probabilityCount, brier: score.brier, logScore: score.logScore,
          distributions: score.distributionCount, crps: score.crps, inside50: score.coverage?[0],
          inside80: score.coverage?[1], inside95: score.coverage?[2])
      },
      calibration: bins.map { bin in
        Document.Bin(
          lower: bin.range.lowerBound, upper: bin.range.upperBound, count: bin.count,
          meanProbability: bin.meanProbability, frequency: bin.frequency, outcomes: bin.transformCount)
      })
  }

  struct Document: Encodable {
    struct Score: Encodable {
      @NullableText var name: String?
      @NullableText var model: String?
      @Nullable var horizon: Double?
      let probabilities: Int
      @Nullable var brier: Double?
      @Nullable var logScore: Double?
      let distributions: Int
      @Nullable var crps: Double?
      @Nullable var inside50: Double?
      @Nullable var inside80: Double?
      @Nullable var inside95: Double?
    }
    struct Bin: Encodable {
      let lower: Double
      let upper: Double
      let count: Int
      @Nullable var meanProbability: Double?
      @Nullable var frequency: Double?
      let outcomes: Int
    }
    let scores: [Score]
    let calibration: [Bin]
  }
}

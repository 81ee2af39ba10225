internal import Forecasting
internal import Ledger
internal import Reports

extension Report {
  /// The runs of a ledger.
  init(_ runs: [RecordedRun]) {
    self.init {
      Table("", runs) {
        Column("run", "Run") { $0.number }
        Column("recorded", "Recorded") { $0.recorded }
        Column("kind", "Kind") { $0.run.kind.rawValue }
        Column("name", "Name") { $0.run.name }
        Column("model", "Model") { $0.run.model }
        Column("as_of", "As of") { $0.run.asOf }
        Column("file") { $0.run.file }
        Column("file_hash") { $0.run.fileHash }
        Column("data_hash") { $0.run.dataHash }
        Column("version") { $0.run.version }
        Column("seed") { "\($0.run.seed)" }
        Column("settings") { $0.run.settings }
        Column("projections", "Projections") { $0.run.projections.count }
        Column("settled", "Settled") { $0.settledCount }
      }
    }
  }

  /// The keys that wait for an outcome.
  init(openKeys keys: [String]) {
    self.init {
      Members(["": keys])
      Table("", keys, in: [.text, .csv]) { Column("key", "Key") { $0 } }
    }
  }

  /// Scores of settled projections by group, and how often what was given a probability happened.
  init(_ scores: [LedgerScore], calibration bins: [CalibrationBin], by grouping: Set<ScoreGrouping>) {
    let forms: Set<Format> = scores.isEmpty ? [.json, .csv] : [.text, .json, .csv]
    self.init {
      if scores.isEmpty { Words("Nothing is settled yet.\n") }
      Table("scores", scores, in: forms) {
        Column("name", "Name") { $0.name }.only(grouping.contains(.name) ? [.text, .json, .csv] : [.json])
        Column("model", "Model") { $0.model }
          .only(grouping.contains(.model) ? [.text, .json, .csv] : [.json])
        Column("horizon") { $0.horizon }.only(.json)
        if grouping.contains(.horizon) {
          Column("horizon", "Horizon") { $0.horizon.map { $0 < 0 ? "" : "\($0)" } }.only(.text, .csv)
        }
        Column("probabilities", "Probabilities") { $0.probabilityCount }
        Column("brier", "Brier", .significant(4)) { $0.brier }
        Column("log_score", "Log score", .significant(4)) { $0.logScore }
        Column("distributions", "Distributions") { $0.distributionCount }
        Column("crps", "CRPS", .significant(4)) { $0.crps }
        for (place, level) in ["50", "80", "95"].enumerated() {
          Column("inside\(level)", "Inside \(level) %") { $0.coverage?[place] }.csv("inside_\(level)")
            .shown { NumberText.significant($0.coverage.map { 100 * $0[place] }, 4) }
        }
      }
      Table("calibration", bins, in: forms.subtracting([.csv]), title: "Calibration\n") {
        Column("lower") { $0.range.lowerBound }
        Column("upper") { $0.range.upperBound }
        Column(text: "Probability") { bin in
          "\(NumberText.plain(bin.range.lowerBound)) … \(NumberText.plain(bin.range.upperBound))"
        }
        Column("count", "Forecasts") { $0.count }
        Column("mean_probability", "Mean", .significant(4)) { $0.meanProbability }
        Column("frequency", "Frequency", .significant(4)) { $0.frequency }
        Column("outcomes", "Outcomes at this rank") { $0.transformCount }
      }
    }
  }
}

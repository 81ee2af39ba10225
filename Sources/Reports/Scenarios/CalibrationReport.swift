internal import Forecasting
public import Scenarios

extension RampCalibration {
  /// A ramp prior with the pipelines that it comes from; JSON gives the quantiles P10, P50 and P90.
  ///
  /// CSV has one row per pipeline.
  public var report: Report {
    let quantiles = Self.probabilities.map { self.quantiles[$0] ?? .nan }
    return Report {
      Words("Linear ramps to the nameplate, years to fill; RMSE as a share of the nameplate\n")
      Members([
        "omissions": omissions.map { JSONValue(["pipeline": $0.pipeline, "reason": $0.reason]) },
        "spread": spread, "quantiles": quantiles, "law": law,
      ])
      Table("analogues", analogues) {
        Column("pipeline", "Pipeline") { $0.pipeline }
        Column(text: "Years") { "\($0.fitted.lowerBound)–\($0.fitted.upperBound)" }
        Column("first_year") { $0.fitted.lowerBound }
        Column("last_year") { $0.fitted.upperBound }
        Column("nameplate", "Nameplate", .significant(4)) { $0.nameplate }
        Column("first_gas", "First gas", .fixed(3)) { $0.start }
        Column("years", "To fill", .fixed(2)) { $0.years }
        Column("standard_error", "Std. error", .fixed(2)) { $0.standardError }
        Column("rmse", "RMSE", .fixed(3)) { $0.relativeError }
        Column("pooled_years", "Pooled", .fixed(2)) { $0.pooledYears }
        Column("note", "Note") { $0.note }.only(.text, .json)
      }
      if !omissions.isEmpty {
        Words("Left out\n" + omissions.map { "- \($0.pipeline): \($0.reason)\n" }.joined())
      }
      Words(
        "A new line, from \(analogues.count) analogues (spread of log lengths \(NumberText.fixed(spread, 2))):\n"
          + "\(named(quantiles)) years\nramp_years: {unit: yr, basis: derived, \(law)}\n")
    }
  }
}

extension DelayCalibration {
  /// A prior of delays with the announcements that it comes from, stage by stage.
  ///
  /// CSV has one row per announcement, with its forecast from the other projects and the scores; JSON also has one object per stage,
  /// with the quantiles P10, P50 and P90 of a delay.
  public var report: Report {
    let heldOut = heldOut
    let scores = [
      ("the prior of its stage", Scores(meanOf: heldOut.map(\.calibrated))),
      ("the base rate", Scores(meanOf: heldOut.map(\.baseRate))),
      ("face value", Scores(meanOf: heldOut.map(\.faceValue))),
    ]
    let projects = Set(heldOut.map(\.announcement.project)).count
    return Report {
      Members(["face_value": faceValue])
      for stage in stages {
        Words("\(stage.name): \(stage.kept) of \(stage.announcements.count) on time\n")
        Table("", stage.announcements, in: [.text]) {
          Column("claim", "Announcement") { $0.claim }
          Column("due", "Due", .fixed(2)) { $0.due }
          Column("came", "Date") { $0.came }.shown { item in
            item.came.map { NumberText.fixed($0, 2) } ?? "not yet"
          }
          Column(number: "Delay") { item in
            guard let came = item.came else { return "> \(NumberText.fixed(item.knownUntil - item.due, 2))" }
            return item.isInTime ? "0" : NumberText.fixed(came - item.due, 2)
          }
        }
        Words(stage.text(faceValue: faceValue))
      }
      Words(
        "Each announcement forecast from those of other projects (\(projects) projects, \(heldOut.count) announcements; smaller is "
          + "better)\n")
      Table("held_out_scores", scores, in: [.text, .json]) {
        Column("forecast", "Forecast") { $0.0 }
        Column("brier", "Brier score", .fixed(4)) { $0.1.brier }
        Column("crps", "CRPS of the delay, years", .fixed(3)) { $0.1.crps }
      }
      Words(
        "An announcement that had not come true when the table was closed is censored at that day; the guide gives "
          + "the priors.\n")
      Table("stages", stages, in: [.json]) {
        Column("stage") { $0.name }
        Column("announcements") { $0.announcements.count }
        Column("in_time_count") { $0.kept }
        Column("brier") { $0.brier }
        Column("in_time") { $0.shares[0] }
        Column("late") { $0.shares[1] }
        Column("never") { $0.shares[2] }
        Column("delay_quantiles") { $0.quantiles }
        Column("law") { $0.law }
      }
      Table("held_out", heldOut, in: [.json, .csv]) {
        Column("stage") { $0.stage }
        Column("id") { $0.announcement.id }
        Column("project") { $0.announcement.project }
        Column("claim") { $0.announcement.claim }
        Column("due") { $0.announcement.due }
        Column("came") { $0.announcement.came }
        Column("known_until") { $0.announcement.knownUntil }
        Column("in_time") { $0.announcement.isInTime }
        Column("probability") { $0.calibrated.inTime }
        Column("base_rate") { $0.baseRate.inTime }
        Column("brier") { $0.calibrated.brier }
        Column("base_rate_brier") { $0.baseRate.brier }
        Column("face_value_brier") { $0.faceValue.brier }
        Column("crps") { $0.calibrated.crps }
        Column("base_rate_crps") { $0.baseRate.crps }
        Column("face_value_crps") { $0.faceValue.crps }
      }
    }
  }
}

extension DelayCalibration.Stage {
  fileprivate var quantiles: [Double] { DelayCalibration.probabilities.map { delays[$0] ?? .nan } }

  fileprivate func text(faceValue: Double) -> String {
    let shares = shares.map { NumberText.fixed($0, 3) }
    return "Brier score at face value \(faceValue): \(NumberText.fixed(brier, 4))\n"
      + "On time \(shares[0]), late \(shares[1]), never \(shares[2]); a delay \(named(quantiles)) years\n"
      + law.joined(separator: "\n") + "\n"
  }
}

/// `P10 1.20, P50 2.00, P90 4.10`.
private func named(_ quantiles: [Double]) -> String {
  zip(["P10", "P50", "P90"], quantiles).map { "\($0) \(NumberText.fixed($1, 2))" }.joined(separator: ", ")
}

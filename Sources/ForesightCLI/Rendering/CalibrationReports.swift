internal import Forecasting
internal import Scenarios

/// A ramp prior with the pipelines it is made of.
struct RampCalibrationReport {
  let calibration: RampCalibration

  func text(width: Int?) -> String {
    var table = TextTable([
      .text("Pipeline"), .text("Years"), .number("Nameplate"), .number("First gas"), .number("To fill"),
      .number("Std. error"), .number("RMSE"), .number("Pooled"), .text("Note"),
    ])
    for item in calibration.analogues {
      table.add([
        item.pipeline, "\(item.fitted.lowerBound)–\(item.fitted.upperBound)",
        NumberText.significant(item.nameplate, 4), NumberText.fixed(item.start, 3),
        NumberText.fixed(item.years, 2), NumberText.fixed(item.standardError, 2),
        NumberText.fixed(item.relativeError, 3), NumberText.fixed(item.pooledYears, 2), item.note ?? "",
      ])
    }
    var text = "Linear ramps to the nameplate, years to fill; RMSE as a share of the nameplate\n\n"
    text += table.text(width: width)
    if !calibration.omissions.isEmpty {
      text += "\nLeft out\n"
      for item in calibration.omissions { text += "- \(item.pipeline): \(item.reason)\n" }
    }
    let count = calibration.analogues.count
    let quantiles = RampCalibration.probabilities.map {
      NumberText.fixed(calibration.quantiles[$0] ?? .nan, 2)
    }
    text +=
      "\nA new line, by \(count) analogues (spread of log lengths \(NumberText.fixed(calibration.spread, 2))):\n"
    text += "P10 \(quantiles[0]), P50 \(quantiles[1]), P90 \(quantiles[2]) years\n"
    text += "ramp_years: {unit: yr, basis: derived, \(calibration.law)}\n"
    return text
  }

  var csv: String {
    var csv = CSVText([
      "pipeline", "first_year", "last_year", "nameplate", "first_gas", "years", "standard_error", "rmse",
      "pooled_years",
    ])
    for item in calibration.analogues {
      csv.add(
        [item.pipeline, "\(item.fitted.lowerBound)", "\(item.fitted.upperBound)"]
          + [
            item.nameplate, item.start, item.years, item.standardError, item.relativeError, item.pooledYears,
          ].map { CSVText.number($0) })
    }
    return csv.text
  }

  var document: Document {
    Document(
      analogues: calibration.analogues.map {
        Document.Analogue(
          pipeline: $0.pipeline, firstYear: $0.fitted.lowerBound, lastYear: $0.fitted.upperBound,
          nameplate: $0.nameplate, firstGas: $0.start, years: $0.years, standardError: $0.standardError,
          rmse: $0.relativeError, pooledYears: $0.pooledYears, note: $0.note)
      },
      omissions: calibration.omissions.map { Document.Omission(pipeline: $0.pipeline, reason: $0.reason) },
      spread: calibration.spread,
      quantiles: RampCalibration.probabilities.map { calibration.quantiles[$0] ?? .nan }, law: calibration.law
    )
  }

  /// The keys of `scenario calibrate ramp --format json`; quantiles are P10, P50 and P90.
  struct Document: Encodable {
    struct Analogue: Encodable {
      let pipeline: String
      let firstYear, lastYear: Int
      let nameplate, firstGas, years, standardError, rmse, pooledYears: Double
      @NullableText var note: String?
    }
    struct Omission: Encodable {
      let pipeline, reason: String
    }

    let analogues: [Analogue]
    let omissions: [Omission]
    let spread: Double
    let quantiles: [Double]
    let law: String
  }
}

/// A delay prior with the announcements it is made of.
struct DelayCalibrationReport {
  let calibration: DelayCalibration

  func text(width: Int?) -> String {
    var text = ""
    for stage in calibration.stages {
      text += "\(stage.name): \(stage.kept) of \(stage.announcements.count) in time\n\n"
      var table = TextTable([.text("Announcement"), .number("Due"), .number("Came"), .number("Delay")])
      for item in stage.announcements {
        let delay = item.isInTime ? "0" : item.came.map { NumberText.fixed($0 - item.due, 2) }
        table.add([
          item.claim, NumberText.fixed(item.due, 2), item.came.map { NumberText.fixed($0, 2) } ?? "not yet",
          delay ?? "> \(NumberText.fixed(item.knownUntil - item.due, 2))",
        ])
      }
      text += table.text(width: width)
      let quantiles = DelayCalibration.probabilities.map { NumberText.fixed(stage.delays[$0] ?? .nan, 2) }
      let shares = stage.shares.map { NumberText.fixed($0, 3) }
      text += "\nBrier score at face value \(calibration.faceValue): \(NumberText.fixed(stage.brier, 4))\n"
      text += "In time \(shares[0]), late \(shares[1]), never \(shares[2]); a delay P10 \(quantiles[0]), "
      text += "P50 \(quantiles[1]), P90 \(quantiles[2]) years\n"
      text += stage.law.joined(separator: "\n") + "\n\n"
    }
    return text + "What had not come is censored at the day the table was closed; priors as the guide says.\n"
  }

  var csv: String {
    var csv = CSVText(["stage", "id", "claim", "due", "came", "known_until", "in_time"])
    for stage in calibration.stages {
      for item in stage.announcements {
        csv.add([
          stage.name, item.id, item.claim, "\(item.due)", CSVText.number(item.came), "\(item.knownUntil)",
          "\(item.isInTime)",
        ])
      }
    }
    return csv.text
  }

  var document: Document {
    Document(
      faceValue: calibration.faceValue,
      stages: calibration.stages.map { stage in
        Document.Stage(
          stage: stage.name, announcements: stage.announcements.count, inTimeCount: stage.kept,
          brier: stage.brier,
          inTime: stage.shares[0], late: stage.shares[1], never: stage.shares[2],
          delayQuantiles: DelayCalibration.probabilities.map { stage.delays[$0] ?? .nan }, law: stage.law)
      })
  }

  /// The keys of `scenario calibrate delay --format json`; quantiles are P10, P50 and P90.
  struct Document: Encodable {
    struct Stage: Encodable {
      let stage: String
      let announcements, inTimeCount: Int
      let brier, inTime, late, never: Double
      let delayQuantiles: [Double]
      let law: [String]
    }

    let faceValue: Double
    let stages: [Stage]
  }
}

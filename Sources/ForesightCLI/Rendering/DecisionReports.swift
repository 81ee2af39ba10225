internal import Forecasting
internal import Scenarios

/// The value of knowing inputs.
struct InformationReport: SensitivityReport {
  let study: SensitivityStudy<ValueOfInformation>

  init(_ study: SensitivityStudy<ValueOfInformation>) { self.study = study }

  var title: String { "EVPPI: what it is worth to know an input before deciding whether to act" }

  var body: String {
    let findings = study.findings
    let decimals = Self.decimals(findings.inputs.map(\.standardError) + [findings.perfectError])
    var table = TextTable([
      .text("Input"), .number("Value"), .number("Std. error"), .text("Interval"),
      .number("Share of variance"),
      .number("Rank"),
    ])
    func error(_ value: Double?) -> String {
      value.map { NumberText.fixed($0, decimals) } ?? NumberText.absent
    }
    for row in findings.inputs {
      table.add([
        row.name, NumberText.fixed(row.value, decimals), error(row.standardError),
        Self.interval(row.interval, decimals), NumberText.fixed(row.variance, 4), Self.rank(row.rank),
      ])
    }
    table.add([
      "everything", NumberText.fixed(findings.perfect, decimals), error(findings.perfectError), "", "1.0000",
      "",
    ])
    return "Acting pays the value less \(NumberText.plain(findings.threshold)): "
      + "\(NumberText.significant(findings.payoff, 5)) on average; not acting pays 0\n\n" + table.text()
      + Self.ties(findings.inputs.map(\.rank))
  }

  var csv: String {
    var csv = CSVText(["input", "value", "standard_error", "low", "high", "variance_share", "rank"])
    for row in study.findings.inputs {
      csv.add([
        row.name, CSVText.number(row.value), CSVText.number(row.standardError),
        CSVText.number(row.interval?.lowerBound), CSVText.number(row.interval?.upperBound),
        CSVText.number(row.variance), row.rank.map { "\($0)" } ?? "",
      ])
    }
    return csv.text
  }
}

/// Boxes of inputs.
struct BoxReport: SensitivityReport {
  let study: SensitivityStudy<ScenarioDiscovery>

  init(_ study: SensitivityStudy<ScenarioDiscovery>) { self.study = study }

  static let title = "PRIM: boxes of inputs in which cases of interest are dense"
  var title: String { Self.title }
  var body: String { Self.body(study.findings) }

  private static func side(_ bound: BoxBound, _ value: Double?, _ absent: String) -> String {
    guard bound.branches.isEmpty else { return bound.branches.joined(separator: ", ") }
    return value.map { NumberText.significant($0, 6) } ?? absent
  }

  static func body(_ findings: ScenarioDiscovery) -> String {
    var text =
      "Cases of interest: \(findings.interest), \(NumberText.percent(findings.share, 2)) of the paths; "
      + "density asked for \(NumberText.plain(findings.density))\n"
    for (number, box) in findings.boxes.enumerated() {
      text +=
        "\nBox \(number + 1): density \(NumberText.fixed(box.density, 3)), coverage "
        + "\(NumberText.fixed(box.coverage, 3)), mass \(NumberText.fixed(box.mass, 4))\n"
      var table = TextTable([
        .text("Input"), .text("From"), .text("To"), .text("Unit"), .number("Quasi-p-value"),
      ])
      for bound in box.bounds {
        table.add([
          bound.name, Self.side(bound, bound.lower, "–"),
          bound.branches.isEmpty ? Self.side(bound, bound.upper, "–") : "",
          bound.unit == "1" ? "" : bound.unit, NumberText.pValue(bound.quasiPValue),
        ])
      }
      text += table.text()
    }
    return text
  }

  var csv: String {
    var csv = CSVText([
      "box", "coverage", "density", "mass", "input", "lower", "upper", "branches", "unit", "quasi_p_value",
    ])
    for (number, box) in study.findings.boxes.enumerated() {
      for bound in box.bounds {
        csv.add([
          "\(number + 1)", CSVText.number(box.coverage), CSVText.number(box.density),
          CSVText.number(box.mass),
          bound.name, CSVText.number(bound.lower), CSVText.number(bound.upper),
          bound.branches.joined(separator: " "), bound.unit, CSVText.number(bound.quasiPValue),
        ])
      }
    }
    return csv.text
  }
}

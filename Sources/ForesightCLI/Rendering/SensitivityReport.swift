internal import Forecasting
internal import Scenarios

/// What an analysis of drivers found, as text, rows and a document.
protocol SensitivityReport {
  associatedtype Findings: Sendable, Hashable, Codable
  var study: SensitivityStudy<Findings> { get }
  /// What the table shows, in words.
  var title: String { get }
  /// The findings as tables.
  var body: String { get }
  /// A row a finding.
  var csv: String { get }
}

extension SensitivityReport {
  /// The study as a page of text.
  var text: String {
    let settings = study.settings
    var text = "\(title)\n\(study.of)"
    if study.unit != "1" { text += " in \(study.unit)" }
    if let given = study.given { text += ", given \(given)" }
    text += "; question \(study.question) of \(study.scenario) (\(study.file), hash \(study.fileHash))\n"
    text += settings.replicates > 1 ? "\(settings.replicates) × " : ""
    text += "\(settings.draws) draws (\(settings.method.rawValue)), seed \(settings.seed); "
    text += "computed \(study.evaluations) times\n\n" + body
    if !study.notes.isEmpty { text += "\nNotes\n" + study.notes.map { "- \($0)\n" }.joined() }
    return text
  }

  static func interval(_ range: ClosedRange<Double>?, _ decimals: Int) -> String {
    guard let range else { return NumberText.absent }
    return "\(NumberText.fixed(range.lowerBound, decimals)) … \(NumberText.fixed(range.upperBound, decimals))"
  }

  static func rank(_ rank: Int?) -> String { rank.map { "\($0)" } ?? "tied" }

  /// The decimals that show three digits of the errors' median.
  static func decimals(_ errors: [Double?]) -> Int {
    let sorted = errors.compactMap { $0 }.filter { $0 > 0 }.sorted()
    guard !sorted.isEmpty else { return 4 }
    return min(6, NumberText.decimals(for: [sorted[(sorted.count - 1) / 2]], digits: 2))
  }

  /// What a table with ties says below it.
  static func ties(_ ranks: [Int?]) -> String {
    ranks.contains { $0 == nil } ? "Tied: the interval overlaps another's, so no rank is given.\n" : ""
  }
}

/// Sobol' indices.
struct SobolReport: SensitivityReport {
  let study: SensitivityStudy<[SensitivityIndex]>

  init(_ study: SensitivityStudy<[SensitivityIndex]>) { self.study = study }

  var title: String { "Sobol' indices: shares of the variance" }

  var body: String {
    var table = TextTable([
      .text("Input"), .number("First order"), .text("Interval"), .number("Total"), .text("Interval"),
      .number("Rank"),
    ])
    for row in study.findings {
      table.add([
        row.name, NumberText.fixed(row.first, 4), Self.interval(row.firstInterval, 4),
        NumberText.fixed(row.total, 4), Self.interval(row.totalInterval, 4),
        row.totalInterval == nil ? NumberText.absent : Self.rank(row.rank),
      ])
    }
    return table.text() + Self.ties(study.findings.filter { $0.totalInterval != nil }.map(\.rank))
  }

  var csv: String {
    var csv = CSVText([
      "input", "first", "first_low", "first_high", "total", "total_low", "total_high", "rank",
    ])
    for row in study.findings {
      csv.add(
        [row.name]
          + [
            row.first, row.firstInterval?.lowerBound, row.firstInterval?.upperBound, row.total,
            row.totalInterval?.lowerBound, row.totalInterval?.upperBound,
          ].map(CSVText.number) + [row.rank.map { "\($0)" } ?? ""])
    }
    return csv.text
  }
}

/// Shapley effects.
struct ShapleyReport: SensitivityReport {
  let study: SensitivityStudy<[ShapleyEffect]>

  init(_ study: SensitivityStudy<[ShapleyEffect]>) { self.study = study }

  var title: String { "Shapley effects: shares of the variance that sum to one" }

  var body: String {
    var table = TextTable([.text("Input"), .number("Share"), .text("Interval"), .number("Rank")])
    for row in study.findings {
      table.add([
        row.name, NumberText.fixed(row.share, 4), Self.interval(row.interval, 4), Self.rank(row.rank),
      ])
    }
    return table.text() + Self.ties(study.findings.map(\.rank))
  }

  var csv: String {
    var csv = CSVText(["input", "share", "low", "high", "rank"])
    for row in study.findings {
      csv.add(
        [row.name] + [row.share, row.interval.lowerBound, row.interval.upperBound].map(CSVText.number)
          + [row.rank.map { "\($0)" } ?? ""])
    }
    return csv.text
  }
}

/// A tornado.
struct TornadoReport: SensitivityReport {
  let study: SensitivityStudy<Tornado>

  init(_ study: SensitivityStudy<Tornado>) { self.study = study }

  static let title = "Tornado: the mean with one input held, the others drawn given it"
  var title: String { Self.title }
  var body: String { Self.body(study.findings) }

  static func body(_ findings: Tornado) -> String {
    let decimals = Self.decimals(findings.bars.map(\.standardError) + [findings.standardError])
    var table = TextTable([
      .text("Input"), .text("Held at"), .number("Mean"), .text("Held at"), .number("Mean"), .number("Swing"),
      .number("Std. error"), .number("Rank"),
    ])
    func held(_ end: TornadoEnd) -> String {
      end.label + (end.value.map { " = " + NumberText.significant($0, 5) } ?? "")
    }
    for bar in findings.bars {
      table.add([
        bar.name, held(bar.low), NumberText.fixed(bar.low.mean, decimals), held(bar.high),
        NumberText.fixed(bar.high.mean, decimals), NumberText.fixed(bar.swing, decimals),
        bar.standardError.map { NumberText.fixed($0, decimals) } ?? NumberText.absent, Self.rank(bar.rank),
      ])
    }
    let error = findings.standardError.map { " ± \(NumberText.fixed($0, decimals))" } ?? ""
    return "With every input drawn: \(NumberText.fixed(findings.mean, decimals))\(error)\n\n" + table.text()
      + Self.ties(findings.bars.map(\.rank))
  }

  var csv: String {
    var csv = CSVText([
      "input", "low", "low_value", "low_mean", "high", "high_value", "high_mean", "swing", "standard_error",
      "rank",
    ])
    for bar in study.findings.bars {
      csv.add([
        bar.name, bar.low.label, CSVText.number(bar.low.value), CSVText.number(bar.low.mean), bar.high.label,
        CSVText.number(bar.high.value), CSVText.number(bar.high.mean), CSVText.number(bar.swing),
        CSVText.number(bar.standardError), bar.rank.map { "\($0)" } ?? "",
      ])
    }
    return csv.text
  }
}

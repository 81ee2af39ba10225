internal import Forecasting
public import Scenarios

extension SensitivityStudy {
  /// The study of a question's drivers; JSON is its `Codable` form.
  ///
  /// CSV has one row per input, or per bound of a box.
  public var report: Report {
    let findings = findings as? any StudyFindings
    var text = "\(of)\(unit == "1" ? "" : " in \(unit)")\(given.map { ", given \($0)" } ?? ""); "
    text += "question \(question) of \(scenario) (\(file), hash \(fileHash))\n"
    text += "\(settings.text); \(evaluations) evaluations\n"
    return Report(encoding: self) {
      if let findings {
        Words("\(type(of: findings).title)\n" + text)
        Words(findings.heading)
        findings.parts
      } else {
        Words(text)
      }
      Notes(notes)
    }
  }
}

/// What a study found, in tables.
protocol StudyFindings {
  /// What the tables show.
  static var title: String { get }
  /// Lines above the tables.
  var heading: String { get }
  /// The tables.
  @ListBuilder<any ReportPart> var parts: [any ReportPart] { get }
}

/// What a table says below it where inputs share a rank.
private func ties(_ ranks: [Int?]) -> String {
  ranks.contains { $0 == nil } ? "Tied: the interval overlaps another, so no rank is given.\n" : ""
}

private func rankText(_ rank: Int?) -> String { rank.map { "\($0)" } ?? "tied" }

/// A share of the variance that is an input's due.
protocol VarianceShare: Sendable {
  /// What a table of shares shows.
  static var title: String { get }
  /// Shares with some decimals.
  static func table(_ shares: [Self], decimals: Int, title: String) -> Table<Self>
}

extension Array: StudyFindings where Element: VarianceShare {
  static var title: String { Element.title }
  var heading: String { "" }
  var parts: [any ReportPart] { [Element.table(self, decimals: 4, title: "")] }
}

// MARK: - Sobol' indices

extension SensitivityIndex: VarianceShare {
  static var title: String { "Sobol' indices: shares of the variance" }

  static func table(
    _ indices: [SensitivityIndex], decimals: Int, title: String
  ) -> Table<SensitivityIndex> {
    let style = NumberStyle.fixed(decimals)
    return Table(
      "", indices, title: title,
      footer: ties(indices.filter { $0.totalInterval != nil && !$0.isCorrelated }.map(\.rank))
    ) {
      Column("input", "Input") { $0.name }
      Column("first", "First order", style) { $0.first }
      Column(text: "Interval") { style.text($0.firstInterval) }
      Column("first_low") { $0.firstInterval?.lowerBound }
      Column("first_high") { $0.firstInterval?.upperBound }
      Column("total", "Total", style) { $0.total }
      Column(text: "Interval") { style.text($0.totalInterval) }
      Column("total_low") { $0.totalInterval?.lowerBound }
      Column("total_high") { $0.totalInterval?.upperBound }
      Column("rank", "Rank") { $0.rank }.shown { row in
        row.totalInterval == nil || row.isCorrelated ? NumberText.absent : rankText(row.rank)
      }
    }
  }
}

// MARK: - Shapley effects

extension ShapleyEffect: VarianceShare {
  static var title: String { "Shapley effects: shares of the variance that sum to one" }

  static func table(_ effects: [ShapleyEffect], decimals: Int, title: String) -> Table<ShapleyEffect> {
    let style = NumberStyle.fixed(decimals)
    return Table("", effects, title: title, footer: ties(effects.map(\.rank))) {
      Column("input", "Input") { $0.name }
      Column("share", "Share", style) { $0.share }
      Column(text: "Interval") { style.text($0.interval) }
      Column("low") { $0.interval.lowerBound }
      Column("high") { $0.interval.upperBound }
      Column("rank", "Rank") { $0.rank }.shown { rankText($0.rank) }
    }
  }
}

// MARK: - Tornado

extension Tornado: StudyFindings {
  static var title: String { "Tornado: the mean with one input fixed and the others drawn given it" }

  private var style: NumberStyle { NumberStyle(errors: bars.map(\.standardError) + [standardError]) }

  var heading: String {
    let error = standardError.map { " ± \(style.text($0))" } ?? ""
    return "With every input drawn: \(style.text(mean))\(error)\n"
  }

  var parts: [any ReportPart] {
    let style = style
    let end: @Sendable (TornadoEnd) -> String = { end in
      end.label + (end.value.map { " = " + NumberText.significant($0, 5) } ?? "")
    }
    Table("", bars, footer: ties(bars.map(\.rank))) {
      Column("input", "Input") { $0.name }
      Column("low", "Fixed at") { $0.low.label }.shown { end($0.low) }
      Column("low_value") { $0.low.value }
      Column("low_mean", "Mean", style) { $0.low.mean }
      Column("high", "Fixed at") { $0.high.label }.shown { end($0.high) }
      Column("high_value") { $0.high.value }
      Column("high_mean", "Mean", style) { $0.high.mean }
      Column("swing", "Swing", style) { $0.swing }
      Column("standard_error", "Std. error", style) { $0.standardError }
      Column("rank", "Rank") { $0.rank }.shown { rankText($0.rank) }
    }
  }
}

// MARK: - Boxes

extension ScenarioDiscovery: StudyFindings {
  static var title: String { "PRIM: boxes of inputs in which cases of interest are dense" }

  var heading: String {
    "Cases of interest: \(interest), \(NumberText.percent(share, 2)) of the paths; density asked for "
      + "\(NumberText.plain(density))\n"
  }

  private struct Bound: Sendable {
    let number: Int
    let box: ScenarioBox
    let bound: BoxBound

    func side(_ value: Double?) -> String { value.map { NumberText.significant($0, 6) } ?? NumberText.absent }
  }

  @ListBuilder<Column<Bound>> private var columns: [Column<Bound>] {
    Column("box") { $0.number }
    Column("coverage") { $0.box.coverage }
    Column("density") { $0.box.density }
    Column("mass") { $0.box.mass }
    Column("input", "Input") { $0.bound.name }
    Column(text: "From") { row in
      row.bound.branches.isEmpty
        ? row.side(row.bound.lower) : row.bound.branches.joined(separator: ", ")
    }
    Column(text: "To") { $0.bound.branches.isEmpty ? $0.side($0.bound.upper) : "" }
    Column("lower") { $0.bound.lower }
    Column("upper") { $0.bound.upper }
    Column("branches") { $0.bound.branches }
    Column("unit", "Unit") { $0.bound.unit }.shown { $0.bound.unit == "1" ? "" : $0.bound.unit }
    Column("quasi_p_value", "Quasi-p-value", .pValue) { $0.bound.quasiPValue }
  }

  var parts: [any ReportPart] {
    let rows = boxes.enumerated().map { place, box in
      box.bounds.map { Bound(number: place + 1, box: box, bound: $0) }
    }
    for (place, box) in boxes.enumerated() {
      Table(
        "", rows[place], in: [.text],
        title: "Box \(place + 1): density \(NumberText.fixed(box.density, 3)), coverage "
          + "\(NumberText.fixed(box.coverage, 3)), mass \(NumberText.fixed(box.mass, 4))\n"
      ) { columns }
    }
    Table("", rows.flatMap(\.self), in: [.csv]) { columns }
  }
}

// MARK: - Value of information

extension ValueOfInformation: StudyFindings {
  static var title: String { "EVPPI: the value of knowing an input before deciding whether to act" }

  var heading: String {
    "Acting pays the value less \(NumberText.plain(threshold)): \(NumberText.significant(payoff, 5)) on average; "
      + "not acting pays 0\n"
  }

  var parts: [any ReportPart] {
    let style = NumberStyle(errors: inputs.map(\.standardError) + [perfectError])
    let error = perfectError.map { " ± \(style.text($0))" } ?? ""
    Table(
      "", inputs,
      footer: "Knowing everything: \(style.text(perfect))\(error)\n" + ties(inputs.map(\.rank))
    ) {
      Column("input", "Input") { $0.name }
      Column("value", "Value", style) { $0.value }
      Column("standard_error", "Std. error", style) { $0.standardError }
      Column(text: "Interval") { style.text($0.interval) }
      Column("low") { $0.interval?.lowerBound }
      Column("high") { $0.interval?.upperBound }
      Column("variance_share", "Share of variance", .fixed(4)) { $0.variance }
      Column("rank", "Rank") { $0.rank }.shown { rankText($0.rank) }
    }
  }
}

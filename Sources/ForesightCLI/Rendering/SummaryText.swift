internal import Forecasting

/// A fit's summary as a page of text, laid out as econometricians know it.
struct SummaryText {
  let text: String

  init(_ summary: FitSummary) {
    var parts = [SummaryText.heading(summary)]
    if !summary.coefficients.isEmpty { parts.append(SummaryText.coefficients(summary)) }
    let criteria = SummaryText.criteria(summary)
    if !criteria.isEmpty { parts.append(criteria) }
    if !summary.facts.isEmpty { parts.append(SummaryText.facts(summary)) }
    if !summary.diagnostics.isEmpty { parts.append(SummaryText.diagnostics(summary)) }
    if !summary.notes.isEmpty {
      let width = StandardOutput.width ?? 110
      let notes = summary.notes.map { note in
        "- " + wrap(note, width: max(30, width - 2)).joined(separator: "\n  ") + "\n"
      }
      parts.append("Notes\n" + notes.joined())
    }
    text = parts.joined(separator: "\n")
  }

  private static func heading(_ summary: FitSummary) -> String {
    let unit = summary.unit.isEmpty ? "" : ", \(summary.unit)"
    var counts = "\(summary.observations) observations"
    if summary.spans > 0 { counts += ", \(summary.spans) of them over several periods" }
    if summary.missing > 0 { counts += ", \(summary.missing) missing" }
    return "\(summary.model)\nSeries \(summary.series)\(unit), \(summary.span): \(counts)\n"
  }

  private static func coefficients(_ summary: FitSummary) -> String {
    var table = TextTable([
      .text("Coefficient"), .number("Estimate"), .number("Std. error"), .number("t value"),
      .number("Pr(>|t|)"), .text(""),
    ])
    var hasStars = false
    for coefficient in summary.coefficients {
      let stars = significanceStars(coefficient.pValue)
      hasStars = hasStars || !stars.isEmpty
      table.add([
        coefficient.name, NumberText.significant(coefficient.estimate, 6),
        NumberText.significant(coefficient.standardError),
        coefficient.statistic.map { NumberText.fixed($0, 3) } ?? NumberText.absent,
        NumberText.pValue(coefficient.pValue), stars,
      ])
    }
    let legend = "Signif.: *** p < 0.001, ** p < 0.01, * p < 0.05, . p < 0.1\n"
    return table.text() + (hasStars ? legend : "")
  }

  private static func criteria(_ summary: FitSummary) -> String {
    var lines = ""
    if let error = summary.residualStandardError {
      lines += "Residual standard error \(NumberText.significant(error))"
      if let free = summary.degreesOfFreedom {
        lines += " on \(NumberText.plain(free)) degrees of freedom"
      }
      lines += "\n"
    }
    if let r = summary.rSquared {
      lines += "R² \(NumberText.fixed(r, 4))"
      if let adjusted = summary.adjustedRSquared { lines += ", adjusted R² \(NumberText.fixed(adjusted, 4))" }
      lines += "\n"
    }
    let figures = [
      ("Log-likelihood", summary.logLikelihood), ("AIC", summary.aic), ("AICc", summary.aicc),
      ("BIC", summary.bic),
    ].compactMap { name, value in value.map { "\(name) \(NumberText.fixed($0, 3))" } }
    if !figures.isEmpty { lines += figures.joined(separator: ", ") + "\n" }
    if let convergence = summary.convergence { lines += "Optimiser: \(convergence)\n" }
    return lines
  }

  private static func facts(_ summary: FitSummary) -> String {
    let levels = Set(summary.facts.map(\.level))
    let shared = levels.count == 1 ? levels.first.map { " \(NumberText.plain($0 * 100)) %" } : nil
    var table = TextTable([
      .text("Derived"), .number("Value"), .number("Lower" + (shared ?? "")),
      .number("Upper" + (shared ?? "")),
      .text("Unit"), .text(shared == nil ? "Level" : ""),
    ])
    for fact in summary.facts {
      let hasInterval = fact.lower != nil || fact.upper != nil
      let level = hasInterval && shared == nil ? "\(NumberText.plain(fact.level * 100)) %" : ""
      table.add([
        fact.name, NumberText.significant(fact.value), NumberText.significant(fact.lower),
        NumberText.significant(fact.upper), fact.unit, level,
      ])
    }
    return table.text()
  }

  private static func diagnostics(_ summary: FitSummary) -> String {
    var table = TextTable([
      .text("Diagnostic"), .number("Statistic"), .number("df"), .number("p value"), .text(""),
    ])
    for test in summary.diagnostics {
      table.add([
        test.name, NumberText.significant(test.statistic),
        test.degreesOfFreedom.map(NumberText.plain) ?? "", test.pValue.map { NumberText.pValue($0) } ?? "",
        significanceStars(test.pValue),
      ])
    }
    return table.text()
  }
}

/// `***` below 0.001, `**` below 0.01, `*` below 0.05, `.` below 0.1.
func significanceStars(_ pValue: Double?) -> String {
  switch pValue {
  case .some(..<0.001): "***"
  case .some(..<0.01): "**"
  case .some(..<0.05): "*"
  case .some(..<0.1): "."
  default: ""
  }
}

/// A fit's summary as a document whose keys are always there.
struct SummaryDocument: Encodable {
  struct Coefficient: Encodable {
    let name: String
    @Nullable var estimate: Double?
    @Nullable var standardError: Double?
    @Nullable var statistic: Double?
    @Nullable var pValue: Double?
  }

  struct Fact: Encodable {
    let name: String
    @Nullable var value: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    let level: Double
    let unit: String
  }

  struct Diagnostic: Encodable {
    let name: String
    @Nullable var statistic: Double?
    @Nullable var pValue: Double?
    @Nullable var degreesOfFreedom: Double?
  }

  let model: String
  let series: String
  let unit: String
  let span: String
  let observations: Int
  let missing: Int
  let spans: Int
  let coefficients: [Coefficient]
  let facts: [Fact]
  let diagnostics: [Diagnostic]
  @Nullable var degreesOfFreedom: Double?
  @Nullable var residualStandardError: Double?
  @Nullable var rSquared: Double?
  @Nullable var adjustedRSquared: Double?
  @Nullable var logLikelihood: Double?
  @Nullable var aic: Double?
  @Nullable var aicc: Double?
  @Nullable var bic: Double?
  @NullableText var convergence: String?
  let notes: [String]

  init(_ summary: FitSummary) {
    model = summary.model
    series = summary.series
    unit = summary.unit
    span = summary.span
    observations = summary.observations
    missing = summary.missing
    spans = summary.spans
    coefficients = summary.coefficients.map {
      Coefficient(
        name: $0.name, estimate: $0.estimate, standardError: $0.standardError, statistic: $0.statistic,
        pValue: $0.pValue)
    }
    facts = summary.facts.map {
      Fact(
        name: $0.name, value: $0.value, lower: $0.lower, upper: $0.upper, level: $0.level, unit: $0.unit)
    }
    diagnostics = summary.diagnostics.map {
      Diagnostic(
        name: $0.name, statistic: $0.statistic, pValue: $0.pValue, degreesOfFreedom: $0.degreesOfFreedom)
    }
    degreesOfFreedom = summary.degreesOfFreedom
    residualStandardError = summary.residualStandardError
    rSquared = summary.rSquared
    adjustedRSquared = summary.adjustedRSquared
    logLikelihood = summary.logLikelihood
    aic = summary.aic
    aicc = summary.aicc
    bic = summary.bic
    convergence = summary.convergence
    notes = summary.notes
  }
}

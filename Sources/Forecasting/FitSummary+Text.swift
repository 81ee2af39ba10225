extension FitSummary: CustomStringConvertible {
  /// The summary as a page of text, laid out as econometricians know it.
  public var description: String { text(width: nil) }

  /// The summary as a page of text whose tables and notes keep to a width, where one is given.
  package func text(width: Int?) -> String {
    var parts = [headingText]
    if !coefficients.isEmpty { parts.append(coefficientsText(width)) }
    if !criteriaText.isEmpty { parts.append(criteriaText) }
    if !facts.isEmpty { parts.append(factsText(width)) }
    if !diagnostics.isEmpty { parts.append(diagnosticsText(width)) }
    if !notes.isEmpty {
      let width = width ?? 110
      let notes = notes.map { note in
        "- " + wrap(note, width: max(30, width - 2)).joined(separator: "\n  ") + "\n"
      }
      parts.append("Notes\n" + notes.joined())
    }
    return parts.joined(separator: "\n")
  }

  private var headingText: String {
    let unit = unit.isEmpty ? "" : ", \(unit)"
    var counts = counted(observations, "observation")
    if spans > 0 { counts += ", \(spans) of them over several periods" }
    if missing > 0 { counts += ", \(missing) missing" }
    return "\(model)\nSeries \(series)\(unit), \(span): \(counts)\n"
  }

  private func coefficientsText(_ width: Int?) -> String {
    var table = TextTable([
      .text("Coefficient"), .number("Estimate"), .number("Std. error"), .number("t value"),
      .number("Pr(>|t|)"), .text(""),
    ])
    var hasStars = false
    for coefficient in coefficients {
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
    return table.text(width: width) + (hasStars ? legend : "")
  }

  private var criteriaText: String {
    var lines = ""
    if let error = residualStandardError {
      lines += "Residual standard error \(NumberText.significant(error))"
      if let free = degreesOfFreedom {
        lines += " on \(NumberText.plain(free)) degrees of freedom"
      }
      lines += "\n"
    }
    if let r = rSquared {
      lines += "R² \(NumberText.fixed(r, 4))"
      if let adjusted = adjustedRSquared { lines += ", adjusted R² \(NumberText.fixed(adjusted, 4))" }
      lines += "\n"
    }
    let figures = [
      ("Log-likelihood", logLikelihood), ("AIC", aic), ("AICc", aicc),
      ("BIC", bic),
    ].compactMap { name, value in value.map { "\(name) \(NumberText.fixed($0, 3))" } }
    if !figures.isEmpty { lines += figures.joined(separator: ", ") + "\n" }
    if let convergence = convergence { lines += "Optimiser: \(convergence)\n" }
    return lines
  }

  private func factsText(_ width: Int?) -> String {
    let levels = Set(facts.map(\.level))
    let shared = levels.count == 1 ? levels.first.map { " \(NumberText.plain($0 * 100)) %" } : nil
    var table = TextTable([
      .text("Derived"), .number("Value"), .number("Lower" + (shared ?? "")),
      .number("Upper" + (shared ?? "")),
      .text("Unit"), .text(shared == nil ? "Level" : ""),
    ])
    for fact in facts {
      let hasInterval = fact.lower != nil || fact.upper != nil
      let level = hasInterval && shared == nil ? "\(NumberText.plain(fact.level * 100)) %" : ""
      table.add([
        fact.name, NumberText.significant(fact.value), NumberText.significant(fact.lower),
        NumberText.significant(fact.upper), fact.unit, level,
      ])
    }
    return table.text(width: width)
  }

  private func diagnosticsText(_ width: Int?) -> String {
    var table = TextTable([
      .text("Diagnostic"), .number("Statistic"), .number("df"), .number("p value"), .text(""),
    ])
    for test in diagnostics {
      table.add([
        test.name, NumberText.significant(test.statistic),
        test.degreesOfFreedom.map(NumberText.plain) ?? "", test.pValue.map { NumberText.pValue($0) } ?? "",
        significanceStars(test.pValue),
      ])
    }
    return table.text(width: width)
  }
}

/// `***` below 0.001, `**` below 0.01, `*` below 0.05, `.` below 0.1.
package func significanceStars(_ pValue: Double?) -> String {
  switch pValue {
  case .some(..<0.001): "***"
  case .some(..<0.01): "**"
  case .some(..<0.05): "*"
  case .some(..<0.1): "."
  default: ""
  }
}

internal import ForesightNumerics

/// The summary of a fit: coefficients, information criteria, diagnostics and notes.
public struct FitSummary: Sendable, Equatable, Codable {
  /// One estimated parameter.
  public struct Coefficient: Sendable, Equatable, Codable {
    /// The name of the parameter.
    public let name: String
    /// The estimate.
    public let estimate: Double
    /// The standard error; `nil` if the fit has none, for example for a parameter at its bound.
    public let standardError: Double?
    /// The t (or z) statistic.
    public let statistic: Double?
    /// The two-sided p value.
    public let pValue: Double?

    /// Creates a coefficient with what is known about its precision.
    public init(
      name: String, estimate: Double, standardError: Double? = nil, statistic: Double? = nil,
      pValue: Double? = nil
    ) {
      self.name = name
      self.estimate = estimate
      self.standardError = standardError
      self.statistic = statistic
      self.pValue = pValue
    }
  }

  /// A value derived from the parameters, with an interval, such as a doubling time or an annual growth rate.
  public struct Fact: Sendable, Equatable, Codable {
    /// What the value is.
    public let name: String
    /// The value.
    public let value: Double
    /// The lower end of the interval, if there is one.
    public let lower: Double?
    /// The upper end of the interval, if there is one.
    public let upper: Double?
    /// The level of the interval, 0.95 by default.
    public let level: Double
    /// The unit.
    public let unit: String

    /// Creates a derived value.
    public init(
      name: String, value: Double, lower: Double? = nil, upper: Double? = nil, level: Double = 0.95,
      unit: String = ""
    ) {
      self.name = name
      self.value = value
      self.lower = lower
      self.upper = upper
      self.level = level
      self.unit = unit
    }
  }

  /// A test on the residuals.
  public struct Diagnostic: Sendable, Equatable, Codable {
    /// The name of the test.
    public let name: String
    /// The test statistic.
    public let statistic: Double
    /// The p value, if the test has one.
    public let pValue: Double?
    /// The degrees of freedom, if the test has them.
    public let degreesOfFreedom: Double?

    /// Creates a test result.
    public init(name: String, statistic: Double, pValue: Double? = nil, degreesOfFreedom: Double? = nil) {
      self.name = name
      self.statistic = statistic
      self.pValue = pValue
      self.degreesOfFreedom = degreesOfFreedom
    }
  }

  /// The name of the model.
  public var model: String
  /// The name of the series.
  public var series: String
  /// The unit of the series.
  public var unit: String
  /// The first and last fitted period.
  public var span: String
  /// The number of observations with a value.
  public var observations: Int
  /// The number of observations without a value, including gaps.
  public var missing: Int
  /// The number of observations that cover several periods.
  public var spans: Int
  /// The parameters in order.
  public var coefficients: [Coefficient]
  /// Values derived from the parameters.
  public var facts: [Fact]
  /// Residual degrees of freedom.
  public var degreesOfFreedom: Double?
  /// The residual standard error, on the scale on which the noise is modeled.
  public var residualStandardError: Double?
  /// R².
  public var rSquared: Double?
  /// R² adjusted for the number of parameters.
  public var adjustedRSquared: Double?
  /// The log-likelihood on the scale of y, including the Jacobian.
  public var logLikelihood: Double?
  /// Akaike's information criterion; the noise variance counts as a parameter.
  public var aic: Double?
  /// The AIC corrected for small samples.
  public var aicc: Double?
  /// Schwarz's Bayesian information criterion.
  public var bic: Double?
  /// Tests on the residuals.
  public var diagnostics: [Diagnostic]
  /// Why the optimizer stopped; `nil` for a closed-form fit.
  public var convergence: String?
  /// Why the optimizer did not converge (it reached a limit, or found no starting point); `nil` if it did.
  public var shortfall: String?
  /// What a reader needs to know, such as an unidentified capacity, an approximation, or dropped columns.
  public var notes: [String]

  /// The summary of a model inside another, under the other's name: without likelihood and criteria, which are of other data.
  package func inside(_ name: String) -> FitSummary {
    var summary = self
    summary.model = name
    summary.logLikelihood = nil
    summary.aic = nil
    summary.aicc = nil
    summary.bic = nil
    return summary
  }

  /// Creates the summary of a fit to a series, to be completed by the model.
  public init(model: String, of series: TimeSeries) {
    self.model = model
    self.series = series.name
    self.unit = series.unit
    self.span = series.span.description
    self.observations = series.observedCount
    self.missing = series.missingCount
    self.spans = series.observations.count { $0.span.count > 1 }
    self.coefficients = []
    self.facts = []
    self.diagnostics = []
    self.notes = []
  }

  /// Sets why the optimizer stopped, and whether it reached an optimum.
  public mutating func setConvergence(_ text: String, isOptimum: Bool) {
    convergence = text
    shortfall = isOptimum ? nil : text
  }

  /// Sets AIC, AICc and BIC from the log-likelihood.
  ///
  /// AIC = −2 log L + 2k, AICc = AIC + 2k(k+1)/(n−k−1), BIC = −2 log L + k log n, where k includes the noise variance,
  /// as in R. There is no AICc if n ≤ k + 1.
  public mutating func setCriteria(logLikelihood: Double, parameters k: Int, observations n: Int) {
    let deviance = -2 * logLikelihood
    let penalty = 2 * Double(k)
    self.logLikelihood = logLikelihood
    aic = deviance + penalty
    aicc = n > k + 1 ? deviance + penalty + penalty * Double(k + 1) / Double(n - k - 1) : nil
    bic = deviance + Double(k) * logarithm(Double(n))
  }
}

extension FitSummary: CustomStringConvertible {
  /// The summary as text.
  public var description: String { text(width: nil) }

  /// The summary as text with tables and notes limited to a width, if one is given.
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
    if spans > 0 { counts += ", \(spans) of them covering several periods" }
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
    if let convergence = convergence { lines += "Optimizer: \(convergence)\n" }
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

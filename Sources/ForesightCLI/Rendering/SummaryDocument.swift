internal import Forecasting

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

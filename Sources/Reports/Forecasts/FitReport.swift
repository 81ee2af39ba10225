public import Forecasting

extension FitSummary {
  /// The summary of a fit: coefficients, criteria, diagnostics and notes.
  ///
  /// CSV has one row per coefficient: `name,estimate,standard_error,statistic,p_value`.
  public var report: Report {
    Report(encoding: self) {
      Words { text(width: $0) }
      Table("coefficients", coefficients, in: [.csv]) {
        Column("name") { $0.name }
        Column("estimate") { $0.estimate }
        Column("standard_error") { $0.standardError }
        Column("statistic") { $0.statistic }
        Column("p_value") { $0.pValue }
      }
    }
  }
}

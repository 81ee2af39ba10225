import Forecasting
import Testing

@Suite("A fit's summary as text")
struct FitSummaryTextTests {
  private static func summary() throws -> FitSummary {
    let series = try TimeSeries(
      [1, 2, nil, 4], start: #require(Period("2020")), name: "sales", unit: "Mt")
    var summary = FitSummary(model: "Line", of: series)
    summary.coefficients = [
      FitSummary.Coefficient(name: "slope", estimate: 1.5, standardError: 0.25, statistic: 6, pValue: 0.0004)
    ]
    summary.rSquared = 0.75
    summary.notes = ["one note"]
    return summary
  }

  @Test("a printed summary has the coefficients with their errors, and leaves out what the fit does not have")
  func description() throws {
    let text = "\(try Self.summary())"
    #expect(text.hasPrefix("Line\nSeries sales, Mt"))
    #expect(text.contains("1 missing"))
    #expect(text.contains("slope") && text.contains("0.25000") && text.contains("***"))
    #expect(text.contains("R² 0.7500"))
    #expect(text.hasSuffix("Notes\n- one note\n"))
    #expect(!text.contains("AIC") && !text.contains("Diagnostic"))
  }
}

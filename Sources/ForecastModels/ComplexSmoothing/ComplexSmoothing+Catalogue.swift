internal import Forecasting

extension ModelEntry {
  /// Complex exponential smoothing, by name.
  static let complexSmoothing: [ModelEntry] = [
    ModelEntry(
      "ces", summary: "complex exponential smoothing: a level with a potential that moves it",
      options: [
        ModelOption(
          "form", values: CESForm.allCases.map(\.rawValue).joined(separator: "|"),
          standard: CESForm.none.rawValue, summary: "the season: none, or how it is carried")
      ] + options
    ) { options throws(ForecastError) in
      CES(
        try options.choice("form") ?? .none, seasonalPeriod: try options.whole("season", atLeast: 1),
        estimation: try options.choice("estimation") ?? .shrinkage)
    },
    ModelEntry(
      "auto-ces", summary: "the form of complex exponential smoothing with the least AICc", options: options
    ) { options throws(ForecastError) in
      AutoCES(
        seasonalPeriod: try options.whole("season", atLeast: 1),
        estimation: try options.choice("estimation") ?? .shrinkage)
    },
  ]

  private static let options = [
    ModelOption(
      "season", values: "a whole number of periods", standard: "the series' own",
      summary: "base periods in a cycle"),
    ModelOption(
      "estimation", values: CESEstimation.allCases.map(\.rawValue).joined(separator: "|"),
      standard: CESEstimation.shrinkage.rawValue, summary: "how the gains are estimated"),
  ]
}

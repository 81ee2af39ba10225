internal import Forecasting

extension ModelEntry {
  /// The baselines, by name.
  static let baselines: [ModelEntry] = [
    ModelEntry("naive", summary: "the last value, a random walk") { _ throws(ForecastError) in Naive() },
    ModelEntry(
      "seasonal-naive", summary: "the last value of the same season",
      options: [
        ModelOption(
          "season", values: "a whole number of periods", standard: "the series' own",
          summary: "base periods in a cycle")
      ]
    ) { options throws(ForecastError) in
      SeasonalNaive(seasonalPeriod: try options.whole("season", atLeast: 1))
    },
    ModelEntry("drift", summary: "the last value plus the mean change") { _ throws(ForecastError) in Drift()
    },
    ModelEntry("mean", summary: "the mean of all values") { _ throws(ForecastError) in Mean() },
  ]
}

internal import Forecasting

extension ModelEntry {
  /// The growth curves, by name.
  static let growth: [ModelEntry] = [
    ModelEntry(
      "exponential-growth", summary: "growth at a constant rate",
      options: [
        ModelOption(
          "noise", values: GrowthNoise.allCases.map(\.rawValue).joined(separator: "|"),
          standard: GrowthNoise.multiplicative.rawValue,
          summary: "the law of the noise, which chooses the estimator")
      ]
    ) { options throws(ForecastError) in
      ExponentialGrowth(noise: try options.choice("noise") ?? .multiplicative)
    }
  ]
}

internal import Forecasting

extension ModelEntry {
  /// The growth curves, by name.
  static let growth: [ModelEntry] = [
    ModelEntry(
      "exponential-growth", summary: "growth at a constant rate",
      options: [
        noiseOption(.multiplicative)
      ]
    ) { options throws(ForecastError) in
      ExponentialGrowth(noise: try options.choice("noise") ?? .multiplicative)
    },
    ModelEntry(
      "ramp-to-capacity", summary: "a linear ramp to a capacity, as of a pipeline or plant",
      options: [
        ModelOption(
          "capacity", values: "a number above 0", standard: "fitted",
          summary: "the value of a period at full flow, in the unit of the series"),
        ModelOption(
          "start", values: "a decimal year", standard: "fitted", summary: "the moment of the first flow"),
        noiseOption(.additive),
      ]
    ) { options throws(ForecastError) in
      let capacity = try options.number("capacity")
      if let capacity, capacity <= 0 {
        throw .invalidOption(name: "capacity", value: "\(capacity)", reason: "is not above 0")
      }
      return RampToCapacity(
        capacity: capacity, start: try options.number("start"),
        noise: try options.choice("noise") ?? .additive)
    },
  ]

  private static func noiseOption(_ standard: GrowthNoise) -> ModelOption {
    ModelOption(
      "noise", values: GrowthNoise.allCases.map(\.rawValue).joined(separator: "|"),
      standard: standard.rawValue, summary: "the law of the noise, which chooses the estimator")
  }
}

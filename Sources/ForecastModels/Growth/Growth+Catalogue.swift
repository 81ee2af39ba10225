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
      "logistic", summary: "growth to a fitted capacity, symmetric about its inflection",
      options: [noiseOption(.additive)]
    ) { options throws(ForecastError) in LogisticGrowth(noise: try options.choice("noise") ?? .additive) },
    ModelEntry(
      "gompertz", summary: "growth to a fitted capacity that bends early and closes in slowly",
      options: [noiseOption(.additive)]
    ) { options throws(ForecastError) in GompertzGrowth(noise: try options.choice("noise") ?? .additive) },
    ModelEntry(
      "richards", summary: "growth to a fitted capacity with a fitted shape: logistic at 1, Gompertz at 0",
      options: [
        ModelOption(
          "shape", values: "a number above 0", standard: "fitted",
          summary: "where the curve bends: 1 is logistic, near 0 Gompertz"),
        noiseOption(.additive),
      ]
    ) { options throws(ForecastError) in
      RichardsGrowth(
        shape: try options.positive("shape"), noise: try options.choice("noise") ?? .additive)
    },
    ModelEntry(
      "bass", summary: "diffusion: a flow that rises and falls as a potential is used up",
      options: [noiseOption(.additive)]
    ) { options throws(ForecastError) in BassGrowth(noise: try options.choice("noise") ?? .additive) },
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
      RampToCapacity(
        capacity: try options.positive("capacity"), start: try options.number("start"),
        noise: try options.choice("noise") ?? .additive)
    },
  ]

  private static func noiseOption(_ standard: GrowthNoise) -> ModelOption {
    ModelOption(
      "noise", values: GrowthNoise.allCases.map(\.rawValue).joined(separator: "|"),
      standard: standard.rawValue, summary: "the law of the noise, which chooses the estimator")
  }
}

extension ModelOptions {
  /// An option that is a finite number above zero, `nil` when it was not given.
  func positive(_ name: String) throws(ForecastError) -> Double? {
    guard let value = try number(name) else { return nil }
    guard value > 0 else {
      throw .invalidOption(name: name, value: "\(value)", reason: "is not above 0")
    }
    return value
  }
}

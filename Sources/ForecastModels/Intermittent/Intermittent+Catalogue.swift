internal import Forecasting

extension ModelEntry {
  /// Models of intermittent demand, by name.
  static let intermittent: [ModelEntry] = IntermittentMethod.allCases.map { method in
    let smoothsOccurrence = method != .adida && method != .imapa
    let parameter = "a number above 0, at most 1, or estimated"
    return ModelEntry(
      method.rawValue, summary: summary(method),
      options: [
        ModelOption(
          "alpha", values: parameter, standard: "estimated",
          summary: smoothsOccurrence ? "smoothing of sizes" : "smoothing of sums")
      ]
        + (smoothsOccurrence
          ? [
            ModelOption(
              "beta", values: parameter, standard: "estimated",
              summary: method == .tsb ? "smoothing of the probability" : "smoothing of intervals")
          ] : [])
    ) { options throws(ForecastError) in
      IntermittentDemand(
        method, alpha: try smoothing("alpha", options), beta: try smoothing("beta", options))
    }
  }

  private static func summary(_ method: IntermittentMethod) -> String {
    switch method {
    case .croston: "intermittent demand: smoothed sizes over smoothed intervals"
    case .sba: "intermittent demand: Croston without its bias"
    case .tsb: "intermittent demand: smoothed sizes times a probability smoothed in every period"
    case .adida: "intermittent demand: smoothed sums over the mean interval"
    case .imapa: "intermittent demand: the mean of smoothed sums over one to the mean interval"
    }
  }

  private static func smoothing(_ name: String, _ options: ModelOptions) throws(ForecastError) -> Double? {
    guard let text = options.text(name), text != "estimated" else { return nil }
    guard let value = try options.number(name), value > 0, value <= 1 else {
      throw .invalidOption(
        name: name, value: text, reason: "is no number above 0 and at most 1, nor estimated")
    }
    return value
  }
}

internal import Forecasting

extension ModelEntry {
  /// Combinations, by name.
  static let combination: [ModelEntry] = [
    ModelEntry(
      "auto", summary: "the default: smoothing by levels, an averaged ARMA and damped smoothing, combined",
      options: [
        ModelOption(
          "season", values: "a whole number of periods", standard: "the series' own",
          summary: "base periods in a cycle")
      ]
    ) { options throws(ForecastError) in Auto(seasonalPeriod: try options.whole("season", atLeast: 1)) },
    ModelEntry(
      "combination", summary: "models side by side, weighed and joined in one distribution",
      options: [
        ModelOption(
          "members", values: "MODEL+MODEL…", standard: "auto-ets+dotm+auto-arima", summary: "the models"),
        ModelOption(
          "rule", values: "mean|median|inverse-error|aicc|rolling-origin", standard: "mean",
          summary: "how they are weighed"),
        ModelOption(
          "shrinkage", values: "a number from 0 to 1", standard: "0.5",
          summary: "the share of equal weights in estimated ones"),
        ModelOption(
          "origins", values: "a whole number", standard: "4", summary: "the origins of rolling-origin"),
        ModelOption(
          "horizon", values: "a whole number", standard: "4",
          summary: "the periods forecast from each origin"),
      ]
    ) { options throws(ForecastError) in try combination(options) },
  ]

  private static func combination(_ options: ModelOptions) throws(ForecastError) -> Combination {
    let text = options.text("members") ?? "auto-ets+dotm+auto-arima"
    var members: [any Forecaster] = []
    for name in text.split(separator: "+") { members.append(try ModelCatalogue.model(String(name))) }
    guard !members.isEmpty else {
      throw .invalidOption(name: "members", value: text, reason: "names no model")
    }
    let shrinkage = try options.number("shrinkage") ?? 0.5
    guard (0...1).contains(shrinkage) else {
      throw .invalidOption(name: "shrinkage", value: "\(shrinkage)", reason: "is no number from 0 to 1")
    }
    let origins = try options.whole("origins", atLeast: 1) ?? 4
    let horizon = try options.whole("horizon", atLeast: 1) ?? 4
    let rule: CombinationRule =
      switch options.text("rule") ?? "mean" {
      case "mean": .mean
      case "median": .median
      case "inverse-error": .inverseError
      case "aicc": .informationCriterion
      case "rolling-origin": .rollingOrigin(origins: origins, horizon: horizon)
      case let other:
        throw .invalidOption(
          name: "rule", value: other,
          reason: "is none of mean, median, inverse-error, aicc, rolling-origin")
      }
    return Combination(members, rule: rule, shrinkage: shrinkage)
  }
}

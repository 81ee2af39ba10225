internal import Forecasting

extension ModelEntry {
  /// Exponential smoothing, by name.
  static let exponentialSmoothing: [ModelEntry] = [
    ModelEntry(
      "ets", summary: "exponential smoothing of a given form, or of the best of those a pattern allows",
      options: [
        ModelOption(
          "form", values: "error, trend and season such as AAdM; Z where the data choose", standard: "ZZZ",
          summary: "A, M or Z; N, A, Ad, M, Md or Z; N, A, M or Z"),
        seasonOption, dampedOption, estimationOption, boundsOption,
      ]
    ) { options throws(ForecastError) in try exponentialSmoothing(options) },
    ModelEntry(
      "auto-ets", summary: "exponential smoothing of the form that the data choose",
      options: [seasonOption, dampedOption, estimationOption, boundsOption]
    ) { options throws(ForecastError) in
      AutoETS(
        seasonalPeriod: try options.whole("season", atLeast: 1),
        estimation: try options.choice("estimation") ?? .shrinkage,
        bounds: try options.choice("bounds") ?? .usual, restrictions: try restrictions("ZZZ", options))
    },
  ]

  private static let seasonOption = ModelOption(
    "season", values: "a whole number of periods", standard: "the series' own",
    summary: "base periods in a cycle")
  private static let dampedOption = ModelOption(
    "damped", values: "true|false", standard: "both tried", summary: "whether a trend fades")
  private static let estimationOption = ModelOption(
    "estimation", values: ETSEstimation.allCases.map(\.rawValue).joined(separator: "|"),
    standard: ETSEstimation.shrinkage.rawValue, summary: "how parameters are estimated")
  private static let boundsOption = ModelOption(
    "bounds", values: ETSBounds.allCases.map(\.rawValue).joined(separator: "|"),
    standard: ETSBounds.usual.rawValue, summary: "the region of the smoothing parameters")

  private static func exponentialSmoothing(
    _ options: ModelOptions
  ) throws(ForecastError) -> any Forecaster {
    let pattern = options.text("form") ?? "ZZZ"
    let season = try options.whole("season", atLeast: 1)
    let estimation: ETSEstimation = try options.choice("estimation") ?? .shrinkage
    let bounds: ETSBounds = try options.choice("bounds") ?? .usual
    var text = pattern
    if let damped = try options.flag("damped"), !pattern.contains("Z"), !pattern.contains("d") {
      guard !damped || pattern.dropFirst().first != "N" else {
        throw .invalidOption(name: "damped", value: "true", reason: "form \(pattern) has no trend")
      }
      if damped { text.insert("d", at: text.index(before: text.endIndex)) }
    }
    if let form = ETSForm(text) {
      return ETS(form, seasonalPeriod: season, estimation: estimation, bounds: bounds)
    }
    return AutoETS(
      seasonalPeriod: season, estimation: estimation, bounds: bounds,
      restrictions: try restrictions(pattern, options))
  }

  /// What a pattern with Z for the components that the data choose allows.
  private static func restrictions(
    _ pattern: String, _ options: ModelOptions
  ) throws(ForecastError) -> ETSRestrictions {
    var result = ETSRestrictions()
    let error = String(pattern.prefix(1))
    let season = String(pattern.suffix(1))
    let trend = String(pattern.dropFirst().dropLast())
    var isKnown = pattern.count >= 3
    if let kind = ETSForm.ErrorKind(rawValue: error) {
      result.errors = [kind]
    } else {
      isKnown = isKnown && error == "Z"
    }
    if let kind = ETSForm.TrendKind(rawValue: trend) {
      result.trends = [kind]
    } else {
      isKnown = isKnown && trend == "Z"
    }
    if let kind = ETSForm.SeasonKind(rawValue: season) {
      result.seasons = [kind]
    } else {
      isKnown = isKnown && season == "Z"
    }
    guard isKnown else {
      throw .invalidOption(
        name: "form", value: pattern, reason: "is no form such as AAN, MAdM or ZZZ (error, trend, season)")
    }
    if let damped = try options.flag("damped") {
      let all = result.trends ?? [.none, .additive, .additiveDamped]
      result.trends = all.filter { $0 == .none || $0.isDamped == damped }
    }
    return result
  }
}

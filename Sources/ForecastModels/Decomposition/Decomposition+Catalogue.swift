package import Forecasting

extension ModelEntry {
  /// Models of a decomposition, by name.
  static let decomposition: [ModelEntry] = [
    ModelEntry(
      "mstl", summary: "seasons taken out by local regression, a model of the rest, seasons put back",
      options: [
        ModelOption(
          "model", values: "a model's name", standard: "auto-ets",
          summary: "the model inside; its options are written model.NAME=value"),
        ModelOption(
          "periods", values: "PERIODS+PERIODS…", standard: "the series' own",
          summary: "base periods in each cycle, such as 24+168"),
        ModelOption(
          "window", values: "periodic or an odd number", standard: "11, then 4 more a season",
          summary: "cycles over which seasonal figures are smoothed"),
        ModelOption(
          "trend", values: "an odd number of periods", standard: "from the cycle",
          summary: "periods over which the trend is smoothed"),
        ModelOption("robust", values: "true|false", standard: "false", summary: "weigh outliers down"),
      ]
    ) { options throws(ForecastError) in
      decomposed(
        try options.wrapped(standard: "auto-ets"),
        by: try MSTL(
          periods: options.text("periods"), window: options.text("window"), trend: options.text("trend"),
          isRobust: try options.flag("robust") ?? false))
    }
  ]

  private static func decomposed(_ model: some Forecaster, by decomposition: MSTL) -> any Forecaster {
    Decomposed(model, by: decomposition)
  }
}

extension MSTL {
  /// A decomposition whose cycles and windows are given as text, cycles joined by commas or plus signs.
  ///
  /// - Throws: `ForecastError.invalidOption`.
  package init(periods: String?, window: String?, trend: String?, isRobust: Bool) throws(ForecastError) {
    var cycles: [Int] = []
    for part in (periods ?? "").split(separator: /[,+]/, omittingEmptySubsequences: periods == nil) {
      guard let cycle = Int(part), (2...1_000_000).contains(cycle) else {
        throw .invalidOption(
          name: "periods", value: periods ?? "",
          reason: "is no list of whole numbers of at least 2, such as 24+168")
      }
      cycles.append(cycle)
    }
    self.init(
      seasonalPeriods: cycles,
      seasonalWindow: window == "periodic"
        ? .periodic : try width(window, name: "window").map { .cycles($0) },
      trendWindow: try width(trend, name: "trend"), isRobust: isRobust)
  }
}

private func width(_ text: String?, name: String) throws(ForecastError) -> Int? {
  guard let text else { return nil }
  guard let width = Int(text), isWindow(width), width < 1 << 30 else {
    throw .invalidOption(name: name, value: text, reason: "is no odd number of at least 3")
  }
  return width
}

internal import Forecasting

extension ModelEntry {
  /// ARIMA models, by name.
  static let arima: [ModelEntry] = [
    ModelEntry(
      "arima", summary: "seasonal ARIMA of a given order by exact maximum likelihood",
      options: [
        ModelOption("order", values: "p-d-q", standard: "0-1-1", summary: "orders without season"),
        ModelOption("seasonal", values: "P-D-Q", standard: "0-0-0", summary: "seasonal orders"),
        seasonOption,
        ModelOption(
          "mean", values: "true|false", standard: "true without differences",
          summary: "whether a mean is estimated"),
        ModelOption(
          "drift", values: "true|false", standard: "false",
          summary: "whether a drift is estimated, with one difference"),
      ]
    ) { options throws(ForecastError) in try arima(options) },
    ModelEntry(
      "auto-arima", summary: "the seasonal ARIMA model with the least AICc",
      options: [
        seasonOption,
        ModelOption(
          "search", values: AutoARIMA.Search.allCases.map(\.rawValue).joined(separator: "|"),
          standard: AutoARIMA.Search.stepwise.rawValue, summary: "how orders are searched"),
        ModelOption("d", values: "0|1|2", standard: "by a KPSS test", summary: "first differences"),
        ModelOption(
          "seasonal-d", values: "0|1", standard: "by a test", summary: "seasonal differences"),
        ModelOption(
          "seasonal-test", values: SeasonalTest.allCases.map(\.rawValue).joined(separator: "|"),
          standard: SeasonalTest.strength.rawValue, summary: "how seasonal differences are chosen"),
      ]
    ) { options throws(ForecastError) in
      func differences(_ name: String, atMost most: Int) throws(ForecastError) -> Int? {
        let count = try options.whole(name)
        if let count, count > most {
          throw .invalidOption(name: name, value: "\(count)", reason: "is more than \(most)")
        }
        return count
      }
      return AutoARIMA(
        seasonalPeriod: try options.whole("season", atLeast: 1),
        search: try options.choice("search") ?? .stepwise, difference: try differences("d", atMost: 2),
        seasonalDifference: try differences("seasonal-d", atMost: 1),
        seasonalTest: try options.choice("seasonal-test") ?? .strength)
    },
  ]

  private static let seasonOption = ModelOption(
    "season", values: "a whole number of periods", standard: "the series' own",
    summary: "base periods in a cycle")

  private static func arima(_ options: ModelOptions) throws(ForecastError) -> any Forecaster {
    let plain = try orders("order", options) ?? [0, 1, 1]
    let seasonal = try orders("seasonal", options) ?? [0, 0, 0]
    let season = try options.whole("season", atLeast: 1)
    let differences = plain[1] + seasonal[1]
    let mean = try options.flag("mean")
    let drift = try options.flag("drift")
    if mean == true && differences > 0 {
      throw .invalidOption(
        name: "mean", value: "true", reason: "has no meaning after differencing; ask for drift")
    }
    if drift == true && differences != 1 {
      throw .invalidOption(name: "drift", value: "true", reason: "needs d + D = 1")
    }
    let constant = differences == 0 ? mean : drift
    if seasonal == [0, 0, 0] { return ARIMA(ARIMAOrder(plain[0], plain[1], plain[2]), constant: constant) }
    return SeasonalARIMAChoice(plain: plain, seasonal: seasonal, period: season, constant: constant)
  }

  /// Three orders written `1-1-1`.
  private static func orders(_ name: String, _ options: ModelOptions) throws(ForecastError) -> [Int]? {
    guard let text = options.text(name) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    let values = parts.compactMap { $0 }
    guard parts.count == 3, values.count == 3, values.allSatisfy({ (0...50).contains($0) }) else {
      throw .invalidOption(name: name, value: text, reason: "is not written as three orders such as 1-1-1")
    }
    return values
  }
}

/// An ARIMA model whose seasonal period is the series' own where none is given.
struct SeasonalARIMAChoice: Forecaster, RegressorExtensible {
  let plain: [Int]
  let seasonal: [Int]
  let period: Int?
  let constant: Bool?

  var name: String {
    "ARIMA(\(plain[0]),\(plain[1]),\(plain[2]))(\(seasonal[0]),\(seasonal[1]),\(seasonal[2]))"
  }

  var withRegressors: ExplanatorySeasonalARIMAChoice { ExplanatorySeasonalARIMAChoice(base: self) }

  func fit(_ series: TimeSeries) throws(ForecastError) -> FittedARIMA { try model(series).fit(series) }

  /// The model with the period that a series gives it.
  func model(_ series: TimeSeries) throws(ForecastError) -> ARIMA {
    let cycle = period ?? series.seasonalPeriod
    guard cycle > 1 else {
      throw .invalidOption(
        name: "seasonal", value: "\(seasonal.map(String.init).joined(separator: "-"))",
        reason: "needs a seasonal period of 2 or more")
    }
    let order = ARIMAOrder(
      plain[0], plain[1], plain[2], seasonal: (seasonal[0], seasonal[1], seasonal[2]), period: cycle)
    return ARIMA(order, constant: constant)
  }
}

/// A regression with errors of an ARIMA model whose seasonal period is the series' own where none is given.
struct ExplanatorySeasonalARIMAChoice: RegressorAware {
  let base: SeasonalARIMAChoice

  var name: String { "Regression with \(base.name) errors" }

  func fit(
    _ series: TimeSeries, regressors: Regressors
  ) throws(ForecastError) -> FittedExplanatoryARIMA {
    try base.model(series).withRegressors.fit(series, regressors: regressors)
  }
}

internal import Forecasting

extension ModelEntry {
  /// The theta models, by name.
  static let theta: [ModelEntry] =
    zip(
      ["theta", "otm", "dstm", "dotm"],
      [
        (ThetaForm.standard, "smoothing with half the slope of a line through all observations as drift"),
        (
          .optimised,
          "the optimised theta model: how far to follow a line through all observations is estimated"
        ),
        (.dynamicStandard, "the dynamic theta model: the line moves with the observations"),
        (
          .dynamicOptimised,
          "the dynamic optimised theta model: the line moves, how far to follow it is estimated"
        ),
      ]
    ).map { name, kind in
      ModelEntry(name, summary: kind.1, options: options) { options throws(ForecastError) in
        Theta(
          kind.0, seasonalPeriod: try options.whole("season", atLeast: 1),
          adjustment: try options.choice("adjustment") ?? .automatic,
          estimation: try options.choice("estimation") ?? .shrinkage)
      }
    } + [
      ModelEntry("auto-theta", summary: "the theta model of the four with the least AICc", options: options) {
        options throws(ForecastError) in
        AutoTheta(
          seasonalPeriod: try options.whole("season", atLeast: 1),
          adjustment: try options.choice("adjustment") ?? .automatic,
          estimation: try options.choice("estimation") ?? .shrinkage)
      }
    ]

  private static let options = [
    ModelOption(
      "season", values: "a whole number of periods", standard: "the series' own",
      summary: "base periods in a cycle"),
    ModelOption(
      "adjustment", values: ThetaAdjustment.allCases.map(\.rawValue).joined(separator: "|"),
      standard: ThetaAdjustment.automatic.rawValue, summary: "how a season that the test finds is taken out"),
    ModelOption(
      "estimation", values: ThetaEstimation.allCases.map(\.rawValue).joined(separator: "|"),
      standard: ThetaEstimation.shrinkage.rawValue, summary: "how parameters and season are estimated"),
  ]
}

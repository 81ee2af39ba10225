public import Forecasting

// A model around another is described for an inner model of any type, which the registry finds by name.

extension Decomposed: DescribedForecaster where Base == AnyForecaster {
  /// `mstl`.
  public static var descriptions: [ModelDescription] { [mstlDescription] }
}

private let mstlDescription = ModelDescription(
  "mstl", "seasonal components removed by local regression, a model of the rest, and the components put back",
  Decomposed(AnyForecaster(AutoETS())),
  [.model(\.base)] + MSTL.options.map { $0.of(\.decomposition) })

extension ShapeLevel: DescribedForecaster where Base == AnyForecaster {
  /// `shape-level`.
  public static var descriptions: [ModelDescription] { [shapeLevelDescription] }
}

private let shapeLevelDescription = ModelDescription(
  "shape-level", "the mean of each cycle forecast by a model, and the shape within the cycle put on it",
  ShapeLevel(AnyForecaster(TemporalBlend())),
  [
    .model(\.base),
    ModelOption(
      "periods", \.seasonalPeriods, .cycles,
      "base periods in the cycle and in a longer one; auto takes those that the frequency suggests"),
  ])

extension Conformal: DescribedForecaster where Base == AnyForecaster {
  /// `conformal`.
  public static var descriptions: [ModelDescription] { [conformalDescription] }
}

private let conformalDescription = ModelDescription(
  "conformal", "a model whose intervals are corrected by its own earlier forecasts of the series",
  Conformal(AnyForecaster(AutoETS())), [.model(\.base)] + Conformal.options)

extension Bootstrap: DescribedForecaster where Base == AnyForecaster {
  /// `bootstrap`.
  public static var descriptions: [ModelDescription] { [bootstrapDescription] }
}

private let bootstrapDescription = ModelDescription(
  "bootstrap", "a model whose parameter uncertainty comes from refits to resampled residuals",
  Bootstrap(AnyForecaster(AutoETS())), [.model(\.base)] + Bootstrap.options)

extension Transformed: DescribedForecaster where Base == AnyForecaster {
  /// `transformed`.
  public static var descriptions: [ModelDescription] { [transformedDescription] }

  /// Refuses powers below 0, under which a forecast has no mean, and bounds of a logit that are not in order.
  public func validate() throws(ForecastError) { try validateChoice() }
}

private let transformedDescription = ModelDescription(
  "transformed", "a model of the logarithm, logit or a power of the series, mapped back",
  Transformed(AnyForecaster(AutoETS())), [.model(\.base)] + Transformed.options)

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

extension HolidayAdjusted: DescribedForecaster where Base == AnyForecaster {
  /// `holidays`.
  public static var descriptions: [ModelDescription] { [holidaysDescription] }
}

private let holidaysDescription = ModelDescription(
  "holidays", "a model of the series without the effects of holidays, which are put back on",
  HolidayAdjusted(AnyForecaster(Auto()), calendars: ["US"]),
  [
    .model(\.base),
    ModelOption(
      "calendars", \.calendars, .list(.calendar, shownAs: "CODE+CODE…", empty: "none"),
      "the countries whose holidays have effects, such as CN+RU, or RETAIL"),
    ModelOption(
      "before", \.before, .whole(in: 0...HolidayColumns.longestWindow),
      "days before each holiday with effects of their own"),
    ModelOption(
      "after", \.after, .whole(in: 0...HolidayColumns.longestWindow),
      "days after each holiday with effects of their own"),
  ])

extension OptionSyntax<String> {
  /// The code of a holiday calendar.
  fileprivate static var calendar: OptionSyntax {
    OptionSyntax(
      HolidayCalendar.codes, examples: ["CN", "US"],
      read: { text in HolidayCalendar.codes.contains(text.uppercased()) ? text.uppercased() : nil },
      write: { HolidayCalendar.codes.contains($0) ? $0 : nil })
  }
}

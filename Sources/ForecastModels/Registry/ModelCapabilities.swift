package import Forecasting

/// What kind of data a model is for.
package enum ModelPurpose: String, Sendable, CaseIterable {
  /// Any series.
  case any = "any series"
  /// A trend, with or without a season.
  case trend = "trend and season"
  /// One or several long seasons, as in hours and days.
  case seasons = "several or long seasons"
  /// Demand with many zeros.
  case demand = "sales with many zeros"
  /// Growth to a limit, or at a rate.
  case growth = "growth and its limits"
  /// External variables, calendars and events.
  case drivers = "drivers, calendars and events"
  /// What is compared with: simple methods.
  case simple = "benchmarks"
  /// A model around another model.
  case wrapper = "around another model"
}

/// What a model can do with a series, and what it costs.
package struct ModelCapabilities: Sendable, Hashable {
  /// How the joint distribution of the steps is known.
  package enum Law: String, Sendable {
    /// In closed form.
    case exact
    /// From sample paths.
    case simulated
    /// In closed form if the form of the model is linear, otherwise from sample paths.
    case byForm = "by form"
    /// As that of the models inside.
    case inner
  }

  /// The cost of a fit of a few hundred values.
  package enum Cost: String, Sendable {
    /// Well below a millisecond.
    case least = "<1 ms"
    /// Some milliseconds.
    case small = "1-20 ms"
    /// Some tenths of a second.
    case large = "0.1-1 s"
    /// That of the models inside, several times.
    case inner
  }

  /// What it is for.
  package let purpose: ModelPurpose
  /// Whether it supports external variables.
  package let takesRegressors: Bool
  /// Whether it supports observations that cover several periods.
  package let takesSpans: Bool
  /// Whether it supports missing values.
  package let takesMissing: Bool
  /// Whether it models several seasons at once.
  package let takesSeveralSeasons: Bool
  /// How the joint distribution is known.
  package let law: Law
  /// The cost of a fit.
  package let cost: Cost
}

extension ModelDescription {
  /// What the model can do; `nil` for a model that the list does not name.
  ///
  /// External variables are as the model itself says.
  package var capabilities: ModelCapabilities? {
    guard let row = ModelDescription.table[name] else { return nil }
    let takesRegressors = (try? model())?.takesRegressors ?? false
    return ModelCapabilities(
      purpose: row.purpose, takesRegressors: takesRegressors, takesSpans: row.marks.contains("s"),
      takesMissing: row.marks.contains("m"), takesSeveralSeasons: row.marks.contains("+"), law: row.law,
      cost: row.cost)
  }

  private typealias Row = (
    purpose: ModelPurpose, marks: String, law: ModelCapabilities.Law, cost: ModelCapabilities.Cost
  )

  /// Spans (s), missing values (m) and several seasons (+) of each model with its default options.
  private static let table: [String: Row] = [
    "auto": (.any, "sm+", .simulated, .large),
    "combination": (.any, "sm", .inner, .inner),
    "temporal-blend": (.trend, "sm", .simulated, .small),
    "ets": (.trend, "sm", .byForm, .small),
    "auto-ets": (.trend, "sm", .byForm, .small),
    "arima": (.trend, "sm", .exact, .small),
    "auto-arima": (.trend, "sm", .exact, .large),
    "theta": (.trend, "m", .exact, .least),
    "otm": (.trend, "m", .exact, .least),
    "dstm": (.trend, "m", .exact, .least),
    "dotm": (.trend, "m", .exact, .least),
    "auto-theta": (.trend, "m", .exact, .small),
    "ces": (.trend, "m", .exact, .small),
    "auto-ces": (.trend, "m", .exact, .small),
    "mstl": (.seasons, "m+", .inner, .small),
    "ridge-ar": (.seasons, "m+", .exact, .small),
    "shape-level": (.seasons, "m+", .inner, .small),
    "gate": (.trend, "m+", .simulated, .least),
    "croston": (.demand, "m", .simulated, .least),
    "sba": (.demand, "m", .simulated, .least),
    "tsb": (.demand, "m", .simulated, .least),
    "adida": (.demand, "m", .simulated, .least),
    "imapa": (.demand, "m", .simulated, .least),
    "exponential-growth": (.growth, "sm", .simulated, .least),
    "logistic": (.growth, "sm", .simulated, .small),
    "gompertz": (.growth, "sm", .simulated, .small),
    "richards": (.growth, "sm", .simulated, .small),
    "bass": (.growth, "sm", .simulated, .small),
    "ramp-to-capacity": (.growth, "sm", .simulated, .small),
    "linear-regression": (.drivers, "sm+", .exact, .least),
    "naive": (.simple, "sm", .exact, .least),
    "seasonal-naive": (.simple, "m", .exact, .least),
    "drift": (.simple, "sm", .exact, .least),
    "mean": (.simple, "sm", .exact, .least),
    "conformal": (.wrapper, "sm", .inner, .inner),
    "bootstrap": (.wrapper, "sm", .simulated, .inner),
    "transformed": (.wrapper, "m", .inner, .inner),
    "holidays": (.wrapper, "m", .inner, .inner),
  ]
}

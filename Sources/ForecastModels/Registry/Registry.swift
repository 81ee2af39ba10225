public import Forecasting

/// Every model that can be chosen by name.
///
/// ```swift
/// let model = try Registry.model("theta:season=7,adjustment=additive")
/// let outlook = try model.fit(series).forecast(12)
/// ```
public enum Registry {
  /// The types of model, family by family: the only list of them.
  private static let types: [any DescribedForecaster.Type] = [
    Naive.self, SeasonalNaive.self, Drift.self, Mean.self,
    ExponentialGrowth.self, LogisticGrowth.self, GompertzGrowth.self, RichardsGrowth.self, BassGrowth.self,
    RampToCapacity.self,
    LinearRegression.self,
    ETS.self, AutoETS.self,
    CES.self, AutoCES.self,
    Theta.self, AutoTheta.self,
    ARIMA.self, AutoARIMA.self,
    RidgeAutoregression.self, ShapeLevel<AnyForecaster>.self, Gate.self,
    IntermittentDemand.self,
    Decomposed<AnyForecaster>.self, HolidayAdjusted<AnyForecaster>.self,
    Auto.self, TemporalBlend.self, Combination.self,
    Conformal<AnyForecaster>.self, Bootstrap<AnyForecaster>.self, Transformed<AnyForecaster>.self,
  ]

  /// The models, family by family.
  public static let models: [ModelDescription] = types.flatMap { $0.descriptions }

  /// The model of a name, with options given as text.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name, `.invalidOption` with the values that an option takes.
  public static func model(
    named name: String, options: [String: String] = [:]
  ) throws(ForecastError) -> any DescribedForecaster {
    try description(of: name).model(options)
  }

  /// The model written as `name` or `name:option=value,option=value`, with further options.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name, `.invalidOption` with the values that an option takes.
  public static func model(
    _ text: String, options further: [String: String] = [:]
  ) throws(ForecastError) -> any DescribedForecaster {
    let parts = try ModelText(text)
    for name in parts.options.keys.sorted() where further[name] != nil {
      throw .invalidOption(name: name, value: further[name] ?? "", reason: "is given twice")
    }
    return try model(named: parts.name, options: parts.options.merging(further) { own, _ in own })
  }

  /// What is known of the model of a name.
  ///
  /// - Throws: `ForecastError.unknownName` with the nearest name; `.invalidOption` for a name that other libraries use, with the model that
  ///   does the same here.
  public static func description(of name: String) throws(ForecastError) -> ModelDescription {
    guard let found = models.first(where: { $0.name == name }) else {
      if let other = foreign(name) {
        throw .invalidOption(
          name: "model", value: name, reason: "is the name of a model elsewhere; use \(other.text)")
      }
      throw .unknownName(kind: "model", name: name, nearest: nearestName(to: name, among: models.map(\.name)))
    }
    return found
  }
}

public import Forecasting
internal import ForesightNumerics

/// A seasonal autoregressive integrated moving-average (ARIMA) model of a given order, by exact maximum likelihood.
///
/// φ(B)Φ(B^m)(1 − B)^d(1 − B^m)^D (y_t − c·t^δ) = θ(B)Θ(B^m)ε_t, with δ = 0 and c a mean if d + D = 0, and δ = 1 and c
/// a drift per base period if d + D = 1 (G. E. P. Box and G. M. Jenkins, *Time Series Analysis*, 1970, ch. 9). The likelihood
/// is the exact Gaussian likelihood of the differenced series; c and σ² are concentrated out, stationarity and invertibility hold
/// by construction, and gradients are exact. Missing values and aggregated periods are integrated out.
///
/// Cost: an evaluation of the likelihood takes O(nr) for n values, with r = max(p + mP, q + mQ + 1). Each of k missing values
/// adds a filtered column and its products with the others: O(k(r + k)n) in all.
public struct ARIMA: Forecaster {
  /// The orders; with a cycle of 1 period, seasonal orders take the series' own.
  public var order: ARIMAOrder
  /// Whether a mean is estimated where d + D = 0; `nil` estimates one.
  public var mean: Bool?
  /// Whether a drift is estimated where d + D = 1; `nil` estimates none.
  public var drift: Bool?

  /// Creates a model of a given order.
  ///
  /// - Parameters:
  ///   - order: The orders of the model.
  ///   - constant: Whether a mean (d + D = 0) or drift (d + D = 1) is estimated; `nil` estimates a mean and no drift.
  public init(_ order: ARIMAOrder, constant: Bool? = nil) {
    self.order = order
    if order.isStationary { mean = constant } else { drift = constant }
  }

  /// Whether a mean (d + D = 0) or a drift (d + D = 1) is estimated.
  public var hasConstant: Bool {
    order.isStationary ? mean ?? true : drift ?? false
  }

  /// `ARIMA(1,1,1)(0,1,1)[12] with drift`.
  public var name: String { ARIMA.name(order, hasConstant: hasConstant) }

  static func name(_ order: ARIMAOrder, hasConstant: Bool) -> String {
    let constant = order.isStationary ? " with mean" : " with drift"
    return "ARIMA\(order)" + (hasConstant ? constant : "")
  }

  /// Fits the model to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` where figures left after differencing do not outnumber the parameters,
  ///   `.numerics` where missing values leave the model undetermined or numbers are out of range, `.invalidOption` for a
  ///   constant that the differences do not allow or seasonal orders on a series without a season, `.tooFewPeriods` for a
  ///   cycle longer than the series.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    try fit(series, regressors: nil)
  }

  /// True: with external variables it is a regression whose errors are this process.
  public var takesRegressors: Bool { true }

  /// A regression on external variables whose errors are this process: φ(B)Φ(B^m)(1 − B)^d(1 − B^m)^D (y_t − c·t^δ − β'x_t) =
  /// θ(B)Θ(B^m)ε_t.
  ///
  /// β is concentrated out of the exact likelihood by generalized least squares, so that a variable costs one more filtered
  /// column and no dimension of the search. Variables that are the same in every period of the series are left out, with a note.
  ///
  /// ```swift
  /// let fit = try ARIMA(ARIMAOrder(1, 0, 0)).fit(series, regressors: history)
  /// let outlook = try fit.forecast(12, regressors: assumed)
  /// ```
  ///
  /// - Throws: `ForecastError.missingRegressor` for a period without values, `.invalidOption` for variables that differences,
  ///   mean or each other make redundant, and what `fit(_:)` throws.
  public func fit(
    _ series: TimeSeries, regressors: Regressors?
  ) throws(ForecastError) -> FittedARIMA {
    let (names, constant) = regressors?.changing(over: series) ?? ([], [])
    let columns = try ARIMARegressors(regressors, names: names, over: series)
    let objective = try objective(series, regressors: columns)
    let search = ARIMASearch(objective: objective)
    var fit = try FittedARIMA(series: series, search: search, optimum: search.best())
    fit.constantVariables = constant
    return fit
  }

  /// Fits mean or drift and σ² with the other coefficients given, to evaluate the estimates of another program.
  ///
  /// - Throws: What `fit` throws, and `ForecastError.invalidOption` if the coefficients have another order or the
  ///   autoregression is not stationary.
  public func fit(
    _ series: TimeSeries, holding coefficients: ARIMACoefficients
  ) throws(ForecastError) -> FittedARIMA {
    let counts = [
      coefficients.ar.count, coefficients.ma.count, coefficients.seasonalAR.count,
      coefficients.seasonalMA.count,
    ]
    guard counts == [order.ar, order.ma, order.seasonalAR, order.seasonalMA] else {
      throw .invalidOption(name: "coefficients", value: "\(counts)", reason: "are not the orders of \(name)")
    }
    let objective = try objective(series, regressors: .none)
    return try FittedARIMA(
      series: series, objective: objective, coefficients: coefficients,
      convergence: Convergence(.held, evaluations: 1, gradientNorm: 0))
  }

  func objective(
    _ series: TimeSeries, regressors: ARIMARegressors
  ) throws(ForecastError) -> ARIMAObjective {
    try validate()
    let order = try order(for: series)
    let name = ARIMA.name(order, hasConstant: hasConstant)
    let sample = try ARIMASample(
      series, model: name, difference: order.difference, seasonalDifference: order.seasonalDifference,
      period: order.period, regressors: regressors)
    let needed = order.armaCount + (hasConstant ? 1 : 0) + regressors.names.count + 1 + order.lost
    guard sample.observed >= needed else {
      let count = regressors.names.count
      throw .tooFewObservations(
        model: count > 0 ? "\(name) with \(count) external variables" : name, series: series.name,
        needed: needed, found: sample.observed)
    }
    try sample.checkVariables(model: name, hasConstant: hasConstant)
    return ARIMAObjective(sample, order: order, hasConstant: hasConstant)
  }
  /// The orders with the cycle that a series gives them.
  private func order(for series: TimeSeries) throws(ForecastError) -> ARIMAOrder {
    var order = self.order
    order.period =
      order.isSeasonal
      ? try series.requiredCycle(
        seasonalPeriod, option: "seasonal", value: order.seasonal.map { "\($0)" }.joined(separator: "-"),
        model: name) : 1
    return order
  }
}

extension ARIMA: DescribedForecaster {
  /// `arima`.
  public static let descriptions = [
    ModelDescription(
      "arima", "seasonal ARIMA of a given order by exact maximum likelihood", ARIMA(ARIMAOrder(0, 1, 1)),
      [
        ModelOption("order", \.order.plain, .orders("p-d-q"), "the nonseasonal orders"),
        ModelOption("seasonal", \.order.seasonal, .orders("P-D-Q"), "the seasonal orders"),
        ModelOption(
          "season", \.seasonalPeriod, .optional(.count(atLeast: 2), absent: "auto"),
          "base periods in a seasonal cycle; auto is the series' own"),
        ModelOption(
          "mean", \.mean, .optional(.flag, absent: "auto"),
          "whether a mean is estimated; auto estimates one if d + D = 0", setting: "order=1-0-1"),
        ModelOption(
          "drift", \.drift, .optional(.flag, absent: "auto"),
          "whether a drift is estimated, which needs d + D = 1; auto estimates none"),
      ])
  ]

  /// Refuses options without meaning, and a constant that the differences remove or let grow.
  public func validate() throws(ForecastError) {
    try validateOptions()
    let differences = order.difference + order.seasonalDifference
    if mean == true, differences > 0 {
      throw .invalidOption(
        name: "mean", value: "true", reason: "needs d + D = 0; differencing removes a mean, so ask for drift")
    }
    if drift == true, differences != 1 {
      throw .invalidOption(name: "drift", value: "true", reason: "needs d + D = 1")
    }
  }

  private var seasonalPeriod: Int? {
    get { order.period > 1 ? order.period : nil }
    set { order.period = newValue ?? 1 }
  }
}

extension ARIMAOrder {
  /// p, d and q.
  fileprivate var plain: [Int] {
    get { [ar, difference, ma] }
    set { (ar, difference, ma) = (newValue[0], newValue[1], newValue[2]) }
  }

  /// P, D and Q.
  fileprivate var seasonal: [Int] {
    get { [seasonalAR, seasonalDifference, seasonalMA] }
    set { (seasonalAR, seasonalDifference, seasonalMA) = (newValue[0], newValue[1], newValue[2]) }
  }
}

extension OptionSyntax<[Int]> {
  /// Three orders, each from 0 to 1000, such as `1-1-1`.
  fileprivate static func orders(_ letters: String) -> OptionSyntax {
    OptionSyntax(
      ["\(letters), whole numbers such as 1-1-1"], examples: ["0-1-1", "1-0-1"],
      read: { text in
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        let orders = parts.compactMap { $0 }.filter { (0...1000).contains($0) }
        return orders.count == 3 && parts.count == 3 ? orders : nil
      },
      write: { orders in
        orders.allSatisfy { (0...1000).contains($0) } ? orders.map(String.init).joined(separator: "-") : nil
      })
  }
}

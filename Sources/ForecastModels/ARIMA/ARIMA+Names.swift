extension ARIMA {
  /// Creates the model ARIMA(p,d,q), or ARIMA(p,d,q)(P,D,Q)[m] with seasonal orders.
  ///
  /// ```swift
  /// ARIMA(1, 1, 1)
  /// ARIMA(0, 1, 1, seasonal: (0, 1, 1), period: 12)
  /// ```
  ///
  /// - Parameters:
  ///   - p: The autoregressive order.
  ///   - d: The number of first differences.
  ///   - q: The moving-average order.
  ///   - seasonal: The seasonal orders P, D and Q.
  ///   - period: The base periods in a cycle; 1 takes the series' own where there are seasonal orders.
  ///   - constant: Whether a mean (d + D = 0) or drift (d + D = 1) is estimated; `nil` estimates a mean and no drift.
  public init(
    _ p: Int, _ d: Int, _ q: Int, seasonal: (Int, Int, Int) = (0, 0, 0), period: Int = 1,
    constant: Bool? = nil
  ) {
    self.init(
      ARIMAOrder(p, d, q, seasonal: (ar: seasonal.0, difference: seasonal.1, ma: seasonal.2), period: period),
      constant: constant)
  }

  /// Creates the model of orders (p,d,q) and (P,D,Q), in the words of statsmodels and R: `ARIMA(order: (0, 1, 1), seasonal: (0, 1, 1))`.
  ///
  /// The cycle is the series' own unless a period is given.
  public init(
    order: (Int, Int, Int), seasonal: (Int, Int, Int) = (0, 0, 0), period: Int = 1, constant: Bool? = nil
  ) {
    self.init(order.0, order.1, order.2, seasonal: seasonal, period: period, constant: constant)
  }
}

/// The model that other libraries call SARIMA or seasonal ARIMA: `ARIMA` has the seasonal orders.
public typealias SeasonalARIMA = ARIMA

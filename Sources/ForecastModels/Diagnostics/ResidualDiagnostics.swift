public import Forecasting
public import ForesightNumerics
internal import RealModule

/// Tests of residuals: serial correlation, heteroscedasticity and normality.
///
/// The residuals are in time order and scaled to equal variance by the noise distribution of the model (divided by √|S| for an
/// aggregated observation, for example). Missing observations are left out, as by R's `na.omit`. A test is `nil` if there are too
/// few residuals for it or all are equal. Cost: O(n), except for the sort of Shapiro–Wilk.
public struct ResidualDiagnostics: Sendable {
  /// The residuals in time order.
  public let residuals: [Double]

  /// Creates tests of residuals; those that are not finite are left out.
  public init(_ residuals: [Double]) { self.residuals = residuals }

  /// All tests, in the order of a summary.
  ///
  /// - Parameters:
  ///   - design: The regressors of the auxiliary regression of Breusch–Pagan, one row per residual: the design, or the
  ///     Jacobian of a nonlinear fit. An intercept is added.
  ///   - seasonalPeriod: The seasonal period m, which sets the number of Ljung–Box lags: min(2m, n/5), or min(10, n/5) if m = 1
  ///     (Hyndman and Athanasopoulos, Forecasting, 3rd ed., §5.4).
  ///   - dynamicParameters: The number of fitted parameters of serial dependence, which reduces the degrees of freedom of
  ///     Ljung–Box.
  public func tests(
    design: Matrix, seasonalPeriod: Int = 1, dynamicParameters: Int = 0
  ) -> [FitSummary.Diagnostic] {
    let longest = seasonalPeriod > 1 ? 2 * seasonalPeriod : 10
    let lags = max(min(longest, residuals.count / 5), dynamicParameters + 1)
    return [
      durbinWatson, ljungBox(lags: lags, dynamicParameters: dynamicParameters), breuschPagan(design),
      jarqueBera, shapiroWilk,
    ].compactMap { $0 }
  }

  /// d = Σ(eₜ − eₜ₋₁)²/Σeₜ², about 2(1 − r₁) (Durbin and Watson, Biometrika 37 (1950) 409–428).
  public var durbinWatson: FitSummary.Diagnostic? {
    let largest = residuals.reduce(0) { max($0, abs($1)) }
    guard residuals.count > 1, largest > 0 else { return nil }
    let e = residuals.map { $0 / largest }
    let squares = e.reduce(0) { $0 + $1 * $1 }
    let steps = zip(e.dropFirst(), e).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    return FitSummary.Diagnostic(name: "Durbin–Watson", statistic: steps / squares)
  }

  /// Q = n(n+2) Σ rₖ²/(n−k) over the first lags, χ² (Ljung and Box, Biometrika 65 (1978) 297–303); R's `Box.test`.
  ///
  /// The autocorrelations are those of deviations from the mean; χ² has lags − dynamicParameters degrees of freedom.
  public func ljungBox(lags: Int, dynamicParameters: Int = 0) -> FitSummary.Diagnostic? {
    guard lags > dynamicParameters, residuals.count > lags, let centred else { return nil }
    let n = Double(residuals.count)
    let squares = centred.reduce(0) { $0 + $1 * $1 }
    var sum = 0.0
    for lag in 1...lags {
      let r = zip(centred.dropFirst(lag), centred).reduce(0) { $0 + $1.0 * $1.1 } / squares
      sum += r * r / (n - Double(lag))
    }
    return chiSquared(
      "Ljung–Box (\(lags) \(lags == 1 ? "lag" : "lags"))", n * (n + 2) * sum,
      degreesOfFreedom: Double(lags - dynamicParameters))
  }

  /// n R² of the regression of e² on the regressors, χ²: the studentized Breusch–Pagan test (Koenker, Journal of
  /// Econometrics 17 (1981) 107–112), as `lmtest::bptest`.
  public func breuschPagan(_ design: Matrix) -> FitSummary.Diagnostic? {
    let n = residuals.count
    guard n > 2, design.rows == n, residuals.contains(where: { $0 != 0 }) else { return nil }
    // The statistic has no scale: residuals near 1 keep their squares in range.
    let largest = residuals.reduce(0) { max($0, abs($1)) }
    let squares = residuals.map { ($0 / largest) * ($0 / largest) }
    let mean = squares.reduce(0, +) / Double(n)
    let deviations = squares.map { $0 - mean }
    let total = deviations.reduce(0) { $0 + $1 * $1 }
    let regressors = Matrix(
      rows: n, columns: design.columns + 1,
      columnMajor: [Double](repeating: 1, count: n) + design.elements)
    guard total > 0, let fit = try? LeastSquares().solve(regressors, deviations), fit.rank > 1, fit.rank < n
    else { return nil }
    let explained = fit.fitted.reduce(0) { $0 + $1 * $1 }
    return chiSquared(
      "Breusch–Pagan", Double(n) * explained / total, degreesOfFreedom: Double(fit.rank - 1))
  }

  /// n/6 (S² + (K − 3)²/4), χ² with 2 degrees of freedom (Jarque and Bera, Economics Letters 6 (1980) 255–259).
  public var jarqueBera: FitSummary.Diagnostic? {
    guard residuals.count > 2, let centred else { return nil }
    let n = Double(residuals.count)
    let second = centred.reduce(0) { $0 + $1 * $1 } / n
    let third = centred.reduce(0) { $0 + $1 * $1 * $1 } / n
    let fourth = centred.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n
    let skewness = third / (second * second.squareRoot())
    let excess = fourth / (second * second) - 3
    let statistic = n / 6 * (skewness * skewness + excess * excess / 4)
    return FitSummary.Diagnostic(
      name: "Jarque–Bera", statistic: statistic, pValue: Double.exp(-statistic / 2), degreesOfFreedom: 2)
  }

  /// The deviations from the mean, relative to the largest; `nil` if all residuals are equal.
  private var centred: [Double]? {
    let mean = residuals.reduce(0, +) / Double(residuals.count)
    let deviations = residuals.map { $0 - mean }
    let largest = deviations.reduce(0) { max($0, abs($1)) }
    guard largest > 0 else { return nil }
    return deviations.map { $0 / largest }
  }
}

/// A statistic with its upper χ² tail probability.
func chiSquared(_ name: String, _ statistic: Double, degreesOfFreedom: Double) -> FitSummary.Diagnostic {
  FitSummary.Diagnostic(
    name: name, statistic: statistic,
    pValue: SpecialFunctions.regularizedUpperIncompleteGamma(degreesOfFreedom / 2, statistic / 2),
    degreesOfFreedom: degreesOfFreedom)
}

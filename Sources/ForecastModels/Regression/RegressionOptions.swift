public import Forecasting

/// How a regression's coefficients are estimated.
public enum RegressionEstimator: Sendable, Hashable, Codable {
  /// Least squares.
  case leastSquares
  /// Huber's M estimator: quadratic up to k robust standard deviations, linear beyond.
  case huber(k: Double = 1.345)
  /// Tukey's bisquare M estimator: residuals beyond c robust standard deviations have no weight.
  case tukey(c: Double = 4.685)
  /// The conditional quantile of a probability: Σ ρ_τ(y − xβ) is least, an exact vertex solution.
  case quantile(Double = 0.5)
}

/// The serial dependence of a regression's errors.
public enum RegressionErrors: Sendable, Hashable, Codable {
  /// None.
  case independent
  /// eₜ = ρ eₜ₋₁ + uₜ.
  case autoregressive(AutoregressiveEstimator = .maximumLikelihood)
}

/// How ρ of autoregressive errors is estimated.
public enum AutoregressiveEstimator: String, Sendable, Hashable, Codable, CaseIterable {
  /// The exact Gaussian likelihood, spans and missing values included.
  case maximumLikelihood = "ml"
  /// Iterated least squares on differences yₜ − ρyₜ₋₁ of adjacent observations; the first is lost.
  case cochraneOrcutt = "cochrane-orcutt"
  /// Iterated generalised least squares that keeps the first observation.
  case praisWinsten = "prais-winsten"
}

/// How the covariance of least-squares coefficients is estimated.
public enum CoefficientCovariance: Sendable, Hashable, Codable {
  /// σ̂²(XᵀX)⁻¹.
  case classic
  /// White's sandwich, consistent under unequal variances.
  case heteroskedastic(HeteroskedasticKind = .hc3)
  /// Newey and West's sandwich with Bartlett weights, consistent under unequal variances and serial correlation.
  ///
  /// Without a lag the bandwidth is Newey and West's automatic one (1994), rounded down.
  case neweyWest(lag: Int? = nil)
}

/// The weights of squared residuals in White's sandwich (MacKinnon and White, Journal of Econometrics 29 (1985) 305–325).
public enum HeteroskedasticKind: String, Sendable, Hashable, Codable, CaseIterable {
  /// e².
  case hc0
  /// e² n/(n − p).
  case hc1
  /// e²/(1 − h).
  case hc2
  /// e²/(1 − h)².
  case hc3
}

/// The precision of the base periods: period t has noise variance σ²/w_t, a coming period σ².
public enum RegressionWeights: Sendable, Hashable, Codable {
  /// Every period counts the same.
  case equal
  /// w = δ^age, 0 < δ ≤ 1, with age 0 at the last period of the series: recent periods count more.
  case discounted(by: Double)
  /// Given weights above zero, one a base period from a start on.
  case periods([Double], start: Period)
}

extension RegressionWeights {
  /// The weight of a base period of a series.
  func weight(of period: Period, in series: TimeSeries, model: String) throws(ForecastError) -> Double {
    switch self {
    case .equal: return 1
    case .discounted(let factor):
      guard factor > 0, factor <= 1 else {
        throw .invalidOption(name: "discount", value: "\(factor)", reason: "must be above 0 and at most 1")
      }
      return power(factor, period.distance(to: series.end))
    case .periods(let weights, let start):
      guard start.frequency == series.frequency, weights.indices.contains(start.distance(to: period)) else {
        throw .missingRegressor(name: "weight", series: series.name, period: period)
      }
      let weight = weights[start.distance(to: period)]
      guard weight > 0, weight.isFinite else {
        throw .invalidOption(
          name: "weight", value: "\(weight)", reason: "of \(period) must be a finite number above 0")
      }
      return weight
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    var result = 1.0
    for _ in 0..<exponent { result *= base }
    return max(result, .leastNormalMagnitude)
  }
}

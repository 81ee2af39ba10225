public import Forecasting

/// Gompertz growth: the mean of base period t is μ_t = K exp(−e^{−r(t − t₀)}), t = 0 at the first period of the series.
///
/// K is the capacity, r the rate at which log μ approaches log K per base period, t₀ the inflection, where μ = K/e; R's
/// `SSgompertz` with Asym = K, b2 = e^{r t₀}, b3 = e^{−r}. It bends earlier than the logistic curve and closes in on its
/// capacity more slowly.
///
/// Source: Gompertz, Philosophical Transactions 115 (1825) 513–583; as a growth curve Winsor, PNAS 18 (1932) 1–8. Cost:
/// some hundred passes over the observations.
public struct GompertzGrowth: SaturatingGrowth {
  /// The noise law.
  public var noise: GrowthNoise

  /// Gompertz growth with a noise law.
  public init(noise: GrowthNoise = .additive) { self.noise = noise }

  /// `Gompertz growth (additive noise)` and so on.
  public var name: String { "Gompertz growth (\(noise.rawValue) noise)" }

  /// The curve fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below four values, `.notPositive` for values outside the noise law's
  ///   domain, `.constantSeries`.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedSaturatingGrowth<GompertzGrowth> {
    try fitted(to: series)
  }
}

extension GompertzGrowth: DescribedForecaster {
  /// `gompertz`.
  public static let descriptions = [
    ModelDescription(
      "gompertz", "growth to a fitted capacity that bends early and levels off slowly",
      GompertzGrowth(), [.noise(\.noise)])
  ]
}

extension GompertzGrowth: CurveModel {
  static var format: String { "foresight.gompertz" }
  var parameterCount: Int { 3 }

  func curve(_ sample: GrowthSample) -> SigmoidCurve {
    SigmoidCurve(sample, shape: .held(0))
  }
}

extension FittedSaturatingGrowth where Model == GompertzGrowth {
  /// The rate r per base period.
  public var rate: Estimate { curve.estimates[1] }
  /// The inflection t₀ in base periods from the first of the series; `nil` where the rate is zero.
  public var inflection: Estimate? { finite(curve.estimates[2]) }
}

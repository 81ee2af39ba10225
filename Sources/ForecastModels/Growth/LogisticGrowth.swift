public import Forecasting

/// Logistic growth: the mean of base period t is μ_t = K/(1 + e^{−r(t − t₀)}), t = 0 at the first period of the series.
///
/// K is the capacity, r the rate of the early exponential growth per base period, t₀ the inflection, where μ = K/2; R's
/// `SSlogis` with Asym = K, xmid = t₀, scal = 1/r. A falling series has r < 0: its capacity lies behind it.
///
/// ```swift
/// let growth = try LogisticGrowth().fit(series)
/// print(growth.capacity.value, growth.rate.value, growth.capacityStatus)
/// ```
///
/// Source: Verhulst, Correspondance mathématique et physique 10 (1838) 113–121. Cost: some hundred passes over the
/// observations.
public struct LogisticGrowth: SaturatingGrowth {
  /// The noise law.
  public var noise: GrowthNoise

  /// Logistic growth with a noise law.
  public init(noise: GrowthNoise = .additive) { self.noise = noise }

  /// `Logistic growth (additive noise)` and so on.
  public var name: String { "Logistic growth (\(noise.rawValue) noise)" }

  /// The curve fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below four values, `.notPositive` for values outside the noise law's
  ///   domain, `.constantSeries`.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedSaturatingGrowth<LogisticGrowth> {
    try fitted(to: series)
  }
}

extension LogisticGrowth: DescribedForecaster {
  /// `logistic`.
  public static let descriptions = [
    ModelDescription(
      "logistic", "growth to a fitted capacity, symmetric about its inflection",
      LogisticGrowth(), [.noise(\.noise)])
  ]
}

extension LogisticGrowth: CurveModel {
  static var format: String { "foresight.logistic" }
  var parameterCount: Int { 3 }

  func curve(_ sample: GrowthSample) -> SigmoidCurve {
    SigmoidCurve(sample, shape: .held(1))
  }
}

extension FittedSaturatingGrowth where Model == LogisticGrowth {
  /// The rate r per base period.
  public var rate: Estimate { curve.estimates[1] }
  /// The inflection t₀ in base periods from the first of the series; `nil` where the rate is zero.
  public var inflection: Estimate? { finite(curve.estimates[2]) }
}

extension CurveModel where Curve == SigmoidCurve {
  static var capacityName: String { "capacity" }
  static var limit: String { "\(Int(capacityLimit)) times the largest value" }
}

/// An estimate whose value is a finite number.
func finite(_ estimate: Estimate) -> Estimate? { estimate.value.isFinite ? estimate : nil }

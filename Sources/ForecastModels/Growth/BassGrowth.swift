public import Forecasting
internal import RealModule

/// Bass diffusion of a flow: adopters per base period, μ_t = m (F(t + 1) − F(t)), t = 0 at the first period of the series.
///
/// F(τ) = (1 − e^{−(p+q)τ})/(1 + (q/p) e^{−(p+q)τ}); m is the potential, the sum over all periods; p the coefficient of
/// innovation and q that of imitation per base period. The series begins with the launch. A span's sum is m times one
/// difference of F, exactly. For a series that is the cumulative level itself use `LogisticGrowth` or `RichardsGrowth`.
///
/// Source: Bass, Management Science 15 (1969) 215–227; the flow over a period as in Srinivasan and Mason, Marketing Science
/// 5 (1986) 169–178. Cost: some hundred passes over the observations.
public struct BassGrowth: SaturatingGrowth {
  /// The noise law.
  public var noise: GrowthNoise

  /// Bass diffusion with a noise law.
  public init(noise: GrowthNoise = .additive) { self.noise = noise }

  /// `Bass diffusion (additive noise)` and so on.
  public var name: String { "Bass diffusion (\(noise.rawValue) noise)" }

  /// The curve fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below four values, `.notPositive` for values outside the noise law's
  ///   domain, `.constantSeries`.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedSaturatingGrowth<BassGrowth> {
    try fitted(to: series)
  }
}

extension BassGrowth: DescribedForecaster {
  /// `bass`.
  public static let descriptions = [
    ModelDescription(
      "bass", "diffusion: a flow that rises and falls as a potential is used up",
      BassGrowth(), [.noise(\.noise)])
  ]
}

extension BassGrowth: CurveModel {
  static var format: String { "foresight.bass" }
  static var capacityName: String { "potential" }
  static var limit: String { "\(Int(capacityLimit)) times the observed total" }
  var parameterCount: Int { 3 }

  func curve(_ sample: GrowthSample) -> BassCurve { BassCurve() }
}

extension FittedSaturatingGrowth where Model == BassGrowth {
  /// The coefficient of innovation p per base period.
  public var innovation: Estimate { curve.estimates[1] }
  /// The coefficient of imitation q per base period.
  public var imitation: Estimate { curve.estimates[2] }
  /// The time of the largest flow, log(q/p)/(p + q), in base periods from the launch; `nil` where q ≤ p: the flow falls.
  public var peakTime: Double? {
    let (p, q) = (innovation.value, imitation.value)
    return q > p ? Double.log(q / p) / (p + q) : nil
  }
}

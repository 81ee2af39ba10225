public import Forecasting

/// Richards growth: the mean of base period t is μ_t = K (1 + ν e^{−r(t − t₀)})^{−1/ν}, t = 0 at the first period.
///
/// K is the capacity, t₀ the inflection, where μ = K (1 + ν)^{−1/ν}, and ν > 0 the shape: 1 is the logistic curve, ν → 0
/// the Gompertz curve. The shape is looked for from 10⁻⁶ to 100, and given a prior flat in its logarithm from 0.01 to 100
/// in forecasts; it asks for long, clean series – held at a value it costs nothing.
///
/// Source: Richards, Journal of Experimental Botany 10 (1959) 290–301. Cost: some hundred passes over the observations.
public struct RichardsGrowth: SaturatingGrowth {
  /// The shape ν; `nil` where it is fitted.
  public var shape: Double?
  /// The noise law.
  public var noise: GrowthNoise

  /// Richards growth with a noise law, and a shape unless it is to be fitted.
  public init(shape: Double? = nil, noise: GrowthNoise = .additive) {
    self.shape = shape
    self.noise = noise
  }

  /// `Richards growth (additive noise)` and so on.
  public var name: String { "Richards growth (\(noise.rawValue) noise)" }

  /// The curve fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below five values (four with a given shape), `.notPositive` for values
  ///   outside the noise law's domain, `.constantSeries`.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedSaturatingGrowth<RichardsGrowth> {
    try fitted(to: series)
  }
}

extension RichardsGrowth: DescribedForecaster {
  /// `richards`.
  public static let descriptions = [
    ModelDescription(
      "richards", "growth to a fitted capacity with a fitted shape: logistic at 1, Gompertz at 0",
      RichardsGrowth(),
      [
        ModelOption(
          "shape", \.shape, .optional(.number(above: 0), absent: "fitted"),
          "where the curve bends: 1 is logistic, near 0 Gompertz"),
        .noise(\.noise),
      ])
  ]
}

extension RichardsGrowth: CurveModel {
  static var format: String { "foresight.richards" }
  var parameterCount: Int { shape == nil ? 4 : 3 }

  func curve(_ sample: GrowthSample) -> SigmoidCurve {
    SigmoidCurve(sample, shape: shape.map { .held($0) } ?? .fitted)
  }
}

extension FittedSaturatingGrowth where Model == RichardsGrowth {
  /// The rate r per base period.
  public var rate: Estimate { curve.estimates[1] }
  /// The inflection t₀ in base periods from the first of the series; `nil` where the rate is zero.
  public var inflection: Estimate? { finite(curve.estimates[2]) }
  /// The shape ν; without standard error where it was given.
  public var shape: Estimate {
    if let given = model.shape { return Estimate(value: given, lower: given, upper: given) }
    return curve.estimates[3]
  }
}

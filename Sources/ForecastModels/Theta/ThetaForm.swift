/// The theta models, which differ in the line toward which forecasts are drawn and in how far.
///
/// With q = 1 − α the one-step prediction is μ_t = ℓ_{t−1} + (1 − 1/θ)(q^{t−1}A + B(1 − q^t)/α), and the level
/// ℓ_t = αy_t + qℓ_{t−1} smooths the observations; A + Bt is the line of least squares (Fiorucci, Pellegrini, Louzada,
/// Petropoulos and Koehler, *Int. J. Forecasting* 32 (2016) 1151–1161, doi:10.1016/j.ijforecast.2016.02.005).
public enum ThetaForm: String, Sendable, Hashable, Codable, CaseIterable {
  /// θ = 2 and the line through all observations: the mean of the line and of simple smoothing of the theta line
  /// (Assimakopoulos and Nikolopoulos, *Int. J. Forecasting* 16 (2000) 521–530, doi:10.1016/S0169-2070(00)00066-2),
  /// which is smoothing with half the line's slope as drift (Hyndman and Billah, *Int. J. Forecasting* 19 (2003)
  /// 287–290, doi:10.1016/S0169-2070(01)00143-1).
  case standard
  /// OTM: θ ≥ 1 is estimated; the line passes through all observations.
  case optimised
  /// DSTM: θ = 2; at each time, the line passes through the observations up to then.
  case dynamicStandard = "dynamic-standard"
  /// DOTM: θ ≥ 1 is estimated; at each time, the line passes through the observations up to then.
  case dynamicOptimised = "dynamic-optimised"

  /// Whether the line is updated with each observation.
  public var isDynamic: Bool { self == .dynamicStandard || self == .dynamicOptimised }

  /// Whether θ is estimated.
  public var isOptimised: Bool { self == .optimised || self == .dynamicOptimised }

  /// The usual name of the model: `Theta`, `OTM`, `DSTM` or `DOTM`.
  public var shortName: String {
    switch self {
    case .standard: "Theta"
    case .optimised: "OTM"
    case .dynamicStandard: "DSTM"
    case .dynamicOptimised: "DOTM"
    }
  }

  /// The number of first predictions that do not enter the sum of squares: an updated line needs two points.
  var skipped: Int { isDynamic ? 2 : 0 }

  /// The number of estimated parameters beside an updated line: α, ℓ₀ and θ or the drift.
  var freedom: Int { self == .dynamicStandard ? 2 : 3 }

  /// The fewest observations that leave two degrees of freedom for the noise.
  var needed: Int { skipped + freedom + 2 }
}

/// The parameters of a theta model.
public struct ThetaParameters: Sendable, Hashable, Codable {
  /// α, the share of an innovation that is added to the level.
  public var alpha: Double
  /// θ, the share of the curvature that is kept; 1 is simple smoothing without drift.
  public var theta: Double
  /// ℓ₀, the level before the first observation, in the seasonally adjusted unit of the series.
  public var initialLevel: Double

  /// Creates parameters.
  public init(alpha: Double, theta: Double, initialLevel: Double) {
    self.alpha = alpha
    self.theta = theta
    self.initialLevel = initialLevel
  }
}

/// The estimation method for the parameters of a theta model and its season.
public enum ThetaEstimation: String, Sendable, Hashable, Codable, CaseIterable {
  /// Least squares; the season is removed as measured, if the 90% test finds one.
  case leastSquares = "least-squares"
  /// Least squares with 1 − 1/θ shrunk by a third of the way to ½, and less where the line stands out of the noise. The season is removed if its autocorrelation exceeds one
  /// standard error, with its indices shrunk by 1.5 times the share of noise in their variance.
  ///
  /// The values were tuned on rolling origins inside the training parts of the M3 series.
  case shrinkage

  var limits: ThetaLimits { self == .leastSquares ? .leastSquares : .shrinkage }
  var seasonalBand: Double { self == .leastSquares ? 1.645 : SeasonalAdjustment.band }
  var seasonalShrinkage: Double { self == .leastSquares ? 0 : SeasonalAdjustment.shrinkage }
}

/// How the season is removed before a theta model is fitted.
public enum ThetaAdjustment: String, Sendable, Hashable, Codable, CaseIterable {
  /// Additive or, for positive values, multiplicative, whichever fits better; only if the test finds a season.
  case automatic
  /// Multiplicative, if the test finds a season.
  case multiplicative
  /// Additive, if the test finds a season.
  case additive
  /// No adjustment.
  case none
}

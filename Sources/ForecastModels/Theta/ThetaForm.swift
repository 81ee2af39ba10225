/// The theta models, which differ in the line that a series is drawn to and in how far.
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
  /// OTM: θ ≥ 1 estimated, the line through all observations.
  case optimised
  /// DSTM: θ = 2, at each time the line through the observations up to it.
  case dynamicStandard = "dynamic-standard"
  /// DOTM: θ ≥ 1 estimated, at each time the line through the observations up to it.
  case dynamicOptimised = "dynamic-optimised"

  /// Whether the line moves with the observations.
  public var isDynamic: Bool { self == .dynamicStandard || self == .dynamicOptimised }

  /// Whether θ is estimated.
  public var isOptimised: Bool { self == .optimised || self == .dynamicOptimised }

  /// The model's usual name: `Theta`, `OTM`, `DSTM` or `DOTM`.
  public var shortName: String {
    switch self {
    case .standard: "Theta"
    case .optimised: "OTM"
    case .dynamicStandard: "DSTM"
    case .dynamicOptimised: "DOTM"
    }
  }

  /// The first predictions that do not enter the sum of squares: a moving line needs two points.
  var skipped: Int { isDynamic ? 2 : 0 }

  /// The means that are estimated beside the line that moves by itself: α, ℓ₀ and θ or the drift.
  var freedom: Int { self == .dynamicStandard ? 2 : 3 }

  /// The fewest observations that leave the noise two degrees of freedom.
  var needed: Int { skipped + freedom + 2 }
}

/// The parameters of a theta model.
public struct ThetaParameters: Sendable, Hashable, Codable {
  /// α, the share of an innovation that the level keeps.
  public var alpha: Double
  /// θ, the curvature that the smoothed line keeps; 1 leaves simple smoothing without drift.
  public var theta: Double
  /// ℓ₀, the level before the first observation, in the seasonally adjusted unit of the series.
  public var initialLevel: Double

  /// Parameters.
  public init(alpha: Double, theta: Double, initialLevel: Double) {
    self.alpha = alpha
    self.theta = theta
    self.initialLevel = initialLevel
  }
}

/// How the parameters of a theta model and its season are estimated.
public enum ThetaEstimation: String, Sendable, Hashable, Codable, CaseIterable {
  /// Least squares; a season is taken out as it is measured, where the 90 per cent test finds one.
  case leastSquares = "least-squares"
  /// Least squares with 1 − 1/θ drawn a third of the way to ½; a season is taken out where its autocorrelation exceeds
  /// one standard error, its indices drawn together by one and a half times the share of noise in their variance.
  ///
  /// The three figures are those of rolling origins inside the training parts of the M3 series.
  case shrinkage

  var limits: ThetaLimits { self == .leastSquares ? .leastSquares : .shrinkage }
  var seasonalBand: Double { self == .leastSquares ? 1.645 : SeasonalAdjustment.band }
  var seasonalShrinkage: Double { self == .leastSquares ? 0 : SeasonalAdjustment.shrinkage }
}

/// How a season is taken out before a theta model is fitted.
public enum ThetaAdjustment: String, Sendable, Hashable, Codable, CaseIterable {
  /// By multiplication where all values are positive, else by addition; only where the test finds a season.
  case automatic
  /// By multiplication, where the test finds a season.
  case multiplicative
  /// By addition, where the test finds a season.
  case additive
  /// Not at all.
  case none
}

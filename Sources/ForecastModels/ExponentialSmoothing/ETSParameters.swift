/// The smoothing parameters of an exponential smoothing model.
public struct ETSParameters: Sendable, Hashable, Codable {
  /// α, the share of an innovation that is added to the level.
  public var alpha: Double
  /// β, the share that is added to the slope; 0 without a trend.
  public var beta: Double
  /// γ, the share that is added to the seasonal index; 0 without a season.
  public var gamma: Double
  /// φ, the factor that damps the slope each period; 1 without damping.
  public var phi: Double

  /// Creates smoothing parameters; those that a form does not have keep their neutral values.
  public init(alpha: Double, beta: Double = 0, gamma: Double = 0, phi: Double = 1) {
    self.alpha = alpha
    self.beta = beta
    self.gamma = gamma
    self.phi = phi
  }
}

/// The state of an exponential smoothing model at a point in time.
public struct ETSState: Sendable, Hashable, Codable {
  /// The level l.
  public var level: Double
  /// The slope b, a ratio for a multiplicative trend; 0 or 1 without a trend.
  public var slope: Double
  /// The seasonal indices in time order, starting with the next period; empty without a season.
  public var seasonal: [Double]

  /// Creates a state; the seasonal indices start with the next period.
  public init(level: Double, slope: Double = 0, seasonal: [Double] = []) {
    self.level = level
    self.slope = slope
    self.seasonal = seasonal
  }
}

/// The region in which smoothing parameters are searched.
public enum ETSBounds: String, Sendable, Hashable, Codable, CaseIterable {
  /// 0 ≤ α ≤ 1, 0 ≤ β ≤ α, 0 ≤ γ ≤ 1 − α, 0.8 ≤ φ ≤ 0.98: every equation is a weighted mean.
  case usual
  /// The forecastability region of the linear form with the same components: old values lose their weight.
  ///
  /// Hyndman, Akram and Archibald, *Ann. Inst. Stat. Math.* 60 (2008) 407–426, doi:10.1007/s10463-006-0109-x.
  case admissible
}

/// The estimation method.
public enum ETSEstimation: String, Sendable, Hashable, Codable, CaseIterable {
  /// Gaussian maximum likelihood.
  case maximumLikelihood = "maximum-likelihood"
  /// Maximum likelihood with a penalty that shrinks β, γ and φ toward a steady, damped slope and a fixed season.
  case shrinkage
}

/// The uncertainty of a fit: a factor L with LLᵀ the covariance of smoothing parameters and final state.
///
/// Rows are α, β, γ, φ, level, slope and the seasonal indices from the next period on; σ² is independent, with
/// `degreesOfFreedom` of its own.
struct ETSUncertainty: Sendable, Hashable, Codable {
  /// The entries row by row.
  let factor: [Double]
  /// The number of columns.
  let rank: Int
  /// The degrees of freedom of σ̂².
  let degreesOfFreedom: Double

  var rowCount: Int { rank == 0 ? 0 : factor.count / rank }

  func row(_ i: Int) -> ArraySlice<Double> { factor[(i * rank)..<((i + 1) * rank)] }

  /// The standard deviation of a row.
  func standardError(_ i: Int) -> Double {
    i < rowCount ? row(i).reduce(0) { $0 + $1 * $1 }.squareRoot() : 0
  }
}

/// The smoothing parameters of an exponential smoothing model.
public struct ETSParameters: Sendable, Hashable, Codable {
  /// α, the share of an innovation that the level keeps.
  public var alpha: Double
  /// β, the share that the slope keeps; 0 without trend.
  public var beta: Double
  /// γ, the share that the seasonal index keeps; 0 without season.
  public var gamma: Double
  /// φ, by which the slope fades each period; 1 where it does not.
  public var phi: Double

  /// Smoothing parameters; those that a form lacks keep their neutral values.
  public init(alpha: Double, beta: Double = 0, gamma: Double = 0, phi: Double = 1) {
    self.alpha = alpha
    self.beta = beta
    self.gamma = gamma
    self.phi = phi
  }
}

/// The state of an exponential smoothing model at a point of time.
public struct ETSState: Sendable, Hashable, Codable {
  /// The level l.
  public var level: Double
  /// The slope b, a ratio for a multiplicative trend; 0 or 1 without trend.
  public var slope: Double
  /// The seasonal indices in time order: the first is that of the next period; empty without season.
  public var seasonal: [Double]

  /// A state; the seasonal indices begin with the next period's.
  public init(level: Double, slope: Double = 0, seasonal: [Double] = []) {
    self.level = level
    self.slope = slope
    self.seasonal = seasonal
  }
}

/// The region that smoothing parameters are searched in.
public enum ETSBounds: String, Sendable, Hashable, Codable, CaseIterable {
  /// 0 ≤ α ≤ 1, 0 ≤ β ≤ α, 0 ≤ γ ≤ 1 − α, 0.8 ≤ φ ≤ 0.98: each equation is a weighted mean.
  case usual
  /// The forecastability region of the linear form with the same components: old values lose their weight.
  ///
  /// Hyndman, Akram and Archibald, *Ann. Inst. Stat. Math.* 60 (2008) 407–426, doi:10.1007/s10463-006-0109-x.
  case admissible
}

/// How the parameters are estimated.
public enum ETSEstimation: String, Sendable, Hashable, Codable, CaseIterable {
  /// Gaussian maximum likelihood.
  case maximumLikelihood = "maximum-likelihood"
  /// Maximum likelihood with a penalty that draws β, γ and φ towards a steady, damped slope and a fixed season.
  case shrinkage
}

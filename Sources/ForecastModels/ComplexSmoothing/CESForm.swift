/// The forms of complex exponential smoothing, which differ in their seasonal component.
///
/// A level ℓ and a potential c, which holds what the model knows beside the level, are the real and the imaginary part of a
/// complex number. With innovations e and complex gain α₀ + iα₁:
///
///     y_t = ℓ_{t−1} + e_t
///     ℓ_t = ℓ_{t−1} − (1 − α₁)c_{t−1} + (α₀ − α₁)e_t
///     c_t = ℓ_{t−1} + (1 − α₀)c_{t−1} + (α₀ + α₁)e_t
///
/// (Svetunkov, Kourentzes and Ord, *Naval Research Logistics* 69 (2022) 1108–1123, doi:10.1002/nav.22074). With α₁ = 1 it
/// is simple smoothing with gain α₀ − 1; otherwise the potential moves the level, which replaces a trend.
public enum CESForm: String, Sendable, Hashable, Codable, CaseIterable {
  /// One level with its potential, no season.
  case none
  /// A level with its potential for each position of the cycle, used and updated at lag m.
  case simple
  /// A level with its potential, and additive seasonal indices s_t = s_{t−m} + be_t.
  case partial
  /// A level with its potential, and another such pair for each position of the cycle with its own gain β₀ + iβ₁.
  case full

  /// Whether a level is updated every period.
  var hasLevel: Bool { self != .simple }

  /// Whether the form has a seasonal component.
  public var isSeasonal: Bool { self != .none }

  /// The number of gains, starting with α₀ and α₁.
  var gainCount: Int {
    switch self {
    case .none, .simple: 2
    case .partial: 3
    case .full: 4
    }
  }

  /// The fewest observations: two more than gains and initial states.
  var needed: Int { gainCount + 4 }

  /// The model's name: `CES(none)`.
  var modelName: String { "CES(\(rawValue))" }
}

/// How the gains of complex exponential smoothing are estimated.
public enum CESEstimation: String, Sendable, Hashable, Codable, CaseIterable {
  /// Least squares, which is maximum likelihood.
  case leastSquares = "least-squares"
  /// Least squares with a penalty that shrinks the gains toward those of a level without trend.
  case shrinkage
}

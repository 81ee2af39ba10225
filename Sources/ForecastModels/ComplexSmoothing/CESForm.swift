/// The forms of complex exponential smoothing, which differ in the season.
///
/// A level ℓ goes with a potential c, what the model knows of the series beside its level, as the real part of a complex
/// number goes with the imaginary one. With innovations e and complex gain α₀ + iα₁:
///
///     y_t = ℓ_{t−1} + e_t
///     ℓ_t = ℓ_{t−1} − (1 − α₁)c_{t−1} + (α₀ − α₁)e_t
///     c_t = ℓ_{t−1} + (1 − α₀)c_{t−1} + (α₀ + α₁)e_t
///
/// (Svetunkov, Kourentzes and Ord, *Naval Research Logistics* 69 (2022) 1108–1123, doi:10.1002/nav.22074). With α₁ = 1 it
/// is simple smoothing by α₀ − 1; elsewhere the potential moves the level, which takes the place of a trend.
public enum CESForm: String, Sendable, Hashable, Codable, CaseIterable {
  /// One level with its potential: no season.
  case none
  /// A level with its potential for each period of the cycle, read and moved at a lag of m.
  case simple
  /// A level with its potential, and additive seasonal indices s_t = s_{t−m} + be_t.
  case partial
  /// A level with its potential, and one more such pair for each period of the cycle with a gain β₀ + iβ₁ of its own.
  case full

  /// Whether a level is carried from period to period.
  var hasLevel: Bool { self != .simple }

  /// Whether a state is carried from cycle to cycle.
  public var isSeasonal: Bool { self != .none }

  /// The gains, α₀ and α₁ first.
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
  /// Least squares, which is maximum likelihood given the initial season.
  case leastSquares = "least-squares"
  /// Least squares with a penalty that draws the gains to those of a level without trend.
  case shrinkage
}

/// The form of an exponential smoothing model, ETS(error, trend, season).
///
/// The taxonomy of 30 forms is that of R. J. Hyndman, A. B. Koehler, J. K. Ord and R. D. Snyder, *Forecasting with
/// Exponential Smoothing* (2008), tables 2.1–2.3.
public struct ETSForm: Sendable, Hashable, Codable {
  /// The type of error.
  public enum ErrorKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// y = ŷ + e.
    case additive = "A"
    /// y = ŷ(1 + ε).
    case multiplicative = "M"
  }

  /// The type of trend.
  public enum TrendKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// No slope.
    case none = "N"
    /// l + b.
    case additive = "A"
    /// l + φb.
    case additiveDamped = "Ad"
    /// l·b.
    case multiplicative = "M"
    /// l·b^φ.
    case multiplicativeDamped = "Md"

    /// Whether φ damps the slope.
    public var isDamped: Bool { self == .additiveDamped || self == .multiplicativeDamped }
    /// Whether the slope is a ratio.
    public var isMultiplicative: Bool { self == .multiplicative || self == .multiplicativeDamped }
  }

  /// The type of seasonal component.
  public enum SeasonKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// No seasonal component.
    case none = "N"
    /// The seasonal index is added to the level.
    case additive = "A"
    /// The seasonal index multiplies the level.
    case multiplicative = "M"
  }

  /// The type of error.
  public let error: ErrorKind
  /// The type of trend.
  public let trend: TrendKind
  /// The type of seasonal component.
  public let season: SeasonKind

  /// Creates a form from its three components.
  public init(_ error: ErrorKind, _ trend: TrendKind, _ season: SeasonKind) {
    self.error = error
    self.trend = trend
    self.season = season
  }

  /// A form written `AAdM`, `A,Ad,M` or `ETS(A,Ad,M)`; `nil` for any other text.
  public init?(_ text: some StringProtocol) {
    guard let form = ETSPattern(text)?.form else { return nil }
    self = form
  }

  /// The 30 forms.
  public static let allForms: [ETSForm] = ErrorKind.allCases.flatMap { error in
    TrendKind.allCases.flatMap { trend in SeasonKind.allCases.map { ETSForm(error, trend, $0) } }
  }

  /// Whether the observation is linear in state and innovation: additive error, no multiplicative component.
  public var isLinear: Bool {
    error == .additive && !trend.isMultiplicative && season != .multiplicative
  }

  /// Whether a component is multiplicative, so that the data must be positive.
  public var needsPositiveData: Bool {
    error == .multiplicative || trend.isMultiplicative || season == .multiplicative
  }

  /// The number of smoothing parameters: those of α, β, γ and φ that the form has.
  public var smoothingCount: Int {
    1 + (trend == .none ? 0 : 1) + (season == .none ? 0 : 1) + (trend.isDamped ? 1 : 0)
  }

  /// The number of free parameters for a seasonal period: smoothing parameters, initial state and σ².
  ///
  /// Seasonal indices count as period − 1 parameters, because their sum is fixed.
  public func parameterCount(period: Int) -> Int {
    smoothingCount + 1 + (trend == .none ? 0 : 1) + (season == .none ? 0 : period - 1) + 1
  }
}

extension ETSForm: CustomStringConvertible {
  /// `ETS(A,Ad,M)`.
  public var description: String { "ETS(\(error.rawValue),\(trend.rawValue),\(season.rawValue))" }

  /// `AAdM`.
  public var shortName: String { error.rawValue + trend.rawValue + season.rawValue }
}

/// A form of which the data choose some components, written with Z for those: `ZZZ`, `MZN`.
public struct ETSPattern: Sendable, Hashable {
  /// How the innovation enters; `nil` where the data choose.
  public var error: ETSForm.ErrorKind?
  /// How the slope enters; `nil` where the data choose.
  public var trend: ETSForm.TrendKind?
  /// How the season enters; `nil` where the data choose.
  public var season: ETSForm.SeasonKind?
  /// A literal that is not a pattern, for the error of the model.
  private(set) var unread: String?

  /// A pattern, every component of which the data choose unless it is given.
  public init(
    error: ETSForm.ErrorKind? = nil, trend: ETSForm.TrendKind? = nil, season: ETSForm.SeasonKind? = nil
  ) {
    self.error = error
    self.trend = trend
    self.season = season
  }

  /// A form of which the data choose nothing.
  public init(_ form: ETSForm) { self.init(error: form.error, trend: form.trend, season: form.season) }

  /// A pattern written `AAdM`, `MZN`, `A,Ad,M` or `ETS(A,Ad,M)`; `nil` for any other text.
  public init?(_ text: some StringProtocol) {
    var body = Substring(text)
    if body.hasPrefix("ETS("), body.hasSuffix(")") { body = body.dropFirst(4).dropLast() }
    let letters = body.filter { $0 != "," }
    guard letters.count >= 3, letters.count == body.count || body.count == letters.count + 2 else {
      return nil
    }
    let parts = [letters.prefix(1), letters.dropFirst().dropLast(), letters.suffix(1)].map(String.init)
    error = ETSForm.ErrorKind(rawValue: parts[0])
    trend = ETSForm.TrendKind(rawValue: parts[1])
    season = ETSForm.SeasonKind(rawValue: parts[2])
    guard error != nil || parts[0] == "Z", trend != nil || parts[1] == "Z", season != nil || parts[2] == "Z"
    else { return nil }
  }

  /// The form, where the data choose nothing.
  public var form: ETSForm? {
    guard let error, let trend, let season else { return nil }
    return ETSForm(error, trend, season)
  }

  /// `AAdM`, `MZN`.
  public var shortName: String {
    unread ?? (error?.rawValue ?? "Z") + (trend?.rawValue ?? "Z") + (season?.rawValue ?? "Z")
  }
}

/// `ETS("MAM")`.
extension ETSPattern: ExpressibleByStringLiteral {
  /// Creates the pattern of a text such as `MAM`; a model with any other text throws `ForecastError.invalidOption` when it is fitted.
  public init(stringLiteral text: String) {
    guard let pattern = ETSPattern(text) else {
      self.init()
      unread = text
      return
    }
    self = pattern
  }
}

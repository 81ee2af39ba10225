/// A change of an input or of a fitted series.
public struct Shock: Sendable, Hashable {
  /// The input or series.
  public var target: String
  /// Whether the change multiplies instead of adding.
  public var multiplies: Bool
  /// When it applies; always where `nil`.
  public var when: SourcedExpression?
  /// Its date and how its effect goes; `nil` acts in every year.
  public var timing: ShockTiming?
  /// The law of the change.
  public var law: Law
  /// The least value after the change.
  public var floor: Double?
  /// The Sobol' dimension of the change.
  public var dimension: Int?
}

/// The date of a shock and how its effect goes.
public struct ShockTiming: Sendable, Hashable {
  /// Where the date comes from.
  public enum Date: Sendable, Hashable {
    /// An expression.
    case at(SourcedExpression)
    /// A constant hazard, one a year, from a date on; from the beginning of the horizon where `after` is `nil`.
    case hazard(after: SourcedExpression?, rate: Double, dimension: Int?)
  }

  /// Where the date comes from.
  public var date: Date
  /// How long the whole effect lasts, years.
  public var lasts: Double
  /// What follows.
  public var recovery: Recovery
}

/// How the effect of a shock goes once its years are over.
public enum Recovery: Sendable, Hashable {
  /// It does not.
  case permanent
  /// At once.
  case step
  /// By equal parts over some years.
  case linear(years: Double)
  /// By half in each half-life, years.
  case exponential(halfLife: Double)
}

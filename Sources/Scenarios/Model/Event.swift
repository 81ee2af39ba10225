/// A dated event.
public struct Event: Sendable, Hashable {
  /// Its name.
  public var name: String
  /// What it does.
  public var kind: Kind
  /// The ids of its sources.
  public var sources: [String]
  /// Its place in the file.
  public var place: FilePlace

  /// What an event does.
  public enum Kind: Sendable, Hashable {
    /// A date given by an expression.
    case start(at: SourcedExpression, opens: String?)
    /// A date that comes at a constant hazard after another.
    case hazard(after: SourcedExpression, rate: Double, dimension: Int?)
    /// A cut of an asset's flow for some years from a date that comes at a constant hazard.
    case interruption(Interruption)
    /// A change of an input or series.
    case shock(Shock)
  }

  /// Whether it has a date; a shock may act in every year.
  var hasDate: Bool {
    if case .shock(let shock) = kind { shock.timing != nil } else { true }
  }
}

/// A cut of an asset's flow.
public struct Interruption: Sendable, Hashable {
  /// The asset.
  public var asset: String
  /// The date from which the hazard counts.
  public var after: SourcedExpression
  /// The hazard rate per year.
  public var rate: Double
  /// How long it lasts, years.
  public var lasts: Double
  /// What the flow is multiplied by.
  public var multiply: Law
  /// The Sobol' dimensions of the waiting time and of the multiplier.
  public var dimensions: [Int]?
}

/// A change of an input or of a fitted series.
public struct Shock: Sendable, Hashable {
  /// The input or series.
  public var target: String
  /// Whether the change multiplies instead of adding.
  public var multiplies: Bool
  /// When it applies; always if `nil`.
  public var when: SourcedExpression?
  /// Its date and how its effect fades; a shock without timing acts every year.
  public var timing: ShockTiming?
  /// The law of the change.
  public var law: Law
  /// The least value after the change.
  public var floor: Double?
  /// The Sobol' dimension of the change.
  public var dimension: Int?
}

/// The date of a shock and how its effect fades.
public struct ShockTiming: Sendable, Hashable {
  /// Where the date comes from.
  public enum Date: Sendable, Hashable {
    /// An expression.
    case at(SourcedExpression)
    /// A constant hazard rate per year from a date on; from the beginning of the horizon if `after` is `nil`.
    case hazard(after: SourcedExpression?, rate: Double, dimension: Int?)
  }

  /// Where the date comes from.
  public var date: Date
  /// How long the whole effect lasts, years.
  public var lasts: Double
  /// What follows.
  public var recovery: Recovery
}

/// How the effect of a shock fades after its full years.
public enum Recovery: Sendable, Hashable {
  /// The effect does not fade.
  case permanent
  /// At once.
  case step
  /// In equal parts over some years.
  case linear(years: Double)
  /// By half in each half-life, in years.
  case exponential(halfLife: Double)
}

extension Event {
  /// The expressions that its date rests on.
  var expressions: [SourcedExpression] {
    switch kind {
    case .start(let at, _): [at]
    case .hazard(let after, _, _): [after]
    case .interruption(let cut): [cut.after]
    case .shock(let shock):
      switch shock.timing?.date {
      case .at(let at): [at]
      case .hazard(let after?, _, _): [after]
      default: []
      }
    }
  }

  /// The name of what it draws besides its date.
  var drawnPart: String? {
    switch kind {
    case .interruption: "multiply"
    case .shock(let shock): shock.part
    case .start, .hazard: nil
    }
  }
}

extension Shock {
  /// The name of its draw.
  var part: String { multiplies ? "multiply" : "add" }
}

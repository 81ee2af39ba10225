public import ForesightNumerics

/// A condition on a value, such as "above 90".
///
/// ```swift
/// try outlook.probability(anyStep: .above(90))
/// try outlook.probability(anyStep: >90)          // the same
/// try outlook.probability(everyStep: 60...90)    // ranges are conditions, too
/// ```
///
/// The prefix operators `>`, `>=` and `<=` are written without a space. Swift reserves `<` before a value: write `.below(90)` or `..<90`.
public struct ValueCondition: Sendable, Hashable {
  fileprivate enum Kind: Sendable, Hashable {
    case above(Double, orAt: Bool)
    case below(Double, orAt: Bool)
    case within(Double, Double)
    case outside(Double, Double)
  }

  fileprivate let kind: Kind

  /// Returns whether a value meets the condition; NaN meets none.
  public func holds(_ value: Double) -> Bool {
    switch kind {
    case .above(let bound, let orAt): value > bound || (orAt && value == bound)
    case .below(let bound, let orAt): value < bound || (orAt && value == bound)
    case .within(let low, let high): value >= low && value <= high
    case .outside(let low, let high): value < low || value > high
    }
  }

  /// Returns the probability that a value with a distribution meets the condition, from its cdf.
  ///
  /// Cost: one or two evaluations.
  public func probability(under law: any Distribution) -> Double {
    switch kind {
    case .above(let bound, let orAt): 1 - (orAt ? below(bound, law) : law.cdf(bound))
    case .below(let bound, let orAt): orAt ? law.cdf(bound) : below(bound, law)
    case .within(let low, let high): max(0, law.cdf(high) - below(low, law))
    case .outside(let low, let high): min(1, max(0, 1 - law.cdf(high) + below(low, law)))
    }
  }

  /// P(value < bound): the cdf of the next smaller number, which leaves out an atom at the bound.
  private func below(_ bound: Double, _ law: any Distribution) -> Double { law.cdf(bound.nextDown) }
}

extension ValueCondition: CustomStringConvertible {
  /// `> 90`, `60…90`, `outside 60…90`.
  public var description: String {
    switch kind {
    case .above(let bound, let orAt): "\(orAt ? "≥" : ">") \(NumberText.plain(bound))"
    case .below(let bound, let orAt): "\(orAt ? "≤" : "<") \(NumberText.plain(bound))"
    case .within(let low, let high): "\(NumberText.plain(low))…\(NumberText.plain(high))"
    case .outside(let low, let high): "outside \(NumberText.plain(low))…\(NumberText.plain(high))"
    }
  }
}

/// The conditions by name: `.above(90)`, `.within(60...90)`.
extension ValueConditionConvertible where Self == ValueCondition {
  /// A value greater than a bound.
  public static func above(_ bound: Double) -> ValueCondition {
    ValueCondition(kind: .above(bound, orAt: false))
  }

  /// A value of at least a bound.
  public static func atLeast(_ bound: Double) -> ValueCondition {
    ValueCondition(kind: .above(bound, orAt: true))
  }

  /// A value less than a bound.
  public static func below(_ bound: Double) -> ValueCondition {
    ValueCondition(kind: .below(bound, orAt: false))
  }

  /// A value of at most a bound.
  public static func atMost(_ bound: Double) -> ValueCondition {
    ValueCondition(kind: .below(bound, orAt: true))
  }

  /// A value in a closed range.
  public static func within(_ range: ClosedRange<Double>) -> ValueCondition {
    ValueCondition(kind: .within(range.lowerBound, range.upperBound))
  }

  /// A value outside a closed range.
  public static func outside(_ range: ClosedRange<Double>) -> ValueCondition {
    ValueCondition(kind: .outside(range.lowerBound, range.upperBound))
  }
}

/// What can be asked of a value: a `ValueCondition`, or a range of numbers.
public protocol ValueConditionConvertible: Sendable {
  /// The condition.
  var condition: ValueCondition { get }
}

extension ValueCondition: ValueConditionConvertible {
  /// The condition itself.
  public var condition: ValueCondition { self }
}

extension ClosedRange<Double>: ValueConditionConvertible {
  /// A value in the range.
  public var condition: ValueCondition { .within(self) }
}

extension PartialRangeFrom<Double>: ValueConditionConvertible {
  /// A value of at least the bound.
  public var condition: ValueCondition { .atLeast(lowerBound) }
}

extension PartialRangeUpTo<Double>: ValueConditionConvertible {
  /// A value less than the bound.
  public var condition: ValueCondition { .below(upperBound) }
}

extension PartialRangeThrough<Double>: ValueConditionConvertible {
  /// A value of at most the bound.
  public var condition: ValueCondition { .atMost(upperBound) }
}

prefix operator >
prefix operator >=
prefix operator <=

/// A value greater than a bound: `>90`.
public prefix func > (bound: Double) -> ValueCondition { .above(bound) }

/// A value of at least a bound: `>=90`.
public prefix func >= (bound: Double) -> ValueCondition { .atLeast(bound) }

/// A value of at most a bound: `<=90`.
public prefix func <= (bound: Double) -> ValueCondition { .atMost(bound) }

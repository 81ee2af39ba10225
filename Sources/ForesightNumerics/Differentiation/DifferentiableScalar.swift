// Re-exported because a model uses `.exp`, `.log` … of these protocols.
@_exported public import RealModule

/// A scalar type that a model is written in once and evaluated as a value, with derivatives or in extended precision.
///
/// A function that is generic over this protocol runs in `Double` for speed and in ``Dual`` for exact derivatives:
///
/// ```swift
/// func growth<S: DifferentiableScalar>(_ b: [S], at t: Double) -> S { b[0] * .exp(b[1] * S(t)) }
/// ```
public protocol DifferentiableScalar: AlgebraicField, ElementaryFunctions, Comparable, Sendable,
  ExpressibleByFloatLiteral
where FloatLiteralType == Double {
  /// The number equal to a double, with zero derivatives.
  init(_ value: Double)

  /// The value rounded to a double, without derivatives.
  var doubleValue: Double { get }

  /// The ratio of a circle's circumference to its diameter, to the type's precision.
  static var pi: Self { get }
}

extension Double: DifferentiableScalar {
  /// The number itself.
  @inlinable
  public var doubleValue: Double { self }
}

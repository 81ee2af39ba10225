// Re-exported: whoever writes a model needs `.exp`, `.log` … of these protocols.
@_exported public import RealModule

/// A number a model can be written in once and evaluated as a value, a derivative or in extended precision.
///
/// A function generic over this protocol runs in `Double` for speed, in ``Dual`` for exact derivatives and in
/// extended precision for the last digits of a fit:
///
/// ```swift
/// func growth<S: DifferentiableScalar>(_ b: [S], at t: Double) -> S { b[0] * .exp(b[1] * S(t)) }
/// ```
public protocol DifferentiableScalar: AlgebraicField, ElementaryFunctions, Comparable, Sendable,
  ExpressibleByFloatLiteral
where FloatLiteralType == Double {
  /// The number equal to a double, with zero derivatives.
  init(_ value: Double)

  /// The value rounded to a double, derivatives left out.
  var doubleValue: Double { get }

  /// The ratio of a circle's circumference to its diameter, to the type's precision.
  static var pi: Self { get }
}

extension Double: DifferentiableScalar {
  /// The number itself.
  @inlinable
  public var doubleValue: Double { self }
}

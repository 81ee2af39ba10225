public import RealModule

/// A number with four exact partial derivatives: v + d₀ε₀ + d₁ε₁ + d₂ε₂ + d₃ε₃, where εᵢεⱼ = 0.
///
/// Arithmetic and elementary functions carry the partials by the chain rule, so a function evaluated at
/// `Dual` arguments returns its value and four columns of its Jacobian without truncation error. Duals nest:
/// `Dual<Dual<Double>>` gives second derivatives. Comparison and equality use the value alone, so that a
/// model takes the same branches as in `Double`.
///
/// Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., SIAM 2008, chapter 3.
@frozen
public struct Dual<Base: DifferentiableScalar>: Sendable {
  /// The number of partial derivatives carried at once.
  @inlinable public static var width: Int { 4 }

  /// The value.
  public var value: Base
  @usableFromInline var d0: Base
  @usableFromInline var d1: Base
  @usableFromInline var d2: Base
  @usableFromInline var d3: Base

  @inlinable
  init(_ value: Base, _ d0: Base, _ d1: Base, _ d2: Base, _ d3: Base) {
    self.value = value
    self.d0 = d0
    self.d1 = d1
    self.d2 = d2
    self.d3 = d3
  }

  /// A constant: the value with zero partials.
  @inlinable
  public init(constant value: Base) {
    self.init(value, .zero, .zero, .zero, .zero)
  }

  /// An independent variable: the value with a unit partial in one lane, or a constant outside 0..<4.
  @inlinable
  public init(_ value: Base, lane: Int) {
    let one = Base(1.0)
    let zero = Base.zero
    self.init(
      value, lane == 0 ? one : zero, lane == 1 ? one : zero, lane == 2 ? one : zero, lane == 3 ? one : zero)
  }

  /// The partial derivative in a lane, 0..<4.
  @inlinable
  public subscript(lane: Int) -> Base {
    switch lane {
    case 0: d0
    case 1: d1
    case 2: d2
    case 3: d3
    default: preconditionFailure("a Dual carries lanes 0..<4")
    }
  }

  /// A function's value at this argument with partials slope·dᵢ: the chain rule for one argument.
  @inlinable @inline(__always)
  func chain(_ result: Base, slope: Base) -> Self {
    Self(result, slope * d0, slope * d1, slope * d2, slope * d3)
  }
}

extension Dual: DifferentiableScalar {
  /// The constant equal to a double.
  @inlinable
  public init(_ value: Double) { self.init(constant: Base(value)) }

  /// The value rounded to a double, without partials.
  @inlinable
  public var doubleValue: Double { value.doubleValue }

  /// The constant π.
  @inlinable
  public static var pi: Self { Self(constant: Base.pi) }

  /// The constant written as a floating-point literal.
  @inlinable
  public init(floatLiteral value: Double) { self.init(constant: Base(value)) }

  /// The constant written as an integer literal.
  @inlinable
  public init(integerLiteral value: Int) { self.init(constant: Base(Double(value))) }

  /// The constant equal to an integer, or nil if the base cannot represent it.
  @inlinable
  public init?(exactly source: some BinaryInteger) {
    guard let value = Base(exactly: source) else { return nil }
    self.init(constant: value)
  }
}

extension Dual: Comparable {
  /// Whether the values are equal; partials are not compared.
  @inlinable
  public static func == (a: Self, b: Self) -> Bool { a.value == b.value }

  /// Whether the first value is below the second; partials are not compared.
  @inlinable
  public static func < (a: Self, b: Self) -> Bool { a.value < b.value }
}

extension Dual: AlgebraicField {
  /// Zero with zero partials.
  @inlinable
  public static var zero: Self { Self(constant: .zero) }

  /// The absolute value; the partials change sign with it.
  @inlinable
  public var magnitude: Self { value < .zero ? -self : self }

  /// The negated number.
  @inlinable
  public static prefix func - (a: Self) -> Self { Self(-a.value, -a.d0, -a.d1, -a.d2, -a.d3) }

  /// The sum.
  @inlinable
  public static func + (a: Self, b: Self) -> Self {
    Self(a.value + b.value, a.d0 + b.d0, a.d1 + b.d1, a.d2 + b.d2, a.d3 + b.d3)
  }

  /// The difference.
  @inlinable
  public static func - (a: Self, b: Self) -> Self {
    Self(a.value - b.value, a.d0 - b.d0, a.d1 - b.d1, a.d2 - b.d2, a.d3 - b.d3)
  }

  /// The product, partials a·db + b·da.
  @inlinable
  public static func * (a: Self, b: Self) -> Self {
    let x = a.value
    let y = b.value
    return Self(
      x * y, x * b.d0 + y * a.d0, x * b.d1 + y * a.d1, x * b.d2 + y * a.d2, x * b.d3 + y * a.d3)
  }

  /// The quotient, partials (da − q·db) / b.
  @inlinable
  public static func / (a: Self, b: Self) -> Self {
    let q = a.value / b.value
    let r = Base(1.0) / b.value
    return Self(
      q, (a.d0 - q * b.d0) * r, (a.d1 - q * b.d1) * r, (a.d2 - q * b.d2) * r, (a.d3 - q * b.d3) * r)
  }

  /// One over the number.
  @inlinable
  public var reciprocal: Self? { Self(1.0) / self }

  /// Adds in place.
  @inlinable
  public static func += (a: inout Self, b: Self) { a = a + b }

  /// Subtracts in place.
  @inlinable
  public static func -= (a: inout Self, b: Self) { a = a - b }

  /// Multiplies in place.
  @inlinable
  public static func *= (a: inout Self, b: Self) { a = a * b }

  /// Divides in place.
  @inlinable
  public static func /= (a: inout Self, b: Self) { a = a / b }
}

public import RealModule

extension Dual: ElementaryFunctions {
  /// eˣ, slope eˣ.
  @inlinable
  public static func exp(_ x: Self) -> Self {
    let e = Base.exp(x.value)
    return x.chain(e, slope: e)
  }

  /// eˣ − 1, slope eˣ.
  @inlinable
  public static func expMinusOne(_ x: Self) -> Self {
    x.chain(Base.expMinusOne(x.value), slope: Base.exp(x.value))
  }

  /// The hyperbolic cosine, slope sinh x.
  @inlinable
  public static func cosh(_ x: Self) -> Self { x.chain(Base.cosh(x.value), slope: Base.sinh(x.value)) }

  /// The hyperbolic sine, slope cosh x.
  @inlinable
  public static func sinh(_ x: Self) -> Self { x.chain(Base.sinh(x.value), slope: Base.cosh(x.value)) }

  /// The hyperbolic tangent, slope 1 / cosh² x, which keeps its digits where tanh is near ±1.
  @inlinable
  public static func tanh(_ x: Self) -> Self {
    let c = Base.cosh(x.value)
    let r = Base(1.0) / c
    return x.chain(Base.tanh(x.value), slope: r * r)
  }

  /// The cosine, slope −sin x.
  @inlinable
  public static func cos(_ x: Self) -> Self { x.chain(Base.cos(x.value), slope: -Base.sin(x.value)) }

  /// The sine, slope cos x.
  @inlinable
  public static func sin(_ x: Self) -> Self { x.chain(Base.sin(x.value), slope: Base.cos(x.value)) }

  /// The tangent, slope 1 + tan² x.
  @inlinable
  public static func tan(_ x: Self) -> Self {
    let t = Base.tan(x.value)
    return x.chain(t, slope: Base(1.0) + t * t)
  }

  /// The natural logarithm, slope 1 / x.
  @inlinable
  public static func log(_ x: Self) -> Self { x.chain(Base.log(x.value), slope: Base(1.0) / x.value) }

  /// log(1 + x), slope 1 / (1 + x).
  @inlinable
  public static func log(onePlus x: Self) -> Self {
    x.chain(Base.log(onePlus: x.value), slope: Base(1.0) / (Base(1.0) + x.value))
  }

  /// The inverse hyperbolic cosine, slope 1 / √((x − 1)(x + 1)).
  @inlinable
  public static func acosh(_ x: Self) -> Self {
    let one = Base(1.0)
    return x.chain(Base.acosh(x.value), slope: one / Base.sqrt((x.value - one) * (x.value + one)))
  }

  /// The inverse hyperbolic sine, slope 1 / √(x² + 1).
  @inlinable
  public static func asinh(_ x: Self) -> Self {
    let one = Base(1.0)
    return x.chain(Base.asinh(x.value), slope: one / Base.sqrt(x.value * x.value + one))
  }

  /// The inverse hyperbolic tangent, slope 1 / ((1 − x)(1 + x)).
  @inlinable
  public static func atanh(_ x: Self) -> Self {
    let one = Base(1.0)
    return x.chain(Base.atanh(x.value), slope: one / ((one - x.value) * (one + x.value)))
  }

  /// The inverse cosine, slope −1 / √((1 − x)(1 + x)).
  @inlinable
  public static func acos(_ x: Self) -> Self {
    let one = Base(1.0)
    return x.chain(Base.acos(x.value), slope: -one / Base.sqrt((one - x.value) * (one + x.value)))
  }

  /// The inverse sine, slope 1 / √((1 − x)(1 + x)).
  @inlinable
  public static func asin(_ x: Self) -> Self {
    let one = Base(1.0)
    return x.chain(Base.asin(x.value), slope: one / Base.sqrt((one - x.value) * (one + x.value)))
  }

  /// The inverse tangent, slope 1 / (1 + x²).
  @inlinable
  public static func atan(_ x: Self) -> Self {
    x.chain(Base.atan(x.value), slope: Base(1.0) / (Base(1.0) + x.value * x.value))
  }

  /// xʸ, partials y·xʸ⁻¹·dx + xʸ·log x·dy; at x = 0 the second term is its limit 0.
  @inlinable
  public static func pow(_ x: Self, _ y: Self) -> Self {
    let one = Base(1.0)
    let p = Base.pow(x.value, y.value)
    // 0⁰ is not a number here, but the slope of x¹ at 0 is 1.
    let byBase = y.value == one ? one : y.value * Base.pow(x.value, y.value - one)
    let byExponent = x.value == .zero ? .zero : p * Base.log(x.value)
    return Self(
      p, byBase * x.d0 + byExponent * y.d0, byBase * x.d1 + byExponent * y.d1,
      byBase * x.d2 + byExponent * y.d2, byBase * x.d3 + byExponent * y.d3)
  }

  /// xⁿ, slope n·xⁿ⁻¹.
  @inlinable
  public static func pow(_ x: Self, _ n: Int) -> Self {
    if n == 0 { return Self(constant: Base(1.0)) }
    return x.chain(Base.pow(x.value, n), slope: Base(Double(n)) * Base.pow(x.value, n - 1))
  }

  /// The square root, slope 1 / (2√x).
  @inlinable
  public static func sqrt(_ x: Self) -> Self {
    let s = Base.sqrt(x.value)
    return x.chain(s, slope: Base(0.5) / s)
  }

  /// The nth root, slope root / (n·x).
  @inlinable
  public static func root(_ x: Self, _ n: Int) -> Self {
    let r = Base.root(x.value, n)
    return x.chain(r, slope: r / (Base(Double(n)) * x.value))
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Android)
  import Android
#else
  import Darwin
#endif

/// An unevaluated sum of two doubles: about 31 decimal digits.
///
/// Dekker, "A floating-point technique for extending the available precision", Numer. Math. 18 (1971) 224–242;
/// Joldes, Muller and Popescu, "Tight and rigorous error bounds for basic building blocks of double-word arithmetic",
/// ACM TOMS 44 (2017), doi:10.1145/3121432 (their AccurateDWPlusDW, DWTimesDW3 and DWDivDW3).
@frozen
package struct DoubleDouble: Sendable, Hashable {
  /// The value rounded to a double.
  package var high: Double
  /// The rounding error of `high`, at most half its ulp.
  package var low: Double

  /// A number equal to a double.
  @inlinable
  package init(_ value: Double) {
    high = value
    low = 0
  }

  /// A normalized pair.
  @inlinable
  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// The exact sum of two doubles.
  @inlinable
  package static func sum(_ a: Double, _ b: Double) -> DoubleDouble {
    let s = a + b
    let t = s - a
    return DoubleDouble(high: s, low: (a - (s - t)) + (b - t))
  }

  /// The exact sum of two doubles, the first larger in absolute value.
  @inlinable
  static func fastSum(_ a: Double, _ b: Double) -> DoubleDouble {
    let s = a + b
    return DoubleDouble(high: s, low: b - (s - a))
  }

  /// The exact product of two doubles.
  @inlinable
  package static func product(_ a: Double, _ b: Double) -> DoubleDouble {
    let p = a * b
    return DoubleDouble(high: p, low: (-p).addingProduct(a, b))
  }

  /// The value rounded to a double.
  @inlinable
  package var doubleValue: Double { high + low }

  /// The sum, relative error at most 3·2⁻¹⁰⁶.
  @inlinable
  package static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let s = sum(a.high, b.high)
    let t = sum(a.low, b.low)
    let v = fastSum(s.high, s.low + t.high)
    return fastSum(v.high, t.low + v.low)
  }

  /// The difference.
  @inlinable
  package static func - (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble { a + (-b) }

  /// The negative.
  @inlinable
  package static prefix func - (a: DoubleDouble) -> DoubleDouble { DoubleDouble(high: -a.high, low: -a.low) }

  /// The product, relative error at most 4·2⁻¹⁰⁶.
  @inlinable
  package static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let p = product(a.high, b.high)
    let cross = (a.high * b.low).addingProduct(a.low, b.high)
    return fastSum(p.high, p.low + cross)
  }

  /// The quotient, relative error at most 10·2⁻¹⁰⁶.
  @inlinable
  package static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let first = a.high / b.high
    guard first.isFinite else { return DoubleDouble(first) }
    var remainder = a - b * DoubleDouble(first)
    let second = remainder.high / b.high
    remainder = remainder - b * DoubleDouble(second)
    let third = remainder.high / b.high
    return fastSum(first, second) + DoubleDouble(third)
  }

  /// The square root.
  @inlinable
  package func squareRoot() -> DoubleDouble {
    guard high > 0, high.isFinite else { return DoubleDouble(high.squareRoot()) }
    let root = high.squareRoot()
    let rest = self - DoubleDouble.product(root, root)
    return DoubleDouble.fastSum(root, rest.high / (2 * root))
  }

  /// The absolute value.
  @inlinable
  package var magnitude: DoubleDouble { high < 0 || (high == 0 && low < 0) ? -self : self }

  /// The product with a power of two, exact except for underflow.
  @inlinable
  func scaled(by power: Double) -> DoubleDouble { DoubleDouble(high: high * power, low: low * power) }

  /// Adds into the left side.
  @inlinable
  package static func += (a: inout DoubleDouble, b: DoubleDouble) { a = a + b }

  /// Subtracts from the left side.
  @inlinable
  package static func -= (a: inout DoubleDouble, b: DoubleDouble) { a = a - b }

  /// Adds the exact product of two doubles.
  @inlinable
  package mutating func add(_ a: Double, times b: Double) { self = self + DoubleDouble.product(a, b) }
}

extension DoubleDouble: Comparable {
  /// Numerical order.
  @inlinable
  package static func < (a: DoubleDouble, b: DoubleDouble) -> Bool {
    a.high < b.high || (a.high == b.high && a.low < b.low)
  }
}

extension DoubleDouble {
  /// Reads a decimal number such as `-6.860120914` or `1.5e-3` to about 31 digits; nil if the text is not one.
  package init?(decimal text: some StringProtocol) {
    var mantissa = DoubleDouble(0)
    var exponent = 0
    var digits = 0
    var seenPoint = false
    var characters = text.utf8.makeIterator()
    var next = characters.next()
    var negative = false
    if next == UInt8(ascii: "-") || next == UInt8(ascii: "+") {
      negative = next == UInt8(ascii: "-")
      next = characters.next()
    }
    while let byte = next {
      if byte >= 48, byte <= 57 {
        mantissa = mantissa * DoubleDouble(10) + DoubleDouble(Double(byte - 48))
        digits += 1
        if seenPoint { exponent -= 1 }
      } else if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else {
        break
      }
      next = characters.next()
    }
    guard digits > 0 else { return nil }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      var tail = ""
      while let byte = characters.next() { tail.unicodeScalars.append(Unicode.Scalar(byte)) }
      guard let shift = Int(tail) else { return nil }
      exponent += shift
    } else if next != nil {
      return nil
    }
    guard abs(exponent) <= 300 else { return nil }
    let power = DoubleDouble(10).power(abs(exponent))
    let value = exponent < 0 ? mantissa / power : mantissa * power
    self = negative ? -value : value
  }

  /// The number raised to a whole power, by repeated squaring.
  package func power(_ exponent: Int) -> DoubleDouble {
    guard exponent >= 0 else { return DoubleDouble(1) / power(-exponent) }
    var result = DoubleDouble(1)
    var square = self
    var rest = exponent
    while rest > 0 {
      if rest & 1 == 1 { result = result * square }
      rest >>= 1
      if rest > 0 { square = square * square }
    }
    return result
  }
}

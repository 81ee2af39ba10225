/// Numbers of 16 bits: a sign, five bits of exponent and ten of fraction (IEEE 754 binary16).
@_spi(Training) public enum HalfPrecision {
  /// The bits of the nearest number; ties go to the even one.
  @_spi(Training) public static func bits(_ value: Double) -> UInt16 {
    let sign: UInt16 = value < 0 ? 0x8000 : 0
    let size = min(abs(value), 65_504)
    // Below the least normal number, steps are 2⁻²⁴.
    let exponent = max(size == 0 ? -14 : Int(size.exponent), -14)
    let step = Double(sign: .plus, exponent: exponent - 10, significand: 1)
    let steps = UInt16((size / step).rounded(.toNearestOrEven))
    return sign | (UInt16(exponent + 14) << 10) + steps
  }

  /// The number of some bits.
  @_spi(Training) public static func value(_ bits: UInt16) -> Double {
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1_023)
    let size =
      exponent == 0
      ? fraction * 0x1p-24 : (1_024 + fraction) * Double(sign: .plus, exponent: exponent - 25, significand: 1)
    return bits & 0x8000 == 0 ? size : -size
  }
}

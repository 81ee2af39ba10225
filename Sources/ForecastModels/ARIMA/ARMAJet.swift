/// A number with its derivatives in up to eight directions.
struct ARMAJet {
  var value: Double
  var slope: SIMD8<Double>

  @inline(__always)
  init(_ value: Double, _ slope: SIMD8<Double> = .zero) {
    self.value = value
    self.slope = slope
  }

  @inline(__always)
  static func + (a: ARMAJet, b: ARMAJet) -> ARMAJet { ARMAJet(a.value + b.value, a.slope + b.slope) }
  @inline(__always)
  static func - (a: ARMAJet, b: ARMAJet) -> ARMAJet { ARMAJet(a.value - b.value, a.slope - b.slope) }
  @inline(__always)
  static prefix func - (a: ARMAJet) -> ARMAJet { ARMAJet(-a.value, -a.slope) }
  @inline(__always)
  static func * (a: ARMAJet, b: ARMAJet) -> ARMAJet {
    ARMAJet(a.value * b.value, a.value * b.slope + b.value * a.slope)
  }
  @inline(__always)
  static func / (a: ARMAJet, b: ARMAJet) -> ARMAJet {
    let ratio = a.value / b.value
    return ARMAJet(ratio, (a.slope - ratio * b.slope) / b.value)
  }
  @inline(__always)
  static func += (a: inout ARMAJet, b: ARMAJet) { a = a + b }
}

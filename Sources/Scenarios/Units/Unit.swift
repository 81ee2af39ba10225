/// A unit of measure: a scale times powers of base quantities, or a point in calendar time.
///
/// Two units add only when dimension and scale agree; a change of scale is written `convert(x, 'unit')`. A decimal year
/// is a point in time, not a length of it: date − date is years, date + years is a date, dates do not add or multiply.
public struct Unit: Sendable, Hashable, CustomStringConvertible {
  /// The base quantities.
  enum Base: Int, CaseIterable {
    case volume
    case mass
    case money
    case time
    case energy
    case oil
  }

  /// Powers of volume, mass, money, time, energy and barrels.
  var powers: [Int]
  /// The size of the unit in base units: m³, t, USD, year, J, barrel.
  var scale: Double
  /// Whether the unit is a point in calendar time.
  var isDate: Bool
  /// The unit as it was written.
  public private(set) var text: String

  /// The number one.
  public static let one = Unit(powers: Unit.none, scale: 1, text: "1")
  /// A share of a whole.
  public static let fraction = Unit(powers: Unit.none, scale: 1, text: "fraction")
  /// A point in calendar time.
  public static let date = Unit(powers: Unit.power(.time, 1), scale: 1, isDate: true, text: "decimal-year")
  /// A length of time.
  public static let year = Unit(powers: Unit.power(.time, 1), scale: 1, text: "yr")

  static let none = [Int](repeating: 0, count: Base.allCases.count)

  static func power(_ base: Base, _ exponent: Int) -> [Int] {
    var powers = none
    powers[base.rawValue] = exponent
    return powers
  }

  init(powers: [Int], scale: Double, isDate: Bool = false, text: String) {
    self.powers = powers
    self.scale = scale
    self.isDate = isDate
    self.text = text
  }

  /// Whether it is a pure number.
  public var isDimensionless: Bool { !isDate && powers.allSatisfy { $0 == 0 } }

  /// Whether the dimensions agree, whatever the scales.
  func hasDimension(of other: Unit) -> Bool { powers == other.powers && isDate == other.isDate }

  /// Whether numbers in the two units can be added: dimension and scale agree.
  func matches(_ other: Unit) -> Bool {
    hasDimension(of: other) && abs(scale - other.scale) <= 1e-12 * abs(other.scale)
  }

  static func * (a: Unit, b: Unit) -> Unit {
    Unit(
      powers: zip(a.powers, b.powers).map { $0 + $1 }, scale: a.scale * b.scale,
      text: a.text == "1" ? b.text : b.text == "1" ? a.text : "\(a.text) × \(b.text)")
  }

  static func / (a: Unit, b: Unit) -> Unit {
    let denominator = b.text.contains("/") || b.text.contains(" ") ? "(\(b.text))" : b.text
    return Unit(
      powers: zip(a.powers, b.powers).map { $0 - $1 }, scale: a.scale / b.scale,
      text: b.text == "1" ? a.text : "\(a.text)/\(denominator)")
  }

  func raised(to exponent: Int) -> Unit {
    var result = Unit.one
    for _ in 0..<abs(exponent) { result = exponent > 0 ? result * self : result / self }
    return result
  }

  /// The unit as it was written.
  public var description: String { text }

  /// Equal dimension, scale and kind; the spelling does not count.
  public static func == (a: Unit, b: Unit) -> Bool { a.matches(b) }

  /// Hashes the dimension.
  public func hash(into hasher: inout Hasher) { hasher.combine(powers) }
}

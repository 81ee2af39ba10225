/// A unit of measure: a scale times powers of base quantities, or a point in calendar time.
///
/// Values add only if dimension and scale agree; `convert(x, 'unit')` changes the scale. A decimal year
/// is a point in time, not a length of time: date − date is years, date + years is a date, and dates do not add or multiply.
public struct Unit: Sendable, Hashable, CustomStringConvertible {
  /// The base quantities.
  enum Base: Int, CaseIterable {
    case volume
    case mass
    case money
    case time
    case energy
    case oil
    case carbon
    case yuan
    case euro
    case ruble
    case pound
    case yen
  }

  /// Powers of the base quantities; each currency is one, since rates of exchange change.
  var powers: [Int]
  /// The size of the unit in base units: m³, t, USD, year, J, barrel, t of CO₂, and CNY, EUR, RUB, GBP or JPY.
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

  /// Whether it is a plain number.
  public var isDimensionless: Bool { !isDate && powers.allSatisfy { $0 == 0 } }

  /// Whether the dimensions agree; scales may differ.
  func hasDimension(of other: Unit) -> Bool { powers == other.powers && isDate == other.isDate }

  /// Whether values in the two units can be added: dimension and scale agree.
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

  /// Whether dimension, scale and kind are equal; the spelling does not matter.
  public static func == (a: Unit, b: Unit) -> Bool { a.matches(b) }

  /// Hashes the dimension.
  public func hash(into hasher: inout Hasher) { hasher.combine(powers) }
}

extension Unit {
  /// The unit that a text such as `bcm/yr`, `USD/kcm`, `USD bn/yr`, `Mt`, `decimal-year`, `fraction` or `1` names, or `nil`.
  ///
  /// Factors are separated by spaces or `*`; the factors after a `/` divide. `bn`, `mn` and
  /// `thousand` multiply the factor before or after them.
  public init?(_ text: String) {
    let trimmed = text.split(separator: " ").joined(separator: " ")
    switch trimmed {
    case "": return nil
    case "decimal-year", "date":
      self = .date
      return
    case "1":
      self = .one
      return
    default: break
    }
    var powers = Unit.none
    var scale = 1.0
    for (index, part) in trimmed.split(separator: "/", omittingEmptySubsequences: false).enumerated() {
      let factors = part.split(whereSeparator: { $0 == " " || $0 == "*" || $0 == "·" })
      guard !factors.isEmpty else { return nil }
      let sign = index == 0 ? 1 : -1
      for factor in factors {
        guard let (base, size) = Unit.atom(String(factor)) else { return nil }
        for k in powers.indices { powers[k] += sign * base[k] }
        scale = sign > 0 ? scale * size : scale / size
      }
    }
    self.init(powers: powers, scale: scale, text: trimmed)
  }

  private static func atom(_ text: String) -> ([Int], Double)? { UnitTable.atoms[text] }

  /// The names that units are written with.
  static var names: [String] { UnitTable.atoms.keys.sorted() + ["decimal-year"] }
}

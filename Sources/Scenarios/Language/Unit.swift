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

  private static func atom(_ text: String) -> ([Int], Double)? {
    if let known = atoms[text] { return known }
    return nil
  }

  /// The names that units are written with.
  static var names: [String] { atoms.keys.sorted() + ["decimal-year"] }

  private static let atoms: [String: ([Int], Double)] = {
    let volume = power(.volume, 1)
    let mass = power(.mass, 1)
    let money = power(.money, 1)
    let time = power(.time, 1)
    let energy = power(.energy, 1)
    let oil = power(.oil, 1)
    return [
      "1": (none, 1), "fraction": (none, 1), "percent": (none, 0.01), "%": (none, 0.01),
      "thousand": (none, 1e3), "mn": (none, 1e6), "million": (none, 1e6), "bn": (none, 1e9),
      "billion": (none, 1e9), "trillion": (none, 1e12),
      "m3": (volume, 1), "kcm": (volume, 1e3), "mcm": (volume, 1e6), "bcm": (volume, 1e9),
      "tcm": (volume, 1e12),
      "kg": (mass, 1e-3), "t": (mass, 1), "kt": (mass, 1e3), "Mt": (mass, 1e6), "Gt": (mass, 1e9),
      "USD": (money, 1),
      "yr": (time, 1), "year": (time, 1), "years": (time, 1), "month": (time, 1.0 / 12),
      "d": (time, 1 / 365.25), "day": (time, 1 / 365.25),
      "J": (energy, 1), "MJ": (energy, 1e6), "GJ": (energy, 1e9), "TJ": (energy, 1e12),
      "PJ": (energy, 1e15), "EJ": (energy, 1e18), "kWh": (energy, 3.6e6), "MWh": (energy, 3.6e9),
      "GWh": (energy, 3.6e12), "TWh": (energy, 3.6e15), "MMBtu": (energy, 1.055_055_852_62e9),
      "bbl": (oil, 1), "kb": (oil, 1e3), "Mb": (oil, 1e6), "mb": (oil, 1e6),
    ]
  }()
}

/// The names that units are written with, and the constants behind them.
enum UnitTable {
  /// The mean Julian year in hours: 365.25 days (ISO 80000-3).
  static let hoursPerYear = 8766.0
  /// The joules that one watt delivers in a year.
  static let jouleYears = hoursPerYear * 3600
  /// The British thermal unit of the International Table, J (ISO 31-4:1992, annex B).
  static let btu = 1055.055_852_62
  /// The tonne of oil equivalent, J: 10 Gcal of the International Table (IEA, *Energy Statistics Manual*, 2005, annex 3).
  static let oilEquivalent = 41.868e9
  /// The barrel of oil equivalent, J: 5.8 million Btu (United States Code, title 26, § 45K(d)(5)).
  static let barrelEquivalent = 5.8e6 * btu
  /// The cubic foot, m³: 0.3048³, exact (NIST SP 811, 2008, appendix B.8).
  static let cubicFoot = 0.028_316_846_592

  private static func of(_ base: Unit.Base, _ exponent: Int = 1) -> [Int] { Unit.power(base, exponent) }

  private static let ratePowers = zip(of(.energy), of(.time, -1)).map { $0 + $1 }
  private static let massRate = zip(of(.mass), of(.time, -1)).map { $0 + $1 }

  /// The powers and the size of each name.
  static let atoms: [String: ([Int], Double)] = {
    var atoms: [String: ([Int], Double)] = [:]
    func add(_ powers: [Int], _ names: [String: Double]) {
      for (name, size) in names { atoms[name] = (powers, size) }
    }
    add(
      Unit.none,
      [
        "1": 1, "fraction": 1, "percent": 0.01, "%": 0.01, "thousand": 1e3, "mn": 1e6, "million": 1e6,
        "bn": 1e9, "billion": 1e9, "trillion": 1e12,
      ])
    add(of(.volume), ["m3": 1, "kcm": 1e3, "mcm": 1e6, "bcm": 1e9, "tcm": 1e12])
    add(
      of(.volume),
      ["cf": cubicFoot, "MMcf": 1e6 * cubicFoot, "bcf": 1e9 * cubicFoot, "tcf": 1e12 * cubicFoot])
    add(of(.mass), ["kg": 1e-3, "t": 1, "kt": 1e3, "Mt": 1e6, "Gt": 1e9])
    add(massRate, ["Mtpa": 1e6])
    add(of(.carbon), ["kgCO2": 1e-3, "tCO2": 1, "ktCO2": 1e3, "MtCO2": 1e6, "GtCO2": 1e9])
    add(of(.money), ["USD": 1])
    add(of(.yuan), ["CNY": 1])
    add(of(.euro), ["EUR": 1])
    add(of(.ruble), ["RUB": 1])
    add(of(.pound), ["GBP": 1])
    add(of(.yen), ["JPY": 1])
    add(
      of(.time),
      [
        "yr": 1, "year": 1, "years": 1, "month": 1.0 / 12, "week": 7 / 365.25, "d": 1 / 365.25,
        "day": 1 / 365.25, "h": 1 / hoursPerYear, "hour": 1 / hoursPerYear,
      ])
    add(
      of(.energy),
      [
        "J": 1, "MJ": 1e6, "GJ": 1e9, "TJ": 1e12, "PJ": 1e15, "EJ": 1e18, "Wh": 3.6e3, "kWh": 3.6e6,
        "MWh": 3.6e9, "GWh": 3.6e12, "TWh": 3.6e15, "Btu": btu, "MMBtu": 1e6 * btu, "toe": oilEquivalent,
        "ktoe": 1e3 * oilEquivalent, "Mtoe": 1e6 * oilEquivalent, "boe": barrelEquivalent,
        "kboe": 1e3 * barrelEquivalent, "Mboe": 1e6 * barrelEquivalent,
      ])
    add(
      ratePowers,
      [
        "W": jouleYears, "kW": 1e3 * jouleYears, "MW": 1e6 * jouleYears, "GW": 1e9 * jouleYears,
        "TW": 1e12 * jouleYears,
      ])
    add(of(.oil), ["bbl": 1, "kb": 1e3, "Mb": 1e6, "mb": 1e6])
    return atoms
  }()
}

/// A typical content of a fuel, by which `convert` turns volume, mass, barrels and energy into each other.
///
/// The values are those of the *Statistical Review of World Energy*, "Approximate conversion factors" (updated July 2021, pp. 1–2):
/// averages, from which the gas and crude of one field differ by up to a tenth.
enum FuelContent: String, CaseIterable {
  /// Natural gas at 15 °C and 1013 mbar, net: 36 PJ per bcm.
  case gas
  /// Natural gas, gross: 40 MJ per m³, the standard cubic meter of the Review.
  case gasGross = "gas-gross"
  /// Liquefied natural gas as gas: 1.360 bcm per Mt.
  case lng
  /// Crude oil, world average: 7.33 barrels per tonne.
  case crude
  /// Crude oil, net: a tonne of oil equivalent per tonne.
  case crudeEnergy = "crude-energy"

  /// Its value and unit.
  var ratio: (value: Double, unit: Unit) {
    func per(_ first: Unit.Base, _ second: Unit.Base, _ text: String) -> Unit {
      let powers = zip(Unit.power(first, 1), Unit.power(second, -1)).map { $0 + $1 }
      return Unit(powers: powers, scale: 1, text: text)
    }
    return switch self {
    case .gas: (36e6, per(.energy, .volume, "J/m3"))
    case .gasGross: (40e6, per(.energy, .volume, "J/m3"))
    case .lng: (1360, per(.volume, .mass, "m3/t"))
    case .crude: (7.33, per(.oil, .mass, "bbl/t"))
    case .crudeEnergy: (UnitTable.oilEquivalent, per(.energy, .mass, "J/t"))
    }
  }

  /// The number by which a value in one unit is multiplied for another; `nil` if the content does not join the two.
  func factor(from unit: Unit, to target: Unit) -> Double? {
    let (value, own) = ratio
    if (unit * own).hasDimension(of: target) { return unit.scale * value / target.scale }
    if (unit / own).hasDimension(of: target) { return unit.scale / value / target.scale }
    return nil
  }
}

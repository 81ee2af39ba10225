extension Unit {
  /// The unit of a text such as `bcm/yr`, `USD/kcm`, `USD bn/yr`, `Mt`, `decimal-year`, `fraction` or `1`; `nil` for others.
  ///
  /// Factors stand side by side or with `*`; everything after a `/` up to the next factor sign divides. `bn`, `mn` and
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

  /// The names that a unit is written with.
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

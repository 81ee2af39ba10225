/// The days of feasts that move, counted from 1970-01-01 or as days of their month.
enum MovableFeasts {
  /// Western Easter (Meeus, *Astronomical Algorithms*, 1991, chapter 8).
  static func easter(_ year: Int) -> Int {
    let a = floorModulo(year, 19)
    let (b, c) = (floorDivide(year, 100), floorModulo(year, 100))
    let (d, e) = (floorDivide(b, 4), floorModulo(b, 4))
    let g = floorDivide(8 * b + 13, 25)
    let h = floorModulo(19 * a + b - d - g + 15, 30)
    let l = floorModulo(2 * e + 2 * (c / 4) - h - c % 4 + 32, 7)
    let m = (a + 11 * h + 19 * l) / 433
    let month = (h + l - 7 * m + 90) / 25
    let day = floorModulo(h + l - 7 * m + 33 * month + 19, 32)
    return CivilDate(year: year, month: month, day: day)?.daysSinceEpoch ?? 0
  }

  /// Orthodox Easter: that of the Julian calendar, as a Gregorian date.
  static func orthodoxEaster(_ year: Int) -> Int {
    let (a, b, c) = (floorModulo(year, 4), floorModulo(year, 7), floorModulo(year, 19))
    let d = (19 * c + 15) % 30
    let e = floorModulo(2 * a + 4 * b - d + 34, 7)
    let sum = d + e + 114
    let julian = CivilDate(year: year, month: sum / 31, day: sum % 31 + 1)?.daysSinceEpoch ?? 0
    return julian + floorDivide(year, 100) - floorDivide(year, 400) - 2
  }

  /// The day of April of the solar term of clear brightness, 1970 to 2099: a mean sun with the constant of the century.
  static func qingming(_ year: Int) -> Int {
    let place = floorModulo(year, 100)
    return Int(Double(place) * 0.2422 + (year < 2000 ? 5.59 : 4.81)) - place / 4
  }

  /// The day of March of the spring equinox in Japan, 1980 to 2099: a mean sun fitted to the National Astronomical Observatory's dates.
  static func vernalEquinox(_ year: Int) -> Int { equinox(year, 20.8431) }

  /// The day of September of the autumn equinox in Japan, 1980 to 2099.
  static func autumnalEquinox(_ year: Int) -> Int { equinox(year, 23.2488) }

  private static func equinox(_ year: Int, _ start: Double) -> Int {
    Int((start + 0.242194 * Double(year - 1980)).rounded(.down)) - floorDivide(year - 1980, 4)
  }

  /// The days of a year that have a date of the tabular Islamic calendar (30-year cycle, leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29).
  ///
  /// The moon is sighted a day earlier or later in some countries and years.
  static func hijri(_ month: Int, _ day: Int, in year: Int) -> [Int] {
    // An Islamic year is some eleven days shorter than one of the sun.
    let near = floorDivide((year - 622) * 33, 32)
    return ((near - 2)...(near + 2)).map { own in
      let julianDay =
        floorDivide(11 * own + 3, 30) + 354 * own + 30 * month - (month - 1) / 2 + day + 1_948_440 - 385
      return julianDay - 2_440_588
    }.filter { CivilDate(daysSinceEpoch: $0).year == year }
  }
}

/// A year of the Chinese calendar: the days on which its months begin.
struct ChineseYear {
  /// The years known, by the Gregorian year in which they begin.
  static let years = 1970...2098

  /// The first day of each month, the leap month included, and that of the year after.
  let monthStarts: [Int]
  /// The month that is followed by a leap month; 0 if there is none.
  private let leap: Int

  /// The year that begins in a Gregorian one; `nil` outside the table.
  init?(_ year: Int) {
    guard ChineseYear.years.contains(year) else { return nil }
    let code = ChineseYear.codes[year - ChineseYear.years.lowerBound]
    leap = (code >> 13) & 15
    var day = CivilDate.daysSinceEpoch(startOf: year) + 19 + (code >> 17)
    var starts = [day]
    for place in 0..<(leap > 0 ? 13 : 12) {
      day += 29 + (code >> place) & 1
      starts.append(day)
    }
    monthStarts = starts
  }

  /// The day, counted from 1970-01-01, of a month (not a leap one) and a day of it.
  func day(month: Int, _ number: Int) -> Int {
    monthStarts[month - 1 + (leap > 0 && month > leap ? 1 : 0)] + number - 1
  }

  /// Bits 0 to 12: months of 30 days; 13 to 16: the month before the leap month; from 17: the days from January 20 to the new year.
  ///
  /// Written by `Scripts/holiday_calendars.py` from `lunardate`, and checked there against the tables of `holidays`.
  private static let codes: [Int] = [
    0x220b69, 0x0eb752, 0x340b52, 0x1c0b25, 0x06964b, 0x2c0a4b, 0x1714ab, 0x3a02ad, 0x2405ad, 0x10cb69,
    0x360da9, 0x200d92, 0x0a9d25, 0x300d25, 0x1b5a4d, 0x3e0a56, 0x2802b6, 0x12c5b5, 0x3806d5, 0x220ea9,
    0x0ebe92, 0x340e92, 0x1e0d26, 0x066a56, 0x2a0a57, 0x1714d6, 0x3c035a, 0x2406d5, 0x10b6c9, 0x360749,
    0x200693, 0x08952b, 0x2e052b, 0x180a5b, 0x04555a, 0x28056a, 0x12fb55, 0x3a0ba4, 0x240b49, 0x0cba93,
    0x320a95, 0x1c052d, 0x068aad, 0x2a0ab5, 0x1735aa, 0x3c05d2, 0x260da5, 0x10dd4a, 0x360d4a, 0x200c95,
    0x0a952e, 0x2e0556, 0x180ab5, 0x0455b2, 0x2a06d2, 0x12cea5, 0x380725, 0x22064b, 0x0cac97, 0x300cab,
    0x1c055a, 0x066ad6, 0x2c0b69, 0x177752, 0x3c0b52, 0x260b25, 0x10da4b, 0x340a4b, 0x1e04ab, 0x08a55b,
    0x2e05ad, 0x180b6a, 0x045b52, 0x2a0d92, 0x14fd25, 0x380d25, 0x220a55, 0x0cb4ad, 0x3204b6, 0x1a05b5,
    0x066daa, 0x2c0ec9, 0x191e92, 0x3c0e92, 0x260d26, 0x10ca56, 0x340a57, 0x1e0556, 0x0886d5, 0x2e0755,
    0x1a0749, 0x026e93, 0x280693, 0x12f52b, 0x38052b, 0x200a5b, 0x0cb55a, 0x32056a, 0x1c0b65, 0x06974a,
    0x2c0b4a, 0x171a95, 0x3c0a95, 0x24052d, 0x0ecaad, 0x340ab5, 0x2005aa, 0x088ba5, 0x2e0da5, 0x1a0d4a,
    0x047c95, 0x280c96, 0x12f94e, 0x380556, 0x220ab5, 0x0cb5b2, 0x3206d2, 0x1c0ea5, 0x088e4a, 0x2a068b,
    0x150c97, 0x3a04ab, 0x24055b, 0x0ecad6, 0x340b6a, 0x200752, 0x0a9725, 0x2e0b45, 0x180a8b,
  ]
}

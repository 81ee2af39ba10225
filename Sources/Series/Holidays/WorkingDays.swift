/// The working days that a government moves by decree.
enum WorkingDays {
  /// The name of a day off that is given for a worked weekend.
  static let dayOff = "Transferred Day Off"
  /// The name of a weekend that is worked.
  static let workday = "Worked Weekend"

  /// Days off and worked weekends, MMDD, by country and year.
  ///
  /// China: the notices of the General Office of the State Council on the arrangement of holidays; Russia: the decrees of the government on the transfer of days off; as
  /// `holidays` 0.109 has them (`Scripts/holiday_calendars.py`). Days that fell on another holiday are added by hand (2015, 2020), with the extension of the
  /// Spring Festival of 2020.
  static let decrees: [String: [Int: (off: String, work: String)]] = ["CN": china, "RU": russia]

  /// The dates written MMDD.
  static func dates(_ text: String, year: Int) -> [CivilDate] {
    text.split(separator: " ").compactMap { part in
      guard let number = Int(part) else { return nil }
      return CivilDate(year: year, month: number / 100, day: number % 100)
    }
  }

  /// The date written YYYY-MM-DD.
  static func date(_ text: String) -> CivilDate? {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    return parts.count == 3 ? CivilDate(year: parts[0], month: parts[1], day: parts[2]) : nil
  }

  private static let china: [Int: (off: String, work: String)] = [
    2010: (off: "0218 0219 0614 0615 0923 0924 1006 1007", work: "0220 0221 0612 0613 0919 0925 0926 1009"),
    2011: (off: "0207 0208 0404 1006 1007", work: "0130 0212 0402 1008 1009 1231"),
    2012: (off: "0103 0126 0127 0402 0403 0430 1005", work: "0121 0129 0331 0401 0428 0929"),
    2013: (
      off: "0102 0103 0214 0215 0405 0429 0430 0610 0611 0920 1004 1007",
      work: "0105 0106 0216 0217 0407 0427 0428 0608 0609 0922 0929 1012"
    ),
    2014: (off: "0205 0206 0502 1006 1007", work: "0126 0208 0504 0928 1011"),
    2015: (off: "0102 0218 0224 0904 1006 1007", work: "0104 0215 0228 0906 1010"),
    2016: (off: "0211 0212 0610 0916 1006 1007", work: "0206 0214 0612 0918 1008 1009"),
    2017: (off: "0127 0202 0403 0529 1006", work: "0122 0204 0401 0527 0930"),
    2018: (off: "0215 0221 0406 0430 1004 1005 1231", work: "0211 0224 0408 0428 0929 0930 1229"),
    2019: (off: "0204 0208 0502 0503 1004 1007", work: "0202 0203 0428 0505 0929 1012"),
    2020: (
      off: "0124 0130 0131 0201 0202 0504 0505 0626 1006 1007 1008", work: "0119 0426 0509 0628 0927 1010"
    ),
    2021: (off: "0211 0217 0504 0505 0920 1006 1007", work: "0207 0220 0425 0508 0918 0926 1009"),
    2022: (off: "0131 0204 0404 0503 0504 1006 1007", work: "0129 0130 0402 0424 0507 1008 1009"),
    2023: (off: "0126 0127 0502 0503 0623 1005 1006", work: "0128 0129 0423 0506 0625 1007 1008"),
    2024: (off: "0215 0216 0405 0502 0503 0916 1004 1007", work: "0204 0218 0407 0428 0511 0914 0929 1012"),
    2025: (off: "0203 0204 0505 1007 1008", work: "0126 0208 0427 0928 1011"),
    2026: (off: "0102 0220 0223 0505 1006 1007", work: "0104 0214 0228 0509 0920 1010"),
  ]

  private static let russia: [Int: (off: String, work: String)] = [
    2010: (off: "0222 1105", work: "0227 1113"),
    2011: (off: "0307", work: "0305"),
    2012: (off: "0309 0430 0507 0508 0611 1231", work: "0311 0428 0505 0512 0609 1229"),
    2013: (off: "0502 0503 0510", work: ""),
    2014: (off: "0502 0613 1103", work: ""),
    2015: (off: "0109 0504", work: ""),
    2016: (off: "0222 0307 0503", work: "0220"),
    2017: (off: "0224 0508", work: ""),
    2018: (off: "0309 0430 0502 0611 1231", work: "0428 0609 1229"),
    2019: (off: "0502 0503 0510", work: ""),
    2020: (off: "0504 0505", work: ""),
    2021: (off: "0222 1105 1231", work: "0220"),
    2022: (off: "0307 0503 0510", work: "0305"),
    2023: (off: "0224 0508", work: ""),
    2024: (off: "0429 0430 0510 1230 1231", work: "0427 1102 1228"),
    2025: (off: "0502 0508 0613 1103 1231", work: "1101"),
    2026: (off: "0109 1231", work: ""),
    2027: (off: "0222 1105 1231", work: "0220"),
  ]
}

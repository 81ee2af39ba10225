/// The names of months in several languages.
enum MonthNames {
  /// English, German, French, Spanish, Russian (nominative and genitive), Italian, Portuguese and Dutch, without accents.
  private static let names = [
    "january february march april may june july august september october november december",
    "januar februar maerz april mai juni juli august september oktober november dezember",
    "janner feber marz april mai juni juli august september oktober november dezember",
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
  ]

  /// Short forms that are not the beginning of a name.
  private static let short: [String: Int] = [
    "mrz": 3, "mrt": 3, "fevr": 2, "sept": 9, "setiembre": 9, "нояб": 11, "一月": 1, "二月": 2, "三月": 3, "四月": 4,
    "五月": 5, "六月": 6, "七月": 7, "八月": 8, "九月": 9, "十月": 10, "十一月": 11, "十二月": 12,
  ]

  /// Every beginning of at least three letters that belongs to one month only.
  private static let months: [String: Int] = {
    var found: [String: Int] = [:]
    for language in names {
      for (place, name) in language.split(separator: " ").enumerated() {
        for length in 3...max(3, name.count) {
          let part = String(name.prefix(length))
          found[part] = found[part].map { $0 == place + 1 ? $0 : 0 } ?? place + 1
        }
      }
    }
    return found.filter { $0.value > 0 }.merging(short) { $1 }
  }()

  /// The month 1…12 with a name in lowercase letters without accents; `nil` for any other word.
  static func month(_ word: String) -> Int? { months[word] }
}

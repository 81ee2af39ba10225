extension Frequency: RawRepresentable, CaseIterable, Codable, CustomStringConvertible {
  /// The units with a step of one, from years to indices.
  public static let allCases: [Frequency] = [
    .year, .half, .quarter, .month, .week, .day, .hour, .minute, .second, .businessDay, .index,
  ]

  /// The name: `month`, `15-minute`, `14-day`, `business-day`, `business-day:mon-sat`.
  ///
  /// A phase is written behind a plus sign: `14-day+3` is every 14 days, beginning with the fourth day after 1970-01-01.
  public var rawValue: String {
    if let weekdays { return weekdays == .mondayToFriday ? unit.name : "\(unit.name):\(weekdays)" }
    guard step > 1 else { return unit.name }
    return "\(step)-\(unit.name)" + (phase == 0 ? "" : "+\(phase)")
  }

  /// The frequency with a name such as `month`, `15-minute`, `14-day+3` or `business-day:mon-sat`, or in a short form such as `15min`,
  /// `30s`, `6h`, `14d`, `2w`; `nil` for any other text.
  public init?(rawValue name: String) {
    if let unit = Unit.named[name] {
      guard let frequency = Frequency(every: 1, unit) else { return nil }
      self = frequency
      return
    }
    if name.hasPrefix("business-day:") {
      guard let open = Weekdays(name.dropFirst("business-day:".count)), open.count < 7 else { return nil }
      self = .weekdays(open)
      return
    }
    let digits = name.prefix { $0 >= "0" && $0 <= "9" }
    var rest = name.dropFirst(digits.count)
    if rest.first == "-" || rest.first == " " { rest = rest.dropFirst() }
    var phase = 0
    if let plus = rest.lastIndex(of: "+") {
      let tail = rest[rest.index(after: plus)...]
      guard tail.count <= 5, tail.allSatisfy({ $0 >= "0" && $0 <= "9" }), let value = Int(tail) else {
        return nil
      }
      phase = value
      rest = rest[..<plus]
    }
    guard digits.count <= 5, let step = Int(digits), let unit = Unit.named[String(rest)] ?? Unit.short[rest],
      phase < max(step, 1), let frequency = Frequency(every: step, unit, phase: phase)
    else { return nil }
    self = frequency
  }

  /// The name without the phase: `14-day`.
  public var description: String {
    guard phase != 0 else { return rawValue }
    return "\(step)-\(unit.name)"
  }

  /// The plural of the name: `months`, `periods of 14 days`.
  package var plural: String {
    if unit == .businessDay {
      return weekdays == .mondayToFriday ? "business days" : "days (\(weekdays ?? []))"
    }
    let units = unit == .half ? "half-years" : unit == .index ? "integers" : "\(unit.name)s"
    return step == 1 ? units : "periods of \(step) \(units)"
  }

  /// Decodes a name.
  ///
  /// - Throws: `DecodingError` for any other text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let name = try container.decode(String.self)
    guard let frequency = Frequency(rawValue: name) else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "\"\(name)\" is not a frequency; expected one such as month or 15-minute")
    }
    self = frequency
  }

  /// Encodes the name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

extension Frequency.Unit {
  /// The name of the unit.
  package var name: String {
    switch self {
    case .year: "year"
    case .half: "half"
    case .quarter: "quarter"
    case .month: "month"
    case .week: "week"
    case .day: "day"
    case .hour: "hour"
    case .minute: "minute"
    case .second: "second"
    case .businessDay: "business-day"
    case .index: "index"
    }
  }

  fileprivate static let named = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })

  /// The short names, which need a number before them.
  fileprivate static let short: [Substring: Frequency.Unit] = [
    "y": .year, "years": .year, "quarters": .quarter, "mo": .month, "months": .month, "w": .week,
    "weeks": .week, "d": .day, "days": .day, "h": .hour, "hours": .hour, "min": .minute, "minutes": .minute,
    "s": .second, "sec": .second, "seconds": .second,
  ]
}

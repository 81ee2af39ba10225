/// A time of day, with its offset from UTC if the text names it.
struct ClockTime {
  /// Seconds since midnight; a fraction is rounded, and `24:00` is the end of the day.
  let second: Int
  /// Seconds that the clock is ahead of UTC.
  let offset: Int?

  init(second: Int, offset: Int? = nil) {
    self.second = second
    self.offset = offset
  }

  /// Parses `07`, `07:30`, `07:30:15`, `07:30:15.25`, each with `Z`, `+02`, `+02:00`, `+0200` or nothing behind it; `nil` for anything
  /// else.
  init?(_ text: ArraySlice<UInt8>) {
    var rest = text
    guard let hour = WrittenPeriod.digits(rest.prefix(2), 2...2), hour <= 24 else { return nil }
    rest = rest.dropFirst(2)
    var parts: [Int] = []
    while rest.first == UInt8(ascii: ":"), parts.count < 2 {
      guard let part = WrittenPeriod.digits(rest.dropFirst().prefix(2), 2...2), part < 60 else { return nil }
      parts.append(part)
      rest = rest.dropFirst(3)
    }
    var roundsUp = false
    if parts.count == 2, rest.first == UInt8(ascii: ".") || rest.first == UInt8(ascii: ",") {
      let fraction = rest.dropFirst().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      guard let tenth = fraction.first else { return nil }
      roundsUp = tenth >= UInt8(ascii: "5")
      rest = rest.dropFirst(1 + fraction.count)
    }
    var offset: Int?
    if !rest.isEmpty {
      guard let found = ClockTime.offset(rest) else { return nil }
      offset = found
    }
    let total = hour * 3600 + (parts.first ?? 0) * 60 + (parts.count > 1 ? parts[1] : 0) + (roundsUp ? 1 : 0)
    guard hour < 24 || total == 86_400 && !parts.isEmpty else { return nil }
    self.init(second: total, offset: offset)
  }

  /// The seconds of `Z`, `+02`, `+02:00` or `-0930`; `nil` for anything else.
  static func offset(_ text: ArraySlice<UInt8>) -> Int? {
    guard let sign = text.first else { return nil }
    if sign == UInt8(ascii: "Z") || sign == UInt8(ascii: "z") { return text.count == 1 ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    let body = text.dropFirst()
    guard let hours = WrittenPeriod.digits(body.prefix(2), 2...2), hours <= 15 else { return nil }
    var tail = body.dropFirst(2)
    if tail.first == UInt8(ascii: ":") { tail = tail.dropFirst() }
    var minutes = 0
    if !tail.isEmpty || body.count > 2 {
      guard let found = WrittenPeriod.digits(tail, 2...2), found < 60 else { return nil }
      minutes = found
    }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  /// The time on a date.
  func on(_ date: CivilDate) -> WrittenPeriod {
    .time(date.daysSinceEpoch * 86_400 + second - (offset ?? 0), isUTC: offset != nil)
  }
}

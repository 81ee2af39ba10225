/// A set of days of the week.
public struct Weekdays: OptionSet, Sendable, Hashable {
  /// One bit for each day, from Monday (1) to Sunday (64).
  public let rawValue: UInt8

  /// Creates the set from its bits; those beyond the seventh are ignored.
  public init(rawValue: UInt8) { self.rawValue = rawValue & 127 }

  /// Monday to Friday.
  public static let mondayToFriday = Weekdays(rawValue: 0b001_1111)
  /// Monday to Saturday.
  public static let mondayToSaturday = Weekdays(rawValue: 0b011_1111)

  /// The set of one day, from Monday (0) to Sunday (6).
  public static func day(_ weekday: Int) -> Weekdays {
    Weekdays(rawValue: 1 << UInt8(floorModulo(weekday, 7)))
  }

  /// The number of days in the set.
  public var count: Int { rawValue.nonzeroBitCount }

  /// The number of days of the set before a weekday, counted from Monday (0).
  func rank(_ weekday: Int) -> Int { (rawValue & ((1 << UInt8(weekday)) - 1)).nonzeroBitCount }

  /// The weekday of the day with a rank in the set.
  func weekday(_ rank: Int) -> Int {
    var left = rank
    for weekday in 0..<7 where rawValue & (1 << UInt8(weekday)) != 0 {
      if left == 0 { return weekday }
      left -= 1
    }
    return 0
  }
}

extension Weekdays: CustomStringConvertible {
  private static let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// The first and the last of days that follow one another, `mon-sat`, otherwise all of them, `mon+wed+fri`.
  public var description: String {
    let days = (0..<7).filter { contains(.day($0)) }
    // A run may pass Sunday: Sunday to Thursday.
    for first in days where days.count > 2 {
      if (0..<days.count).allSatisfy({ contains(.day(first + $0)) }) {
        return "\(Weekdays.names[first])-\(Weekdays.names[(first + days.count - 1) % 7])"
      }
    }
    return days.map { Weekdays.names[$0] }.joined(separator: "+")
  }

  /// The set written as `mon-sat` or `mon+wed+fri`; `nil` for any other text and for an empty one.
  public init?(_ text: some StringProtocol) {
    var open: Weekdays = []
    for part in text.split(separator: "+", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { name in
        Weekdays.names.firstIndex { $0 == name }
      }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
        return nil
      }
      for offset in 0...floorModulo(last - first, 7) { open.insert(.day(first + offset)) }
    }
    self = open
  }
}

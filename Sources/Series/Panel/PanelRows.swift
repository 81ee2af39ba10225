/// One series of a panel while its rows are being read.
struct PanelRows {
  /// The form of the text of a period.
  enum Look {
    case other
    case date
    /// `20220131`
    case digits
    /// `202201`
    case monthDigits

    init(_ written: WrittenPeriod) {
      switch written {
      case .date: self = .date
      case .integer(_, let length) where written.digitDate != nil: self = length == 8 ? .digits : .monthDigits
      case .integer, .period: self = .other
      }
    }
  }

  var start: Period?
  var values: [Double] = []
  /// Whether some integer was not a four-digit year.
  var sawShortInteger = false
  private(set) var form = PeriodForm.period
  private(set) var reading: DateReading?
  private(set) var rows = 0
  private var look = Look.other
  /// The distance of each value from the start, and its line, as long as periods without a row are not among the values.
  private var places: [Int] = []
  private var lines: [Int32] = []
  private var isOpen = false
  private var sawNeighbours = false
  /// The days of dates that are read as periods of a named frequency.
  private var days: [Int] = []

  /// The number of periods from the start through the last row.
  var length: Int { places.last.map { $0 + 1 } ?? values.count }

  /// Whether a period could turn out to belong to a coarser calendar than its form suggests.
  private func canTell(_ period: Period, _ look: Look) -> Bool {
    DateSurvey.day(of: period) != nil || period.frequency == .index && look != .other
  }

  /// Appends a row at a distance from the start that is greater than all before.
  mutating func append(
    _ number: Double, _ period: Period, at place: Int, _ look: Look, line: Int, named: Bool
  ) {
    if rows == 0 {
      self.look = look
      isOpen = !named && canTell(period, look)
    } else if look != self.look {
      if isOpen, period.frequency == .index { fill() }
      self.look = .other
    } else if isOpen, !canTell(period, look) {
      fill()
    }
    rows += 1
    guard isOpen else {
      for _ in values.count..<place { values.append(.nan) }
      values.append(number)
      return
    }
    sawNeighbours = sawNeighbours || place - (places.last ?? place) == 1 && period.frequency == .day
    places.append(place)
    lines.append(Int32(truncatingIfNeeded: line))
    values.append(number)
    // These are clearly days; from here on, each has its own position.
    if sawNeighbours, rows == 32 || rows & 255 == 0, 2 * rows > length { fill() }
  }

  /// Stores the day of a date that is read as a period of a named frequency.
  mutating func keep(_ day: Int) { days.append(day) }

  /// Whether there was a row at a distance from the start before the last one.
  func isTaken(_ place: Int) -> Bool {
    guard place >= 0 else { return false }
    guard places.isEmpty else { return places.contains(place) }
    return place == values.count - 1 || !values[place].isNaN
  }

  /// Fixes the frequency of the rows.
  ///
  /// - Parameter like: The frequency of most of the other series, for a series with too few dates to tell.
  mutating func settle(_ frequency: Frequency?, like: Frequency? = nil) {
    guard let start else { return }
    if let frequency {
      let placement = DateSurvey(days).placement(frequency)
      let isCoarse = ![.day, .businessDay, .hour].contains(frequency)
      switch look {
      case .other: form = .period
      case .date: form = isCoarse ? .date(placement) : .period
      case .digits: form = .digits(placement)
      case .monthDigits: form = frequency == .month ? .monthDigits : .period
      }
      return
    }
    guard isOpen else {
      if start.frequency == .day {
        reading = DateReading(.day, isInferred: false, periods: values.count, rows: rows)
      }
      return
    }
    if look == .monthDigits {
      settleMonths(start)
      return
    }
    let isDigits = look == .digits && start.frequency == .index
    func day(_ place: Int) -> Int? {
      let period = start + place
      return isDigits
        ? CivilDate(digits: period.ordinal, count: 8)?.daysSinceEpoch : DateSurvey.day(of: period)
    }
    let days = places.compactMap(day)
    guard days.count == places.count,
      let reading = DateReading(
        days: days, form: isDigits ? .day : start.frequency, lines: lines.map(Int.init), like: like)
    else {
      fill()
      return
    }
    self.reading = reading
    guard reading.isInferred || isDigits else {
      fill()
      return
    }
    let placement = DateSurvey(days).placement(reading.frequency)
    form = isDigits ? .digits(placement) : reading.frequency == .day ? .period : .date(placement)
    move(days.map { Period.containing(CivilDate(daysSinceEpoch: $0), reading.frequency) })
  }

  /// Reads integers as months in digits, unless they advance as integers do.
  private mutating func settleMonths(_ start: Period) {
    let values = places.map { start.ordinal + $0 }
    guard CivilDate.areMonths(values) else {
      fill()
      return
    }
    form = .monthDigits
    move(values.map { .month($0 / 100, $0 % 100) })
  }

  /// Moves each row to its period.
  private mutating func move(_ periods: [Period?]) {
    guard let first = periods.first ?? nil else { return }
    start = first
    places = periods.map { $0.map { first.distance(to: $0) } ?? 0 }
    fill()
  }

  /// Inserts the periods without a row among the values.
  private mutating func fill() {
    isOpen = false
    guard let last = places.last else { return }
    var dense = [Double](repeating: .nan, count: last + 1)
    for (place, value) in zip(places, values) { dense[place] = value }
    values = dense
    places = []
    lines = []
  }
}

/// One series of a panel while its rows are read.
struct PanelRows {
  /// How the texts of periods look.
  enum Look {
    case other
    case date
    /// `20220131`
    case digits
    /// `202201`
    case monthDigits
  }

  var start: Period?
  var values: [Double] = []
  /// Whether an integer was no year of four digits.
  var sawShortInteger = false
  private(set) var form = PeriodForm.period
  private(set) var reading: DateReading?
  private(set) var rows = 0
  private var look = Look.other
  /// Where each value lies after the start, and on which line, while periods without a row take no place among the values.
  private var places: [Int] = []
  private var lines: [Int32] = []
  private var isOpen = false
  private var sawNeighbours = false
  /// The days of dates that are read as periods of a named frequency.
  private var days: [Int] = []

  /// The periods from the start through the last row.
  var length: Int { places.last.map { $0 + 1 } ?? values.count }

  /// Whether periods may turn out to be of a coarser calendar than their form says.
  private func canTell(_ period: Period, _ look: Look) -> Bool {
    DateSurvey.day(of: period) != nil || period.frequency == .index && look != .other
  }

  /// Takes a row in at a place after the start, which is after all others.
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
    // Days without doubt, which take a place each from here on.
    if sawNeighbours, rows == 32 || rows & 255 == 0, 2 * rows > length { fill() }
  }

  /// Keeps the day of a date that is read as a period of a named frequency.
  mutating func keep(_ day: Int) { days.append(day) }

  /// Whether a row was at a place before the last one.
  func isTaken(_ place: Int) -> Bool {
    guard place >= 0 else { return false }
    guard places.isEmpty else { return places.contains(place) }
    return place == values.count - 1 || !values[place].isNaN
  }

  /// Gives the rows their calendar, for good.
  ///
  /// - Parameter like: the calendar of most other series, for dates that are too few to say something.
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

  /// Months in digits, unless they go on as integers do.
  private mutating func settleMonths(_ start: Period) {
    let values = places.map { start.ordinal + $0 }
    guard CivilDate.areMonths(values) else {
      fill()
      return
    }
    form = .monthDigits
    move(values.map { .month($0 / 100, $0 % 100) })
  }

  /// Gives each row the period it was found to be of.
  private mutating func move(_ periods: [Period?]) {
    guard let first = periods.first ?? nil else { return }
    start = first
    places = periods.map { $0.map { first.distance(to: $0) } ?? 0 }
    fill()
  }

  /// Gives periods without a row their place.
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

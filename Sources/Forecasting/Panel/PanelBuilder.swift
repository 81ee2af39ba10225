/// A panel while its rows are read.
struct PanelBuilder {
  /// One series while its rows are read.
  struct Part {
    var start: Period?
    var values: [Double] = []
    /// Where each value lies after the start, while periods without a row take no place among the values.
    var places: [Int] = []
    /// The periods from the start through the last row.
    var length: Int { places.last.map { $0 + 1 } ?? values.count }

    /// Gives periods without a row their place, at a distance from the start that a place is moved to.
    mutating func fill(_ moved: (Int) -> Int = { $0 }) {
      guard let last = places.last else { return }
      var dense = [Double](repeating: .nan, count: moved(last) + 1)
      for (place, value) in zip(places, values) { dense[moved(place)] = value }
      values = dense
      places = []
    }
  }

  let frequency: Frequency?
  let file: String?
  var keys: [String] = []
  var faultOf: [Int: DataFault] = [:]
  var faults: [DataFault] = []
  var faultCount = 0
  var writesDates = false
  private(set) var placement = DatePlacement.first
  private(set) var inferredFrequency: Frequency?
  /// The dates so far, while a coarser calendar than their form's may be theirs.
  private var survey: DateSurvey?
  private var form: Frequency?
  private var parts: [Part] = []
  private var places: [String: Int] = [:]
  private var lastKey: [UInt8] = []
  private var lastPlace = -1
  private var sawShortInteger = false

  init(frequency: Frequency?, file: String?) {
    self.frequency = frequency
    self.file = file
    survey = frequency == nil ? DateSurvey() : nil
  }

  mutating func read(_ stream: inout CSVStream, _ columns: PanelColumns) throws(ForecastError) {
    guard try stream.next() else { throw .data(DataFault(.empty, file: file)) }
    let header = (0..<stream.count).map { PanelBuilder.trimmed(stream.field($0)) }
    func place(_ name: String) throws(ForecastError) -> Int {
      guard let place = header.firstIndex(of: name) else {
        throw .data(DataFault(.missingColumn(name), file: file, line: stream.line))
      }
      return place
    }
    let key = try place(columns.key)
    let period = try place(columns.period)
    let value = try place(columns.value)
    while try stream.next() {
      guard key < stream.count else {
        note(.fieldCount(expected: header.count, found: stream.count), line: stream.line, series: nil)
        continue
      }
      guard let series = series(of: stream.field(key)) else {
        note(.badKey, line: stream.line, series: nil)
        continue
      }
      guard stream.count == header.count else {
        note(.fieldCount(expected: header.count, found: stream.count), line: stream.line, series: series)
        continue
      }
      if let kind = add(stream.field(period), stream.field(value), to: series) {
        note(kind, line: stream.line, series: series)
      }
    }
    guard !keys.isEmpty || faultCount > 0 else { throw .data(DataFault(.empty, file: file)) }
  }

  /// The flat form: values one after another, and where each series begins.
  mutating func finish() -> (flat: [Double], offsets: [Int], starts: [Period]) {
    settleDates()
    var flat: [Double] = []
    flat.reserveCapacity(parts.reduce(0) { $0 + $1.values.count })
    var offsets = [0]
    var starts: [Period] = []
    for index in parts.indices {
      if faultOf[index] == nil { flat += parts[index].values }
      offsets.append(flat.count)
      var start = parts[index].start ?? .index(0)
      // Integers of four digits throughout are years.
      if frequency == nil, start.frequency == .index, !sawShortInteger {
        start = Period(.year, ordinal: start.ordinal)
      }
      starts.append(start)
      parts[index].values = []
    }
    return (flat, offsets, starts)
  }

  private mutating func note(_ kind: DataFault.Kind, line: Int, series: Int?) {
    faultCount += 1
    let fault = DataFault(kind, series: series.map { keys[$0] }, file: file, line: line)
    guard let series else {
      faults.append(fault)
      return
    }
    guard faultOf[series] == nil else { return }
    faultOf[series] = fault
    faults.append(fault)
  }

  private mutating func series(of field: ArraySlice<UInt8>) -> Int? {
    if lastPlace >= 0, field.elementsEqual(lastKey) { return lastPlace }
    guard !field.isEmpty, let key = String(validating: field, as: UTF8.self) else { return nil }
    lastKey = Array(field)
    if let known = places[key] {
      lastPlace = known
    } else {
      lastPlace = keys.count
      places[key] = lastPlace
      keys.append(key)
      parts.append(Part())
    }
    return lastPlace
  }

  /// Adds a row to a series; returns what is wrong with it, if anything is.
  private mutating func add(
    _ period: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, to series: Int
  ) -> DataFault.Kind? {
    guard let period = read(period) else { return .badPeriod(String(decoding: period, as: UTF8.self)) }
    var number = Double.nan
    if !value.isEmpty {
      let text = String(decoding: value, as: UTF8.self)
      guard let parsed = Double(decimal: text) else { return .badNumber(text) }
      number = parsed
    }
    guard faultOf[series] == nil else { return nil }
    guard let start = parts[series].start else {
      parts[series].start = period
      append(number, at: 0, to: series)
      note(period, after: nil, count: 1)
      return nil
    }
    guard start.frequency == period.frequency else {
      return .mixedFrequencies(period.frequency, start.frequency)
    }
    let place = start.distance(to: period)
    let filled = parts[series].length
    guard place >= filled else {
      let last = PeriodSpan(start + (filled - 1))
      return isTaken(place, of: series)
        ? .duplicate(PeriodSpan(period)) : .disorder(PeriodSpan(period), after: last)
    }
    guard place - filled <= longestGap else {
      return .gap(PeriodSpan(start + filled, through: period - 1))
    }
    append(number, at: place, to: series)
    note(period, after: start + (filled - 1), count: parts[series].values.count)
    return nil
  }

  private mutating func append(_ number: Double, at place: Int, to series: Int) {
    if survey == nil {
      for _ in parts[series].values.count..<place { parts[series].values.append(.nan) }
    } else {
      parts[series].places.append(place)
    }
    parts[series].values.append(number)
  }

  /// Whether a row of the series was at a place before its last one.
  private func isTaken(_ place: Int, of series: Int) -> Bool {
    guard place >= 0 else { return false }
    let part = parts[series]
    guard part.places.isEmpty else { return part.places.contains(place) }
    return place == part.values.count - 1 || !part.values[place].isNaN
  }

  /// Takes a period into the survey of dates, which ends where it cannot follow a coarser calendar.
  private mutating func note(_ period: Period, after last: Period?, count: Int) {
    guard survey != nil else { return }
    form = form ?? period.frequency
    guard form == period.frequency, let day = DateSurvey.day(of: period) else {
      fillAll()
      return
    }
    survey?.add(day, after: last.flatMap(DateSurvey.day), count: count)
    if form == .day, survey?.hasNeighbours == true { fillAll() }
  }

  /// Ends the survey: dates are what their form says.
  private mutating func fillAll() {
    survey = nil
    for index in parts.indices { parts[index].fill() }
  }

  /// Gives the dates of all series the coarser calendar that they follow.
  private mutating func settleDates() {
    guard let survey else { return }
    let coarse = survey.frequency ?? (form == .hour && survey.isTelling ? .day : nil)
    guard let coarse else {
      fillAll()
      return
    }
    for index in parts.indices {
      guard let start = parts[index].start else { continue }
      func moved(_ period: Period) -> Period? {
        DateSurvey.day(of: period).flatMap { Period.containing(CivilDate(daysSinceEpoch: $0), coarse) }
      }
      guard let first = moved(start) else { continue }
      parts[index].start = first
      parts[index].fill { place in moved(start + place).map { first.distance(to: $0) } ?? 0 }
    }
    inferredFrequency = coarse
    writesDates = coarse != .day
    placement = survey.placement
    self.survey = nil
  }

  private mutating func read(_ field: ArraySlice<UInt8>) -> Period? {
    if let value = PanelBuilder.integer(field) {
      if !(1000...9999).contains(value) || field.count != 4 { sawShortInteger = true }
      switch frequency {
      case nil, .index: return .index(value)
      case .year: return abs(value) <= 9999 ? .year(value) : nil
      default: return nil
      }
    }
    let isDate = field.count >= 10 && field[field.startIndex + 4] == 45 && field[field.startIndex + 7] == 45
    if isDate, frequency != .day, frequency != .businessDay, frequency != .hour, frequency != nil {
      writesDates = true
    }
    if isDate, field.count == 10, frequency == nil || frequency == .day {
      return PanelBuilder.date(field).map { .day($0) }
    }
    return Period(String(decoding: field, as: UTF8.self), frequency: frequency)
  }

  /// A whole number of at most 15 digits.
  private static func integer(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.first == 45 ? field.dropFirst() : field
    guard (1...15).contains(digits.count) else { return nil }
    var value = 0
    for byte in digits {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return field.first == 45 ? -value : value
  }

  /// A date of the form `2022-01-31`.
  private static func date(_ field: ArraySlice<UInt8>) -> CivilDate? {
    let first = field.startIndex
    guard let year = integer(field[first..<first + 4]), let month = integer(field[first + 5..<first + 7]),
      let day = integer(field[first + 8..<first + 10]), year >= 0
    else { return nil }
    return CivilDate(year: year, month: month, day: day)
  }

  private static func trimmed(_ field: ArraySlice<UInt8>) -> String {
    var part = field
    if part.starts(with: [0xEF, 0xBB, 0xBF]) { part = part.dropFirst(3) }
    while let byte = part.first, byte == 32 || byte == 9 { part = part.dropFirst() }
    while let byte = part.last, byte == 32 || byte == 9 { part = part.dropLast() }
    return String(decoding: part, as: UTF8.self)
  }
}

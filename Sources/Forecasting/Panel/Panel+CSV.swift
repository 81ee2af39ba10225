/// The names of the columns of a tidy panel; others are passed over.
public struct PanelColumns: Sendable, Hashable {
  /// The column of keys.
  public var key: String
  /// The column of periods.
  public var period: String
  /// The column of values.
  public var value: String

  /// The names `unique_id`, `ds` and `y` unless others are given.
  public init(key: String = "unique_id", period: String = "ds", value: String = "y") {
    self.key = key
    self.period = period
    self.value = value
  }
}

extension Panel {
  /// The panel in a tidy CSV file with columns `unique_id,ds,y`; `-` is the standard input.
  ///
  /// A period is an integer or ISO (`2022-01`, `2022-01-31`, and for a named frequency the date of its first day);
  /// integers are years where all of them have four digits, else an index. An empty value is missing, periods left out
  /// are missing, and a series' rows stand in time order. The file is read in pieces: memory is that of the values.
  ///
  /// - Throws: `ForecastError.data` for a file that cannot be read or lacks a column. A bad row fails its own series alone,
  ///   and stands in `faults` with its line.
  public init(
    csv path: String, columns: PanelColumns = PanelColumns(), frequency: Frequency? = nil,
    rule: SpanRule = .sum, seasonalPeriod: Int? = nil
  ) throws(ForecastError) {
    var stream = try CSVStream(path: path)
    try self.init(&stream, columns, frequency, rule, seasonalPeriod)
  }

  /// The panel in a tidy CSV text.
  ///
  /// - Throws: as `init(csv:)`.
  public init(
    text: String, file: String? = nil, columns: PanelColumns = PanelColumns(), frequency: Frequency? = nil,
    rule: SpanRule = .sum, seasonalPeriod: Int? = nil
  ) throws(ForecastError) {
    var stream = CSVStream(text: text, file: file)
    try self.init(&stream, columns, frequency, rule, seasonalPeriod)
  }

  /// The panel as tidy CSV text, of the form that `init(text:)` reads; missing values are empty fields.
  ///
  /// - Throws: `ForecastError.data` for a series whose rows were bad.
  public func csv(columns: PanelColumns = PanelColumns()) throws(ForecastError) -> String {
    var text =
      [columns.key, columns.period, columns.value].map(CSVTable.quoted).joined(separator: ",") + "\n"
    for index in 0..<count {
      let series = try series(index)
      let key = CSVTable.quoted(keys[index])
      for observation in series.observations {
        let period = observation.span.first
        let date = writesDates ? period.firstDay : nil
        let value = observation.value.map { "\($0)" } ?? ""
        text += "\(key),\(date?.description ?? period.description),\(value)\n"
      }
    }
    return text
  }

  private init(
    _ stream: inout CSVStream, _ columns: PanelColumns, _ frequency: Frequency?, _ rule: SpanRule,
    _ seasonalPeriod: Int?
  ) throws(ForecastError) {
    var builder = PanelBuilder(frequency: frequency, file: stream.file)
    try builder.read(&stream, columns)
    let panel = builder.finish()
    self.init(
      keys: builder.keys, flat: panel.flat, offsets: panel.offsets, starts: panel.starts,
      faultOf: builder.faultOf, faults: builder.faults, faultCount: builder.faultCount,
      writesDates: builder.writesDates, rule: rule, seasonalPeriod: seasonalPeriod)
  }
}

/// A panel while its rows are read.
private struct PanelBuilder {
  /// One series while its rows are read.
  struct Part {
    var start: Period?
    var values: [Double] = []
  }

  let frequency: Frequency?
  let file: String?
  var keys: [String] = []
  var faultOf: [Int: DataFault] = [:]
  var faults: [DataFault] = []
  var faultCount = 0
  var writesDates = false
  private var parts: [Part] = []
  private var places: [String: Int] = [:]
  private var lastKey: [UInt8] = []
  private var lastPlace = -1
  private var sawShortInteger = false

  init(frequency: Frequency?, file: String?) {
    self.frequency = frequency
    self.file = file
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
      parts[series].values.append(number)
      return nil
    }
    guard start.frequency == period.frequency else {
      return .mixedFrequencies(period.frequency, start.frequency)
    }
    let place = start.distance(to: period)
    let filled = parts[series].values.count
    guard place >= filled else {
      let last = PeriodSpan(start + (filled - 1))
      return place == filled - 1 || (place >= 0 && !parts[series].values[place].isNaN)
        ? .duplicate(PeriodSpan(period)) : .disorder(PeriodSpan(period), after: last)
    }
    guard place - filled <= longestGap else {
      return .gap(PeriodSpan(start + filled, through: period - 1))
    }
    for _ in filled..<place { parts[series].values.append(.nan) }
    parts[series].values.append(number)
    return nil
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

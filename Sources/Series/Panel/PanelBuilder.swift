/// A panel while its rows are being read.
struct PanelBuilder {
  let frequency: Frequency?
  let file: String?
  var keys: [String] = []
  var faultOf: [Int: DataFault] = [:]
  var faults: [DataFault] = []
  var faultCount = 0
  private(set) var forms: [PeriodForm] = []
  private(set) var readings: [DateReading?] = []
  private var parts: [PanelRows] = []
  private var places: [String: Int] = [:]
  private var lastKey: [UInt8] = []
  private var lastPlace = -1

  init(frequency: Frequency?, file: String?) {
    self.frequency = frequency
    self.file = file
  }

  mutating func read(_ stream: inout CSVStream, _ columns: PanelColumns) throws(ForecastError) {
    guard try stream.next() else { throw .data(DataFault(.empty, file: file)) }
    let header = (0..<stream.count).map {
      CSVTable.trimmed(String(decoding: stream.field($0), as: UTF8.self))
    }
    func place(_ name: String) throws(ForecastError) -> Int {
      guard let place = CSVTable.place(of: name, in: header) else {
        throw .data(DataFault(.missingColumn(name, found: header), file: file, line: stream.line))
      }
      return place
    }
    let (key, columns) = try keyed(columns, header, place)
    let period = try place(columns.period)
    let value = try place(columns.value)
    let name = Array(TimeSeries.stem(of: file ?? "series").utf8)[...]
    while try stream.next() {
      guard key ?? 0 < stream.count else {
        note(.fieldCount(expected: header.count, found: stream.count), line: stream.line, series: nil)
        continue
      }
      guard let series = series(of: key.map { stream.field($0) } ?? name) else {
        note(.badKey, line: stream.line, series: nil)
        continue
      }
      guard stream.count == header.count else {
        note(.fieldCount(expected: header.count, found: stream.count), line: stream.line, series: series)
        continue
      }
      let fields = (PanelBuilder.trimmed(stream.field(period)), PanelBuilder.trimmed(stream.field(value)))
      if let kind = add(fields.0, fields.1, to: series, line: stream.line) {
        note(kind, line: stream.line, series: series)
      }
    }
    guard !keys.isEmpty || faultCount > 0 else { throw .data(DataFault(.empty, file: file)) }
  }

  /// The index of the column of keys, and the names of the other columns: a file without keys holds one series, in the columns `ds,y`
  /// or `period,value`.
  private func keyed(
    _ columns: PanelColumns, _ header: [String], _ place: (String) throws(ForecastError) -> Int
  ) throws(ForecastError) -> (Int?, PanelColumns) {
    guard columns.key == PanelColumns().key, CSVTable.place(of: columns.key, in: header) == nil else {
      return (try place(columns.key), columns)
    }
    if CSVTable.place(of: columns.period, in: header) != nil { return (nil, columns) }
    guard columns == PanelColumns(), CSVTable.place(of: "period", in: header) != nil else {
      return (try place(columns.key), columns)
    }
    return (nil, PanelColumns(period: "period", value: "value"))
  }

  /// The flat storage: the values one after another, and where each series begins.
  mutating func finish() -> (flat: [Double], offsets: [Int], starts: [Period]) {
    settle()
    // If all integers have four digits, they are years.
    let areYears =
      frequency == nil && !parts.contains { $0.start?.frequency == .index && $0.sawShortInteger }
    var flat: [Double] = []
    flat.reserveCapacity(parts.reduce(0) { $0 + $1.values.count })
    var offsets = [0]
    var starts: [Period] = []
    for index in parts.indices {
      if faultOf[index] == nil { flat += parts[index].values }
      offsets.append(flat.count)
      var start = parts[index].start ?? .index(0)
      if areYears, start.frequency == .index { start = Period(.year, ordinal: start.ordinal) }
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
    guard !PanelBuilder.trimmed(field).isEmpty, let key = String(validating: field, as: UTF8.self) else {
      return nil
    }
    lastKey = Array(field)
    if let known = places[key] {
      lastPlace = known
    } else {
      lastPlace = keys.count
      places[key] = lastPlace
      keys.append(key)
      parts.append(PanelRows())
    }
    return lastPlace
  }

  /// Adds a row to a series; returns its fault, if it has one.
  private mutating func add(
    _ field: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, to series: Int, line: Int
  ) -> DataFault.Kind? {
    guard let written = WrittenPeriod(field), let period = period(written) else {
      return .badPeriod(String(decoding: field, as: UTF8.self))
    }
    let look = PanelRows.Look(written)
    var number = Double.nan
    if !value.isEmpty {
      let text = String(decoding: value, as: UTF8.self)
      if let parsed = Double(decimal: text) {
        number = parsed
      } else if !CSVTable.isMissing(text) {
        return .badNumber(text)
      }
    }
    if period.frequency == .index, field.count != 4 || !(1000...9999).contains(period.ordinal) {
      parts[series].sawShortInteger = true
    }
    guard faultOf[series] == nil else { return nil }
    let start = parts[series].start ?? period
    guard start.frequency == period.frequency else {
      return .mixedFrequencies(period.frequency, start.frequency)
    }
    let place = start.distance(to: period)
    let filled = parts[series].length
    guard place >= filled else {
      let last = PeriodSpan(start + (filled - 1))
      return parts[series].isTaken(place)
        ? .duplicate(PeriodSpan(period)) : .disorder(PeriodSpan(period), after: last)
    }
    guard place - filled <= longestGap else {
      return .gap(PeriodSpan(start + filled, through: period - 1))
    }
    parts[series].start = start
    parts[series].append(number, period, at: place, look, line: line, named: frequency != nil)
    if let frequency, frequency.periodsPerYear != nil || frequency == .week, look == .date || look == .digits,
      let date = written.period(.day)
    {
      parts[series].keep(date.ordinal)
    }
    return nil
  }

  /// Gives every series the calendar that its dates follow; series with too few dates follow most of the others.
  private mutating func settle() {
    for index in parts.indices where parts[index].rows > 2 { parts[index].settle(frequency) }
    var counts: [Frequency: Int] = [:]
    for index in parts.indices where faultOf[index] == nil {
      if let reading = parts[index].reading { counts[reading.frequency, default: 0] += 1 }
    }
    let most = counts.values.max()
    let common = Frequency.allCases.first { counts[$0] == most && most != nil }
    for index in parts.indices where parts[index].rows <= 2 { parts[index].settle(frequency, like: common) }
    forms = parts.map(\.form)
    readings = parts.indices.map { faultOf[$0] == nil ? parts[$0].reading : nil }
  }

  /// The period that a field stands for; integers without a frequency are an index until all series are known.
  private func period(_ written: WrittenPeriod) -> Period? {
    if frequency == nil, case .integer(let value, _) = written { return .index(value) }
    return written.period(frequency)
  }

  /// A field without the spaces around it.
  private static func trimmed(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var part = field
    while let byte = part.first, byte == 32 || byte == 9 { part = part.dropFirst() }
    while let byte = part.last, byte == 32 || byte == 9 { part = part.dropLast() }
    return part
  }
}

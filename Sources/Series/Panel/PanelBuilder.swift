/// A panel while its rows are being read.
struct PanelBuilder {
  let frequency: Frequency?
  let options: DateOptions
  let file: String?
  var keys: [String] = []
  var faultOf: [Int: DataFault] = [:]
  var faults: [DataFault] = []
  var faultCount = 0
  private(set) var forms: [PeriodForm] = []
  private(set) var readings: [DateReading?] = []
  private(set) var remarks: [PeriodRemark] = []
  private var parts: [PanelRows] = []
  private var places: [ByteKey: Int] = [:]
  private var lastKey: [UInt8] = []
  private var lastPlace = -1
  /// The periods of texts that take longer to read; most panels repeat the same ones.
  private var spelled: [[UInt8]: WrittenPeriod] = [:]

  private let policy: RowPolicy

  init(frequency: Frequency?, options: DateOptions, policy: RowPolicy, file: String?) {
    self.frequency = frequency
    self.options = options
    self.policy = policy
    self.file = file
  }

  /// Reads the rows of a table whose columns and numbers were found.
  mutating func read(_ tidy: TidyTable) {
    let table = tidy.table
    let period = table.column("period") ?? 0
    let value = table.column("value") ?? 1
    let key = table.column("unique_id")
    let name = Array(TimeSeries.stem(of: file ?? "series").utf8)[...]
    for row in table.rows {
      guard let series = series(of: key.map { Array(row.fields[$0].utf8)[...] } ?? name) else {
        note(.badKey, line: row.line, series: nil)
        continue
      }
      if let kind = add(
        Array(row.fields[period].utf8)[...], Array(row.fields[value].utf8)[...], to: series, line: row.line)
      {
        note(kind, line: row.line, series: series)
      }
    }
  }

  mutating func read(_ stream: inout CSVStream, _ columns: PanelColumns) throws(ForecastError) {
    guard try stream.next() else { throw .data(DataFault(.empty, file: file)) }
    let header = (0..<stream.count).map {
      CSVTable.trimmed(String(decoding: stream.field($0), as: UTF8.self))
    }
    func place(_ name: String) throws(ForecastError) -> Int {
      let found = CSVTable.places(of: name, in: header)
      guard let place = found.first else {
        throw .data(DataFault(.missingColumn(name, found: header), file: file, line: stream.line))
      }
      guard found.count == 1 || columns != PanelColumns() && header[place].utf8.elementsEqual(name.utf8),
        !header[(place + 1)...].contains(where: { $0.utf8.elementsEqual(name.utf8) })
      else { throw .data(DataFault(.repeatedColumn(name), file: file, line: stream.line)) }
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
  ///
  /// - Throws: `ForecastError.data` for dates that can be read in two ways, `.invalidOption` for an unknown time zone.
  mutating func finish() throws(ForecastError) -> (flat: [Double], offsets: [Int], starts: [Period]) {
    try settle()
    // If all integers have four digits, they are years.
    let areYears =
      frequency == nil && !parts.contains { $0.start?.frequency == .index && $0.sawShortInteger }
    var flat: [Double] = []
    flat.reserveCapacity(parts.reduce(0) { $0 + $1.rows })
    var offsets = [0]
    var starts: [Period] = []
    for index in parts.indices {
      var start = parts[index].start ?? .index(0)
      if areYears, start.frequency == .index { start = Period(.year, ordinal: start.ordinal) }
      starts.append(start)
      if faultOf[index] == nil {
        if policy.until == nil {
          flat += parts[index].values
        } else {
          do {
            flat += try policy.ended(parts[index].values, start: start)
          } catch .data(let fault) {
            note(fault.kind, line: nil, series: index)
          }
        }
      }
      offsets.append(flat.count)
      parts[index].clear()
    }
    return (flat, offsets, starts)
  }

  private mutating func note(_ kind: DataFault.Kind, line: Int?, series: Int?) {
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
    let bytes = ByteKey(lastKey)
    if let known = places[bytes] {
      lastPlace = known
    } else {
      lastPlace = keys.count
      places[bytes] = lastPlace
      keys.append(key)
      parts.append(PanelRows())
    }
    return lastPlace
  }

  /// Adds a row to a series; returns its fault, if it has one.
  private mutating func add(
    _ field: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>, to series: Int, line: Int
  ) -> DataFault.Kind? {
    guard let written = written(field) else { return .badPeriod(String(decoding: field, as: UTF8.self)) }
    var number = Double.nan
    if let plain = Double(plain: value) {
      number = plain
    } else if !value.isEmpty {
      let text = String(decoding: value, as: UTF8.self)
      if let parsed = Double(decimal: text) {
        number = parsed
      } else if !CSVTable.isMissing(text) {
        return .badNumber(text)
      }
    }
    guard faultOf[series] == nil else { return nil }
    parts[series].append(written, number, line: line)
    return nil
  }

  /// The period of a field; `nil` if it is not a period.
  private mutating func written(_ field: ArraySlice<UInt8>) -> WrittenPeriod? {
    if let plain = WrittenPeriod(plain: field) { return plain }
    let text = Array(field)
    if let known = spelled[text] { return known }
    guard let written = WrittenPeriod(field) else { return nil }
    if spelled.count < 100_000 { spelled[text] = written }
    return written
  }

  /// Gives every series the calendar that its dates follow; series with too few dates follow most of the others.
  private mutating func settle() throws(ForecastError) {
    let undecided = parts.map { $0.undecided(options) }
    var style = PeriodStyle()
    if undecided.contains(where: { $0 != nil }) {
      do {
        style = try PeriodStyle(undecided.compactMap { $0 }, options, frequency: frequency)
      } catch .data(let fault) {
        guard case .ambiguousPeriod(let text, _, _) = fault.kind else { throw .data(fault) }
        let line = parts.indices.compactMap { parts[$0].line(of: text, among: undecided[$0] ?? []) }.min()
        throw .data(DataFault(fault.kind, file: file, line: line))
      }
    }
    remarks = style.remarks
    if options.zone == nil, parts.contains(where: \.isUTC) { remarks.note(.utc) }
    func settle(_ index: Int, like: Frequency?) {
      for fault in parts[index].settle(
        frequency, style: style, policy: policy, isDecided: undecided[index] != nil, like: like,
        remarks: &remarks)
      {
        note(fault.kind, line: fault.line, series: index)
      }
    }
    for index in parts.indices where parts[index].rows > 2 && faultOf[index] == nil {
      settle(index, like: nil)
    }
    var counts: [Frequency: Int] = [:]
    for index in parts.indices where faultOf[index] == nil {
      if let reading = parts[index].reading { counts[reading.frequency, default: 0] += 1 }
    }
    let most = counts.values.max()
    let common = counts.filter { $0.value == most }.map(\.key).min { $0.position < $1.position }
    for index in parts.indices where parts[index].rows <= 2 && faultOf[index] == nil {
      settle(index, like: common)
    }
    forms = parts.map(\.form)
    readings = parts.indices.map { faultOf[$0] == nil ? parts[$0].reading : nil }
    faults.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// A field without the spaces around it.
  private static func trimmed(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var part = field
    while let byte = part.first, byte == 32 || byte == 9 { part = part.dropFirst() }
    while let byte = part.last, byte == 32 || byte == 9 { part = part.dropLast() }
    return part
  }
}

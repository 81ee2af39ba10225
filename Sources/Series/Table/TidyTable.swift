/// The periods, values and keys of a table, a row each, with numbers as the library writes them.
public struct TidyTable: Sendable {
  /// The rows, with columns `period,value` and, where the table has them, `unique_id`, `unit`, `source_id` and `note`.
  public let table: CSVTable
  /// What was taken of anything but comma-separated UTF-8 text with a header and the usual columns, a clause each.
  public let notes: [String]
  /// Whether rows or marks of the file were left out.
  public let hasOmissions: Bool

  /// The notes as one sentence; `nil` if there are none.
  public var note: String? {
    guard let first = notes.first else { return nil }
    return first.prefix(1).uppercased() + (first.dropFirst() + notes.dropFirst().map { "; \($0)" }.joined())
  }
}

extension Table {
  /// Returns the rows of the table with the columns that are named or found.
  ///
  /// Found are the column of periods and the one of numbers, and a column of words under which every period occurs once. Several columns
  /// of numbers are series of their own if `isPanel`; otherwise one must be named.
  ///
  /// - Throws: `ForecastError.data` with file and line for a cell that is no number or can be read in two ways, for columns that are
  ///   lacking or of which there are several.
  public func tidy(_ options: TableOptions = TableOptions(), isPanel: Bool = false) throws(ForecastError)
    -> TidyTable
  {
    for row in rows where row.fields.count != header.count {
      throw fault(.fieldCount(expected: header.count, found: row.fields.count), row.line)
    }
    if hasPeriodsAcross { return try across(options) }
    var notes = self.notes
    let date = try dateColumn(options, &notes)
    let values = try valueColumns(options, date: date, isPanel: isPanel)
    let key = try keyColumn(options, date: date, values: values)
    guard values.count == 1 || key == nil else {
      throw fault(.severalColumns("numbers", found: values.map { header[$0] }, option: "--value NAME"), nil)
    }
    let extras = ["unit", "source_id", "note"].compactMap { name in
      column(name).flatMap { place in
        place == date || place == key || values.contains(place) ? nil : (name, place)
      }
    }
    var omitted = hasOmissions
    let mark = try decimalMark(options, values, &notes, &omitted)
    var tidy: [(line: Int, fields: [String])] = []
    for column in values {
      let numbers = try numbers(in: column, mark, &notes, &omitted)
      for (place, row) in rows.enumerated() {
        var fields = [date.map { row.fields[$0] } ?? "\(place + 1)", numbers[place]]
        if let key {
          fields.append(row.fields[key])
        } else if values.count > 1 {
          fields.append(header[column])
        }
        tidy.append((row.line, fields + extras.map { row.fields[$0.1] }))
      }
    }
    if !areUsual(date, values, key, options) {
      let names = [date, values.count == 1 ? values[0] : nil, key].compactMap { $0.map { header[$0] } }
      if hasHeader, date != nil { notes.append("columns " + names.joined(separator: ", ")) }
      if values.count > 1 { notes.append("\(values.count) series, a column each") }
    }
    let hasKeys = key != nil || values.count > 1
    let names = ["period", "value"] + (hasKeys ? ["unique_id"] : []) + extras.map(\.0)
    return TidyTable(
      table: CSVTable(header: names, rows: tidy, file: file), notes: notes, hasOmissions: omitted)
  }

  // MARK: Columns

  /// The place of a column: the name byte for byte, or the only one that differs in case alone.
  ///
  /// - Parameter isAsked: Whether the option names it; a usual name does not choose between `value` and `VALUE`.
  /// - Throws: `ForecastError.data` if there is none, or several.
  private func required(_ name: String, _ option: String, isAsked: Bool = true) throws(ForecastError) -> Int {
    let all = CSVTable.places(of: name, in: header)
    let exact = all.filter { header[$0].utf8.elementsEqual(name.utf8) }
    let near = isAsked && !exact.isEmpty ? exact : all
    if near.count > 1 {
      throw fault(
        exact.count == near.count
          ? .repeatedColumn(name)
          : .severalColumns("\"\(name)\"", found: near.map { header[$0] }, option: option), nil)
    }
    if let place = near.first { return place }
    if let place = columnNumber(name) { return place }
    throw fault(.missingColumn(name, found: header), nil)
  }

  /// The place that `column 2` or, in a table without header, `2` names.
  private func columnNumber(_ name: String) -> Int? {
    guard !hasHeader, let number = Int(name), header.indices.contains(number - 1) else { return nil }
    return number - 1
  }

  private func column(_ name: String) -> Int? {
    hasHeader ? CSVTable.place(of: name, in: header) : nil
  }

  private func fault(_ kind: DataFault.Kind, _ line: Int?) -> ForecastError {
    .data(DataFault(kind, file: file, line: line ?? headerLine))
  }

  /// Whether the columns are those that tidy files have.
  private func areUsual(_ date: Int?, _ values: [Int], _ key: Int?, _ options: TableOptions) -> Bool {
    guard let date, values.count == 1 else { return false }
    let names = [header[date].lowercased(), header[values[0]].lowercased()]
    return names == ["period", "value"] || names == ["ds", "y"]
      || options.date != nil && options.value != nil
  }

  /// The column of periods; `nil` for a table of numbers alone, whose rows are counted.
  private func dateColumn(_ options: TableOptions, _ notes: inout [String]) throws(ForecastError) -> Int? {
    if let name = options.date { return try required(name, "--date NAME") }
    for (date, value) in [("period", "value"), ("ds", "y")] {
      guard column(date) != nil, column(value) != nil || options.value != nil else { continue }
      return try required(date, "--date NAME", isAsked: false)
    }
    let dates = body.columns.indices.filter { body.columns[$0] == .dates }
    let known = [
      "date", "period", "ds", "month", "week", "day", "quarter", "year", "time", "timestamp", "datum",
      "monat", "jahr",
    ]
    if dates.count > 1 {
      let named = dates.filter { known.contains(header[$0].lowercased()) }
      guard named.count == 1 else {
        throw fault(.severalColumns("dates", found: dates.map { header[$0] }, option: "--date NAME"), nil)
      }
      return named[0]
    }
    if let date = dates.first { return date }
    let integers = body.columns.indices.filter { body.columns[$0] == .integers }
    let others = known + ["t", "index", "n", "step", "date_serial", "timestamp", "unix"]
    if let named = integers.first(where: { others.contains(header[$0].lowercased()) }) { return named }
    if let years = integers.first(where: { isYears($0) }), body.columns.count > 1 { return years }
    let numeric = body.columns.indices.filter {
      body.columns[$0] == .numbers || body.columns[$0] == .integers
    }
    guard numeric.count == 1 || options.value != nil, !body.columns.contains(.words) else {
      throw fault(.noColumn("dates", found: header, option: "--date NAME"), nil)
    }
    notes.append("no dates; rows are counted from 1")
    return nil
  }

  /// Whether a column has years, one after another in some order.
  private func isYears(_ column: Int) -> Bool {
    let years = rows.compactMap { Int($0.fields[column]) }
    guard years.count == rows.count, years.allSatisfy({ (1500...2500).contains($0) }) else { return false }
    let distinct = Set(years).sorted()
    return distinct.count == years.count && distinct.count > 1
      && distinct[distinct.count - 1] - distinct[0] == distinct.count - 1
  }

  private func valueColumns(
    _ options: TableOptions, date: Int?, isPanel: Bool
  ) throws(ForecastError) -> [Int] {
    if let name = options.value { return [try required(name, "--value NAME")] }
    for (period, value) in [("period", "value"), ("ds", "y")] {
      guard let place = column(period), place == date || options.date != nil, column(value) != nil else {
        continue
      }
      return [try required(value, "--value NAME", isAsked: false)]
    }
    let id = try options.id.map { name throws(ForecastError) in try required(name, "--id NAME") }
    let numeric = body.columns.indices.filter { place in
      (body.columns[place] == .numbers || body.columns[place] == .integers) && place != date && place != id
        && column("unique_id") != place
    }
    guard !numeric.isEmpty else {
      // Say what is wrong with the only column that there is.
      let rest = header.indices.filter { $0 != date && $0 != id && body.columns[$0] != .nothing }
      if rest.count == 1 { return rest }
      throw fault(.noColumn("numbers", found: header, option: "--value NAME"), nil)
    }
    guard numeric.count == 1 || isPanel && id == nil else {
      throw fault(.severalColumns("numbers", found: numeric.map { header[$0] }, option: "--value NAME"), nil)
    }
    return numeric
  }

  /// The column that tells series apart: the one named, `unique_id`, or the only column of words under which periods do not repeat.
  private func keyColumn(
    _ options: TableOptions, date: Int?, values: [Int]
  ) throws(ForecastError) -> Int? {
    if let name = options.id { return try required(name, "--id NAME") }
    if column("unique_id") != nil { return try required("unique_id", "--id NAME", isAsked: false) }
    guard let date else { return nil }
    guard Set(rows.map { $0.fields[date] }).count < rows.count else { return nil }
    let words = body.columns.indices.filter { place in
      body.columns[place] == .words && place != date && !values.contains(place)
        && !["unit", "source_id", "note"].contains(header[place].lowercased())
    }
    let keys = words.filter { place in
      let pairs = rows.map { [$0.fields[place], $0.fields[date]] }
      return Set(pairs).count == pairs.count
    }
    return keys.count == 1 && words.count == 1 ? keys[0] : nil
  }

  // MARK: Numbers

  /// The decimal mark of some columns, decided by all of them together.
  private func decimalMark(
    _ options: TableOptions, _ columns: [Int], _ notes: inout [String], _ isGuess: inout Bool
  ) throws(ForecastError) -> DecimalMark {
    if let mark = options.decimal { return mark }
    var (points, commas) = (0, 0)
    var open: (number: WrittenNumber, text: String, line: Int)?
    var (allMoney, allPointed) = (true, true)
    var (hasGroups, hasWholes) = (false, false)
    let numeric = Set(shape.columns.indices.filter { shape.columns[$0] == .numbers }).union(columns)
    for column in numeric.sorted() {
      for row in rows {
        guard let number = WrittenNumber(row.fields[column]) else { continue }
        if number.comma == nil { points += 1 }
        if number.point == nil { commas += 1 }
        guard columns.contains(column) else { continue }
        hasGroups = hasGroups || number.hasCommaGroups
        guard number.isAmbiguous else {
          hasWholes = hasWholes || number.point == number.comma
          continue
        }
        open = open ?? (number, row.fields[column], row.line)
        allPointed = allPointed && number.isPointedGroup
        allMoney =
          allMoney && ["$", "US$", "USD", "£", "GBP"].contains(number.currency ?? "")
          && !number.isPointedGroup
      }
    }
    if points > 0, commas == 0 {
      if hasGroups { notes.append("commas group thousands") }
      return .point
    }
    if commas > 0, points == 0 {
      notes.append("decimal commas")
      return .comma
    }
    guard let (number, text, line) = open else { return .point }
    if points == 0, allMoney, separator == .comma {
      notes.append("commas group thousands; use --decimal comma if they do not")
      isGuess = true
      return .point
    }
    let areCommaDates = rows.contains { row in row.fields.contains { $0.split(separator: ".").count == 3 } }
    if points == 0, allPointed, !hasWholes, separator == .comma, !areCommaDates {
      isGuess = true
      notes.append(
        "\(text) is \(NumberText.plain(number.point ?? 0)); use --decimal comma if the point groups thousands"
      )
      return .point
    }
    throw fault(
      .ambiguousNumber(
        text,
        readings: [number.point, number.comma].compactMap { $0.map { NumberText.plain($0) } },
        option: "--decimal point or --decimal comma"), line)
  }

  /// The numbers of a column as the library writes them; a missing value is empty.
  private func numbers(
    in column: Int, _ mark: DecimalMark, _ notes: inout [String], _ omitted: inout Bool
  ) throws(ForecastError) -> [String] {
    var result: [String] = []
    result.reserveCapacity(rows.count)
    var flags: [String] = []
    var currency: (text: String?, line: Int)?
    var percent: (is: Bool, line: Int)?
    for row in rows {
      let cell = row.fields[column]
      if CSVTable.isMissingMark(cell) {
        result.append("")
        continue
      }
      guard let number = WrittenNumber(cell), let value = number.value(mark), value.isFinite else {
        throw fault(.badNumber(cell), row.line)
      }
      if let percent, percent.is != number.isPercent, value != 0 {
        throw fault(.mixedUnits(number.isPercent ? "%" : "", percent.is ? "%" : ""), row.line)
      }
      if let currency, let found = number.currency, let known = currency.text, known != found {
        throw fault(.mixedUnits(found, known), row.line)
      }
      percent = percent ?? (number.isPercent, row.line)
      if currency?.text == nil { currency = (number.currency, row.line) }
      if let flag = number.flag, !flags.contains(flag) { flags.append(flag) }
      result.append("\(value)")
    }
    if percent?.is == true { notes.append("values are in percent") }
    if let sign = currency?.text { notes.append("values are in \(sign)") }
    if !flags.isEmpty {
      notes.append("left out the marks \(flags.sorted().joined(separator: ", ")) behind numbers")
      omitted = true
    }
    return result
  }

  // MARK: Periods across

  /// The rows of a table with a series a row and a period a column.
  private func across(_ options: TableOptions) throws(ForecastError) -> TidyTable {
    var notes = self.notes
    var omitted = hasOmissions
    let columns = header.indices.filter { TableShape.isPeriod(header[$0]) }
    let words = header.indices.filter { !columns.contains($0) && shape.columns[$0] != .nothing }
    var key = words.first ?? 0
    if let name = options.id {
      key = try required(name, "--id NAME")
    } else if words.count > 1 {
      let telling = words.filter { place in Set(rows.map { $0.fields[place] }).count == rows.count }
      guard let first = telling.first else {
        throw fault(.severalColumns("names", found: words.map { header[$0] }, option: "--id NAME"), nil)
      }
      key = first
    }
    let mark = try decimalMark(options, columns, &notes, &omitted)
    var tidy: [(line: Int, fields: [String])] = []
    for row in rows {
      let one = only(row)
      for column in columns {
        let number = try one.numbers(in: column, mark, &notes, &omitted)
        tidy.append((row.line, [header[column], number[0], row.fields[key]]))
      }
    }
    if let name = options.value { tidy = tidy.filter { $0.fields[2] == name } }
    notes.append("\(rows.count) series, a row each, with periods across")
    var distinct: [String] = []
    for note in notes where !distinct.contains(note) { distinct.append(note) }
    return TidyTable(
      table: CSVTable(header: ["period", "value", "unique_id"], rows: tidy, file: file), notes: distinct,
      hasOmissions: omitted)
  }
}

/// The cells of a sheet of an Office Open XML workbook (xlsx, ECMA-376) as text.
struct Workbook {
  /// The name of the sheet that was read.
  let sheet: String
  /// The number of sheets.
  let sheetCount: Int
  /// The rows that have text, the number of each as its line.
  let records: [TableRecord]

  /// More columns are not read.
  private static let widest = 16_384
  /// More cells are not read.
  private static let mostCells = 50_000_000

  /// Reads a sheet: the one of the name or number, or the first that is not hidden.
  ///
  /// Dates are written as ISO 8601 by the formats of their cells. Formulas count with the values that the file holds.
  ///
  /// - Throws: `ForecastError.data` for a damaged file, `.unknownName` for a sheet that it does not have.
  init(_ bytes: [UInt8], file: String?, sheet wanted: String?) throws(ForecastError) {
    let archive = try ZipArchive(bytes, file: file)
    func fault(_ reason: String) -> ForecastError { .data(DataFault(.unreadable(reason), file: file)) }
    guard let book = try archive.bytes("xl/workbook.xml") else {
      let isOpenDocument = archive.names.contains("content.xml")
      throw fault(
        isOpenDocument
          ? "it is an OpenDocument sheet; save it as xlsx or CSV" : "it is a zip archive without a workbook")
    }
    var sheets: [(name: String, relation: String, isHidden: Bool)] = []
    var isFrom1904 = false
    var scanner = MarkupScanner(book)
    while let part = scanner.next() {
      guard case .start(let name, let attributes) = part else { continue }
      if name == "sheet" {
        let state = attributes["state"] ?? "visible"
        sheets.append((attributes["name"] ?? "", attributes["id"] ?? "", state != "visible"))
      }
      if name == "workbookPr" { isFrom1904 = ["1", "true"].contains(attributes["date1904"] ?? "") }
    }
    let place: Int?
    if let wanted {
      place =
        sheets.firstIndex { $0.name == wanted }
        ?? Int(wanted).flatMap { sheets.indices.contains($0 - 1) ? $0 - 1 : nil }
      guard place != nil else {
        let names = sheets.map(\.name)
        throw .unknownName(
          kind: "sheet in \(file ?? "the workbook")", name: wanted,
          nearest: nearestName(to: wanted, among: names) ?? names.first)
      }
    } else {
      place = sheets.firstIndex { !$0.isHidden } ?? sheets.indices.first
    }
    guard let place else { throw fault("the workbook has no sheet") }
    var targets: [String: String] = [:]
    scanner = MarkupScanner(try archive.bytes("xl/_rels/workbook.xml.rels") ?? [])
    while let part = scanner.next() {
      if case .start("Relationship", let attributes) = part, let id = attributes["Id"] {
        targets[id] = attributes["Target"]
      }
    }
    let target = targets[sheets[place].relation] ?? "worksheets/sheet\(place + 1).xml"
    let path = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
    guard let cells = try archive.bytes(path) else { throw fault("the workbook lacks \(path)") }
    let strings = Workbook.strings(try archive.bytes("xl/sharedStrings.xml") ?? [])
    let styles = SheetStyles(try archive.bytes("xl/styles.xml") ?? [], isFrom1904: isFrom1904)
    guard let records = Workbook.records(cells, strings, styles) else {
      throw fault("the sheet is too large")
    }
    self.records = records
    sheet = sheets[place].name
    sheetCount = sheets.count
  }

  /// The texts that cells refer to by number; readings of Asian texts beside them are left out.
  private static func strings(_ bytes: [UInt8]) -> [String] {
    var result: [String] = []
    var text = ""
    var (isText, isReading) = (false, false)
    var scanner = MarkupScanner(bytes)
    while let part = scanner.next() {
      switch part {
      case .start("si", _): text = ""
      case .start("t", _): isText = true
      case .end("t"): isText = false
      case .start("rPh", _): isReading = true
      case .end("rPh"): isReading = false
      case .end("si"): result.append(text)
      case .text(let part) where isText && !isReading: text += part
      default: break
      }
    }
    return result
  }

  /// The rows of a sheet that have text; `nil` if it has too many cells.
  private static func records(_ bytes: [UInt8], _ strings: [String], _ styles: SheetStyles) -> [TableRecord]?
  {
    var rows: [(line: Int, cells: [(column: Int, text: String)])] = []
    var (line, column, width, count) = (0, 0, 0, 0)
    var (type, style, text) = ("n", 0, "")
    var isText = false
    var scanner = MarkupScanner(bytes)
    while let part = scanner.next() {
      switch part {
      case .start("row", let attributes):
        line = attributes["r"].flatMap { Int($0) } ?? line + 1
        column = 0
        rows.append((line, []))
      case .start("c", let attributes):
        column = attributes["r"].flatMap { Workbook.column($0) } ?? column + 1
        (type, style, text) = (attributes["t"] ?? "n", attributes["s"].flatMap { Int($0) } ?? 0, "")
      case .start("v", _), .start("t", _): isText = true
      case .end("v"), .end("t"): isText = false
      case .text(let part) where isText: text += part
      case .end("c"):
        count += 1
        guard count <= mostCells, !rows.isEmpty else { return nil }
        guard !text.isEmpty, (1...widest).contains(column) else { continue }
        let cell =
          switch type {
          case "s": Int(text).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
          case "n": styles.text(text, style: style)
          default: text
          }
        rows[rows.count - 1].cells.append((column, CSVTable.trimmed(cell)))
        width = max(width, column)
      case .end("sheetData"):
        return filled(rows, width)
      default: break
      }
    }
    return filled(rows, width)
  }

  private static func filled(
    _ rows: [(line: Int, cells: [(column: Int, text: String)])], _ width: Int
  ) -> [TableRecord]? {
    // Columns without any text are no columns.
    let used = Set(rows.lazy.flatMap(\.cells).filter { !$0.text.isEmpty }.map(\.column)).sorted()
    guard rows.count * used.count <= mostCells else { return nil }
    let places = Dictionary(uniqueKeysWithValues: used.enumerated().map { ($1, $0) })
    return rows.compactMap { row in
      var fields = [String](repeating: "", count: used.count)
      for cell in row.cells { if let place = places[cell.column] { fields[place] = cell.text } }
      let record = TableRecord(line: row.line, fields: fields)
      return record.isBlank ? nil : record
    }
  }

  /// The number of the column in a reference such as `AB12`, from 1.
  private static func column(_ reference: String) -> Int? {
    var result = 0
    for byte in reference.utf8 {
      guard (65...90).contains(byte) else { break }
      result = result * 26 + Int(byte) - 64
      guard result <= widest else { return nil }
    }
    return result > 0 ? result : nil
  }
}

/// The formats of the cells of a workbook: which numbers are dates.
struct SheetStyles {
  private var areDates: [Bool] = []
  private let isFrom1904: Bool

  init(_ bytes: [UInt8], isFrom1904: Bool) {
    self.isFrom1904 = isFrom1904
    var codes: [Int: String] = [:]
    var isInCells = false
    var scanner = MarkupScanner(bytes)
    while let part = scanner.next() {
      switch part {
      case .start("numFmt", let attributes):
        if let id = attributes["numFmtId"].flatMap({ Int($0) }) { codes[id] = attributes["formatCode"] }
      case .start("cellXfs", _): isInCells = true
      case .end("cellXfs"): isInCells = false
      case .start("xf", let attributes) where isInCells:
        let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
        areDates.append(codes[id].map { SheetStyles.isDate($0) } ?? SheetStyles.usualDates.contains(id))
      default: break
      }
    }
  }

  /// The formats of dates that have no code in the file.
  private static let usualDates = Set(14...17).union([22]).union(27...31).union([36]).union(50...54).union([
    57, 58,
  ])

  /// Whether a format shows a day, a month or a year.
  private static func isDate(_ code: String) -> Bool {
    var (isQuoted, isBracketed, isEscaped) = (false, false, false)
    var letters: Set<Character> = []
    for character in code.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if isQuoted {
        isQuoted = character != "\""
      } else if isBracketed {
        isBracketed = character != "]"
      } else if character == "\\" || character == "_" || character == "*" {
        isEscaped = true
      } else if character == "\"" {
        isQuoted = true
      } else if character == "[" {
        isBracketed = true
      } else if character == ";" {
        break
      } else {
        letters.insert(character)
      }
    }
    return letters.contains("y") || letters.contains("d")
      || letters.contains("m") && letters.isDisjoint(with: "hs0#?")
  }

  /// The text of a number: a date if the style of its cell shows one.
  func text(_ number: String, style: Int) -> String {
    guard let value = Double(decimal: number) else { return number }
    guard areDates.indices.contains(style), areDates[style], value >= 1, value < 2_958_466 else {
      return CSVTable.unmistakable(value)
    }
    var day = Int(value.rounded(.down))
    var second = Int(((value - Double(day)) * 86_400).rounded())
    if second == 86_400 { (day, second) = (day + 1, 0) }
    // Day 60 of the calendar from 1900 is a 29 February that was not.
    let epoch = isFrom1904 ? -24_107 : day < 60 ? -25_568 : -25_569
    let date = CivilDate(daysSinceEpoch: epoch + day).description
    guard second > 0 else { return date }
    let clock = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return date + "T" + clock.joined(separator: ":")
  }
}

extension CSVTable {
  /// A number as text that no decimal mark but the point can read.
  static func unmistakable(_ value: Double) -> String {
    let text = NumberText.plain(value)
    let parts = text.split(separator: ".")
    return parts.count == 2 && parts[1].utf8.count == 3 ? text + "0" : text
  }
}

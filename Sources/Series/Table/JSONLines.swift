/// Flat JSON objects, a line each (NDJSON) or in one array, as the records of a table.
struct JSONLines {
  /// The names of the columns in the order in which they first appear, and then a record for each object.
  let records: [TableRecord]

  /// Whether bytes begin an object or an array of them.
  static func begins(_ bytes: [UInt8]) -> Bool {
    let start = bytes.prefix(256).filter { !isSpace($0) }
    return start.first == UInt8(ascii: "{") || start.starts(with: Array("[{".utf8))
  }

  /// - Throws: `ForecastError.data` with the line for text that is no flat object.
  init(_ bytes: [UInt8], file: String?) throws(ForecastError) {
    var reader = Reader(bytes: bytes)
    var names: [String] = []
    var places: [String: Int] = [:]
    var objects: [(line: Int, fields: [String])] = []
    while true {
      reader.skip(",[]")
      guard reader.place < bytes.count else { break }
      let line = reader.line
      guard let object = reader.object() else {
        throw .data(
          DataFault(
            .unreadable("not a flat JSON object such as {\"ds\":\"2020-01\",\"y\":6.9}"), file: file,
            line: line))
      }
      var fields = [String](repeating: "", count: names.count)
      for (name, value) in object {
        if let place = places[name] {
          fields[place] = value
        } else {
          places[name] = names.count
          names.append(name)
          fields.append(value)
        }
      }
      objects.append((line, fields))
    }
    records =
      [TableRecord(line: 1, fields: names)]
      + objects.map { object in
        let lacking = [String](repeating: "", count: names.count - object.fields.count)
        return TableRecord(line: object.line, fields: object.fields + lacking)
      }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// The place in the text while it is read.
  private struct Reader {
    let bytes: [UInt8]
    var place = 0
    var line = 1

    var byte: UInt8? { place < bytes.count ? bytes[place] : nil }

    /// Skips spaces and some marks.
    mutating func skip(_ marks: String = "") {
      while let byte, JSONLines.isSpace(byte) || marks.utf8.contains(byte) {
        if byte == 10 { line += 1 }
        place += 1
      }
    }

    mutating func takes(_ mark: Unicode.Scalar) -> Bool {
      skip()
      guard byte == UInt8(ascii: mark) else { return false }
      place += 1
      return true
    }

    /// The names and values of an object, nulls empty; `nil` if it is none, or not flat.
    mutating func object() -> [(String, String)]? {
      guard takes("{") else { return nil }
      var result: [(String, String)] = []
      if takes("}") { return result }
      repeat {
        skip()
        guard let name = string(), takes(":"), let value = value(), !result.contains(where: { $0.0 == name })
        else {
          return nil
        }
        result.append((name, value))
      } while takes(",")
      return takes("}") ? result : nil
    }

    private mutating func value() -> String? {
      skip()
      if byte == UInt8(ascii: "\"") { return string() }
      let start = place
      while let byte, !JSONLines.isSpace(byte), !",}]{[\":".utf8.contains(byte) { place += 1 }
      let text = String(decoding: bytes[start..<place], as: UTF8.self)
      switch text {
      case "null", "NaN": return ""
      case "true", "false": return text
      default:
        guard let number = Double(decimal: text) else { return nil }
        return text.contains(".") || text.contains("e") || text.contains("E")
          ? CSVTable.unmistakable(number) : text
      }
    }

    private mutating func string() -> String? {
      guard byte == UInt8(ascii: "\"") else { return nil }
      place += 1
      var units: [UInt16] = []
      var text = ""
      func flush() {
        text += String(decoding: units, as: UTF16.self)
        units = []
      }
      var run: [UInt8] = []
      while let byte {
        place += 1
        if byte != UInt8(ascii: "\\"), !units.isEmpty { flush() }
        if byte == UInt8(ascii: "\"") { return text + String(decoding: run, as: UTF8.self) }
        guard byte == UInt8(ascii: "\\") else {
          run.append(byte)
          continue
        }
        text += String(decoding: run, as: UTF8.self)
        run = []
        guard let mark = self.byte else { return nil }
        place += 1
        switch mark {
        case UInt8(ascii: "u"):
          guard place + 4 <= bytes.count,
            let unit = UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
          else { return nil }
          units.append(unit)
          place += 4
        case UInt8(ascii: "n"): units.append(10)
        case UInt8(ascii: "t"): units.append(9)
        case UInt8(ascii: "r"): units.append(13)
        case UInt8(ascii: "b"), UInt8(ascii: "f"): units.append(32)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(UInt16(mark))
        default: return nil
        }
      }
      return nil
    }
  }
}

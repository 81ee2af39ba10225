/// The records of a CSV file one after another (RFC 4180: quotes, doubled quotes, line breaks in quotes), in constant memory.
struct CSVStream {
  /// The name of the file, for messages.
  let file: String?
  /// The line on which the current record begins.
  private(set) var line = 1
  private let source: ByteSource?
  /// The bytes that a record has at most.
  private static let longestRecord = 1 << 26
  private var chunk: [UInt8]
  private var position = 0
  private var filled: Int
  private var currentLine = 1
  // The fields of the record without their quotes, one after another, and where each ends.
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// The records of a file; `-` is standard input.
  init(path: String) throws(ForecastError) {
    file = path == "-" ? "standard input" : path
    source = try ByteSource(path: path)
    chunk = [UInt8](repeating: 0, count: 1 << 18)
    filled = 0
  }

  /// Reads the first piece of the file, if none was read; returns what is there without consuming it.
  mutating func peek() throws(ForecastError) -> ArraySlice<UInt8> {
    if position == filled, line == 1 {
      filled = try source?.read(into: &chunk) ?? 0
      position = 0
    }
    return chunk[position..<filled]
  }

  /// The rest of the file as it stands.
  mutating func rest() throws(ForecastError) -> [UInt8] {
    let first = Array(chunk[position..<filled])
    position = filled
    return try source?.rest(after: first) ?? first
  }

  /// The records of a text.
  init(text: String, file: String?) {
    self.file = file
    source = nil
    chunk = Array(text.utf8)
    filled = chunk.count
  }

  /// The number of fields of the record.
  var count: Int { ends.count }

  /// The fields of the record as text.
  ///
  /// - Throws: `ForecastError.data` if a field is not UTF-8 text.
  func texts() throws(ForecastError) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(count)
    for index in 0..<count {
      guard let text = String(validating: field(index), as: UTF8.self) else {
        throw .data(DataFault(.unreadable("not UTF-8 text"), file: file, line: line))
      }
      texts.append(text)
    }
    return texts
  }

  /// A field of the record.
  func field(_ index: Int) -> ArraySlice<UInt8> { bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]] }

  /// Reads the next record that is not blank; returns whether there is one.
  ///
  /// - Throws: `ForecastError.data` if the file cannot be read or a quoted field is not closed.
  mutating func next() throws(ForecastError) -> Bool {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    line = currentLine
    var inQuotes = false
    var afterQuote = false
    var wasQuoted = false
    var fieldStart = 0
    while true {
      if position == filled {
        filled = try source?.read(into: &chunk) ?? 0
        position = 0
        guard filled > 0 else { break }
        guard bytes.count <= CSVStream.longestRecord else {
          throw .data(
            DataFault(
              .unreadable("has a row of more than \(CSVStream.longestRecord >> 20) MiB"), file: file,
              line: line))
        }
      }
      let byte = chunk[position]
      position += 1
      if byte == 10 { currentLine += 1 }
      if inQuotes {
        if afterQuote {
          afterQuote = false
          if byte == 34 {
            bytes.append(34)
            continue
          }
          inQuotes = false  // the quote before this byte closed the field
        } else {
          if byte == 34 { afterQuote = true } else { bytes.append(byte) }
          continue
        }
      }
      switch byte {
      case 44:
        ends.append(bytes.count)
        fieldStart = bytes.count
        wasQuoted = false
      case 10:
        if ends.isEmpty, bytes.isEmpty, !wasQuoted {
          line = currentLine
          continue
        }
        ends.append(bytes.count)
        return true
      case 13: break
      case 34 where bytes.count == fieldStart && !wasQuoted:
        inQuotes = true
        wasQuoted = true
      default: bytes.append(byte)
      }
    }
    if inQuotes, !afterQuote { throw .data(DataFault(.unterminatedQuote, file: file, line: line)) }
    guard !ends.isEmpty || !bytes.isEmpty || wasQuoted else { return false }
    ends.append(bytes.count)
    return true
  }
}

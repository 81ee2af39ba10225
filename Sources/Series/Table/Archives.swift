/// Files compressed by gzip (RFC 1952).
enum GzipFile {
  /// The largest text that is read.
  static let limit = 1 << 31

  /// Whether bytes begin a gzip file.
  static func begins(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x1F, 0x8B, 8]) }

  /// The bytes of all members of a file.
  ///
  /// - Throws: `ForecastError.data` for a damaged file, and one of more than 2 GiB.
  static func bytes(_ input: [UInt8], file: String?) throws(ForecastError) -> [UInt8] {
    let damaged = ForecastError.data(DataFault(.unreadable("the gzip file is damaged"), file: file))
    var output: [UInt8] = []
    var place = 0
    repeat {
      guard let start = header(input, place) else { throw damaged }
      let room = limit - output.count
      guard let (bytes, end) = Inflation.bytes(input, from: start, to: input.count, limit: room) else {
        throw damaged
      }
      guard end + 8 <= input.count, CyclicCheck.sum(bytes) == UInt32(littleEndian(input, end, 4)),
        bytes.count & 0xFFFF_FFFF == littleEndian(input, end + 4, 4)
      else {
        throw damaged
      }
      output += bytes
      place = end + 8
    } while begins(input[place...])
    return output
  }

  /// The place behind the header of a member; `nil` if it is none.
  private static func header(_ input: [UInt8], _ start: Int) -> Int? {
    guard start + 10 <= input.count, begins(input[start...]) else { return nil }
    let flags = input[start + 3]
    var place = start + 10
    if flags & 4 != 0 {
      guard place + 2 <= input.count else { return nil }
      place += 2 + littleEndian(input, place, 2)
    }
    for flag: UInt8 in [8, 16] where flags & flag != 0 {
      guard place < input.count, let zero = input[place...].firstIndex(of: 0) else { return nil }
      place = zero + 1
    }
    if flags & 2 != 0 { place += 2 }
    return place <= input.count ? place : nil
  }
}

/// The files in a zip archive.
struct ZipArchive {
  /// The largest file that is read from an archive.
  static let limit = 1 << 28

  private let input: [UInt8]
  private let file: String?
  private var entries: [String: (method: Int, sum: UInt32, packed: Int, size: Int, offset: Int)] = [:]

  /// Whether bytes begin a zip archive.
  static func begins(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: [0x50, 0x4B, 3, 4]) }

  /// Reads the directory of an archive.
  ///
  /// - Throws: `ForecastError.data` for bytes that are none.
  init(_ input: [UInt8], file: String?) throws(ForecastError) {
    self.input = input
    self.file = file
    let damaged = ForecastError.data(DataFault(.unreadable("the zip archive is damaged"), file: file))
    guard input.count >= 22 else { throw damaged }
    let earliest = max(0, input.count - 22 - 65_535)
    let end = stride(from: input.count - 22, through: earliest, by: -1).first { place in
      input[place] == 0x50 && input[place...].starts(with: [0x50, 0x4B, 5, 6])
    }
    guard let end else { throw damaged }
    let count = littleEndian(input, end + 10, 2)
    var place = littleEndian(input, end + 16, 4)
    for _ in 0..<count {
      guard place + 46 <= input.count, input[place...].starts(with: [0x50, 0x4B, 1, 2]) else { throw damaged }
      let length = littleEndian(input, place + 28, 2)
      guard place + 46 + length <= input.count else { throw damaged }
      let name = String(decoding: input[(place + 46)..<(place + 46 + length)], as: UTF8.self)
      entries[name] = (
        littleEndian(input, place + 10, 2), UInt32(littleEndian(input, place + 16, 4)),
        littleEndian(input, place + 20, 4), littleEndian(input, place + 24, 4),
        littleEndian(input, place + 42, 4)
      )
      place += 46 + length + littleEndian(input, place + 30, 2) + littleEndian(input, place + 32, 2)
    }
  }

  /// The names of the files.
  var names: [String] { entries.keys.sorted() }

  /// The bytes of a file; `nil` if the archive has none of the name.
  ///
  /// - Throws: `ForecastError.data` for a damaged file, and for one of more than 256 MiB.
  func bytes(_ name: String) throws(ForecastError) -> [UInt8]? {
    guard let entry = entries[name] else { return nil }
    func fault(_ reason: String) -> ForecastError {
      .data(DataFault(.unreadable("\(name) in the archive \(reason)"), file: file))
    }
    guard entry.size <= ZipArchive.limit else { throw fault("is too large") }
    guard entry.offset + 30 <= input.count, input[entry.offset...].starts(with: [0x50, 0x4B, 3, 4]) else {
      throw fault("is damaged")
    }
    let start =
      entry.offset + 30 + littleEndian(input, entry.offset + 26, 2)
      + littleEndian(input, entry.offset + 28, 2)
    guard start + entry.packed <= input.count else { throw fault("is damaged") }
    let bytes: [UInt8]
    switch entry.method {
    case 0: bytes = Array(input[start..<(start + entry.packed)])
    case 8:
      guard
        let found = Inflation.bytes(input, from: start, to: start + entry.packed, limit: entry.size)
      else { throw fault("is damaged") }
      bytes = found.bytes
    default: throw fault("is packed in a way that is not read")
    }
    guard bytes.count == entry.size, CyclicCheck.sum(bytes) == entry.sum else { throw fault("is damaged") }
    return bytes
  }
}

/// The number that bytes stand for, the least significant first; bytes behind the end are zero.
private func littleEndian(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
  (0..<count).reduce(0) { sum, offset in
    place + offset < bytes.count ? sum | Int(bytes[place + offset]) << (8 * offset) : sum
  }
}

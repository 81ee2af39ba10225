/// The elements and texts of an XML document one after another, without namespaces, entities of its own, or checks of its form.
struct MarkupScanner {
  /// A part of a document.
  enum Part {
    case start(String, [String: String])
    case end(String)
    case text(String)
  }

  private let bytes: [UInt8]
  private var place = 0
  private var pendingEnd: String?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns the next part; `nil` at the end, or where the document breaks off.
  mutating func next() -> Part? {
    if let name = pendingEnd {
      pendingEnd = nil
      return .end(name)
    }
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "<") else {
        let end = bytes[place...].firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
        defer { place = end }
        return .text(MarkupScanner.plain(bytes[place..<end]))
      }
      let rest = bytes[place...]
      if rest.starts(with: Array("<![CDATA[".utf8)) {
        let start = place + 9
        place = end(of: "]]>", from: start)
        return .text(String(decoding: bytes[start..<max(start, place - 3)], as: UTF8.self))
      }
      if rest.starts(with: Array("<!--".utf8)) {
        place = end(of: "-->", from: place + 4)
      } else if rest.starts(with: Array("<?".utf8)) || rest.starts(with: Array("<!".utf8)) {
        place = end(of: ">", from: place)
      } else {
        return tag()
      }
    }
    return nil
  }

  /// The place behind the next occurrence of a mark.
  private func end(of mark: String, from start: Int) -> Int {
    let mark = Array(mark.utf8)
    var place = start
    while place + mark.count <= bytes.count {
      if bytes[place] == mark[0], bytes[place...].starts(with: mark) { return place + mark.count }
      place += 1
    }
    return bytes.count
  }

  private mutating func tag() -> Part? {
    var close = place + 1
    var quote: UInt8?
    while close < bytes.count {
      let byte = bytes[close]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        break
      }
      close += 1
    }
    guard close < bytes.count else {
      place = bytes.count
      return nil
    }
    var inner = bytes[(place + 1)..<close]
    place = close + 1
    if inner.first == UInt8(ascii: "/") { return .end(MarkupScanner.name(inner.dropFirst())) }
    let isEmpty = inner.last == UInt8(ascii: "/")
    if isEmpty { inner = inner.dropLast() }
    let name = MarkupScanner.name(inner)
    if isEmpty { pendingEnd = name }
    return .start(name, MarkupScanner.attributes(inner.drop { !MarkupScanner.isSpace($0) }))
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  /// The name at the start of a tag, without its prefix.
  private static func name(_ inner: ArraySlice<UInt8>) -> String {
    let whole = inner.prefix { !isSpace($0) }
    let local = whole.lastIndex(of: UInt8(ascii: ":")).map { whole[($0 + 1)...] } ?? whole
    return String(decoding: local, as: UTF8.self)
  }

  private static func attributes(_ text: ArraySlice<UInt8>) -> [String: String] {
    var result: [String: String] = [:]
    var rest = text
    while let equal = rest.firstIndex(of: UInt8(ascii: "=")) {
      let key = rest[..<equal].filter { !isSpace($0) }
      let value = rest[(equal + 1)...].drop { isSpace($0) }
      guard let quote = value.first, let close = value.dropFirst().firstIndex(of: quote) else { break }
      let inside = value[(value.startIndex + 1)..<close]
      result[name(key[...])] = plain(inside)
      rest = value[(close + 1)...]
    }
    return result
  }

  /// A text with the characters that its entities stand for.
  private static func plain(_ text: ArraySlice<UInt8>) -> String {
    guard text.contains(UInt8(ascii: "&")) else { return String(decoding: text, as: UTF8.self) }
    var result = ""
    var rest = text
    while let mark = rest.firstIndex(of: UInt8(ascii: "&")) {
      result += String(decoding: rest[..<mark], as: UTF8.self)
      guard let close = rest[mark...].firstIndex(of: UInt8(ascii: ";")), close - mark < 12 else {
        return result + String(decoding: rest[mark...], as: UTF8.self)
      }
      let name = String(decoding: rest[(mark + 1)..<close], as: UTF8.self)
      result += character(name) ?? "&\(name);"
      rest = rest[(close + 1)...]
    }
    return result + String(decoding: rest, as: UTF8.self)
  }

  private static func character(_ name: String) -> String? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard name.hasPrefix("#") else { return nil }
      let code = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
      return code.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
    }
  }
}

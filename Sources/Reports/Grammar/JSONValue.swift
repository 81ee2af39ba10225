internal import Forecasting

/// A JSON value.
///
/// A number that is not finite is written as null.
package enum JSONValue: Sendable, Equatable {
  case null
  case flag(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  /// An object of named values, absent ones as null.
  package init(_ members: [String: any JSONConvertible]) { self = .object(members.mapValues(\.jsonValue)) }

  /// The document on several lines, its keys in order, with a final line feed.
  package var document: String {
    var text = ""
    write(to: &text, indent: 0)
    return text + "\n"
  }

  /// The document on one line, its keys in order, with a final line feed.
  package var line: String {
    var text = ""
    write(to: &text, indent: nil)
    return text + "\n"
  }

  /// The value as a CSV field: nothing for null, and a list as words.
  package var field: String {
    switch self {
    case .null, .object: ""
    case .flag(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .unsigned(let value): "\(value)"
    case .number(let value): value.isFinite ? "\(value)" : ""
    case .text(let value): value
    case .list(let values): values.map(\.field).joined(separator: " ")
    }
  }

  /// The value as a CSV field, with numbers of some significant digits; `nil` for exact ones.
  package func field(digits: Int?) -> String {
    guard let digits else { return field }
    switch self {
    case .number(let value): return value.isFinite ? NumberText.short(value, digits) : ""
    case .list(let values): return values.map { $0.field(digits: digits) }.joined(separator: " ")
    default: return field
    }
  }

  private func write(to text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .number(let value): text += value.isFinite ? NumberText.plain(value) : "null"
    case .flag, .integer, .unsigned: text += field
    case .text(let value): JSONValue.quote(value, to: &text)
    case .list(let values):
      JSONValue.enclose(values, "[", "]", to: &text, indent) { value, text, indent in
        value.write(to: &text, indent: indent)
      }
    case .object(let members):
      let sorted = members.sorted { $0.key < $1.key }
      JSONValue.enclose(sorted, "{", "}", to: &text, indent) { member, text, indent in
        JSONValue.quote(member.key, to: &text)
        text += indent == nil ? ":" : " : "
        member.value.write(to: &text, indent: indent)
      }
    }
  }

  private static func enclose<Element>(
    _ elements: [Element], _ opening: String, _ closing: String, to text: inout String, _ indent: Int?,
    _ write: (Element, inout String, Int?) -> Void
  ) {
    text += opening
    let inner = elements.isEmpty ? nil : indent.map { $0 + 2 }
    for (place, element) in elements.enumerated() {
      if place > 0 { text += "," }
      if let inner { text += "\n" + String(repeating: " ", count: inner) }
      write(element, &text, inner)
    }
    if inner != nil, let indent { text += "\n" + String(repeating: " ", count: indent) }
    text += closing
  }

  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{8}": text += "\\b"
      case "\u{C}": text += "\\f"
      case _ where scalar.value < 0x20:
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

/// A value that a report can write.
package protocol JSONConvertible: Sendable {
  /// Whether tables align it to the right.
  static var isNumeric: Bool { get }

  /// The value as JSON.
  var jsonValue: JSONValue { get }
}

extension JSONConvertible {
  package static var isNumeric: Bool { false }
}

extension JSONValue: JSONConvertible {
  package var jsonValue: JSONValue { self }
}

extension String: JSONConvertible {
  package var jsonValue: JSONValue { .text(self) }
}

extension Bool: JSONConvertible {
  package var jsonValue: JSONValue { .flag(self) }
}

extension Double: JSONConvertible {
  package static var isNumeric: Bool { true }
  package var jsonValue: JSONValue { isFinite ? .number(self) : .null }
}

extension Int: JSONConvertible {
  package static var isNumeric: Bool { true }
  package var jsonValue: JSONValue { .integer(Int64(self)) }
}

extension Int64: JSONConvertible {
  package static var isNumeric: Bool { true }
  package var jsonValue: JSONValue { .integer(self) }
}

extension UInt64: JSONConvertible {
  package static var isNumeric: Bool { true }
  package var jsonValue: JSONValue { .unsigned(self) }
}

extension Optional: JSONConvertible where Wrapped: JSONConvertible {
  package static var isNumeric: Bool { Wrapped.isNumeric }
  package var jsonValue: JSONValue { map(\.jsonValue) ?? .null }
}

extension Array: JSONConvertible where Element: JSONConvertible {
  package var jsonValue: JSONValue { .list(map(\.jsonValue)) }
}

extension Dictionary: JSONConvertible where Key == String, Value: JSONConvertible {
  package var jsonValue: JSONValue { .object(mapValues(\.jsonValue)) }
}

extension ClosedRange: JSONConvertible where Bound: JSONConvertible {
  package var jsonValue: JSONValue { .list([lowerBound.jsonValue, upperBound.jsonValue]) }
}

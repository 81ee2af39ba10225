/// A JSON document with its numbers as they are written (`JSONSerialization` moves some by an ulp).
public enum JSON: Decodable, Equatable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSON])
  case object([String: JSON])

  /// The value that a decoder reads.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let list = try? container.decode([JSON].self) {
      self = .list(list)
    } else if let object = try? container.decode([String: JSON].self) {
      self = .object(object)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else {
      self = .flag(try container.decode(Bool.self))
    }
  }

  /// The value of a key; `nil` when this is no object or has no such key.
  public subscript(_ key: String) -> JSON? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The elements of a list, none of anything else.
  public var list: [JSON] { if case .list(let list) = self { list } else { [] } }

  /// The number, where it is one.
  public var number: Double? { if case .number(let number) = self { number } else { nil } }

  /// The text, where it is one.
  public var text: String? { if case .text(let text) = self { text } else { nil } }
}

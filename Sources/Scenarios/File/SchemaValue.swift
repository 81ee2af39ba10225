/// A JSON value that is written as Swift literals.
indirect enum SchemaValue: Encodable, Sendable {
  case text(String)
  case number(Double)
  case flag(Bool)
  case list([SchemaValue])
  case object([String: SchemaValue])
  /// A schema that stands once, under a name, and is referred to.
  case defined(String, SchemaValue)

  /// A member of an object.
  subscript(_ key: String) -> SchemaValue? {
    get { if case .object(let members) = self { members[key] } else { nil } }
    set {
      guard case .object(var members) = self else { return }
      members[key] = newValue
      self = .object(members)
    }
  }

  /// The schema of an object with one key bound to a word.
  func with(_ key: String, _ word: String, isRequired: Bool) -> SchemaValue {
    var schema = self
    schema["properties"]?[key] = ["const": .text(word)]
    if isRequired, case .list(let keys) = self["required"] ?? [] {
      let others = keys.filter { if case .text(key) = $0 { false } else { true } }
      schema["required"] = .list([.text(key)] + others)
    }
    return schema
  }

  /// The same with references to the schemas that have names, which are collected.
  func resolved(_ definitions: inout [String: SchemaValue]) -> SchemaValue {
    switch self {
    case .text, .number, .flag: return self
    case .list(let items): return .list(items.map { $0.resolved(&definitions) })
    case .object(let members): return .object(members.mapValues { $0.resolved(&definitions) })
    case .defined(let name, let schema):
      if definitions[name] == nil { definitions[name] = schema.resolved(&definitions) }
      return ["$ref": .text("#/$defs/\(name)")]
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .number(let number): try container.encode(number)
    case .flag(let flag): try container.encode(flag)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    case .defined(_, let schema): try container.encode(schema)
    }
  }
}

extension SchemaValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .number(Double(value)) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(booleanLiteral value: Bool) { self = .flag(value) }
  init(arrayLiteral elements: SchemaValue...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, SchemaValue)...) {
    self = .object(Dictionary(elements) { $1 })
  }
}

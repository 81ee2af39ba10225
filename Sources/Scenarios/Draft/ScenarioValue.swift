/// A value of a scenario file: a text, a number, a flag, a list or a mapping.
///
/// Literals make one.
public enum ScenarioValue: Sendable, Hashable {
  /// A text, such as a name, an expression or a unit.
  case text(String)
  /// A number.
  case number(Double)
  /// A whole number.
  case whole(Int)
  /// True or false.
  case flag(Bool)
  /// A list.
  case list([ScenarioValue])
  /// A mapping, in order.
  case mapping([Entry])

  /// A key with its value.
  public struct Entry: Sendable, Hashable {
    /// The key.
    public var key: String
    /// The value.
    public var value: ScenarioValue

    /// Creates an entry.
    public init(_ key: String, _ value: ScenarioValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value in YAML's flow style; a number has the digits that give its bits back.
  public var yaml: String {
    switch self {
    case .text(let text): ScenarioValue.quoted(text)
    case .number(let number):
      number.isFinite
        ? number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        : ScenarioValue.quoted("\(number)")
    case .whole(let number): "\(number)"
    case .flag(let flag): "\(flag)"
    case .list(let values): "[" + values.map(\.yaml).joined(separator: ", ") + "]"
    case .mapping(let entries):
      "{" + entries.map { "\(ScenarioValue.key($0.key)): \($0.value.yaml)" }.joined(separator: ", ") + "}"
    }
  }

  /// A key: the number of a year, or a text.
  static func key(_ text: String) -> String {
    Int(text).map { "\($0)" == text } == true ? text : quoted(text)
  }

  /// A text as it is if nothing in it means anything else in YAML, otherwise in double quotes.
  private static func quoted(_ text: String) -> String {
    let plain = text.utf8.allSatisfy { byte in
      (97...122).contains(byte) || (65...90).contains(byte) || byte == 95 || (48...57).contains(byte)
        || byte == 45 || byte == 46 || byte == 47
    }
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
    let first = text.utf8.first ?? 45
    if plain, (97...122).contains(first) || (65...90).contains(first),
      !reserved.contains(text.lowercased())
    {
      return text
    }
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _ where scalar.value < 32 || scalar.value == 127:
        let digits = String(scalar.value, radix: 16)
        result += "\\x" + String(repeating: "0", count: max(0, 2 - digits.count)) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

extension ScenarioValue: ExpressibleByStringLiteral {
  /// A text.
  public init(stringLiteral text: String) { self = .text(text) }
}

extension ScenarioValue: ExpressibleByFloatLiteral {
  /// A number.
  public init(floatLiteral number: Double) { self = .number(number) }
}

extension ScenarioValue: ExpressibleByIntegerLiteral {
  /// A whole number.
  public init(integerLiteral number: Int) { self = .whole(number) }
}

extension ScenarioValue: ExpressibleByBooleanLiteral {
  /// True or false.
  public init(booleanLiteral flag: Bool) { self = .flag(flag) }
}

extension ScenarioValue: ExpressibleByArrayLiteral {
  /// A list.
  public init(arrayLiteral values: ScenarioValue...) { self = .list(values) }
}

extension ScenarioValue: ExpressibleByDictionaryLiteral {
  /// A mapping, in order.
  public init(dictionaryLiteral entries: (String, ScenarioValue)...) {
    self = .mapping(entries.map { Entry($0.0, $0.1) })
  }
}

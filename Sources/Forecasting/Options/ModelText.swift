/// A model as text: `name` or `name:option=value,option=value`.
///
/// A value in which a comma or plus sign is to mean nothing stands in parentheses: `combination:members=(ets:form=ANN,season=4)+drift`.
public struct ModelText: Sendable, Hashable {
  /// The model's name.
  public var name: String
  /// The options with their values as text.
  public var options: [String: String]

  /// The parts of a text.
  ///
  /// - Throws: `ForecastError.invalidOption` unless the options are written `option=value`, each once.
  public init(_ text: String) throws(ForecastError) {
    let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    name = halves.first.map(String.init) ?? ""
    options = [:]
    guard halves.count == 2 else { return }
    for option in ModelText.parts(of: halves[1], at: ",") {
      let pair = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, options[String(pair[0])] == nil else {
        throw .invalidOption(
          name: "model", value: text,
          reason: "write options as name:option=value,option=value, each once")
      }
      options[String(pair[0])] = String(pair[1])
    }
  }

  /// The text of a model with options in order.
  static func text(_ name: String, _ options: [(name: String, value: String)]) -> String {
    guard !options.isEmpty else { return name }
    return name + ":" + options.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
  }

  /// A text's parts between the separators that stand outside parentheses.
  package static func parts(of text: some StringProtocol, at separator: Character) -> [String] {
    var parts: [String] = []
    var part = ""
    var depth = 0
    for character in text {
      if character == separator, depth == 0 {
        parts.append(part)
        part = ""
        continue
      }
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(0, depth - 1) }
      part.append(character)
    }
    return parts + [part]
  }
}

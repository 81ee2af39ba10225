/// How the value of an option is written as text.
///
/// One syntax reads a text, writes a value in its normal form, says in words what it takes, and lists example texts, so that
/// help, refusals and tests follow from it:
///
/// ```swift
/// let season: OptionSyntax<Int?> = .optional(.whole(in: 1...1000), absent: "auto")
/// try season.value(of: "12", option: "season")  // 12
/// season.text(of: nil)                          // "auto"
/// season.alternatives                           // ["a whole number from 1 to 1000", "auto"]
/// ```
public struct OptionSyntax<Value>: Sendable {
  /// What it takes: words that are accepted as they stand, descriptions such as `a number above 0`, and forms with
  /// placeholders in capitals such as `fourier:K`.
  public let alternatives: [String]
  /// Texts that it accepts, every word of `alternatives` among them.
  public let examples: [String]
  /// The alternatives that are accepted as they stand.
  let words: [String]
  let read: @Sendable (String) -> Value?
  let write: @Sendable (Value) -> String?
  let fault: @Sendable (String) -> ForecastError?

  /// A syntax from its parts.
  ///
  /// - Parameters:
  ///   - alternatives: What it takes, in the order in which help shows it.
  ///   - examples: Texts that `read` accepts; words among the alternatives are added.
  ///   - read: The value of a text, `nil` if it has none.
  ///   - write: The normal text of a value, `nil` if no text has that value. It reads back to the same value.
  ///   - fault: What is wrong with a text that `read` does not accept, `nil` if the alternatives say it all.
  public init(
    _ alternatives: [String], examples: [String] = [], read: @escaping @Sendable (String) -> Value?,
    write: @escaping @Sendable (Value) -> String?,
    fault: @escaping @Sendable (String) -> ForecastError? = { _ in nil }
  ) {
    self.alternatives = alternatives
    // A placeholder is not read: what reads models by name needs the list of models, which is made from this.
    words = alternatives.filter { !$0.contains(where: \.isUppercase) && read($0) != nil }
    self.examples = words + examples.filter { [words] in !words.contains($0) }
    self.read = read
    self.write = write
    self.fault = fault
  }

  /// The value that a text stands for.
  ///
  /// - Throws: `ForecastError.invalidOption` with everything that the option takes, and the nearest word.
  public func value(of text: String, option: String) throws(ForecastError) -> Value {
    guard let value = read(text) else { throw fault(text) ?? refusal(of: text, option: option) }
    return value
  }

  /// The normal text of a value; `nil` if the option cannot have that value.
  public func text(of value: Value) -> String? { write(value) }

  /// Why a text or value is refused.
  func refusal(of text: String, option: String) -> ForecastError {
    let near = nearestName(to: text, among: words).map { "; did you mean \"\($0)\"?" } ?? ""
    return .invalidOption(
      name: option, value: text,
      reason:
        "must be \(words == alternatives && words.count > 1 ? "one of " : "")\(alternatives.joinedByOr)\(near)"
    )
  }

  /// The same texts for another type of value.
  ///
  /// - Parameters:
  ///   - wrap: The new value of an old one.
  ///   - unwrap: The old value of a new one, `nil` if it has none.
  public func map<New>(
    _ wrap: @escaping @Sendable (Value) -> New, _ unwrap: @escaping @Sendable (New) -> Value?
  ) -> OptionSyntax<New> {
    OptionSyntax<New>(
      alternatives, examples: examples, read: { read($0).map(wrap) }, write: { unwrap($0).flatMap(write) })
  }
}

extension [String] {
  /// `a, b or c`.
  var joinedByOr: String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " or " + last
  }
}

extension OptionSyntax where Value: FixedWidthInteger & Sendable {
  /// A whole number in a range.
  ///
  /// Up to four numbers are listed one by one.
  public static func whole(in range: ClosedRange<Value>) -> OptionSyntax {
    let (width, isWide) = range.upperBound.subtractingReportingOverflow(range.lowerBound)
    let isShort = !isWide && width < 4
    let words = isShort ? range.map { "\($0)" } : []
    let limits =
      range.upperBound == .max
      ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
    return OptionSyntax(
      isShort ? words : ["a whole number \(limits)"],
      examples: [
        "\(range.lowerBound)", "\(isWide || width > 11 ? range.lowerBound + 11 : range.upperBound)",
      ],
      read: { text in Value(text).flatMap { range.contains($0) ? $0 : nil } },
      write: { range.contains($0) ? "\($0)" : nil })
  }
}

extension OptionSyntax<Int> {
  /// A number of things: at most a million, so that sums and products of counts stay within `Int`.
  public static func count(atLeast least: Int = 1) -> OptionSyntax { .whole(in: least...1_000_000) }
}

extension OptionSyntax<Double> {
  /// A finite number within limits, each of which may be left out.
  public static func number(
    above: Double? = nil, atLeast: Double? = nil, below: Double? = nil, atMost: Double? = nil
  ) -> OptionSyntax {
    let lower =
      above.map { "above \(NumberText.plain($0))" } ?? atLeast.map { "of at least \(NumberText.plain($0))" }
    let upper =
      below.map { "below \(NumberText.plain($0))" } ?? atMost.map { "at most \(NumberText.plain($0))" }
    var limits = [lower, upper].compactMap(\.self).joined(separator: " and ")
    if let atLeast, let atMost { limits = "from \(NumberText.plain(atLeast)) to \(NumberText.plain(atMost))" }
    let accepts: @Sendable (Double) -> Bool = { value in
      value.isFinite && value > above ?? -.infinity && value >= atLeast ?? -.infinity
        && value < below ?? .infinity && value <= atMost ?? .infinity
    }
    let trials: [Double] = [0.25, 1, 2.5, -3].filter(accepts) + [atLeast, atMost].compactMap(\.self)
    return OptionSyntax(
      ["a number" + (limits.isEmpty ? "" : " " + limits)],
      examples: trials.map { NumberText.plain($0) },
      read: { text in Double(text).flatMap { accepts($0) ? $0 : nil } },
      write: { accepts($0) ? NumberText.plain($0) : nil })
  }
}

extension OptionSyntax<Bool> {
  /// `true` or `false`.
  public static var flag: OptionSyntax {
    OptionSyntax(["true", "false"], read: { Bool($0) }, write: { "\($0)" })
  }
}

extension OptionSyntax where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
  /// One of the raw values of an enumeration.
  public static func choice() -> OptionSyntax {
    OptionSyntax(
      Value.allCases.map(\.rawValue), read: { Value(rawValue: $0) }, write: { $0.rawValue })
  }
}

extension OptionSyntax where Value: Equatable & Sendable {
  /// One word for one value.
  public static func word(_ word: String, _ value: Value) -> OptionSyntax {
    OptionSyntax([word], read: { $0 == word ? value : nil }, write: { $0 == value ? word : nil })
  }
}

extension OptionSyntax<Period> {
  /// A period such as `2024`, `2024-Q3` or `2024-07`.
  public static var period: OptionSyntax {
    OptionSyntax(["PERIOD"], examples: ["2024", "2024-07"], read: { Period($0) }, write: { $0.description })
  }
}

extension OptionSyntax {
  /// A value or a word that stands for its absence.
  public static func optional<Wrapped>(
    _ syntax: OptionSyntax<Wrapped>, absent: String
  ) -> OptionSyntax where Value == Wrapped? {
    OptionSyntax(
      syntax.alternatives + [absent], examples: syntax.examples,
      read: { $0 == absent ? .some(nil) : syntax.read($0).map { .some($0) } },
      write: { value in value.map { syntax.write($0) } ?? absent })
  }

  /// Values joined by plus signs, or a word that stands for none.
  ///
  /// A plus sign inside parentheses belongs to the value that they enclose.
  public static func list<Element>(
    _ element: OptionSyntax<Element>, shownAs alternative: String, empty: String? = nil
  ) -> OptionSyntax where Value == [Element] {
    OptionSyntax(
      [alternative] + (empty.map { [$0] } ?? []),
      examples: element.examples + [element.examples.prefix(2).joined(separator: "+")],
      read: { text in
        if text == empty { return [] }
        let parts = ModelText.parts(of: text, at: "+")
        let values = parts.compactMap { element.read($0) }
        return values.count == parts.count ? values : nil
      },
      write: { values in
        guard !values.isEmpty else { return empty }
        let texts = values.compactMap(element.write)
        return texts.count == values.count ? texts.joined(separator: "+") : nil
      },
      fault: { text in
        for part in ModelText.parts(of: text, at: "+") where element.read(part) == nil {
          if let fault = element.fault(part) { return fault }
        }
        return nil
      })
  }

  /// A prefix with an argument behind it, such as `quantile:TAU`.
  ///
  /// - Parameters:
  ///   - prefix: The text before the argument, its separator included.
  ///   - argument: The syntax of the argument.
  ///   - alternative: What help shows; `nil` shows the prefix with every word of the argument.
  ///   - wrap: The value with an argument.
  ///   - unwrap: The argument of a value, `nil` if it is of another kind.
  public static func prefixed<Argument>(
    _ prefix: String, _ argument: OptionSyntax<Argument>, shownAs alternative: String? = nil,
    wrap: @escaping @Sendable (Argument) -> Value, unwrap: @escaping @Sendable (Value) -> Argument?
  ) -> OptionSyntax {
    OptionSyntax(
      alternative.map { [$0] } ?? argument.alternatives.map { prefix + $0 },
      examples: argument.examples.map { prefix + $0 },
      read: { text in
        text.hasPrefix(prefix) ? argument.read(String(text.dropFirst(prefix.count))).map(wrap) : nil
      },
      write: { value in unwrap(value).flatMap(argument.write).map { prefix + $0 } })
  }

  /// Whatever one of several syntaxes takes; the first that can write a value gives its normal text.
  public static func oneOf(_ syntaxes: OptionSyntax...) -> OptionSyntax {
    OptionSyntax(
      syntaxes.flatMap(\.alternatives), examples: syntaxes.flatMap(\.examples),
      read: { text in
        for syntax in syntaxes {
          if let value = syntax.read(text) { return value }
        }
        return nil
      },
      write: { value in
        for syntax in syntaxes {
          if let text = syntax.write(value) { return text }
        }
        return nil
      })
  }
}

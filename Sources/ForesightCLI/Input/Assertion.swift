internal import Forecasting

/// A condition on a run, written `name >= number`.
struct Assertion {
  /// How a statistic is compared with the number.
  enum Comparison: String, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case above = ">"
    case below = "<"
    case equal = "=="
  }

  let text: String
  let name: String
  let comparison: Comparison
  let bound: Double

  /// The condition written as text.
  ///
  /// - Throws: `Failure` of kind `.input` for a text that is not a condition.
  init(_ text: String) throws(Failure) {
    guard let start = text.firstIndex(where: { "<>=".contains($0) }) else {
      throw Failure(
        .input, "--assert: \"\(text)\" is not a condition; expected one such as flow_2035.mean >= 4")
    }
    let sign = text[start...].prefix { "<>=".contains($0) }
    let number = Assertion.trimmed(text[start...].dropFirst(sign.count))
    guard let comparison = Comparison(rawValue: String(sign)) else {
      throw Failure(
        .input, "--assert \(text): the comparison must be one of >=, <=, >, < or ==, not \"\(sign)\"")
    }
    guard let bound = number == "never" ? .infinity : Double(number), !bound.isNaN else {
      throw Failure(.input, "--assert \(text): \"\(number)\" is not a number")
    }
    self.text = text
    name = Assertion.trimmed(text[..<start])
    self.comparison = comparison
    self.bound = bound
  }

  /// Whether a statistic satisfies the condition.
  func holds(_ value: Double) -> Bool {
    switch comparison {
    case .atLeast: value >= bound
    case .atMost: value <= bound
    case .above: value > bound
    case .below: value < bound
    case .equal: value == bound
    }
  }

  /// Checks every condition against named statistics; one message lists those that do not hold.
  ///
  /// - Throws: `Failure` of kind `.input` for an unknown name, `.assertion` if a condition does not hold.
  static func check(
    _ assertions: [Assertion], figures: [(name: String, value: Double)]
  ) throws(Failure) {
    var broken: [String] = []
    for assertion in assertions {
      guard let figure = figures.first(where: { $0.name == assertion.name }) else {
        let names = figures.map(\.name)
        let near = nearestName(to: assertion.name, among: names).map { "did you mean \"\($0)\"?" }
        throw Failure(
          .input,
          "--assert \(assertion.text): unknown statistic \"\(assertion.name)\"; "
            + (near ?? "expected one of \(names.joined(separator: ", "))"))
      }
      if !assertion.holds(figure.value) {
        broken.append(
          "\(assertion.text) does not hold: the value is \(NumberText.significant(figure.value, 6))")
      }
    }
    if !broken.isEmpty { throw Failure(.assertion, broken.joined(separator: "; ")) }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    text.split(separator: " ").joined(separator: " ")
  }
}

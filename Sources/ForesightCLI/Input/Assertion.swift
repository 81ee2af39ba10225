internal import Forecasting

/// A condition that a run must meet, written `name >= number`.
struct Assertion {
  /// How a figure is held against the number.
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
  /// - Throws: `Failure` of kind `.input` when it is none.
  init(_ text: String) throws(Failure) {
    guard let start = text.firstIndex(where: { "<>=".contains($0) }) else {
      throw Failure(
        .input, "--assert \(text): a condition is written NAME >= NUMBER, with >=, <=, >, < or ==")
    }
    let sign = text[start...].prefix { "<>=".contains($0) }
    let number = Assertion.trimmed(text[start...].dropFirst(sign.count))
    guard let comparison = Comparison(rawValue: String(sign)) else {
      throw Failure(.input, "--assert \(text): \(sign) is none of >=, <=, >, <, ==")
    }
    guard let bound = number == "never" ? .infinity : Double(number), !bound.isNaN else {
      throw Failure(.input, "--assert \(text): \"\(number)\" is no number")
    }
    self.text = text
    name = Assertion.trimmed(text[..<start])
    self.comparison = comparison
    self.bound = bound
  }

  /// Whether a figure meets the condition.
  func holds(_ value: Double) -> Bool {
    switch comparison {
    case .atLeast: value >= bound
    case .atMost: value <= bound
    case .above: value > bound
    case .below: value < bound
    case .equal: value == bound
    }
  }

  /// Holds every condition against named figures; one message says which do not hold.
  ///
  /// - Throws: `Failure` of kind `.input` for a name that no figure has, `.assertion` where a condition does not hold.
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
          "--assert \(assertion.text): there is no figure \"\(assertion.name)\"; "
            + (near ?? "there are \(names.joined(separator: ", "))"))
      }
      if !assertion.holds(figure.value) {
        broken.append("\(assertion.text) does not hold: it is \(NumberText.significant(figure.value, 6))")
      }
    }
    if !broken.isEmpty { throw Failure(.assertion, broken.joined(separator: "; ")) }
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    text.split(separator: " ").joined(separator: " ")
  }
}

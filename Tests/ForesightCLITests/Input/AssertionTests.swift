import Testing

@testable import ForesightCLI

@Suite struct AssertionTests {
  @Test(arguments: [
    ("a >= 1", 1.0, true), ("a>1", 1, false), ("a <= 2.5", 2.5, true), ("a<1e3", 999, true),
    ("a == 3", 3, true),
    ("a > -1", 0, true), ("a < inf", 5, true), ("a == never", .infinity, true), ("a < never", 2040, true),
  ]) func conditions(_ text: String, _ value: Double, _ holds: Bool) throws {
    let assertion = try Assertion(text)
    #expect(assertion.name == "a")
    #expect(assertion.holds(value) == holds)
  }

  @Test(arguments: ["a", "a => 1", "a >= x", "a >=", ">= nan", "a = 1"]) func noConditions(_ text: String) {
    #expect(throws: Failure.self) { try Assertion(text) }
  }

  @Test func checkTellsMissingNamesFromBrokenConditions() throws {
    let figures = [(name: "flow.mean", value: 4.2), (name: "by_2032", value: 0.002)]
    try Assertion.check([try Assertion("flow.mean >= 4")], figures: figures)
    let broken = #expect(throws: Failure.self) {
      try Assertion.check([try Assertion("flow.mean >= 5")], figures: figures)
    }
    #expect(broken?.kind == .assertion)
    let unknown = #expect(throws: Failure.self) {
      try Assertion.check([try Assertion("flow.men >= 5")], figures: figures)
    }
    #expect(unknown?.kind == .input && unknown?.lines.first?.contains("\"flow.mean\"") == true)
  }
}

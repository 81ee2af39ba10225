import Series
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (2.675, 2, "2.68"), (0.5, 0, "1"), (-0.5, 0, "-1"), (0.4, 0, "0"), (-0.004, 2, "0.00"),
    (999.96, 1, "1000.0"),
    (0.0004, 3, "0.000"), (0.0006, 3, "0.001"), (1e21, 0, "1000000000000000000000"), (1e-7, 3, "0.000"),
    (123.456, 5, "123.45600"), (9.5, 0, "10"), (0.095, 2, "0.10"), (0, 2, "0.00"), (.infinity, 2, "∞"),
    (-.infinity, 2, "-∞"),
  ]) func fixedDecimals(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(NumberText.fixed(value, decimals) == text)
  }

  @Test(arguments: [
    (123456.0, 3, "123456"), (0.00012345, 3, "0.000123"), (1.5e-12, 3, "1.50e-12"), (-2.5e15, 2, "-2.5e+15"),
    (0, 5, "0"), (99999.6, 5, "100000"), (1, 5, "1.0000"),
  ]) func significantDigits(_ value: Double, _ digits: Int, _ text: String) {
    #expect(NumberText.significant(value, digits) == text)
  }

  /// Reading back what `fixed` wrote is within half a unit of its last digit, over many sizes.
  @Test func fixedIsTheNearest() throws {
    var value = 1.0e-9
    while value < 1e12 {
      for decimals in 0...9 {
        for signed in [value, -value * 1.37] {
          let read = try #require(Double(NumberText.fixed(signed, decimals)))
          var half = 0.5
          for _ in 0..<decimals { half /= 10 }
          #expect(abs(read - signed) <= half * (1 + 1e-9) + abs(signed) * 1e-15)
        }
      }
      value *= 3.7
    }
  }

  @Test func pValuesAndPlainNumbers() {
    #expect(NumberText.pValue(0) == "<2e-16")
    #expect(NumberText.pValue(0.04999) == "0.0500")
    #expect(NumberText.pValue(nil) == "–")
    #expect(NumberText.plain(80) == "80")
    #expect(NumberText.plain(99.5) == "99.5")
    #expect(NumberText.percent(0.1234) == "12.3 %")
    #expect(NumberText.writtenDecimals(of: [1, 2.5, 3.25]) == 2)
    #expect(NumberText.writtenDecimals(of: [100, 2000]) == 0)
  }
}

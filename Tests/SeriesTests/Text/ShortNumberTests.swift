import Foundation
import Testing

@testable import Series

@Suite("Short numbers")
struct ShortNumberTests {
  @Test("a number is as short as it is exact to its digits")
  func texts() {
    func text(_ value: Double) -> String { NumberText.short(value) }
    #expect(text(153.28229186256075) == "153.282")
    #expect(text(0.1) == "0.1" && text(0) == "0" && text(-2) == "-2" && text(1000) == "1000")
    #expect(text(12_345_678.9) == "12345679")
    #expect(text(9.9999999) == "10" && text(0.00012345678) == "0.000123457")
    #expect(text(-0.5) == "-0.5" && text(-1e-20) == "-1e-20" && text(1.23456789e20) == "1.23457e20")
    #expect(text(.infinity) == "∞")
    #expect(NumberText.short(2.0 / 3, 2) == "0.67" && NumberText.short(.pi, 12) == "3.14159265359")
  }

  @Test("it reads back within half a unit of its last digit, at every size")
  func error() throws {
    var state: UInt64 = 7
    for _ in 0..<2_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let mantissa = Double(state >> 11) / Double(1 << 53) + 0.1
      let value = mantissa * pow(10, Double(Int(state % 40)) - 20) * (state % 2 == 0 ? 1 : -1)
      for digits in [1, 3, 6, 12, 15] {
        let read = try #require(Double(NumberText.short(value, digits)))
        #expect(abs(read - value) <= 5.001 * pow(10, -Double(digits)) * abs(value), "\(value) \(digits)")
      }
    }
  }
}

import ForesightNumerics
import TestSupport
import Testing

/// NIST StRD linear regression: what the certified digits depend on.
@Suite("NIST StRD linear regression")
struct NISTLinearTests {
  @Test("The standard path refines against the design it is given: decimals in double-double give 12 digits")
  func refinedDecimals() throws {
    for (name, problem) in try NISTLinear.all() {
      let fit = try LeastSquares().solve(problem.extendedDesign(), problem.extendedResponses())
      let digits = try problem.digits(fit).coefficients
      #expect(digits >= 12, "\(name): \(digits)")
    }
  }

  @Test("The order of the rows and the scale of the columns change no digit")
  func invariance() throws {
    for (name, problem) in try NISTLinear.all() {
      let design = try problem.extendedDesign()
      let y = try problem.extendedResponses()
      var reversed = ExtendedMatrix(rows: design.rows, columns: design.columns)
      for j in 0..<design.columns {
        for i in 0..<design.rows {
          reversed[i, j] = design[design.rows - 1 - i, j] * DoubleDouble(Double.pow(1000, Double(j)))
        }
      }
      let fit = try LeastSquares(precision: .extended).solve(reversed, y.reversed())
      for (j, certified) in problem.coefficients.enumerated() {
        let digits = correctDigits(
          fit.coefficients[j] * Double.pow(1000, Double(j)), try NISTLinear.number(certified))
        #expect(digits >= 12, "\(name): \(digits)")
      }
    }
  }
}

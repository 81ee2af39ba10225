import ForesightNumerics
import Foundation
import TestSupport
import Testing

/// NIST StRD linear regression: certified coefficients, standard errors, residual sum of squares.
struct NISTLinearTests {
  struct Problem: Decodable {
    let kind: String
    let degree: Int
    let intercept: Bool
    let y: [String]
    let x: [[String]]
    let coefficients: [String]
    let standardErrors: [String]
    let residualSumOfSquares: String
  }

  static func problems() throws -> [String: Problem] {
    let url = try #require(
      Bundle.module.url(forResource: "nist-linear", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode([String: Problem].self, from: Data(contentsOf: url))
  }

  static func number(_ text: String) throws -> Double { try #require(Double(text)) }

  static func extendedDesign(_ problem: Problem) throws -> ExtendedMatrix {
    let x = try problem.x.map { row in try row.map { try #require(DoubleDouble(decimal: $0)) } }
    if problem.kind == "poly" {
      return PolynomialBasis(degree: problem.degree, intercept: problem.intercept)
        .extendedDesign(x.map { $0[0] })
    }
    let shift = problem.intercept ? 1 : 0
    var design = ExtendedMatrix(rows: x.count, columns: x[0].count + shift)
    for (i, row) in x.enumerated() {
      if shift == 1 { design[i, 0] = DoubleDouble(1) }
      for (j, value) in row.enumerated() { design[i, j + shift] = value }
    }
    return design
  }

  /// The default path sees doubles only: the data rounded, a polynomial's powers formed by the basis.
  static func design(_ problem: Problem) throws -> Matrix {
    if problem.kind == "poly" {
      return PolynomialBasis(degree: problem.degree, intercept: problem.intercept)
        .design(try problem.x.map { try number($0[0]) })
    }
    return try extendedDesign(problem).rounded
  }

  static func worst(_ found: [Double], _ certified: [String]) throws -> Double {
    try zip(found, certified).map { correctDigits($0, try number($1)) }.min() ?? 0
  }

  @Test("Default path: at least 7 digits on every coefficient")
  func standard() throws {
    for (name, problem) in try Self.problems().sorted(by: { $0.key < $1.key }) {
      let y = try problem.y.map { try Self.number($0) }
      let fit = try LeastSquares().solve(try Self.design(problem), y)
      let digits = try Self.worst(fit.coefficients, problem.coefficients)
      let errors = try Self.worst(fit.standardErrors, problem.standardErrors)
      print("NIST linear, standard, \(name): coefficients \(digits), standard errors \(errors)")
      #expect(fit.isFullRank, "\(name)")
      #expect(digits >= 7, "\(name): \(digits)")
    }
  }

  @Test("Extended path: at least 12 digits on every coefficient and standard error")
  func extended() throws {
    for (name, problem) in try Self.problems().sorted(by: { $0.key < $1.key }) {
      let y = try problem.y.map { try #require(DoubleDouble(decimal: $0)) }
      let fit = try LeastSquares(precision: .extended).solve(try Self.extendedDesign(problem), y)
      let digits = try Self.worst(fit.coefficients, problem.coefficients)
      let errors = try Self.worst(fit.standardErrors, problem.standardErrors)
      print("NIST linear, extended, \(name): coefficients \(digits), standard errors \(errors)")
      #expect(digits >= 12, "\(name): \(digits)")
      #expect(errors >= 12, "\(name): \(errors)")
      #expect(correctDigits(fit.residualSumOfSquares, try Self.number(problem.residualSumOfSquares)) >= 12)
    }
  }
}

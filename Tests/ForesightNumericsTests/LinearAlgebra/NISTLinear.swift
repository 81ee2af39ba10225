import ForesightNumerics
import Foundation
import TestSupport
import Testing

/// A certified problem of the NIST Statistical Reference Datasets, linear regression, numbers as printed.
///
/// Source: https://www.itl.nist.gov/div898/strd/lls/lls.shtml, a work of the United States government in the public
/// domain.
struct NISTLinear: Decodable {
  let kind: String
  let degree: Int
  let intercept: Bool
  let y: [String]
  let x: [[String]]
  let coefficients: [String]
  let standardErrors: [String]
  let residualSumOfSquares: String

  /// The problems of the fixtures in alphabetical order.
  static func all() throws -> [(name: String, problem: NISTLinear)] {
    var result: [String: NISTLinear] = [:]
    for file in ["nist-linear", "nist-linear-recalled"] {
      let url = try #require(
        Bundle.module.url(forResource: file, withExtension: "json", subdirectory: "Fixtures"))
      let problems = try JSONDecoder().decode([String: NISTLinear].self, from: Data(contentsOf: url))
      result.merge(problems) { a, _ in a }
    }
    return result.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  static func number(_ text: String) throws -> Double { try #require(Double(text)) }

  private var basis: PolynomialBasis { PolynomialBasis(degree: degree, intercept: intercept) }

  func responses() throws -> [Double] { try y.map(Self.number) }
  func extendedResponses() throws -> [DoubleDouble] { try y.map { try #require(DoubleDouble(decimal: $0)) } }

  func extendedDesign() throws -> ExtendedMatrix {
    let x = try x.map { row in try row.map { try #require(DoubleDouble(decimal: $0)) } }
    if kind == "poly" { return basis.extendedDesign(x.map { $0[0] }) }
    let shift = intercept ? 1 : 0
    var design = ExtendedMatrix(rows: x.count, columns: x[0].count + shift)
    for (i, row) in x.enumerated() {
      if shift == 1 { design[i, 0] = DoubleDouble(1) }
      for (j, value) in row.enumerated() { design[i, j + shift] = value }
    }
    return design
  }

  /// The design that sees doubles only: the data rounded, and each power of them.
  func design() throws -> Matrix {
    if kind == "poly" { return basis.design(try x.map { try Self.number($0[0]) }) }
    return try extendedDesign().rounded
  }

  /// The fit of the polynomial given its points; that of the design where it is none.
  func polynomial(_ solver: LeastSquares) throws -> LeastSquaresSolution {
    guard kind == "poly" else { return try solver.solve(design(), responses()) }
    return try solver.solve(basis, at: x.map { try Self.number($0[0]) }, responses())
  }

  /// The worst digits of coefficients and standard errors, and those of the residual sum of squares.
  func digits(_ fit: LeastSquaresSolution) throws -> (coefficients: Double, errors: Double, sum: Double) {
    func worst(_ found: [Double], _ certified: [String]) throws -> Double {
      try zip(found, certified).map { correctDigits($0, try Self.number($1)) }.min() ?? 0
    }
    return (
      try worst(fit.coefficients, coefficients), try worst(fit.standardErrors, standardErrors),
      correctDigits(fit.residualSumOfSquares, try Self.number(residualSumOfSquares))
    )
  }
}

import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Testing

/// The figures of R in `Fixtures/diagnostics/diagnostics.json`, made by `diagnostics.R` beside it.
private struct DiagnosticsFixture: Decodable {
  struct Outcome: Decodable {
    let statistic: Double
    let pValue: Double
  }
  struct Case: Decodable {
    let name: String
    let residuals: [Double]
    let design: [[Double]]
    let lags: Int
    let durbinWatson: Double
    let ljungBox: Outcome
    let ljungBoxFitted: Outcome
    let breuschPagan: Outcome
    let jarqueBera: Outcome
    let shapiroWilk: Outcome
  }
  struct Three: Decodable {
    let values: [Double]
    let shapiroWilk: Outcome
  }
  let cases: [Case]
  let three: Three

  static func load() throws -> DiagnosticsFixture {
    let url = try #require(
      Bundle.module.url(
        forResource: "diagnostics", withExtension: "json", subdirectory: "Fixtures/diagnostics"))
    return try JSONDecoder().decode(DiagnosticsFixture.self, from: Data(contentsOf: url))
  }
}

@Suite("Residual diagnostics")
struct ResidualDiagnosticsTests {
  private func expect(
    _ found: FitSummary.Diagnostic?, _ reference: DiagnosticsFixture.Outcome, atLeast least: Double = 10,
    _ what: Comment
  ) throws {
    let found = try #require(found)
    expectDigits([found.statistic], [reference.statistic], atLeast: least, what)
    expectDigits([try #require(found.pValue)], [reference.pValue], atLeast: least - 1, what)
  }

  @Test("statistics and p values have the digits of R")
  func peers() throws {
    for item in try DiagnosticsFixture.load().cases {
      let tests = ResidualDiagnostics(item.residuals)
      let name = Comment(rawValue: item.name)
      expectDigits([try #require(tests.durbinWatson).statistic], [item.durbinWatson], atLeast: 11, name)
      try expect(tests.ljungBox(lags: item.lags), item.ljungBox, name)
      try expect(tests.ljungBox(lags: item.lags, dynamicParameters: 1), item.ljungBoxFitted, name)
      try expect(tests.breuschPagan(Matrix(columnVectors: item.design)), item.breuschPagan, name)
      try expect(tests.jarqueBera, item.jarqueBera, name)
      try expect(tests.shapiroWilk, item.shapiroWilk, name)
    }
    let three = try DiagnosticsFixture.load().three
    try expect(ResidualDiagnostics(three.values).shapiroWilk, three.shapiroWilk, "three values")
  }

  @Test("no statistic depends on the unit, and an intercept in the design changes nothing")
  func scale() throws {
    let item = try #require(try DiagnosticsFixture.load().cases.first)
    let design = Matrix(columnVectors: item.design)
    let withIntercept = Matrix(
      columnVectors: [[Double](repeating: 1, count: item.residuals.count)] + item.design)
    let plain = ResidualDiagnostics(item.residuals).tests(design: design, seasonalPeriod: 4)
    #expect(plain.count == 5)
    for factor in [1e-150, 1e-3, 1e6, 1e150] {
      let scaled = ResidualDiagnostics(item.residuals.map { $0 * factor })
        .tests(design: withIntercept, seasonalPeriod: 4)
      expectDigits(scaled.map(\.statistic), plain.map(\.statistic), atLeast: 11)
    }
  }

  @Test("residuals that carry no test give none, and never a NaN")
  func degenerate() {
    for residuals in [[], [1.5], [2, 2], [0, 0, 0, 0], [1, 1, 1, 1, 1, 1]] {
      let design = Matrix(rows: residuals.count, columns: 1, repeating: 1)
      let tests = ResidualDiagnostics(residuals).tests(design: design)
      #expect(tests.allSatisfy { $0.statistic.isFinite && ($0.pValue ?? 0).isFinite })
      #expect(tests.count <= 1)
    }
  }
}

import ForesightNumerics
import Testing

@testable import Scenarios

@Suite("Tabulated PERT quantiles")
struct ScoreTableTests {
  @Test(
    "The distribution function gives the probability back within 1e-9 of the width",
    arguments: [
      (0.70, 0.93, 1.02), (0.35, 0.55, 0.85), (-1.2, -0.4, -0.05), (0, 0, 1), (2, 5, 5), (0, 1, 100),
    ])
  func inverse(low: Double, mode: Double, high: Double) {
    let table = ScoreTable(pertLow: low, mode: mode, high: high).entries
    let width = high - low
    let alpha = 1 + 4 * (mode - low) / width
    let beta = 1 + 4 * (high - mode) / width
    let step = 1 / ScoreTable.pointsPerUnit
    var worst = 0.0
    // Half-way between points the interpolation is worst.
    for index in stride(from: 0, to: ScoreTable.count - 1, by: 3) {
      let z = ScoreTable.first + (Double(index) + 0.5) * step
      let (y0, d0) = (table[2 * index], table[2 * index + 1])
      let (y1, d1) = (table[2 * index + 2], table[2 * index + 3])
      let value = 0.5 * (y0 + y1) + 0.125 * (d0 - d1)
      // One Newton step from the interpolated value measures its error.
      let t = (value - low) / width
      guard t > 1e-12, t < 1 - 1e-12 else { continue }
      let lower = z < 0
      let target = SpecialFunctions.normalCDF(lower ? z : -z)
      let cdf =
        lower
        ? SpecialFunctions.regularizedIncompleteBeta(t, alpha, beta)
        : SpecialFunctions.regularizedIncompleteBeta(1 - t, beta, alpha)
      let shift = 1e-7 * min(t, 1 - t)
      let moved =
        lower
        ? SpecialFunctions.regularizedIncompleteBeta(t + shift, alpha, beta)
        : SpecialFunctions.regularizedIncompleteBeta(1 - t + shift, beta, alpha)
      let density = (moved - cdf) / shift
      guard density > 0 else { continue }
      worst = max(worst, abs(cdf - target) / density)
    }
    #expect(worst < 1e-9, "\(worst)")
  }
}

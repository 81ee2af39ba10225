import Forecasting
import ForesightNumerics
import Foundation
import Testing

/// A forecast written and read.
@Suite struct ForecastCodingTests {
  private func series() throws -> TimeSeries {
    try TimeSeries([3, nil, 5], start: .month(2026, 1), name: "s", unit: "t")
  }

  private func again(_ law: any PredictiveDistribution) throws -> (Forecast, Forecast) {
    let forecast = Forecast(model: "m", series: try series(), distribution: law, seed: 7)
    let data = try JSONEncoder().encode(forecast)
    return (forecast, try JSONDecoder().decode(Forecast.self, from: data))
  }

  @Test(arguments: [Double.infinity, 4]) func `normal and Student t steps keep every bit`(freedom: Double)
    throws
  {
    var scale = Matrix(rows: 5, columns: 5)
    for i in 0..<5 { for j in 0..<5 { scale[i, j] = Double(min(i, j) + 1) } }
    for law in [
      try JointStudentT(location: [1, 2, 3, 4, 5], scale: scale, degreesOfFreedom: freedom),
      JointStudentT(means: [1, 2], deviations: [1, 2], shared: 3, degreesOfFreedom: freedom),
    ] {
      let (made, read) = try again(law)
      #expect(read.series == made.series && read.model == made.model && read.seed == made.seed)
      #expect(read.mean == made.mean && read.bands(0.9) == made.bands(0.9))
      #expect(read.samplePaths(20) == made.samplePaths(20))
      #expect(abs(try read.sum().quantile(0.9) - made.sum().quantile(0.9)) < 1e-12)
    }
  }

  @Test func `other steps keep means, quantiles and joint paths`() throws {
    let paths = try SampledPaths(Matrix([[1, 2, 3], [4, 6, 5]]))
    let (made, read) = try again(paths)
    #expect(read.mean == made.mean && read.samplePaths(9) == made.samplePaths(9))
    let (gamma, stored) = try again(IndependentSteps([Gamma(shape: 2, scale: 3), Gamma(shape: 4, scale: 1)]))
    #expect(stored.mean == gamma.mean && stored.standardDeviation == gamma.standardDeviation)
    for p in [0.0005, 0.025, 0.05, 0.5, 0.9, 0.975, 0.995] {
      #expect(stored.quantile(p) == gamma.quantile(p))
    }
    for p in [0.1234, 0.777] {
      for (a, b) in zip(stored.quantile(p), gamma.quantile(p)) { #expect(abs(a - b) < 2e-3 * b) }
    }
    for step in 0..<2 { #expect(abs(stored.marginal(step).cdf(4) - gamma.marginal(step).cdf(4)) < 1e-3) }
    #expect(try stored.sum().mean == gamma.sum().mean)
    // Written once more, nothing changes.
    let twice = try JSONDecoder().decode(Forecast.self, from: JSONEncoder().encode(stored))
    #expect(twice.quantile(0.31) == stored.quantile(0.31) && twice.samplePaths(5) == stored.samplePaths(5))
  }

  @Test(arguments: [
    ("\"version\":1", "\"version\":2"), ("foresight.forecast", "foresight.fit"),
    ("\"rows\":[", "\"rows\":[1,"),
    ("\"location\":[1", "\"location\":[1,1"), ("\"diagonal\":[", "\"diagonal\":[-"),
    ("\"degreesOfFreedom\":4", "\"degreesOfFreedom\":-4"),
  ]) func `numbers that no forecast has are refused`(given: String, bad: String) throws {
    let law = try JointStudentT(location: [1, 2], scale: .identity(2), degreesOfFreedom: 4)
    let data = try JSONEncoder().encode(Forecast(model: "m", series: try series(), distribution: law))
    let text = String(decoding: data, as: UTF8.self)
    try #require(text.contains(given), "\(text)")
    let wrong = Data(text.replacingOccurrences(of: given, with: bad).utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Forecast.self, from: wrong) }
  }
}

import Forecasting
import Foundation
import Testing

/// The figures of R in `Fixtures/growth/growth.json`, made by `growth.R` beside it.
struct GrowthFixture: Decodable {
  struct Estimator: Decodable {
    let coefficients: [Double]
    let standardErrors: [Double]
    let statistics: [Double]?
    let pValues: [Double]?
    let sigma: Double?
    let rSquared: Double?
    let adjustedRSquared: Double?
    let logLikelihood: Double?
    let aic: Double?
    let bic: Double?
    let dispersion: Double?
    let deviance: Double?
    let rateInterval: [Double]?
    let median: [Double]?
    let lower90: [Double]?
    let upper90: [Double]?
  }
  struct Exponential: Decodable {
    let name: String
    let y: [Double]
    let multiplicative: Estimator
    let additive: Estimator
    let poisson: Estimator
  }
  struct ZeroCounts: Decodable {
    let y: [Double]
    let coefficients: [Double]
    let standardErrors: [Double]
    let dispersion: Double
    let deviance: Double
  }
  struct Saturating: Decodable {
    let name: String
    let y: [Double]
    let parameters: [String: Double]
    let standardErrors: [String: Double]
    let sigma: Double
    let rss: Double
    let logLikelihood: Double
    let aic: Double
  }
  struct Spanned: Decodable {
    let y: [Double]
    let count: [Int]
    let parameters: [String: Double]
    let standardErrors: [String: Double]
    let sigma: Double
  }
  struct Baseline: Decodable {
    let mean: [Double]
    let lower90: [Double]
    let upper90: [Double]
    let sigma: Double?
    let drift: Double?
    let driftSE: Double?
  }
  struct Baselines: Decodable {
    let walk: [Double]
    let seasonal: [Double]
    let naive: Baseline
    let drift: Baseline
    let seasonalNaive: Baseline
    let mean: Baseline
  }
  let exponential: [Exponential]
  let zeroCounts: ZeroCounts
  let saturating: [String: Saturating]
  let spans: [String: Spanned]
  let baselines: Baselines

  static func load() throws -> GrowthFixture {
    let url = try #require(
      Bundle.module.url(forResource: "growth", withExtension: "json", subdirectory: "Fixtures/growth"))
    return try JSONDecoder().decode(GrowthFixture.self, from: Data(contentsOf: url))
  }
}

/// −log10 of the relative error (of the absolute one where the reference is zero).
func digits(_ found: Double, _ reference: Double) -> Double {
  if found == reference { return 16 }
  return -log10(abs(found - reference) / (reference == 0 ? 1 : abs(reference)))
}

/// Expects the first list to carry the digits of the second.
func expectDigits(
  _ found: [Double], _ reference: [Double], atLeast least: Double, _ what: Comment = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(found.count == reference.count, what, sourceLocation: sourceLocation)
  for (a, b) in zip(found, reference) {
    #expect(digits(a, b) >= least, "\(what): \(a) against \(b)", sourceLocation: sourceLocation)
  }
}

/// A series of single months from 2022-01.
func months(_ values: [Double?], rule: SpanRule = .sum) throws -> TimeSeries {
  try TimeSeries(values, start: .month(2022, 1), name: "test", unit: "USD bn", rule: rule)
}

/// A series of spans of the given lengths from 2022-01.
func spans(_ values: [Double?], lengths: [Int], rule: SpanRule = .sum) throws -> TimeSeries {
  var first = Period.month(2022, 1)
  var observations: [Observation] = []
  for (value, length) in zip(values, lengths) {
    observations.append(Observation(PeriodSpan(first, count: length), value))
    first = first + length
  }
  return try TimeSeries(name: "test", unit: "USD bn", rule: rule, observations: observations)
}

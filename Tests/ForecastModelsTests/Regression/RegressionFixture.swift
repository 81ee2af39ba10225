import Forecasting
import Foundation
import Testing

@testable import ForecastModels

/// The figures of R in `Fixtures/regression/regression.json`, made by `regression.R` beside it.
struct RegressionFixture: Decodable {
  struct Outcome: Decodable {
    let statistic: Double
    let pValue: Double
  }
  struct Ordinary: Decodable {
    let coefficients: [Double]
    let standardErrors: [Double]
    let statistics: [Double]
    let pValues: [Double]
    let sigma: Double
    let rSquared: Double
    let adjustedRSquared: Double
    let f: Double
    let fP: Double
    let logLikelihood: Double
    let aic: Double
    let aicc: Double
    let bic: Double
    let durbinWatson: Double
    let breuschPagan: Outcome
    let shapiroWilk: Outcome
    let hc: [[Double]]
    let neweyWest: [[Double]]
    let automaticLag: Int
    let neweyWestAutomatic: [Double]
  }
  struct Robust: Decodable {
    let coefficients: [Double]
    let scale: Double
    let standardErrors: [Double]
  }
  struct Quantile: Decodable {
    let tau: Double
    let objective: Double
    let coefficients: [Double]
    let standardErrors: [Double]?
    let logLikelihood: Double
    let aic: Double
  }
  struct GLS: Decodable {
    let rho: Double
    let coefficients: [Double]
    let standardErrors: [Double]
    let logLikelihood: Double?
    let aic: Double?
    let bic: Double?
  }
  struct TwoGLS: Decodable {
    let gls: GLS
    let exact: GLS
  }
  struct Predicted: Decodable {
    let mean: [Double]
    let lower: [Double]
    let upper: [Double]
  }
  struct External: Decodable {
    let name: String
    let y: [Double]
    let variables: [String]
    let x: [[Double]]
    let ordinary: Ordinary
    let huber: Robust
    let tukey: Robust
    let quantiles: [Quantile]
  }
  struct Air: Decodable {
    let y: [Double]
    let ordinary: Ordinary
    let predicted: Predicted
    let gls: TwoGLS
  }
  struct Lake: Decodable {
    let y: [Double]
    let ordinary: Ordinary
    let gls: TwoGLS
    let cochraneOrcutt: GLS
    let praisWinsten: GLS
  }
  struct Nile: Decodable {
    let y: [Double]
    let ordinary: Ordinary
    let gls: TwoGLS
    let huber: Robust
    let tukey: Robust
    let quantiles: [Quantile]
  }
  struct Weighted: Decodable {
    let w: [Double]
    let y: [Double]
    let x: [[Double]]
    let coefficients: [Double]
    let standardErrors: [Double]
    let sigma: Double
    let rSquared: Double
    let adjustedRSquared: Double
    let f: Double
    let logLikelihood: Double
    let aic: Double
    let hc3: [Double]
    let neweyWest: [Double]
    let huber: Robust
  }
  struct Aliased: Decodable {
    let y: [Double]
    let u: [Double]
    let coefficients: [Double?]
  }
  let external: [External]
  let air: Air
  let lake: Lake
  let nile: Nile
  let weighted: Weighted
  let aliased: Aliased

  static let loaded = Result { try load() }

  static func load() throws -> RegressionFixture {
    let url = try #require(
      Bundle.module.url(
        forResource: "regression", withExtension: "json", subdirectory: "Fixtures/regression"))
    return try JSONDecoder().decode(RegressionFixture.self, from: Data(contentsOf: url))
  }
}

/// Longley's regression in 60-digit arithmetic, in `Fixtures/regression/longley.json`, made by `longley.py` beside it.
struct LongleyFixture: Decodable {
  let coefficients: [Double]
  let standardErrors: [Double]
  let hc: [[Double]]
  let neweyWest: [[Double]]
  let objectives: [Double]

  static func load() throws -> LongleyFixture {
    let url = try #require(
      Bundle.module.url(forResource: "longley", withExtension: "json", subdirectory: "Fixtures/regression"))
    return try JSONDecoder().decode(LongleyFixture.self, from: Data(contentsOf: url))
  }
}

extension RegressionFixture.External {
  var series: TimeSeries { get throws { try TimeSeries(y, start: .index(1), name: name) } }
  var regressors: Regressors {
    get throws { try Regressors(names: variables, columns: x, start: .index(1)) }
  }
}

extension FitSummary {
  /// The diagnostic whose name begins so.
  func diagnostic(_ name: String) throws -> Diagnostic {
    try #require(diagnostics.first { $0.name.hasPrefix(name) })
  }
}

/// The smallest number of digits that `found` shares with `reference`.
func fewestDigits(_ found: [Double], _ reference: [Double]) -> Double {
  guard found.count == reference.count else { return -1 }
  return zip(found, reference).map { digits($0, $1) }.min() ?? 16
}

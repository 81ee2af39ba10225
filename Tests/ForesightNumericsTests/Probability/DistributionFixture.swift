import ForesightNumerics
import Foundation

/// Quantiles, cdfs and log densities computed by mpmath in 50 digits (Fixtures/distributions.py).
struct DistributionFixture: Decodable, Sendable {
  struct Point: Decodable {
    let p: Double
    let quantile: Double
    /// The quantile rounded to a double, where the cdf and the log density are taken.
    let x: Double
    let cdf: Double
    let logDensity: Double

    init(from decoder: any Decoder) throws {
      let texts = try [String](from: decoder)
      let numbers = texts.compactMap(Double.init)
      guard numbers.count == 5 else { throw CocoaError(.coderReadCorrupt) }
      (p, quantile, x, cdf, logDensity) = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
    }
  }

  let law: String
  let parameters: [Double]
  let points: [Point]

  static func all() throws -> [DistributionFixture] {
    guard
      let url = Bundle.module.url(
        forResource: "distributions", withExtension: "json", subdirectory: "Fixtures")
    else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode([DistributionFixture].self, from: Data(contentsOf: url))
  }

  func distribution() throws -> any Distribution {
    let q = parameters
    switch law {
    case "beta": return try Beta(alpha: q[0], beta: q[1])
    case "gamma": return try Gamma(shape: q[0], scale: 1)
    case "studentT": return try StudentT(degreesOfFreedom: q[0])
    case "shiftedLogNormal": return try ShiftedLogNormal(p10: q[0], p50: q[1], p90: q[2])
    case "pert": return try PERT(minimum: q[0], mode: q[1], maximum: q[2])
    default: throw CocoaError(.coderReadCorrupt)
    }
  }
}

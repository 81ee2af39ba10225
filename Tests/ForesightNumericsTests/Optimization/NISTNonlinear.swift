import ForesightNumerics
import Foundation

/// A certified problem of the NIST Statistical Reference Datasets, nonlinear regression.
///
/// Source: https://www.itl.nist.gov/div898/strd/nls/nls_main.shtml, a work of the United States government in the
/// public domain. `data` holds rows of the response followed by the predictors.
struct NISTNonlinear: Decodable, Sendable {
  let start1: [Double]
  let start2: [Double]
  let certified: [String]
  let standardErrors: [String]
  let rss: String
  let data: [[Double]]

  var parameters: [Double] { certified.compactMap(Double.init) }
  var errors: [Double] { standardErrors.compactMap(Double.init) }
  var inputs: [[Double]] { data.map { Array($0.dropFirst()) } }

  static func load(_ name: String) throws -> [String: NISTNonlinear] {
    guard let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures")
    else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode([String: NISTNonlinear].self, from: Data(contentsOf: url))
  }

}

/// −log₁₀ of the relative error, at most 11: certified values carry 11 digits.
func digits(_ found: Double, _ certified: Double) -> Double {
  if found == certified { return 11 }
  let error = certified == 0 ? abs(found) : abs(found - certified) / abs(certified)
  return error.isNaN ? 0 : min(max(-Double.log10(error), 0), 11)
}

/// The certified problems' models, each written once for every scalar.
struct NISTModel: NonlinearModel {
  let name: String
  let parameterCount: Int

  /// The response the model explains: Nelson's is the logarithm of the measured one.
  func response(_ y: Double) -> Double { name == "Nelson" ? Double.log(y) : y }

  func value<S: DifferentiableScalar>(_ b: [S], at input: [Double]) -> S {
    let x = S(input[0])
    switch name {
    case "Bennett5": return b[0] * S.pow(b[1] + x, -1.0 / b[2])
    case "BoxBOD", "Misra1a": return b[0] * (1.0 - .exp(-b[1] * x))
    case "Chwirut1", "Chwirut2": return .exp(-b[0] * x) / (b[1] + b[2] * x)
    case "DanWood": return b[0] * S.pow(x, b[1])
    case "ENSO": return enso(b, x)
    case "Eckerle4":
      let z = (x - b[2]) / b[1]
      return b[0] / b[1] * .exp(-0.5 * z * z)
    case "Gauss1", "Gauss2", "Gauss3":
      let u = (x - b[3]) / b[4]
      let v = (x - b[6]) / b[7]
      let decay = b[0] * .exp(-b[1] * x)
      return decay + b[2] * .exp(-u * u) + b[5] * .exp(-v * v)
    case "Hahn1", "Thurber":
      let numerator = b[0] + x * (b[1] + x * (b[2] + x * b[3]))
      let denominator = 1.0 + x * (b[4] + x * (b[5] + x * b[6]))
      return numerator / denominator
    case "Kirby2":
      let numerator = b[0] + x * (b[1] + x * b[2])
      let denominator = 1.0 + x * (b[3] + x * b[4])
      return numerator / denominator
    case "Lanczos1", "Lanczos2", "Lanczos3":
      let first = b[0] * .exp(-b[1] * x)
      let second = b[2] * .exp(-b[3] * x)
      return first + second + b[4] * .exp(-b[5] * x)
    case "MGH09":
      let numerator = x * x + x * b[1]
      return b[0] * numerator / (x * x + x * b[2] + b[3])
    case "MGH10": return b[0] * .exp(b[1] / (x + b[2]))
    case "MGH17":
      let first = b[1] * .exp(-b[3] * x)
      return b[0] + first + b[2] * .exp(-b[4] * x)
    case "Misra1b":
      let root = 1.0 + 0.5 * b[1] * x
      return b[0] * (1.0 - 1.0 / (root * root))
    case "Misra1c": return b[0] * (1.0 - 1.0 / S.sqrt(1.0 + 2.0 * b[1] * x))
    case "Misra1d": return b[0] * b[1] * x / (1.0 + b[1] * x)
    case "Nelson": return b[0] - b[1] * x * .exp(-b[2] * S(input[1]))
    case "Rat42": return b[0] / (1.0 + .exp(b[1] - b[2] * x))
    case "Rat43": return b[0] / S.pow(1.0 + .exp(b[1] - b[2] * x), 1.0 / b[3])
    case "Roszman1": return b[0] - b[1] * x - S.atan(b[2] / (x - b[3])) / S.pi
    default: preconditionFailure("no model named \(name)")
    }
  }

  private func enso<S: DifferentiableScalar>(_ b: [S], _ x: S) -> S {
    let turn = 2.0 * S.pi * x
    let annual = b[1] * .cos(turn / 12.0) + b[2] * .sin(turn / 12.0)
    let first = b[4] * .cos(turn / b[3]) + b[5] * .sin(turn / b[3])
    let second = b[7] * .cos(turn / b[6]) + b[8] * .sin(turn / b[6])
    return b[0] + annual + first + second
  }
}

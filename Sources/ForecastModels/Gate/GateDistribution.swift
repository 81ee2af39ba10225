internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// Curves through each step's quantiles, joined by a normal copula.
///
/// The score of a step is √λ u + √(1 − λ) v: v is fleeting, and u persists as ρ says, from a start that is known.
struct GateDistribution: TransformedStudentT {
  /// The joint distribution of the scores.
  let root: JointStudentT
  private let curves: [QuantileCurve]

  /// The joint distribution of seven quantiles for each step.
  ///
  /// - Throws: `NumericsError` if a number is not finite.
  init(_ knots: [[Double]], share: Double, decay: Double) throws(NumericsError) {
    let horizon = knots.count
    curves = knots.map { QuantileCurve($0) }
    var sizes: [Double] = []
    var sum = 0.0
    var power = 1.0
    for _ in 0..<horizon {
      sum += power * power
      power *= decay
      sizes.append((share / sum).squareRoot())
    }
    let (lasting, own) = (sizes, (1 - share).squareRoot())
    root = try JointStudentT(
      location: [Double](repeating: 0, count: horizon),
      columns: ScaleColumns(rows: horizon, others: 2 * horizon) { place in
        guard place < horizon else { return (place - horizon, [own]) }
        var power = 1.0
        let values = (place..<horizon).map { step -> Double in
          defer { power *= decay }
          return lasting[step] * power
        }
        return (place, values[...])
      })
  }

  var horizon: Int { curves.count }

  func marginal(_ step: Int) -> any Distribution { curves[step] }

  func quantile(_ probability: Double) -> [Double] {
    let score = SpecialFunctions.normalQuantile(probability)
    return curves.map { $0.value(atScore: score) }
  }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let scores = root.samplePaths(count, seed: seed)
    return Matrix(
      rows: horizon, columns: count,
      columnMajor: scores.elements.enumerated().map { curves[$0 % horizon].value(atScore: $1) })
  }
}

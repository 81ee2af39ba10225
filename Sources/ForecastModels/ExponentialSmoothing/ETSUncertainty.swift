/// The uncertainty of a fit: a factor L with LLᵀ the covariance of smoothing parameters and final state.
///
/// Rows are α, β, γ, φ, level, slope and the seasonal indices from the next period on; σ² is independent, with
/// `degreesOfFreedom` of its own.
struct ETSUncertainty: Sendable, Hashable, Codable {
  /// The entries row by row.
  let factor: [Double]
  /// The number of columns.
  let rank: Int
  /// The degrees of freedom of σ̂².
  let degreesOfFreedom: Double

  var rowCount: Int { rank == 0 ? 0 : factor.count / rank }

  func row(_ i: Int) -> ArraySlice<Double> { factor[(i * rank)..<((i + 1) * rank)] }

  /// The standard deviation of a row.
  func standardError(_ i: Int) -> Double {
    i < rowCount ? row(i).reduce(0) { $0 + $1 * $1 }.squareRoot() : 0
  }
}

internal import ForesightNumerics
internal import RealModule

/// Covariances of least-squares coefficients that hold under unequal variances and serial correlation.
///
/// Sums over the rows vᵢ = R⁻¹qᵢ of the pseudo-inverse, X = QR, so that no digits go in squaring X.
///
/// White, Econometrica 48 (1980) 817–838; Newey and West, Econometrica 55 (1987) 703–708 and Review of Economic Studies
/// 61 (1994) 631–653. Definitions as `sandwich::vcovHC` and `sandwich::NeweyWest(prewhite = FALSE, adjust = FALSE)`, which
/// are those of statsmodels' `cov_type="HAC"` without small-sample correction.
struct Sandwich {
  /// X and e, rows scaled to equal variance, in time order.
  let design: Matrix
  let residuals: [Double]
  /// vᵢ.
  private let influence: Matrix
  /// hᵢ = |qᵢ|².
  private let leverages: [Double]

  /// The sandwich of a design of full column rank.
  init(design: Matrix, residuals: [Double]) throws(NumericsError) {
    self.design = design
    self.residuals = residuals
    let n = design.rows
    let p = design.columns
    var scaled = design
    let sizes = (0..<p).map { euclideanNorm(design.column($0)) }
    for j in 0..<p where sizes[j] > 0 { for i in 0..<n { scaled[i, j] /= sizes[j] } }
    let factor = try QR(scaled)
    let q = try factor.q()
    var influence = Matrix(rows: n, columns: p)
    for i in 0..<n {
      let row = try factor.solveR(q.row(i), size: p)
      for j in 0..<p { influence[i, j] = row[j] / sizes[j] }
    }
    self.influence = influence
    leverages = (0..<n).map { i in q.row(i).reduce(0) { $0 + $1 * $1 } }
  }

  /// Σ ωᵢ vᵢvᵢᵀ.
  func heteroskedastic(_ kind: HeteroskedasticKind) -> Matrix {
    let n = design.rows
    let p = design.columns
    var scores = influence
    for i in 0..<n {
      // A row of leverage 1 is fitted exactly and says nothing of its variance.
      let slack = max(1 - leverages[i], .ulpOfOne)
      let factor: Double
      switch kind {
      case .hc0: factor = 1
      case .hc1: factor = (Double(n) / Double(n - p)).squareRoot()
      case .hc2: factor = 1 / slack.squareRoot()
      case .hc3: factor = 1 / slack
      }
      for j in 0..<p { scores[i, j] *= residuals[i] * factor }
    }
    return scores.transposed() * scores
  }

  /// Γ₀ + Σ (1 − l/(L+1)) (Γₗ + Γₗᵀ), Γₗ = Σ uₜuₜ₋ₗᵀ with uₜ = vₜeₜ.
  func neweyWest(lag: Int) -> Matrix {
    var scores = influence
    for j in 0..<design.columns { for i in 0..<design.rows { scores[i, j] *= residuals[i] } }
    var covariance = scores.transposed() * scores
    for l in stride(from: 1, through: lag, by: 1) {
      let gamma = autocovariance(scores, l)
      covariance = covariance + (1 - Double(l) / Double(lag + 1)) * (gamma + gamma.transposed())
    }
    return covariance
  }

  /// Newey and West's automatic bandwidth for Bartlett weights, rounded down: `floor(sandwich::bwNeweyWest(prewhite = 0))`.
  func automaticLag(intercept: Int?) -> Int {
    let n = design.rows
    let used = (0..<design.columns).filter { $0 != intercept }
    let chosen = used.isEmpty ? Array(0..<design.columns) : used
    let summed = (0..<n).map { i in residuals[i] * chosen.reduce(0) { $0 + design[i, $1] } }
    let longest = min(n - 1, Int((4 * Double.pow(Double(n) / 100, 2.0 / 9)).rounded(.down)))
    let sigma = (0...longest).map { l in
      zip(summed.dropFirst(l), summed).reduce(0) { $0 + $1.0 * $1.1 } / Double(n)
    }
    var zeroth = sigma[0]
    var first = 0.0
    for l in stride(from: 1, through: longest, by: 1) {
      zeroth += 2 * sigma[l]
      first += 2 * Double(l) * sigma[l]
    }
    guard zeroth != 0 else { return 0 }
    let ratio = (first / zeroth) * (first / zeroth)
    let bandwidth = 1.1447 * Double.pow(ratio * Double(n), 1.0 / 3)
    // Scores that overflow have no bandwidth; their covariance is refused with the coefficients.
    return bandwidth.isFinite ? min(n - 1, Int(bandwidth.rounded(.down))) : 0
  }

  private func autocovariance(_ scores: Matrix, _ lag: Int) -> Matrix {
    let p = scores.columns
    var gamma = Matrix(rows: p, columns: p)
    for j in 0..<p {
      for k in 0..<p {
        var sum = 0.0
        for t in lag..<scores.rows { sum += scores[t, j] * scores[t - lag, k] }
        gamma[j, k] = sum
      }
    }
    return gamma
  }
}

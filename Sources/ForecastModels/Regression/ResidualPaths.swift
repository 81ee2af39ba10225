internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The predictive law of a quantile regression: xβ + e with β ~ N(β̂, V) and e one of the fit's residuals, all equally likely.
///
/// The margin of a step is a mixture of normals, known exactly; sums are simulated.
struct ResidualPaths: PredictiveDistribution {
  let rows: [[Double]]
  let coefficients: [Double]
  let residuals: [Double]
  let logarithmic: Bool
  /// V = R Rᵀ.
  private let root: Matrix
  private let spreads: [Double]

  init(
    rows: [[Double]], coefficients: [Double], covariance: Matrix, residuals: [Double], logarithmic: Bool
  ) throws(NumericsError) {
    self.rows = rows
    self.coefficients = coefficients
    self.residuals = residuals
    self.logarithmic = logarithmic
    // Columns scaled to a unit diagonal keep small variances' digits.
    let sizes = covariance.diagonal.map { $0 > 0 ? $0.squareRoot() : 1 }
    var correlation = covariance
    for i in sizes.indices {
      for j in sizes.indices {
        correlation[i, j] = 0.5 * (covariance[i, j] + covariance[j, i]) / (sizes[i] * sizes[j])
      }
    }
    let eigen = try SymmetricEigen(correlation)
    var root = eigen.vectors
    for j in 0..<root.columns {
      let length = max(0, eigen.values[j]).squareRoot()
      for i in 0..<root.rows { root[i, j] *= length * sizes[i] }
    }
    self.root = root
    spreads = rows.map { euclideanNorm(root.transposed() * $0) }
  }

  var horizon: Int { rows.count }

  private func location(_ step: Int, _ beta: [Double]) -> Double {
    zip(rows[step], beta).reduce(0) { $0 + $1.0 * $1.1 }
  }

  func marginal(_ step: Int) -> any Distribution {
    let centre = location(step, coefficients)
    return ResidualMixture(
      centres: residuals.map { centre + $0 }.sorted(), spread: spreads[step], logarithmic: logarithmic)
  }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let normals = RandomStream(seed: seed, name: "regression.coefficients")
    let picks = RandomStream(seed: seed, name: "regression.residuals")
    let p = coefficients.count
    var paths = Matrix(rows: horizon, columns: count)
    for path in 0..<count {
      let shift = root * normals.normals((path * p)..<((path + 1) * p))
      let beta = zip(coefficients, shift).map { $0 + $1 }
      for step in 0..<horizon {
        let uniform = picks.uniform(path * horizon + step)
        let pick = min(residuals.count - 1, Int(uniform * Double(residuals.count)))
        let value = location(step, beta) + residuals[pick]
        paths[step, path] = logarithmic ? Double.exp(value) : value
      }
    }
    return paths
  }
}

/// Equally likely normals of one spread about several centres, or the exponential of that.
struct ResidualMixture: Distribution {
  /// The centres in ascending order.
  let centres: [Double]
  let spread: Double
  let logarithmic: Bool

  private func average(_ value: (Double) -> Double) -> Double {
    centres.reduce(0) { $0 + value($1) } / Double(centres.count)
  }

  var mean: Double {
    logarithmic ? average { Double.exp($0 + spread * spread / 2) } : average { $0 }
  }
  var variance: Double {
    let centre = mean
    if logarithmic {
      return average { Double.exp(2 * $0 + 2 * spread * spread) } - centre * centre
    }
    return spread * spread + average { ($0 - centre) * ($0 - centre) }
  }
  func cdf(_ x: Double) -> Double {
    guard !logarithmic || x > 0 else { return 0 }
    let z = logarithmic ? Double.log(x) : x
    guard spread > 0 else { return average { $0 <= z ? 1 : 0 } }
    return average { SpecialFunctions.normalCDF((z - $0) / spread) }
  }
  func density(_ x: Double) -> Double {
    guard spread > 0, !logarithmic || x > 0 else { return 0 }
    let z = logarithmic ? Double.log(x) : x
    return average { Normal.standard.density((z - $0) / spread) } / spread / (logarithmic ? x : 1)
  }
  func logDensity(_ x: Double) -> Double {
    let height = density(x)
    return height > 0 ? Double.log(height) : -.infinity
  }
  func quantile(_ p: Double) -> Double {
    guard let lowest = centres.first, let highest = centres.last else { return 0 }
    var found: Double
    if spread > 0, p > 0, p < 1 {
      let reach = spread * SpecialFunctions.normalQuantile(p)
      // The quantile of the mixture lies between those of its extreme parts.
      let bracket = (lowest + reach)...(highest + reach)
      let root = try? Brent().root(in: bracket) { z in
        average { SpecialFunctions.normalCDF((z - $0) / spread) } - p
      }
      found = root?.point ?? lowest + reach
    } else {
      found = centres[max(0, min(centres.count - 1, Int((p * Double(centres.count)).rounded(.up)) - 1))]
      if spread > 0 { found = p <= 0 ? -.infinity : .infinity }
    }
    return logarithmic ? Double.exp(found) : found
  }
}

internal import RealModule

/// The region of gains in which the effect of old states and innovations on the predictions dies out.
///
/// Each complex pair has its own region: the roots of λ² − τλ + δ, τ = 2 − 2α₀ + α₁ and δ = (1 − α₀)² + (1 − α₀) − α₁ + α₁²,
/// inside the unit circle; 0 ≤ b ≤ 1. Pairs of the full form share innovations, as do a pair and the index of the partial
/// form: the sum of their shares in one period stays below 2.
struct CESRegion {
  let form: CESForm

  /// Whether shifts and gains are inside the region.
  func holds(_ parameters: CESLanes) -> Bool {
    var isInside = true
    visitMargins(parameters) { value, _ in isInside = isInside && value > 0 }
    return isInside
  }

  /// −Σ log of the margins; infinite outside.
  func barrier(_ parameters: CESLanes) -> Double {
    var isInside = true
    var product = 1.0
    visitMargins(parameters) { value, _ in
      isInside = isInside && value > 0
      product *= value
    }
    return isInside ? -Double.log(product) : .infinity
  }

  /// Adds the barrier's gradient and the part Σ∇m∇mᵀ/m² of its curvature, `weight` times, to normal equations.
  func addBarrier(
    _ weight: Double, at parameters: CESLanes, to matrix: inout [Double], _ gradient: inout CESLanes
  ) {
    let count = 2 + form.gainCount
    visitMargins(parameters) { value, slope in
      let slope = slope / value
      gradient -= weight * slope
      for i in 2..<count {
        for j in 2..<count { matrix[i * count + j] += weight * slope[i] * slope[j] }
      }
    }
  }

  /// Visits the quantities that are positive inside the region, each with its derivatives by shifts and gains.
  @inline(__always)
  private func visitMargins(_ parameters: CESLanes, _ body: (Double, CESLanes) -> Void) {
    @inline(__always)
    func addPair(_ first: Int) {
      let rest = 1 - parameters[first]
      let imaginary = parameters[first + 1]
      let trace = 2 * rest + imaginary
      let determinant = rest * rest + rest - imaginary + imaginary * imaginary
      var traceSlope = CESLanes.zero
      traceSlope[first] = -2
      traceSlope[first + 1] = 1
      var determinantSlope = CESLanes.zero
      determinantSlope[first] = -2 * rest - 1
      determinantSlope[first + 1] = 2 * imaginary - 1
      body(1 - determinant, -determinantSlope)
      body(1 + determinant - trace, determinantSlope - traceSlope)
      body(1 + determinant + trace, determinantSlope + traceSlope)
    }
    /// 2 − (α₀ − α₁) − the share of an innovation in the season.
    func addShared(_ season: CESLanes) {
      let slope: CESLanes = [0, 0, -1, 1, 0, 0, 0, 0] - season
      body(2 + (slope * parameters).sum(), slope)
    }
    addPair(2)
    switch form {
    case .none, .simple: break
    case .partial:
      let index: CESLanes = [0, 0, 0, 0, 1, 0, 0, 0]
      // A bound that may be reached: b = 0 is a fixed season.
      body(parameters[4] + 1e-9, index)
      body(1 - parameters[4], -index)
      addShared(index)
    case .full:
      addPair(4)
      addShared([0, 0, 0, 0, 1, -1, 0, 0])
    }
  }
}

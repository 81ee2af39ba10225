internal import RealModule

/// The region of gains in which what an old state or innovation leaves in the predictions dies out.
///
/// Each complex pair is held to its own: the roots of λ² − τλ + δ, τ = 2 − 2α₀ + α₁ and δ = (1 − α₀)² + (1 − α₀) − α₁ + α₁²,
/// inside the unit circle; 0 ≤ b ≤ 1. Pairs of the full form share innovations, and so do a pair and the index of the partial
/// form: what they take of one at the same period is held below two.
struct CESRegion {
  let form: CESForm

  /// A quantity that is positive inside, with its derivatives by shifts and gains.
  private struct Margin {
    var value: Double
    var slope: CESLanes
  }

  /// Whether shifts and gains are inside.
  func holds(_ parameters: CESLanes) -> Bool { margins(parameters).allSatisfy { $0.value > 0 } }

  /// −Σ log of the margins; infinite outside.
  func barrier(_ parameters: CESLanes) -> Double {
    margins(parameters).reduce(0) { $0 - ($1.value > 0 ? Double.log($1.value) : -.infinity) }
  }

  /// Adds the barrier's gradient and the part Σ∇m∇mᵀ/m² of its curvature, `weight` times, to normal equations.
  func addBarrier(
    _ weight: Double, at parameters: CESLanes, to matrix: inout [Double], _ gradient: inout CESLanes
  ) {
    let count = 2 + form.gainCount
    for margin in margins(parameters) {
      let slope = margin.slope / margin.value
      gradient -= weight * slope
      for i in 2..<count {
        for j in 2..<count { matrix[i * count + j] += weight * slope[i] * slope[j] }
      }
    }
  }

  private func margins(_ parameters: CESLanes) -> [Margin] {
    var result: [Margin] = []
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
      result.append(Margin(value: 1 - determinant, slope: -determinantSlope))
      result.append(Margin(value: 1 + determinant - trace, slope: determinantSlope - traceSlope))
      result.append(Margin(value: 1 + determinant + trace, slope: determinantSlope + traceSlope))
    }
    /// 2 − (α₀ − α₁) − the share of an innovation that the season takes.
    func addShared(_ season: CESLanes) {
      let slope: CESLanes = [0, 0, -1, 1, 0, 0, 0, 0] - season
      result.append(Margin(value: 2 + (slope * parameters).sum(), slope: slope))
    }
    addPair(2)
    switch form {
    case .none, .simple: break
    case .partial:
      let index: CESLanes = [0, 0, 0, 0, 1, 0, 0, 0]
      // A bound that may be reached: b = 0 is a fixed season.
      result.append(Margin(value: parameters[4] + 1e-9, slope: index))
      result.append(Margin(value: 1 - parameters[4], slope: -index))
      addShared(index)
    case .full:
      addPair(4)
      addShared([0, 0, 0, 0, 1, -1, 0, 0])
    }
    return result
  }
}

internal import RealModule

/// The states that runs with α a little higher and a little lower lead to.
struct ThetaNudge: Sendable, Hashable, Codable {
  var above: ThetaState
  var below: ThetaState
  let step: Double
  let alpha: Double
  let weight: Double
  let isDynamic: Bool

  init(_ recursion: ThetaRecursion, _ start: ThetaState) {
    above = start
    below = start
    step = 1e-4
    alpha = recursion.alpha
    weight = recursion.weight
    isDynamic = recursion.isDynamic
  }

  private func recursion(_ shift: Double) -> ThetaRecursion {
    ThetaRecursion(alpha: alpha + shift, weight: weight, isDynamic: isDynamic)
  }

  /// Moves both over a value; the derivative of its prediction by α.
  mutating func advance(_ value: Double) -> Double {
    let upper = recursion(step)
    let lower = recursion(-step)
    let high = upper.prediction(above)
    let low = lower.prediction(below)
    upper.advance(&above, value: value, predicted: high, extendsLine: true)
    lower.advance(&below, value: value, predicted: low, extendsLine: true)
    return (high - low) / (2 * step)
  }

  /// The derivative of the path by α.
  func pathSlope(_ horizon: Int) -> [Double] {
    let high = recursion(step).path(horizon, from: above)
    let low = recursion(-step).path(horizon, from: below)
    return zip(high, low).map { ($0 - $1) / (2 * step) }
  }
}

/// A run over the fitted values with the derivatives of the predictions by α, ℓ₀ and a drift.
struct ThetaTangents {
  var predictions: [Double] = []
  var squares = 0.0
  var counted = 0
  /// Σ dμ dμᵀ, in the order α, ℓ₀, drift, the lower triangle row by row.
  var information = [Double](repeating: 0, count: 6)
  var state: ThetaState

  init(_ recursion: ThetaRecursion, search: ThetaSearch, from start: ThetaState, nudge: inout ThetaNudge) {
    state = start
    predictions.reserveCapacity(search.values.count)
    for (t, value) in search.values.enumerated() {
      let predicted = recursion.prediction(state)
      predictions.append(predicted)
      let byAlpha = nudge.advance(value)
      if !value.isNaN && t >= search.firstCounted {
        let byLevel = state.levelShare
        let byDrift = state.driftShare + state.reach + state.power
        let e = value - predicted
        squares += e * e
        counted += 1
        information[0] += byAlpha * byAlpha
        information[1] += byLevel * byAlpha
        information[2] += byLevel * byLevel
        information[3] += byDrift * byAlpha
        information[4] += byDrift * byLevel
        information[5] += byDrift * byDrift
      }
      recursion.advance(&state, value: value, predicted: predicted, extendsLine: true)
    }
  }
}

/// The covariance of α, ℓ₀ and the drift in the scaled unit, as a factor L with LLᵀ the covariance.
struct ThetaUncertainty: Sendable, Hashable, Codable {
  /// Three rows of three.
  let factor: [Double]

  /// σ²(Σ dμ dμᵀ + P)⁻¹, where P holds α to a standard deviation of 0.3 and makes the rest invertible.
  ///
  /// With information RᵀR the factor is σR⁻¹.
  init(_ run: ThetaTangents, variance: Double) {
    let m = run.information
    let deviation = variance.squareRoot()
    let tiny = 1e-9
    let r00 = (m[0] + variance / 0.09 + .leastNormalMagnitude).squareRoot()
    let r01 = m[1] / r00
    let r02 = m[3] / r00
    let r11 = max(m[2] - r01 * r01, tiny * (1 + m[2])).squareRoot()
    let r12 = (m[4] - r01 * r02) / r11
    let r22 = max(m[5] - r02 * r02 - r12 * r12, tiny * (1 + m[5])).squareRoot()
    let i00 = 1 / r00
    let i11 = 1 / r11
    let i22 = 1 / r22
    let i01 = -r01 * i00 * i11
    let i12 = -r12 * i11 * i22
    let i02 = -(r01 * i12 + r02 * i22) * i00
    factor = [i00, i01, i02, 0, i11, i12, 0, 0, i22].map { $0 * deviation }
  }

  /// The standard error of a parameter: α, ℓ₀ or the drift.
  func standardError(_ row: Int) -> Double {
    (0..<3).reduce(0) { $0 + factor[3 * row + $1] * factor[3 * row + $1] }.squareRoot()
  }
}

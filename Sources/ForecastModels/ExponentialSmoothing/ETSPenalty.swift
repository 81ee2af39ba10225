/// A penalty on smoothing parameters in the coordinates of the search: α, β/α, γ/(1 − α) and φ.
///
/// Each term is rate·x + (x − centre)²·weight/2, the negative logarithm of a truncated exponential or normal prior.
struct ETSPenalty: Sendable, Hashable {
  struct Term: Sendable, Hashable {
    var rate = 0.0
    var weight = 0.0
    var centre = 0.0
  }

  var alpha = Term()
  var beta = Term()
  var gamma = Term()
  var phi = Term()

  func term(
    _ shape: ETSShape, _ index: Int, _ x: Double
  ) -> (value: Double, slope: Double, curvature: Double) {
    let term: Term
    switch index {
    case 0: term = alpha
    case shape.beta: term = beta
    case shape.gamma: term = gamma
    default: term = phi
    }
    let away = x - term.centre
    return (
      term.rate * x + 0.5 * term.weight * away * away, term.rate + term.weight * away, term.weight
    )
  }
}

extension ETSPenalty {
  /// The penalty of `ETSEstimation.shrinkage`: α ~ N(0.7, 0.32²), β/α ~ Exp(40), φ ~ N(0.935, 0.045²), γ/(1 − α) uniform.
  ///
  /// Chosen for the accuracy of forecasts from one origin, one horizon before the end of the training parts of the 2,951 M3
  /// series that are long enough.
  static let standard = ETSPenalty(
    alpha: Term(weight: 10, centre: 0.7), beta: Term(rate: 40), phi: Term(weight: 500, centre: 0.935))
}

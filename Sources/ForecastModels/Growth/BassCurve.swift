internal import ForesightNumerics
internal import RealModule

/// The flow of adopters in Bass's diffusion: Σ μ = m (F(b) − F(a)) over base periods a ..< b from the series' start.
///
/// F(τ) = (1 − e^{−(p+q)τ})/(1 + (q/p) e^{−(p+q)τ}), written without its cancellation: with e = e^{−(p+q)a} and n = b − a,
/// F(b) − F(a) = (1 + q/p) e (1 − e^{−(p+q)n})/((1 + (q/p)e)(1 + (q/p)e e^{−(p+q)n})).
struct BassCurve: GrowthCurve {
  var parameterNames: [String] { ["potential", "innovation", "imitation"] }
  var isLogarithmic: [Bool] { [true, true, true] }
  var rateIndex: Int? { nil }

  func total<S: DifferentiableScalar>(_ parameters: [S], first: Int, count: Int) -> S {
    let ratio = parameters[2] / parameters[1]
    let pace = parameters[1] + parameters[2]
    let open = S.exp(-pace * S(Double(first)))
    let adopted = -S.expMinusOne(-pace * S(Double(count)))
    let close = open * .exp(-pace * S(Double(count)))
    let share = (ratio + 1.0) * open * adopted / ((ratio * open + 1.0) * (ratio * close + 1.0))
    return parameters[0] * share
  }

  private func observedTotal(_ sample: GrowthSample) -> Double {
    max(sample.peak, sample.total.reduce(0) { $0 + max(0, $1) })
  }

  func bounds(_ sample: GrowthSample) -> BoxBounds { box(sample, rates: 1e-10...10) }

  func prior(_ sample: GrowthSample) -> BoxBounds { box(sample, rates: 1e-6...5) }

  private func box(_ sample: GrowthSample, rates: ClosedRange<Double>) -> BoxBounds {
    let total = observedTotal(sample)
    return BoxBounds([1e-2 * total...capacityLimit * total, rates, rates])
  }

  /// Potentials around the observed total, paces that pass the peak inside, at and after the sample.
  func starts(_ sample: GrowthSample) -> [[Double]] {
    let total = observedTotal(sample)
    let length = sample.first[sample.size - 1] + sample.count[sample.size - 1]
    var points: [[Double]] = []
    for multiple in [1.05, 1.5, 3, 10, 50] {
      for imitation in [0.5, 2, 5, 9, 15, 30] {
        for ratio in [3.0, 20, 200, 5000] {
          points.append([multiple * total, imitation / length / ratio, imitation / length])
        }
      }
    }
    return points
  }
}

internal import RealModule

/// The maximum of the likelihood of μ_t = exp(α + b (t − c)) over spans, for each of the three noise distributions.
///
/// Fisher scoring on (α, b) with step halving; c is the mean time, which makes the two nearly orthogonal. With
/// g = Σ_{t∈S} exp(b(t − c)) and x = ∂ log g/∂b, the derivative of log m is (1, x) for every distribution, and the scoring
/// weights are m²/|S| (additive), |S| (multiplicative) and m (Poisson). On single periods additive noise takes
/// Newton's weights m(2m − z)/|S| while they are positive definite.
struct ExponentialKernel {
  /// The point at which the kernel stopped.
  struct Solution: Codable {
    var alpha: Double
    var rate: Double
    var centre: Double
    var objective: Double
    /// The inverse information (without the dispersion): variances of α and b and their covariance.
    var varianceAlpha: Double
    var varianceRate: Double
    var covariance: Double
    var iterations: Int
    var converged: Bool
  }

  let sample: GrowthSample
  let noise: GrowthNoise
  let centre: Double
  let halfRange: Double

  init(_ sample: GrowthSample, noise: GrowthNoise) {
    self.sample = sample
    self.noise = noise
    var sum = 0.0
    var weight = 0.0
    for i in 0..<sample.size {
      sum += sample.count[i] * (sample.first[i] + (sample.count[i] - 1) / 2)
      weight += sample.count[i]
    }
    let centre = sum / weight
    self.centre = centre
    var reach = 1.0
    for i in 0..<sample.size {
      reach = max(reach, abs(sample.first[i] - centre), abs(sample.first[i] + sample.count[i] - 1 - centre))
    }
    halfRange = reach
  }

  /// Σ exp(b(t − c)) over a span and its logarithmic derivative by b.
  @inline(__always)
  private func growth(_ i: Int, _ rate: Double) -> (sum: Double, moment: Double) {
    let start = sample.first[i] - centre
    if sample.count[i] == 1 { return (.exp(rate * start), start) }
    var sum = 0.0
    var moment = 0.0
    for j in 0..<Int(sample.count[i]) {
      let time = start + Double(j)
      let value = Double.exp(rate * time)
      sum += value
      moment += time * value
    }
    return (sum, moment / sum)
  }

  private func objective(_ alpha: Double, _ rate: Double) -> Double {
    let level = Double.exp(alpha)
    return sample.objective(noise) { level * growth($0, rate).sum }
  }

  /// A start: the weighted regression of the logarithm of the positive values per period on the middle of their spans.
  private func start() -> (alpha: Double, rate: Double) {
    var w = 0.0
    var sx = 0.0
    var sy = 0.0
    var sxx = 0.0
    var sxy = 0.0
    for i in 0..<sample.size where sample.total[i] > 0 {
      let x = sample.first[i] + (sample.count[i] - 1) / 2 - centre
      let y = Double.log(sample.total[i] / sample.count[i])
      w += sample.count[i]
      sx += sample.count[i] * x
      sy += sample.count[i] * y
      sxx += sample.count[i] * x * x
      sxy += sample.count[i] * x * y
    }
    let spread = sxx - sx * sx / w
    let rate = spread > 0 ? (sxy - sx * sy / w) / spread : 0
    return ((sy - rate * sx) / w, rate)
  }

  /// The solution, from the log-linear start; additive noise starts from the Poisson solution if there is one.
  func solve() -> Solution {
    var (alpha, rate) = start()
    if noise == .additive, sample.total.allSatisfy({ $0 >= 0 }) {
      let poisson = ExponentialKernel(sample, noise: .poisson).solve()
      if objective(poisson.alpha, poisson.rate) < objective(alpha, rate) {
        (alpha, rate) = (poisson.alpha, poisson.rate)
      }
    }
    var value = objective(alpha, rate)
    var previous = Double.infinity
    var iterations = 0
    var converged = false
    while iterations < 500, !converged {
      iterations += 1
      guard let step = step(alpha, rate) else { break }
      let size = max(abs(step.alpha), abs(step.rate) * halfRange)
      var length = 1.0
      var accepted = false
      while length > 1e-12 {
        let trial = objective(alpha + length * step.alpha, rate + length * step.rate)
        // Below 1e-7 the change of the objective is rounding; the step alone decides.
        if trial <= value || (size < 1e-7 && trial.isFinite) {
          alpha += length * step.alpha
          rate += length * step.rate
          value = trial
          accepted = true
          break
        }
        length /= 2
      }
      converged = size < 1e-14 || (size < 1e-9 && size > 0.5 * previous) || (!accepted && size < 1e-6)
      if !accepted { break }
      previous = size
    }
    let information = self.information(alpha, rate, newton: false)
    let determinant = information.aa * information.bb - information.ab * information.ab
    return Solution(
      alpha: alpha, rate: rate, centre: centre, objective: value,
      varianceAlpha: information.bb / determinant, varianceRate: information.aa / determinant,
      covariance: -information.ab / determinant, iterations: iterations, converged: converged)
  }

  private typealias Information = (aa: Double, ab: Double, bb: Double, ga: Double, gb: Double)

  /// The scoring matrix and the gradient at a point.
  private func information(_ alpha: Double, _ rate: Double, newton: Bool) -> Information {
    var result: Information = (0, 0, 0, 0, 0)
    let level = Double.exp(alpha)
    for i in 0..<sample.size {
      let (sum, x) = growth(i, rate)
      let mean = level * sum
      let weight: Double
      let score: Double
      switch noise {
      case .additive:
        let residual = sample.total[i] - mean
        weight = mean * (newton ? mean - residual : mean) / sample.count[i]
        score = residual * mean / sample.count[i]
      case .multiplicative:
        weight = sample.count[i]
        score = weight * (.log(sample.total[i]) - alpha - .log(sum))
      case .poisson:
        weight = mean
        score = sample.total[i] - mean
      }
      result.aa += weight
      result.ab += weight * x
      result.bb += weight * x * x
      result.ga += score
      result.gb += score * x
    }
    return result
  }

  private func step(_ alpha: Double, _ rate: Double) -> (alpha: Double, rate: Double)? {
    var matrix = information(alpha, rate, newton: noise == .additive)
    var determinant = matrix.aa * matrix.bb - matrix.ab * matrix.ab
    if noise == .additive, !(matrix.aa > 0 && determinant > 1e-12 * matrix.aa * matrix.bb) {
      matrix = information(alpha, rate, newton: false)
      determinant = matrix.aa * matrix.bb - matrix.ab * matrix.ab
    }
    guard determinant > 0, determinant.isFinite else { return nil }
    return (
      (matrix.bb * matrix.ga - matrix.ab * matrix.gb) / determinant,
      (matrix.aa * matrix.gb - matrix.ab * matrix.ga) / determinant
    )
  }
}

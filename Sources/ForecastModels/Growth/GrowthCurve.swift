internal import ForesightNumerics
internal import RealModule

/// The mean of a growth model over base periods, for any scalar type: values and exact Jacobians.
///
/// The first parameter is the one that data identify last, the capacity or, if that is given, the length of a ramp. It is
/// positive, and the fit follows its profile.
protocol GrowthCurve: Sendable {
  /// The names of the parameters in order, at most four.
  var parameterNames: [String] { get }

  /// The names of the reported figures.
  var reportedNames: [String] { get }

  /// The reported figures, starting with the first parameter.
  func reported<S: DifferentiableScalar>(_ parameters: [S]) -> [S]

  /// The index of the rate of growth per base period among the reported figures, if there is one.
  var rateIndex: Int? { get }

  /// Σ μ over `count` base periods, from the offset `first` after the start of the series.
  func total<S: DifferentiableScalar>(_ parameters: [S], first: Int, count: Int) -> S

  /// The same for `Double`; a requirement, so that each curve specializes it.
  func mean(_ parameters: [Double], first: Int, count: Int) -> Double

  /// Whether each parameter is positive and may span orders of magnitude: the prior uses its logarithm.
  var isLogarithmic: [Bool] { get }

  /// The bounds of the fit.
  func bounds(_ sample: GrowthSample) -> BoxBounds

  /// The bounds of the prior, inside those of the fit.
  func prior(_ sample: GrowthSample) -> BoxBounds

  /// The coordinates in which the prior is flat and the posterior nearly straight, the first parameter's logarithm first.
  func coordinates(_ point: [Double]) -> [Double]

  /// The parameters at coordinates; not finite if there are none.
  func point<S: DifferentiableScalar>(at coordinates: [S]) -> [S]

  /// The extent of the prior along each coordinate.
  func extents(_ sample: GrowthSample) -> [Double]

  /// Starts of the search, from the data alone.
  func starts(_ sample: GrowthSample) -> [[Double]]
}

extension GrowthCurve {
  func mean(_ parameters: [Double], first: Int, count: Int) -> Double {
    total(parameters, first: first, count: count)
  }

  var reportedNames: [String] { parameterNames }

  func reported<S: DifferentiableScalar>(_ parameters: [S]) -> [S] { parameters }

  func prior(_ sample: GrowthSample) -> BoxBounds { bounds(sample) }

  func coordinates(_ point: [Double]) -> [Double] {
    point.indices.map { isLogarithmic[$0] ? Double.log(point[$0]) : point[$0] }
  }

  func point<S: DifferentiableScalar>(at coordinates: [S]) -> [S] {
    coordinates.indices.map { isLogarithmic[$0] ? S.exp(coordinates[$0]) : coordinates[$0] }
  }

  func extents(_ sample: GrowthSample) -> [Double] {
    let box = prior(sample)
    return zip(coordinates(box.lower), coordinates(box.upper)).map { $1 - $0 }
  }

  /// The weighted residual sum at a point; `nil` if the curve is outside the domain of the noise.
  func objective(_ point: [Double], _ sample: GrowthSample, _ noise: GrowthNoise) -> Double? {
    let value = sample.objective(noise) {
      mean(point, first: Int(sample.first[$0]), count: Int(sample.count[$0]))
    }
    return value.isFinite ? value : nil
  }

  /// ∂m/∂θ over the standard deviation of the noise (without σ), one row per observation: X with information XᵀX/σ².
  func design(_ point: [Double], _ sample: GrowthSample, _ noise: GrowthNoise) -> Matrix {
    design(point.indices.map { Dual<Double>(point[$0], lane: $0) }, sample, noise)
  }

  /// The same by whatever the parameters' lanes are derivatives by.
  func design(_ seeded: [Dual<Double>], _ sample: GrowthSample, _ noise: GrowthNoise) -> Matrix {
    var design = Matrix(rows: sample.size, columns: seeded.count, repeating: 0)
    for i in 0..<sample.size {
      let mean = total(seeded, first: Int(sample.first[i]), count: Int(sample.count[i]))
      let deviation = sample.deviation(noise, i, mean: mean.value)
      for j in seeded.indices { design[i, j] = mean[j] / deviation }
    }
    return design
  }
}

/// The residuals whose sum of squares is the objective, with the first parameter free or fixed.
struct GrowthResiduals<Curve: GrowthCurve>: ResidualFunction {
  let curve: Curve
  let sample: GrowthSample
  let noise: GrowthNoise
  /// The value of the first parameter if it is fixed.
  let held: Double?

  var parameterCount: Int { curve.parameterNames.count - (held == nil ? 0 : 1) }
  var residualCount: Int { sample.size }

  func evaluate<S: DifferentiableScalar>(_ parameters: [S], into residuals: inout [S]) {
    let point = held.map { [S($0)] + parameters } ?? parameters
    for i in 0..<sample.size {
      let mean = curve.total(point, first: Int(sample.first[i]), count: Int(sample.count[i]))
      let root = sample.count[i].squareRoot()
      switch noise {
      case .additive: residuals[i] = (mean - S(sample.total[i])) * S(1 / root)
      case .multiplicative: residuals[i] = (.log(mean) - S(Double.log(sample.total[i]))) * S(root)
      case .poisson: residuals[i] = rootDeviance(sample.total[i], mean)
      }
    }
  }
}

/// The signed root of the Poisson deviance, smooth through z = m.
func rootDeviance<S: DifferentiableScalar>(_ z: Double, _ m: S) -> S {
  guard z > 0 else { return .sqrt(m * 2.0) }
  let u = (S(z) - m) / m
  if abs(u.doubleValue) < 0.02 {
    // Deviance = m u² (1 + Σ 2(−u)^(k−2)/(k(k−1)), k ≥ 3).
    var sum: S = 1.0
    var power: S = 1.0
    for k in 3...10 {
      power = power * -u
      sum = sum + power * S(2 / Double(k * (k - 1)))
    }
    return -u * .sqrt(m * sum)
  }
  let deviance = (.log(S(z) / m) * S(z) - (S(z) - m)) * 2.0
  return m.doubleValue > z ? .sqrt(deviance) : -.sqrt(deviance)
}

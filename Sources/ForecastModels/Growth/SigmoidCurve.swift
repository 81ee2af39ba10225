internal import ForesightNumerics
internal import RealModule

/// The Richards family: μ_t = K g(x), x = η + r (t − c), with g(x) = (1 + ν e⁻ˣ)^(−1/ν).
///
/// ν = 1 is the logistic curve, ν → 0 the Gompertz curve exp(−e⁻ˣ). c is the middle of the sample, which keeps r and η
/// nearly orthogonal and the curve regular at r = 0; the inflection, x = 0, lies at t = c − η/r.
struct SigmoidCurve: GrowthCurve {
  /// The shape ν: fitted, or fixed at a value; 0 is the Gompertz curve.
  enum Shape: Sendable, Equatable {
    case fitted
    case held(Double)
  }

  let shape: Shape
  let centre: Double

  init(_ sample: GrowthSample, shape: Shape) {
    self.shape = shape
    var sum = 0.0
    var weight = 0.0
    for i in 0..<sample.size {
      sum += sample.count[i] * (sample.first[i] + (sample.count[i] - 1) / 2)
      weight += sample.count[i]
    }
    centre = sum / weight
  }

  var parameterNames: [String] {
    ["capacity", "rate", "position"] + (shape == .fitted ? ["shape"] : [])
  }
  var reportedNames: [String] {
    ["capacity", "rate", "inflection"] + (shape == .fitted ? ["shape"] : [])
  }
  var rateIndex: Int? { 1 }
  var isLogarithmic: [Bool] { [true, false, false] + (shape == .fitted ? [true] : []) }

  func reported<S: DifferentiableScalar>(_ parameters: [S]) -> [S] {
    var figures = parameters
    figures[2] = S(centre) - parameters[2] / parameters[1]
    return figures
  }

  func total<S: DifferentiableScalar>(_ parameters: [S], first: Int, count: Int) -> S {
    var sum: S = 0.0
    for offset in first..<(first + count) {
      let x = parameters[2] + parameters[1] * S(Double(offset) - centre)
      switch shape {
      case .held(1): sum = sum + logistic(x)
      case .held(0): sum = sum + gompertz(x)
      case .held(let shape): sum = sum + richards(x, S(shape))
      case .fitted: sum = sum + richards(x, parameters[3])
      }
    }
    return parameters[0] * sum
  }

  /// 1/(1 + e⁻ˣ), by whichever exponential does not overflow.
  private func logistic<S: DifferentiableScalar>(_ x: S) -> S {
    if x >= 0.0 { return S(1) / (.exp(-x) + 1.0) }
    let e = S.exp(x)
    return e / (e + 1.0)
  }

  /// exp(−e⁻ˣ), kept at 10⁻²⁸⁹ below x = −6.5 so that it is never zero.
  private func gompertz<S: DifferentiableScalar>(_ x: S) -> S {
    .exp(-S.exp(x < -6.5 ? 6.5 : -x))
  }

  /// (1 + ν e⁻ˣ)^(−1/ν).
  private func richards<S: DifferentiableScalar>(_ x: S, _ shape: S) -> S {
    let power = x < -60.0 ? .log(shape) - x : S.log(onePlus: shape * .exp(-x))
    return .exp(-(power / shape))
  }

  func bounds(_ sample: GrowthSample) -> BoxBounds { box(sample, shapes: 1e-6...1e2) }

  func prior(_ sample: GrowthSample) -> BoxBounds { box(sample, shapes: 1e-2...1e2) }

  /// log K, the logarithm a of the level at c, the relative slope b there, and log ν.
  ///
  /// a and b are the parameters of the exponential curve that is the limit for a large capacity. A prior that is flat in η and r
  /// would give most of its mass to level curves.
  func coordinates(_ point: [Double]) -> [Double] {
    let shape = shapeValue(point)
    let x = point[2]
    // −log g = log(1 + ν e⁻ˣ)/ν and h = d log g/dx = e⁻ˣ/(1 + ν e⁻ˣ), by whichever exponential is small.
    let power = x < -60 ? .log(max(shape, 1e-300)) - x : Double.log(onePlus: shape * .exp(-x))
    let gap = shape > 0 ? power / shape : .exp(-x)
    let slope = x > 0 ? .exp(-x) / (1 + shape * .exp(-x)) : 1 / (.exp(x) + shape)
    let start = [Double.log(point[0]), Double.log(point[0]) - gap, point[1] * slope]
    return self.shape == .fitted ? start + [.log(shape)] : start
  }

  func point<S: DifferentiableScalar>(at coordinates: [S]) -> [S] {
    let gap = coordinates[0] - coordinates[1]
    let shape: S
    switch self.shape {
    case .held(let value): shape = S(value)
    case .fitted: shape = .exp(coordinates[3])
    }
    let position: S
    let slope: S
    if shape > 0.0 {
      position = -.log(S.expMinusOne(shape * gap) / shape)
      slope = -S.expMinusOne(-shape * gap) / shape
    } else {
      position = -.log(gap)
      slope = gap
    }
    let start = [.exp(coordinates[0]), coordinates[2] / slope, position]
    return self.shape == .fitted ? start + [shape] : start
  }

  func extents(_ sample: GrowthSample) -> [Double] {
    [.log(1e4), 25, 10] + (shape == .fitted ? [.log(1e4)] : [])
  }

  private func shapeValue(_ point: [Double]) -> Double {
    switch shape {
    case .held(let value): value
    case .fitted: point[3]
    }
  }

  private func box(_ sample: GrowthSample, shapes: ClosedRange<Double>) -> BoxBounds {
    let base: [ClosedRange<Double>] = [
      1e-2 * sample.peak...capacityLimit * sample.peak, -50...50, -5000...5000,
    ]
    return BoxBounds(base + (shape == .fitted ? [shapes] : []))
  }

  /// For trial capacities and shapes, the weighted regression of log(((K/y)^ν − 1)/ν) on time, as self-starting models do.
  func starts(_ sample: GrowthSample) -> [[Double]] {
    let shapes: [Double]
    switch shape {
    case .held(let value): shapes = [value]
    case .fitted: shapes = [0.05, 0.3, 1, 3]
    }
    var points: [[Double]] = []
    for multiple in [1.003, 1.02, 1.06, 1.15, 1.4, 2, 4, 10, 50] {
      for value in shapes {
        let (rate, position) = line(sample, capacity: multiple * sample.peak, shape: value)
        points.append(
          [multiple * sample.peak, rate, position] + (shape == .fitted ? [value] : []))
      }
    }
    return points
  }

  private func line(
    _ sample: GrowthSample, capacity: Double, shape: Double
  ) -> (rate: Double, position: Double) {
    var w = 0.0
    var sx = 0.0
    var sy = 0.0
    var sxx = 0.0
    var sxy = 0.0
    for i in 0..<sample.size {
      let time = sample.first[i] + (sample.count[i] - 1) / 2 - centre
      let level = min(0.999, max(0.001, sample.total[i] / sample.count[i] / capacity))
      // x = −log((level^−ν − 1)/ν) and dg/dx = level (1 − level^ν)/ν; their limits at ν = 0.
      let x: Double
      let slope: Double
      if shape > 0 {
        x = -Double.log(Double.expMinusOne(-shape * .log(level)) / shape)
        slope = level * -Double.expMinusOne(shape * .log(level)) / shape
      } else {
        x = -Double.log(-Double.log(level))
        slope = level * -Double.log(level)
      }
      let weight = sample.count[i] * slope * slope
      w += weight
      sx += weight * time
      sy += weight * x
      sxx += weight * time * time
      sxy += weight * time * x
    }
    let spread = sxx - sx * sx / w
    let rate = spread > 0 ? (sxy - sx * sy / w) / spread : 0
    return (rate, (sy - rate * sx) / w)
  }
}

import ForesightNumerics

// Problems with known minimizers. Source: J. J. Moré, B. S. Garbow and K. E. Hillstrom, "Testing unconstrained
// optimization software", ACM TOMS 7 (1981) 17–41, problems 1, 13, 14, 21.
struct Rosenbrock: DifferentiableFunction {
  func value<S: DifferentiableScalar>(_ x: [S]) -> S {
    var sum = S(0.0)
    for i in stride(from: 0, to: x.count - 1, by: 2) {
      let valley = x[i + 1] - x[i] * x[i]
      let slope = 1.0 - x[i]
      sum += 100.0 * valley * valley + slope * slope
    }
    return sum
  }
}

struct PowellSingular: DifferentiableFunction {
  func value<S: DifferentiableScalar>(_ x: [S]) -> S {
    let a = x[0] + 10.0 * x[1]
    let b = x[2] - x[3]
    let c = x[1] - 2.0 * x[2]
    let d = x[0] - x[3]
    return a * a + 5.0 * b * b + S.pow(c, 4) + 10.0 * S.pow(d, 4)
  }
}

struct Wood: DifferentiableFunction {
  func value<S: DifferentiableScalar>(_ x: [S]) -> S {
    let a = x[1] - x[0] * x[0]
    let b = 1.0 - x[0]
    let c = x[3] - x[2] * x[2]
    let d = 1.0 - x[2]
    let e = x[1] + x[3] - 2.0
    let f = x[1] - x[3]
    let first = 100.0 * a * a + b * b
    let second = 90.0 * c * c + d * d
    return first + second + 10.0 * e * e + 0.1 * f * f
  }
}

/// ½·Σ wᵢ(xᵢ − cᵢ)²: in a box the minimizer is the clamped centre.
struct SeparableQuadratic: DifferentiableFunction {
  let weights: [Double]
  let centre: [Double]
  func value<S: DifferentiableScalar>(_ x: [S]) -> S {
    var sum = S(0.0)
    for i in x.indices {
      let d = x[i] - S(centre[i])
      sum += S(0.5 * weights[i]) * d * d
    }
    return sum
  }
}

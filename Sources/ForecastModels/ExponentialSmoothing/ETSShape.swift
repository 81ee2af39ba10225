/// The layout of the vector that is searched: smoothing parameters, then the initial state.
///
/// Within the usual bounds β and γ are searched as β = α·b* and γ = (1 − α)·g*, which makes the region a box; within the
/// admissible bounds they are searched directly. The first seasonal index follows from the others.
struct ETSShape: Sendable, Hashable {
  let form: ETSForm
  let period: Int
  let bounds: ETSBounds
  /// The largest φ within the usual bounds.
  let dampingLimit: Double
  let beta: Int?
  let gamma: Int?
  let phi: Int?
  let level: Int
  let slope: Int?
  /// The position of the second seasonal index.
  let seasonal: Int?
  let count: Int

  init(_ form: ETSForm, period: Int, bounds: ETSBounds, dampingLimit: Double = 0.98) {
    self.form = form
    self.dampingLimit = dampingLimit
    self.period = form.season == .none ? 1 : period
    self.bounds = bounds
    var next = 1
    func place(_ present: Bool) -> Int? {
      guard present else { return nil }
      next += 1
      return next - 1
    }
    beta = place(form.trend != .none)
    gamma = place(form.season != .none)
    phi = place(form.trend.isDamped)
    level = next
    next += 1
    slope = place(form.trend != .none)
    seasonal = form.season == .none ? nil : next
    count = form.season == .none ? next : next + period - 1
  }

  /// The number of smoothing parameters, which come first.
  var smoothingCount: Int { level }

  /// The count, rounded up to whole vector registers.
  var width: Int { (count + 7) & ~7 }

  /// The sum of the seasonal indices.
  var seasonalSum: Double { form.season == .multiplicative ? Double(period) : 0 }

  /// The bounds of a smoothing parameter in the coordinates of the search.
  func limits(_ index: Int) -> ClosedRange<Double> {
    if index == phi { return bounds == .usual ? 0.8...dampingLimit : 0...1 }
    if bounds == .usual { return 0...1 }
    if index == beta { return 0...4 }
    return index == gamma ? 0...2 : 0...2
  }

  /// The smoothing parameters in a vector.
  func parameters(_ theta: some RandomAccessCollection<Double>) -> ETSParameters {
    func value(_ index: Int) -> Double { theta[theta.index(theta.startIndex, offsetBy: index)] }
    let alpha = value(0)
    var parameters = ETSParameters(alpha: alpha)
    if let beta { parameters.beta = bounds == .usual ? alpha * value(beta) : value(beta) }
    if let gamma { parameters.gamma = bounds == .usual ? (1 - alpha) * value(gamma) : value(gamma) }
    if let phi { parameters.phi = value(phi) }
    return parameters
  }

  /// The vector of smoothing parameters and an initial state; the seasonal indices must have the fixed sum.
  func vector(_ parameters: ETSParameters, _ state: ETSState) -> [Double] {
    var theta = [parameters.alpha]
    let alpha = parameters.alpha
    if form.trend != .none {
      theta.append(bounds == .usual ? (alpha > 0 ? parameters.beta / alpha : 0) : parameters.beta)
    }
    if form.season != .none {
      theta.append(bounds == .usual ? (alpha < 1 ? parameters.gamma / (1 - alpha) : 0) : parameters.gamma)
    }
    if form.trend.isDamped { theta.append(parameters.phi) }
    theta.append(state.level)
    if form.trend != .none { theta.append(state.slope) }
    if form.season != .none { theta += state.seasonal.dropFirst() }
    return theta
  }

  /// The initial state in a vector.
  func state(_ theta: [Double]) -> ETSState {
    var state = ETSState(level: theta[level], slope: slope.map { theta[$0] } ?? 0)
    if let seasonal {
      let others = theta[seasonal...]
      state.seasonal = [seasonalSum - others.reduce(0, +)] + others
    }
    return state
  }
}

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

/// The region in which old values lose their weight, for the linear form with the same components.
///
/// All roots of the characteristic polynomial of D = F − gwᵀ lie inside the unit circle (Hyndman, Akram and Archibald,
/// *Ann. Inst. Stat. Math.* 60 (2008) 407–426, doi:10.1007/s10463-006-0109-x), with β for φβ: without season
/// z² + (α + β − 1 − φ)z + φ(1 − α); with season z^(m+1) + (α + β − φ)z^m + (α + β − αφ)(z^(m−1) + … + z²) +
/// (α + β − αφ + γ − 1)z + φ(1 − α − γ), the unit root of the redundant level divided out.
enum ETSAdmissibility {
  static func contains(_ form: ETSForm, _ parameters: ETSParameters, period: Int) -> Bool {
    let alpha = parameters.alpha
    let gamma = parameters.gamma
    let phi = parameters.phi
    // The paper's β: here the slope enters the prediction as φb.
    let beta = phi * parameters.beta
    guard form.season != .none else {
      if form.trend == .none { return alpha >= 0 && alpha <= 2 }
      return isStable([1, alpha + beta - 1 - phi, phi * (1 - alpha)])
    }
    guard gamma >= 0 else { return false }
    let common = alpha + beta - alpha * phi
    guard form.trend != .none else {
      // φ = 0 takes the slope out: one root fewer.
      var polynomial = [Double](repeating: alpha, count: period + 1)
      polynomial[0] = 1
      polynomial[period] = alpha + gamma - 1
      return isStable(polynomial)
    }
    var polynomial = [Double](repeating: common, count: period + 2)
    polynomial[0] = 1
    polynomial[1] = alpha + beta - phi
    polynomial[period] = common + gamma - 1
    polynomial[period + 1] = phi * (1 - alpha - gamma)
    return isStable(polynomial)
  }

  /// Whether all roots lie inside the unit circle or, within 1e-8, on it: the Schur–Cohn recursion, O(degree²).
  static func isStable(_ coefficients: [Double]) -> Bool {
    // Roots are shrunk a little so that the boundary belongs to the region.
    var shrink = 1.0
    var a = coefficients.map { coefficient in
      defer { shrink *= 1 - 1e-8 }
      return coefficient * shrink
    }
    while a.count > 1 {
      let last = a[a.count - 1]
      let ratio = last / a[0]
      guard abs(ratio) < 1 else { return false }
      let reversed = Array(a.reversed())
      for i in a.indices { a[i] -= ratio * reversed[i] }
      a.removeLast()
    }
    return true
  }
}

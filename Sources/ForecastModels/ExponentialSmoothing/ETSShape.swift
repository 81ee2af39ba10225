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

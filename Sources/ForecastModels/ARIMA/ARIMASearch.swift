internal import ForesightNumerics
internal import RealModule

/// The search for the partial autocorrelations that maximize the likelihood.
struct ARIMASearch {
  let objective: ARIMAObjective

  struct Optimum {
    var partials: [Double]
    var value: Double
    var gradientNorm: Double
    var status: Convergence.Status
  }

  /// Autoregressions stay away from a unit root, where no stationary start exists; moving averages may reach it.
  private var bounds: BoxBounds {
    let order = objective.order
    func ranges(_ count: Int, _ limit: Double) -> [ClosedRange<Double>] {
      [ClosedRange<Double>](repeating: -limit...limit, count: count)
    }
    let inside = 1 - 1e-6
    return BoxBounds(
      ranges(order.ar, inside) + ranges(order.ma, 1) + ranges(order.seasonalAR, inside)
        + ranges(order.seasonalMA, 1))
  }

  /// The optimum that is reached from a start.
  func run(from start: [Double], tolerance: Double = 1e-7, steps: Int = 200) -> Optimum {
    if start.isEmpty {
      var none: [Double] = []
      return Optimum(
        partials: [], value: objective.value([], gradient: &none), gradientNorm: 0, status: .closedForm)
    }
    let bounds = bounds
    let method = LBFGSB(gradientTolerance: tolerance, maximumIterations: steps)
    let result = method.minimize(from: start, bounds: bounds) { point, gradient in
      objective.value(point, gradient: &gradient)
    }
    let ended = result.convergence.status
    return Optimum(
      partials: result.point, value: result.value,
      gradientNorm: (result.convergence.gradientNorm ?? 0) * Double(objective.sample.effective),
      status: ended == .noStart ? .flat : ended)
  }

  /// The best optimum from several starts: that of Hannan and Rissanen, zero, and four with large coefficients of either sign.
  func best(from given: [[Double]] = []) -> Optimum {
    let order = objective.order
    let origin = [Double](repeating: 0, count: order.armaCount)
    if let still = objective.solution(ARIMAPartials(order, origin.map { ARMAJet($0) }).coefficients),
      still.isPerfect
    {
      return Optimum(partials: origin, value: -.infinity, gradientNorm: 0, status: .closedForm)
    }
    var starts = given
    if let regressed = HannanRissanen.start(
      objective.sample.withoutRegression(hasConstant: false), order: order, centred: objective.hasConstant)
    {
      starts.append(ARIMAPartials.inside(regressed))
    }
    starts.append(origin)
    if order.armaCount > 0 {
      let blocks = [order.ar, order.ma, order.seasonalAR, order.seasonalMA]
      for pull in [
        [0.6, 0.6, 0.3, 0.6], [-0.6, 0.6, -0.3, 0.6], [0.6, -0.6, 0.3, 0.6], [0.9, 0.9, 0.6, 0.8],
      ] {
        starts.append(
          zip(blocks, pull).flatMap { count, value in
            (0..<count).map { $0 == 0 ? value : 0 }
          })
      }
    }
    var best: Optimum?
    for start in starts {
      let found = run(from: start, tolerance: 1e-5)
      if found.value < (best?.value ?? .infinity) { best = found }
    }
    guard let best, !best.partials.isEmpty else {
      return best ?? run(from: origin)
    }
    let polished = run(from: best.partials, tolerance: 1e-8)
    return besideBounds(polished.value <= best.value ? polished : best)
  }

  /// The better one of an optimum and those reached with one partial autocorrelation near a bound, from the optimum or from zero.
  ///
  /// A likelihood often has a peak of its own on the boundary of invertibility. With many missing values an evaluation costs too much for
  /// this search.
  private func besideBounds(_ first: Optimum) -> Optimum {
    guard !objective.sample.isGapped else { return first }
    var best = first
    let origin = [Double](repeating: 0, count: first.partials.count)
    for k in first.partials.indices {
      for bound in [-0.98, 0.98] {
        for var start in [best.partials, origin] where abs(start[k] - bound) > 0.1 {
          start[k] = bound
          let found = run(from: start, tolerance: 1e-5)
          guard found.value < best.value - 1e-6 else { continue }
          let polished = run(from: found.partials, tolerance: 1e-8)
          best = polished.value <= found.value ? polished : found
        }
      }
    }
    return best
  }

  /// The optimum near the result of a rough search.
  func polished(from partials: [Double]) -> Optimum {
    if partials.isEmpty { return best() }
    // Differences in place of the gradient carry fewer digits.
    return run(from: partials, tolerance: objective.sample.isGapped ? 1e-6 : 1e-8)
  }

  /// The covariance of the partial autocorrelations from the Hessian; `nil` if that is not positive definite.
  ///
  /// The columns of the Hessian are central differences of the exact gradient. Partial autocorrelations at the boundary have zero
  /// rows.
  func covariance(_ partials: [Double]) -> Matrix? {
    let count = partials.count
    let free = partials.indices.filter { abs(partials[$0]) < 1 - 1e-4 }
    guard !free.isEmpty else { return nil }
    var information = Matrix(rows: free.count, columns: free.count, repeating: 0)
    for (column, j) in free.enumerated() {
      let step = objective.sample.isGapped ? 1e-4 : 1e-5
      var upper = [Double](repeating: 0, count: count)
      var lower = upper
      var point = partials
      point[j] = partials[j] + step
      guard objective.value(point, gradient: &upper).isFinite else { return nil }
      point[j] = partials[j] - step
      guard objective.value(point, gradient: &lower).isFinite else { return nil }
      for (row, i) in free.enumerated() {
        information[row, column] = (upper[i] - lower[i]) / (2 * step) * Double(objective.sample.effective)
      }
    }
    for i in free.indices {
      for j in 0..<i {
        let mean = 0.5 * (information[i, j] + information[j, i])
        information[i, j] = mean
        information[j, i] = mean
      }
    }
    guard let inverse = try? Cholesky(information).inverse() else { return nil }
    var covariance = Matrix(rows: count, columns: count, repeating: 0)
    for (row, i) in free.enumerated() {
      for (column, j) in free.enumerated() { covariance[i, j] = inverse[row, column] }
    }
    return covariance
  }
}

/// First estimates by two regressions: a long autoregression for the innovations, then the values on lags of both.
///
/// E. J. Hannan and J. Rissanen, *Biometrika* 69 (1982) 81–94, doi:10.1093/biomet/69.1.81.
enum HannanRissanen {
  /// The coefficients of an order, without products of seasonal and other lags; `nil` for too few values.
  static func start(_ values: [Double], order: ARIMAOrder, centred: Bool) -> ARIMACoefficients? {
    let n = values.count
    let reach = max(order.longAR, order.longMA)
    guard order.armaCount > 0 else { return nil }
    let mean = centred ? values.reduce(0, +) / Double(n) : 0
    let w = values.map { $0 - mean }
    let long = min(max(8, reach + 2), n / 3)
    guard long >= 1, n - long - reach > 2 * order.armaCount + 2 else { return nil }
    guard let filter = yuleWalker(w, order: order.ma + order.seasonalMA > 0 ? long : 0) else { return nil }
    var innovations = [Double](repeating: 0, count: n)
    for t in filter.count..<n {
      var sum = w[t]
      for (lag, weight) in filter.enumerated() { sum -= weight * w[t - lag - 1] }
      innovations[t] = sum
    }
    var lags: [(lag: Int, isMA: Bool)] = []
    for i in 0..<order.ar { lags.append((i + 1, false)) }
    for i in 0..<order.ma { lags.append((i + 1, true)) }
    for i in 0..<order.seasonalAR { lags.append(((i + 1) * order.period, false)) }
    for i in 0..<order.seasonalMA { lags.append(((i + 1) * order.period, true)) }
    var gram = Matrix(rows: lags.count, columns: lags.count, repeating: 0)
    var right = [Double](repeating: 0, count: lags.count)
    for t in (filter.count + reach)..<n {
      let row = lags.map { $0.isMA ? innovations[t - $0.lag] : w[t - $0.lag] }
      for i in row.indices {
        for j in 0...i { gram[i, j] += row[i] * row[j] }
        right[i] += row[i] * w[t]
      }
    }
    for i in lags.indices { gram[i, i] *= 1 + 1e-6 }
    guard let b = try? Cholesky(gram).solve(right), b.allSatisfy(\.isFinite) else { return nil }
    var rest = b[...]
    func take(_ count: Int) -> [Double] {
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    return ARIMACoefficients(
      ar: take(order.ar), ma: take(order.ma), seasonalAR: take(order.seasonalAR),
      seasonalMA: take(order.seasonalMA))
  }

  /// The autoregression of an order from sample autocovariances, by Levinson's recursion.
  private static func yuleWalker(_ w: [Double], order: Int) -> [Double]? {
    guard order > 0 else { return [] }
    let gamma = (0...order).map { lag in
      var sum = 0.0
      for t in lag..<w.count { sum += w[t] * w[t - lag] }
      return sum
    }
    guard gamma[0] > 0 else { return nil }
    var phi: [Double] = []
    var variance = gamma[0]
    for lag in 1...order {
      var sum = gamma[lag]
      for i in phi.indices { sum -= phi[i] * gamma[lag - 1 - i] }
      let partial = variance > 0 ? sum / variance : 0
      let old = phi
      for i in phi.indices { phi[i] = old[i] - partial * old[old.count - 1 - i] }
      phi.append(partial)
      variance *= 1 - partial * partial
    }
    return phi
  }
}

internal import RealModule

/// A search among the orders of one sample.
struct ARIMASelection {
  let sample: ARIMASample
  /// The largest p and q.
  let longest: Int
  var best: Candidate?
  private(set) var tried: [Candidate] = []
  private var seen: Set<Key> = []

  /// The residuals of a regression of the differenced values, for first estimates.
  private let residuals: [Double]

  init(sample: ARIMASample, longest: Int = ARIMASelection.longest) {
    self.sample = sample
    self.longest = longest
    residuals = sample.withoutRegression(hasConstant: false)
    allowsNone =
      sample.difference + sample.seasonalDifference > 0 || !sample.explanatory.isEmpty
      || UnitRoots.mayHaveZeroMean(sample.values)
  }

  /// The largest p and q for a series whose values say enough of every lag.
  static let longest = 5

  struct Candidate {
    var order: ARIMAOrder
    var hasConstant: Bool
    var partials: [Double]
    var aicc: Double
  }

  private struct Key: Hashable {
    var order: ARIMAOrder
    var hasConstant: Bool
  }

  private var allowsConstant: Bool { sample.difference + sample.seasonalDifference <= 1 }

  /// Whether candidates without a constant are tried: always after differences, else if the mean may be zero.
  ///
  /// With a handful of values AICc charges so much for a mean that it would choose zero for values far from it.
  private let allowsNone: Bool

  private func order(_ p: Int, _ q: Int, _ capitalP: Int, _ capitalQ: Int) -> ARIMAOrder {
    ARIMAOrder(
      p, sample.difference, q, seasonal: (capitalP, sample.seasonalDifference, capitalQ),
      period: sample.period)
  }

  /// The stepwise search of Hyndman and Khandakar, which also tries two coefficients fewer of one polynomial: the second and the first
  /// can be worth less alone than neither.
  mutating func stepwise() {
    let season = sample.period > 1 ? 1 : 0
    attempt(order(0, 0, 0, 0), constant: allowsConstant)
    if let best, best.aicc == -.infinity { return }
    if allowsConstant && allowsNone { attempt(order(0, 0, 0, 0), constant: false) }
    attempt(order(1, 0, season, 0), constant: allowsConstant)
    attempt(order(0, 1, 0, season), constant: allowsConstant)
    attempt(order(min(2, longest), longest > 1 ? 2 : 0, season, season), constant: allowsConstant)
    let moves = [
      [0, 0, -1, 0], [0, 0, 0, -1], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, -1, -1], [0, 0, -1, 1], [0, 0, 1, -1],
      [0, 0, 1, 1], [-1, 0, 0, 0], [0, -1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [-1, -1, 0, 0], [-1, 1, 0, 0],
      [1, -1, 0, 0], [1, 1, 0, 0], [0, 0, -2, 0], [0, 0, 0, -2], [-2, 0, 0, 0], [0, -2, 0, 0],
    ]
    walk: while seen.count < 94, let current = best {
      let at = current.order
      for move in moves {
        let p = at.ar + move[0]
        let q = at.ma + move[1]
        let capitalP = at.seasonalAR + move[2]
        let capitalQ = at.seasonalMA + move[3]
        guard (0...longest).contains(p), (0...longest).contains(q), longest > 1 || p + q <= 1 else {
          continue
        }
        guard (0...2 * season).contains(capitalP), (0...2 * season).contains(capitalQ) else { continue }
        if attempt(order(p, q, capitalP, capitalQ), constant: current.hasConstant) { continue walk }
      }
      if allowsConstant, allowsNone, attempt(at, constant: !current.hasConstant) { continue walk }
      return
    }
  }

  /// Every order with p + q + P + Q ≤ 5.
  mutating func exhaustive() {
    let season = sample.period > 1 ? 2 : 0
    for total in 0...5 {
      for capitalP in 0...season {
        for capitalQ in 0...season where capitalP + capitalQ <= total {
          let rest = total - capitalP - capitalQ
          for p in 0...rest where max(p, rest - p) <= longest && (longest > 1 || rest <= 1) {
            let order = order(p, rest - p, capitalP, capitalQ)
            if allowsNone { attempt(order, constant: false) }
            if allowsConstant { attempt(order, constant: true) }
          }
        }
      }
    }
  }

  /// Fits a candidate that was not tried before, keeps it if it is the best, and returns whether it is.
  @discardableResult
  private mutating func attempt(_ order: ARIMAOrder, constant: Bool) -> Bool {
    guard seen.insert(Key(order: order, hasConstant: constant)).inserted else { return false }
    let k = Double(order.armaCount + sample.explanatory.count + (constant ? 1 : 0) + 1)
    let n = Double(sample.effective)
    let isNull = order.armaCount == 0
    guard n > k + 1 || isNull && best == nil && n >= k else { return false }
    // Polynomials that are longer than the data leave their far lags undetermined.
    guard isNull || max(order.longAR, order.longMA) < sample.values.count else { return false }
    let objective = ARIMAObjective(sample, order: order, hasConstant: constant)
    let search = ARIMASearch(objective: objective)
    if isNull {
      let solution = objective.solution(ARIMACoefficients())
      guard let solution else { return false }
      if solution.isPerfect {
        let perfect = Candidate(order: order, hasConstant: constant, partials: [], aicc: -.infinity)
        best = perfect
        tried.append(perfect)
        return true
      }
      var none: [Double] = []
      let value = objective.value([], gradient: &none)
      return keep(order, constant, [], value, k, n)
    }
    var starts: [[Double]] = []
    if let best { starts.append(ARIMASelection.carried(best, to: order)) }
    if let regressed = HannanRissanen.start(residuals, order: order, centred: constant) {
      starts.append(ARIMAPartials.inside(regressed))
    }
    if let level = stationaryLevel(order, centred: constant) { starts.append(level) }
    var start: [Double]?
    var lowest = Double.infinity
    for point in starts {
      var gradient = [Double](repeating: 0, count: point.count)
      let value = objective.value(point, gradient: &gradient)
      if value < lowest {
        lowest = value
        start = point
      }
    }
    guard let start else { return false }
    let found = search.run(from: start, tolerance: 1e-4, steps: 60)
    guard isAwayFromUnitRoots(order, found.partials) else { return false }
    return keep(order, constant, found.partials, found.value, k, n)
  }

  /// A start for a series that is stationary before its last difference: its autoregression there, with θ₁ near −1.
  ///
  /// The likelihood has a second peak there, which no start from the differences reaches.
  private func stationaryLevel(_ order: ARIMAOrder, centred: Bool) -> [Double]? {
    guard order.difference > 0, order.ma > 0 else { return nil }
    let mean = centred ? residuals.reduce(0, +) / Double(residuals.count) : 0
    var sum = 0.0
    let level = residuals.map { value in
      sum += value - mean
      return sum
    }
    let pure = ARIMAOrder(order.ar, 0, 0, seasonal: (order.seasonalAR, 0, 0), period: order.period)
    let found =
      pure.armaCount > 0
      ? HannanRissanen.start(level, order: pure, centred: true) : ARIMACoefficients()
    guard let found else { return nil }
    func zeros(_ count: Int) -> [Double] { [Double](repeating: 0, count: count) }
    return ARIMAPartials.inside(
      ARIMACoefficients(
        ar: found.ar, ma: [-0.95] + zeros(order.ma - 1), seasonalAR: found.seasonalAR,
        seasonalMA: zeros(order.seasonalMA)))
  }

  mutating func keep(
    _ order: ARIMAOrder, _ constant: Bool, _ partials: [Double], _ value: Double, _ k: Double, _ n: Double
  ) -> Bool {
    guard value.isFinite else { return false }
    let penalty = n > k + 1 ? 2 * k * n / (n - k - 1) : 1e6
    let aicc = 2 * n * value + penalty
    tried.append(Candidate(order: order, hasConstant: constant, partials: partials, aicc: aicc))
    guard aicc < best?.aicc ?? .infinity else { return false }
    best = Candidate(order: order, hasConstant: constant, partials: partials, aicc: aicc)
    return true
  }

  /// Whether the polynomials stay stationary and invertible if their roots move inward by 1 %.
  func isAwayFromUnitRoots(_ order: ARIMAOrder, _ partials: [Double]) -> Bool {
    let coefficients = ARIMAPartials(order, partials.map { ARMAJet($0) }).coefficients
    func isInside(_ values: [Double]) -> Bool {
      let moved = values.enumerated().map { $1 * Double.pow(1.01, $0 + 1) }
      return PartialAutocorrelation.partials(moved) != nil
    }
    return isInside(coefficients.ar) && isInside(coefficients.ma.map { -$0 })
      && isInside(coefficients.seasonalAR) && isInside(coefficients.seasonalMA.map { -$0 })
  }

  /// The partial autocorrelations of a candidate, truncated or padded with zeros to another order.
  static func carried(_ candidate: Candidate, to order: ARIMAOrder) -> [Double] {
    var rest = candidate.partials[...]
    func block(_ old: Int, _ new: Int) -> [Double] {
      defer { rest = rest.dropFirst(old) }
      let kept = rest.prefix(min(old, new))
      return Array(kept) + [Double](repeating: 0, count: new - kept.count)
    }
    let from = candidate.order
    return block(from.ar, order.ar) + block(from.ma, order.ma) + block(from.seasonalAR, order.seasonalAR)
      + block(from.seasonalMA, order.seasonalMA)
  }
}

extension ARIMASelection {
  /// The four candidates with the least AICc.
  var finalists: ArraySlice<Candidate> { tried.sorted { $0.aicc < $1.aicc }.prefix(4) }

  /// Fits a candidate again, from its estimates on another sample, and keeps it if it is the best.
  mutating func compare(_ candidate: Candidate) {
    let order = candidate.order
    let k = Double(
      order.armaCount + sample.explanatory.count + (candidate.hasConstant ? 1 : 0) + 1)
    let n = Double(sample.effective)
    let objective = ARIMAObjective(sample, order: order, hasConstant: candidate.hasConstant)
    guard candidate.aicc > -.infinity else {
      best = candidate
      return
    }
    guard n > k + 1 else { return }
    objective.isCentral = false
    let found = ARIMASearch(objective: objective).run(
      from: candidate.partials, tolerance: sample.isGapped ? 1e-3 : 1e-4,
      steps: sample.isGapped ? 12 : 60)
    guard isAwayFromUnitRoots(order, found.partials) else { return }
    _ = keep(order, candidate.hasConstant, found.partials, found.value, k, n)
  }
}

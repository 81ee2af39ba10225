public import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The ARIMA model of least AICc among those of one pair of differences.
///
/// D by the strength of the season or the test of Osborn and others, d by a KPSS test, one at most: a second difference carries the last slope on without
/// end, which the training parts of the M3 series, held out, pay for (OWA 0.892 instead of 0.913). Then R. J. Hyndman and
/// Y. Khandakar's stepwise search (*J. Stat. Softw.* 27 (2008) 3, doi:10.18637/jss.v027.i03) or all orders with
/// p + q + P + Q ≤ 5. Series and differences are made once for all candidates, a candidate starts from its neighbour's
/// optimum – in partial autocorrelations an added zero is the same model – and one whose roots come within 1 % of the unit
/// circle is passed over. Every likelihood is the exact one.
public struct AutoARIMA: Forecaster {
  /// How orders are searched.
  public enum Search: String, Sendable, Hashable, Codable, CaseIterable {
    /// From neighbour to neighbour while AICc falls.
    case stepwise
    /// Every order with p + q + P + Q ≤ 5.
    case exhaustive
  }

  /// The base periods in a cycle; the series' own where `nil`.
  public var seasonalPeriod: Int?
  /// How orders are searched.
  public var search: Search
  /// d, 0 or 1 by a test where `nil`.
  public var difference: Int?
  /// D, by a test where `nil`.
  public var seasonalDifference: Int?
  /// How D is chosen where it is not given.
  public var seasonalTest: SeasonalTest

  /// The choice among orders.
  public init(
    seasonalPeriod: Int? = nil, search: Search = .stepwise, difference: Int? = nil,
    seasonalDifference: Int? = nil, seasonalTest: SeasonalTest = .strength
  ) {
    self.seasonalPeriod = seasonalPeriod
    self.search = search
    self.difference = difference
    self.seasonalDifference = seasonalDifference
    self.seasonalTest = seasonalTest
  }

  /// `AutoARIMA`.
  public var name: String { "AutoARIMA" }

  /// The order of least AICc fitted to a series.
  ///
  /// - Throws: `ForecastError.tooFewObservations` below three figures after differencing, and what `ARIMA.fit` throws.
  public func fit(_ series: TimeSeries) throws(ForecastError) -> FittedARIMA {
    try fit(series, regressors: .none)
  }

  /// The order of least AICc of the errors of a regression.
  func fit(_ series: TimeSeries, regressors: ARIMARegressors) throws(ForecastError) -> FittedARIMA {
    try validate()
    let whole = try ARIMASample(
      series, model: name, difference: 0, seasonalDifference: 0, period: 1, regressors: regressors)
    try whole.checkVariables(model: name, hasConstant: true)
    let levels = whole.withoutRegression(hasConstant: true)
    let given = series.cycle(seasonalPeriod)
    let isSeasonal = given > 1 && levels.count > 2 * given
    let period = isSeasonal ? given : 1
    let capital =
      isSeasonal
      ? seasonalDifference ?? UnitRoots.seasonalDifferences(levels, period: period, by: seasonalTest) : 0
    let seasonless = ARIMASample.difference(levels, 0, seasonal: capital, period: period)
    let d = difference ?? UnitRoots.differences(seasonless, limit: 1)
    let sample = try ARIMASample(
      series, model: name, difference: d, seasonalDifference: capital, period: period,
      regressors: regressors)
    guard sample.effective >= 2 else {
      throw .tooFewObservations(
        model: name, series: series.name, needed: d + period * capital + 2, found: sample.observed)
    }
    try sample.checkVariables(model: name, hasConstant: false)
    guard let best = chosen(sample) else {
      if capital > 0, seasonalDifference == nil {
        // The periods of spans cannot always be told from seasonal differences; then these are not taken.
        return try AutoARIMA(
          seasonalPeriod: seasonalPeriod, search: search, difference: difference, seasonalDifference: 0
        ).fit(series, regressors: regressors)
      }
      throw .tooFewObservations(
        model: name, series: series.name, needed: d + period * capital + 4, found: sample.observed)
    }
    let objective = ARIMAObjective(sample, order: best.order, hasConstant: best.hasConstant)
    let final = ARIMASearch(objective: objective)
    return try FittedARIMA(
      series: series, search: final, optimum: final.polished(from: best.partials), spread: .chosen)
  }
}

extension AutoARIMA: DescribedForecaster {
  /// `auto-arima`.
  public static let descriptions = [
    ModelDescription(
      "auto-arima", "the seasonal ARIMA model with the least AICc", AutoARIMA(),
      [
        .season(\.seasonalPeriod),
        ModelOption("search", \.search, .choice(), "how orders are searched"),
        ModelOption(
          "d", \.difference, .optional(.whole(in: 0...2), absent: "auto"),
          "first differences; auto chooses them by a KPSS test"),
        ModelOption(
          "seasonal-d", \.seasonalDifference, .optional(.whole(in: 0...1), absent: "auto"),
          "seasonal differences; auto chooses them by seasonal-test"),
        ModelOption("seasonal-test", \.seasonalTest, .choice(), "how seasonal differences are chosen"),
      ])
  ]
}

/// A search among the orders of one sample.
struct ARIMASelection {
  let sample: ARIMASample
  var best: Candidate?
  private(set) var tried: [Candidate] = []
  private var seen: Set<Key> = []

  /// The differenced values that first estimates are made of: what a regression leaves of them.
  private let residuals: [Double]

  init(sample: ARIMASample) {
    self.sample = sample
    residuals = sample.withoutRegression(hasConstant: false)
  }

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

  private func order(_ p: Int, _ q: Int, _ capitalP: Int, _ capitalQ: Int) -> ARIMAOrder {
    ARIMAOrder(
      p, sample.difference, q, seasonal: (capitalP, sample.seasonalDifference, capitalQ),
      period: sample.period)
  }

  /// Hyndman and Khandakar's walk.
  mutating func stepwise() {
    let season = sample.period > 1 ? 1 : 0
    attempt(order(0, 0, 0, 0), constant: allowsConstant)
    if let best, best.aicc == -.infinity { return }
    if allowsConstant { attempt(order(0, 0, 0, 0), constant: false) }
    attempt(order(1, 0, season, 0), constant: allowsConstant)
    attempt(order(0, 1, 0, season), constant: allowsConstant)
    attempt(order(2, 2, season, season), constant: allowsConstant)
    let moves = [
      [0, 0, -1, 0], [0, 0, 0, -1], [0, 0, 1, 0], [0, 0, 0, 1], [0, 0, -1, -1], [0, 0, -1, 1], [0, 0, 1, -1],
      [0, 0, 1, 1], [-1, 0, 0, 0], [0, -1, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0], [-1, -1, 0, 0], [-1, 1, 0, 0],
      [1, -1, 0, 0], [1, 1, 0, 0],
    ]
    walk: while seen.count < 94, let current = best {
      let at = current.order
      for move in moves {
        let p = at.ar + move[0]
        let q = at.ma + move[1]
        let capitalP = at.seasonalAR + move[2]
        let capitalQ = at.seasonalMA + move[3]
        guard (0...5).contains(p), (0...5).contains(q) else { continue }
        guard (0...2 * season).contains(capitalP), (0...2 * season).contains(capitalQ) else { continue }
        if attempt(order(p, q, capitalP, capitalQ), constant: current.hasConstant) { continue walk }
      }
      if allowsConstant, attempt(at, constant: !current.hasConstant) { continue walk }
      return
    }
  }

  /// Every order with p + q + P + Q ≤ 5.
  mutating func exhaustive() {
    let season = sample.period > 1 ? 2 : 0
    for total in 0...5 {
      for capitalP in 0...season {
        for capitalQ in 0...season where capitalP + capitalQ <= total {
          for p in 0...(total - capitalP - capitalQ) {
            let order = order(p, total - capitalP - capitalQ - p, capitalP, capitalQ)
            attempt(order, constant: false)
            if allowsConstant { attempt(order, constant: true) }
          }
        }
      }
    }
  }

  /// Fits a candidate not met before and keeps it where it is the best; whether it is.
  @discardableResult
  private mutating func attempt(_ order: ARIMAOrder, constant: Bool) -> Bool {
    guard seen.insert(Key(order: order, hasConstant: constant)).inserted else { return false }
    let k = Double(order.armaCount + sample.explanatory.count + (constant ? 1 : 0) + 1)
    let n = Double(sample.effective)
    let isNull = order.armaCount == 0
    guard n > k + 1 || isNull && best == nil && n >= k else { return false }
    // Orders whose polynomials are longer than the data leave nothing to learn the far lags from.
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
  /// The likelihood has a second peak at that end, which no start from the differences reaches.
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

  /// Whether the polynomials stay stationary and invertible when their roots move 1 % inwards.
  func isAwayFromUnitRoots(_ order: ARIMAOrder, _ partials: [Double]) -> Bool {
    let coefficients = ARIMAPartials(order, partials.map { ARMAJet($0) }).coefficients
    func isInside(_ values: [Double]) -> Bool {
      let moved = values.enumerated().map { $1 * Double.pow(1.01, $0 + 1) }
      return PartialAutocorrelation.partials(moved) != nil
    }
    return isInside(coefficients.ar) && isInside(coefficients.ma.map { -$0 })
      && isInside(coefficients.seasonalAR) && isInside(coefficients.seasonalMA.map { -$0 })
  }

  /// A candidate's partial autocorrelations cut or filled up with zeros to another order.
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

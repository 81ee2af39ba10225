internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// A series prepared for ARIMA models with one pair of differences: the differenced values, and a column for each value that is
/// not observed.
///
/// The likelihood is integrated over missing values, each a column of the differenced design. The sum of a span leaves all but
/// one of its periods unknown in the same way. The result is the exact likelihood of the observations given the first d + mD
/// base periods (V. Gómez, A. Maravall and D. Peña, *J. Econometrics* 88 (1999) 341–363,
/// doi:10.1016/S0304-4076(98)00036-0).
struct ARIMASample: Sendable {
  struct Place: Sendable {
    let index: Int
    let partner: Int?
  }

  let name: String
  let difference: Int
  let seasonalDifference: Int
  let period: Int
  /// The differenced values over `scale`, with unknowns at a guess.
  private(set) var values: [Double]
  /// A power of two near the mean absolute difference.
  let scale: Double
  /// The unknowns: the base period of each, counted from the start of the series, and the one that offsets it in a sum.
  private(set) var places: [Place]
  /// The differenced columns of the unknowns; none if the sample is gapped.
  private(set) var unknowns: [[Double]]
  /// The external variables over the series.
  let regressors: ARIMARegressors
  /// The differenced columns of the external variables.
  let explanatory: [[Double]]
  /// The column of a mean, or of a drift per base period.
  let constant: [Double]
  /// The values in units of `scale`, with unknowns at a guess.
  private(set) var levels: [Double]
  /// The log-likelihood of the observations minus that of the scaled values.
  let logJacobian: Double
  /// The effective number of observations: observed values minus those that differencing uses.
  private(set) var effective: Int
  /// The number of observed values.
  private(set) var observed: Int
  /// Whether unknowns are integrated out by `ARIMAGaps` instead of having a column each.
  private(set) var isGapped: Bool

  /// - Throws: `ForecastError.tooFewObservations` if differencing leaves nothing, and `.numerics` if squares overflow or there
  ///   are too many unknowns to fit in memory.
  init(
    _ series: TimeSeries, model: String, difference: Int, seasonalDifference: Int, period: Int,
    regressors: ARIMARegressors = .none, gapped: Bool? = nil
  ) throws(ForecastError) {
    var raw: [Double] = []
    var unknown: [Place] = []
    var counted = 0
    var logUnits = 0.0
    for observation in series.observations {
      let width = observation.span.count
      let last = raw.count + width - 1
      if let value = observation.value {
        counted += 1
        // Unknowns start from equal shares; their columns say how they may differ.
        let share = series.rule == .sum ? value / Double(width) : value
        raw += [Double](repeating: share, count: width)
        if series.rule == .mean && width > 1 { logUnits += Double.log(Double(width)) }
        for place in (last - width + 1)..<max(last, last - width + 1) {
          unknown.append(Place(index: place, partner: series.rule == .last ? nil : last))
        }
      } else {
        for place in raw.count...last { unknown.append(Place(index: place, partner: nil)) }
        raw += [Double](repeating: raw.last ?? series.values.lazy.compactMap { $0 }.first ?? 0, count: width)
      }
    }
    let lost = difference + period * seasonalDifference
    guard raw.count > lost, counted > lost else {
      throw .tooFewObservations(model: model, series: series.name, needed: lost + 1, found: counted)
    }
    let isGapped =
      unknown.allSatisfy { $0.partner == nil }
      && (gapped ?? (Double(unknown.count * unknown.count) * Double(raw.count) > 2e6))
    self.isGapped = isGapped
    guard isGapped || unknown.isEmpty || unknown.count <= 40_000_000 / raw.count else {
      throw .numerics(
        model: model, series: series.name,
        .invalidParameter(name: "missing values", value: Double(unknown.count)))
    }
    func differenced(_ values: [Double]) -> [Double] {
      ARIMASample.difference(values, difference, seasonal: seasonalDifference, period: period)
    }
    // Scaled before differencing, so that no difference overflows.
    let largest = raw.reduce(0) { max($0, abs($1)) }
    let first = largest > 0 ? ARIMASample.power(Int(largest.exponent)) : 1
    let rough = differenced(raw.map { $0 / first })
    var sum = 0.0
    for x in rough { sum += abs(x) }
    let mean = sum / Double(rough.count)
    let exponent = largest > 0 ? Int(largest.exponent) + (mean > 0 ? Int(mean.exponent) : 0) : 0
    guard abs(exponent) < 400 else {
      throw .numerics(
        model: model, series: series.name, .invalidParameter(name: "mean of |y|", value: largest))
    }
    scale = ARIMASample.power(exponent)
    levels = raw.map { $0 / ARIMASample.power(exponent) }
    values = differenced(levels)
    let length = raw.count
    places = unknown
    unknowns = isGapped ? [] : unknown.map { differenced(ARIMASample.indicator($0, length: length)) }
    self.regressors = regressors
    explanatory = regressors.columns.map(differenced)
    constant = differenced(ARIMASample.clock(length, isTrend: difference + seasonalDifference > 0))
    effective = counted - lost
    observed = counted
    logJacobian = -Double(counted - lost) * Double.log(scale) + logUnits
    name = series.name
    self.difference = difference
    self.seasonalDifference = seasonalDifference
    self.period = period
  }

  /// (1 − B)^d (1 − B^m)^D of values, without the first d + mD.
  static func difference(_ values: [Double], _ d: Int, seasonal: Int, period: Int) -> [Double] {
    var result = values
    for _ in 0..<seasonal where result.count > period {
      result = (period..<result.count).map { result[$0] - result[$0 - period] }
    }
    for _ in 0..<d where result.count > 1 {
      result = (1..<result.count).map { result[$0] - result[$0 - 1] }
    }
    return result
  }

  /// The column of an unknown before differencing.
  static func indicator(_ place: Place, length: Int) -> [Double] {
    var column = [Double](repeating: 0, count: length)
    column[place.index] = 1
    if let partner = place.partner { column[partner] = -1 }
    return column
  }

  /// Ones, or the number of the base period.
  static func clock(_ length: Int, isTrend: Bool) -> [Double] {
    (0..<length).map { isTrend ? Double($0) : 1 }
  }

  /// Differences values in the same way as the sample.
  func differenced(_ values: [Double]) -> [Double] {
    ARIMASample.difference(values, difference, seasonal: seasonalDifference, period: period)
  }

  /// Whether the number of unknowns makes a likelihood expensive: the cost of their products is quadratic in it.
  var isCostly: Bool { Double(places.count * places.count) * Double(values.count) > 5e5 }

  /// The largest p and q that the values say something of: up to it, every lag has enough pairs of observed values.
  ///
  /// Values at every twelfth month say nothing of the months between: orders beyond the first would only alias.
  var longestOrder: Int {
    var isObserved = [Bool](repeating: true, count: levels.count)
    for place in places { isObserved[place.index] = false }
    var lag = 1
    while lag <= ARIMASelection.longest, lag < levels.count {
      let pairs = (lag..<levels.count).reduce(0) { $0 + (isObserved[$1] && isObserved[$1 - lag] ? 1 : 0) }
      guard pairs >= 10 else { break }
      lag += 1
    }
    return max(lag - 1, 1)
  }

  /// The sample with its unknowns replaced by the estimates of a solution, as if they had been observed.
  func completed(by solution: ARIMAObjective.Solution) -> ARIMASample {
    var copy = self
    for (place, value) in zip(places, solution.unknowns) {
      copy.levels[place.index] -= value
      if let partner = place.partner { copy.levels[partner] += value }
    }
    copy.values = differenced(copy.levels)
    copy.places = []
    copy.isGapped = false
    copy.unknowns = []
    copy.observed = levels.count
    copy.effective = values.count
    return copy
  }

  /// The differenced values minus what ordinary least squares explains by the external variables.
  ///
  /// Collinear variables leave the values unchanged; the likelihood reports them.
  func withoutRegression(hasConstant: Bool) -> [Double] {
    guard !explanatory.isEmpty else { return values }
    let columns = explanatory + (hasConstant ? [constant] : [])
    var design = Matrix(rows: values.count, columns: columns.count, repeating: 0)
    for (j, column) in columns.enumerated() { for (i, x) in column.enumerated() { design[i, j] = x } }
    guard let solution = try? LeastSquares().solve(design, values) else { return values }
    var result = values
    for (j, column) in explanatory.enumerated() {
      let slope = solution.coefficients[j]
      for i in result.indices where slope.isFinite { result[i] -= slope * column[i] }
    }
    return result
  }

  static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: min(max(exponent, -1022), 1022), significand: 1)
  }
}

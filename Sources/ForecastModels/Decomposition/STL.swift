public import Forecasting

/// How much the seasonal component may change from cycle to cycle.
public enum SeasonalWindow: Sendable, Hashable, Codable {
  /// Every cycle is the same.
  case periodic
  /// Local regression over a number of cycles, odd and at least 3.
  case cycles(Int)
}

/// Seasonal-trend decomposition by local regression (STL), with one season.
///
/// y = trend + seasonal + remainder. An inner loop smooths the values at each position of the cycle over the cycles, subtracts
/// a low-pass filter of the result, and smooths the rest to the trend. An outer loop downweights outliers by the bisquare of their
/// remainders, relative to six median absolute remainders. R. B. Cleveland, W. S. Cleveland, J. E. McRae and I. Terpenning,
/// *J. Official Statistics* 6 (1990) 3–73. Missing values have no weight; trend and season are defined there too.
public struct STL: Sendable, Hashable {
  /// The seasonal period in base periods; `nil` for that of the series.
  public var seasonalPeriod: Int?
  /// The window of the seasonal component.
  public var seasonalWindow: SeasonalWindow
  /// The window of the trend in base periods; `nil` is the next odd number from 1.5 m / (1 − 1.5 / seasonal window).
  public var trendWindow: Int?
  /// Whether outliers are downweighted: 15 outer loops with one inner loop each, instead of two inner loops.
  public var isRobust: Bool

  /// Creates a decomposition.
  public init(
    seasonalPeriod: Int? = nil, seasonalWindow: SeasonalWindow = .cycles(11), trendWindow: Int? = nil,
    isRobust: Bool = false
  ) {
    self.seasonalPeriod = seasonalPeriod
    self.seasonalWindow = seasonalWindow
    self.trendWindow = trendWindow
    self.isRobust = isRobust
  }

  /// Decomposes a series.
  ///
  /// Cost: O(n) per loop, for any seasonal period.
  ///
  /// - Throws: `ForecastError.tooFewObservations` if the series has two cycles or fewer, `.unseenSeason` if a position of the
  ///   cycle is never observed, `.spanNotSupported` for an aggregated observation, `.invalidOption` for a seasonal period below
  ///   2 or a window that is not an odd number of at least 3, and `.notFinite` if sums overflow.
  public func decompose(_ series: TimeSeries) throws(ForecastError) -> Decomposition {
    let period = seasonalPeriod ?? series.seasonalPeriod
    try MSTL(seasonalPeriods: [period], seasonalWindow: seasonalWindow, trendWindow: trendWindow).validate()
    let values = try series.singlePeriodValues(for: "STL")
    try Self.requireCycles(values, period: period, of: series, for: "STL")
    let parts = self.parts(of: values, period: period)
    return try Decomposition(
      series: series, trend: parts.trend,
      seasonal: [SeasonalComponent(period: period, values: parts.seasonal)],
      weights: parts.weights)
  }

  /// Trend, seasonal component and robustness weights of values, with NaN for missing ones.
  func parts(of values: [Double], period: Int) -> STLParts {
    let run = STLRun(
      values: values, period: period, seasonalWindow: seasonalWindow, trendWindow: trendWindow)
    return run.parts(isRobust: isRobust)
  }

  /// - Throws: `ForecastError.tooFewObservations`, `.unseenSeason`.
  static func requireCycles(
    _ values: [Double], period: Int, of series: TimeSeries, for model: String
  ) throws(ForecastError) {
    guard values.count > 2 * period else {
      throw .tooFewObservations(
        model: model, series: series.name, needed: 2 * period + 1, found: values.count)
    }
    let unseen = (0..<period).filter { phase in
      stride(from: phase, to: values.count, by: period).allSatisfy { values[$0].isNaN }
    }
    guard unseen.isEmpty else {
      throw .unseenSeason(
        model: model, series: series.name, cycle: period, first: series.start, places: unseen.map { $0 + 1 })
    }
  }
}

func isWindow(_ width: Int) -> Bool { width >= 3 && !width.isMultiple(of: 2) }

extension TimeSeries {
  /// One value per base period, with NaN for missing ones.
  ///
  /// - Throws: `ForecastError.spanNotSupported`.
  func singlePeriodValues(for model: String) throws(ForecastError) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    for observation in observations {
      guard observation.span.count == 1 else {
        throw .spanNotSupported(model: model, series: name, span: observation.span)
      }
      values.append(observation.value ?? .nan)
    }
    return values
  }
}

/// The result of one decomposition, one value per period.
struct STLParts {
  var trend: [Double]
  var seasonal: [Double]
  var weights: [Double]
}

/// The loops of one seasonal-trend decomposition of values, with NaN for missing ones.
struct STLRun {
  private let values: [Double]
  private let period: Int
  private let isPeriodic: Bool
  private let seasonal: Loess
  private let trend: Loess
  private let lowPass: Loess
  private let observed: [Int]

  init(values: [Double], period: Int, seasonalWindow: SeasonalWindow, trendWindow: Int?) {
    self.values = values
    self.period = period
    let cycles: Int
    switch seasonalWindow {
    case .periodic:
      // So wide that weights are equal, as in R's stl.
      isPeriodic = true
      cycles = 10 * values.count + 1
    case .cycles(let width):
      isPeriodic = false
      cycles = width
    }
    let width = 1.5 * Double(period) / (1 - 1.5 / Double(cycles))
    let trendWidth = max(trendWindow ?? nextOdd(Int(width.rounded(.up))), 3)
    let lowWidth = max(nextOdd(period), 3)
    seasonal = Loess(window: cycles, degree: 0, jump: tenth(cycles))
    trend = Loess(window: trendWidth, degree: 1, jump: tenth(trendWidth))
    lowPass = Loess(window: lowWidth, degree: 1, jump: tenth(lowWidth))
    observed = values.indices.filter { !values[$0].isNaN }
  }

  func parts(isRobust: Bool) -> STLParts {
    let count = values.count
    var parts = STLParts(
      trend: [Double](repeating: 0, count: count), seasonal: [], weights: [Double](repeating: 1, count: count)
    )
    var isWeighted = false
    for round in 0...(isRobust ? 15 : 0) {
      if round > 0 {
        parts.weights = robustWeights(parts)
        isWeighted = true
      }
      for _ in 0..<(isRobust ? 1 : 2) { step(&parts, isWeighted: isWeighted) }
    }
    if isPeriodic { parts.seasonal = cycleMeans(parts.seasonal) }
    return parts
  }

  /// One inner loop: section 2.4 of the paper.
  private func step(_ parts: inout STLParts, isWeighted: Bool) {
    let cycles = cycleSmooth(parts, isWeighted: isWeighted)
    let filtered = movingAverage(movingAverage(movingAverage(cycles, period), period), 3)
    let low = lowPass.smooth(
      LoessPoints(places: Array(filtered.indices), values: filtered, weights: nil), over: values.count)
    parts.seasonal = values.indices.map { cycles[period + $0] - low[$0] }
    parts.trend = trend.smooth(
      LoessPoints(
        places: observed, values: observed.map { values[$0] - parts.seasonal[$0] },
        weights: isWeighted ? observed.map { parts.weights[$0] } : nil), over: values.count)
  }

  /// The detrended values at each position, smoothed over the cycles, with one more cycle at each end.
  private func cycleSmooth(_ parts: STLParts, isWeighted: Bool) -> [Double] {
    let count = values.count
    var result = [Double](repeating: 0, count: count + 2 * period)
    for phase in 0..<period {
      let cycles = (count - phase - 1) / period + 1
      var points = LoessPoints(places: [], values: [], weights: isWeighted ? [] : nil)
      for cycle in 0..<cycles {
        let place = cycle * period + phase
        guard !values[place].isNaN else { continue }
        points.places.append(cycle)
        points.values.append(values[place] - parts.trend[place])
        points.weights?.append(parts.weights[place])
      }
      let inner = seasonal.smooth(points, over: cycles)
      var left = 0
      let before = seasonal.value(points, at: -1, from: &left, extent: cycles) ?? inner[0]
      let after = seasonal.value(points, at: cycles, from: &left, extent: cycles) ?? inner[cycles - 1]
      for (cycle, value) in ([before] + inner + [after]).enumerated() {
        result[cycle * period + phase] = value
      }
    }
    return result
  }

  /// The bisquare of the remainders relative to six median absolute ones.
  private func robustWeights(_ parts: STLParts) -> [Double] {
    let sizes = values.indices.map { abs(values[$0] - parts.trend[$0] - parts.seasonal[$0]) }
    let ordered = observed.map { sizes[$0] }.sorted()
    let middle = ordered.count / 2
    let bound = 3 * (ordered[middle] + ordered[ordered.count - 1 - middle])
    return sizes.map { size in
      // A missing value has no weight.
      if size.isNaN { return 0 }
      if size <= 0.001 * bound { return 1 }
      guard size <= 0.999 * bound else { return 0 }
      let ratio = size / bound
      return (1 - ratio * ratio) * (1 - ratio * ratio)
    }
  }

  private func cycleMeans(_ values: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: period)
    var counts = [Double](repeating: 0, count: period)
    for (place, value) in values.enumerated() {
      sums[place % period] += value
      counts[place % period] += 1
    }
    return values.indices.map { sums[$0 % period] / counts[$0 % period] }
  }
}

/// Means of `width` neighbors, `width` − 1 fewer than there are values.
private func movingAverage(_ values: [Double], _ width: Int) -> [Double] {
  var sum = values[0..<width].reduce(0, +)
  var result = [sum / Double(width)]
  result.reserveCapacity(values.count - width + 1)
  for place in width..<values.count {
    sum += values[place] - values[place - width]
    result.append(sum / Double(width))
  }
  return result
}

private func nextOdd(_ width: Int) -> Int { width.isMultiple(of: 2) ? width + 1 : width }

private func tenth(_ width: Int) -> Int { (width + 9) / 10 }

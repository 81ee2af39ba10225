/// The loops of one seasonal-trend decomposition over values in which NaN is missing.
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
      // So wide that weights are alike, as R's stl sets it.
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

  /// The detrended values of each season smoothed over the cycles, one cycle more at either end.
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

  /// The bisquare of the remainders over six median absolute ones.
  private func robustWeights(_ parts: STLParts) -> [Double] {
    let sizes = values.indices.map { abs(values[$0] - parts.trend[$0] - parts.seasonal[$0]) }
    let ordered = observed.map { sizes[$0] }.sorted()
    let middle = ordered.count / 2
    let bound = 3 * (ordered[middle] + ordered[ordered.count - 1 - middle])
    return sizes.map { size in
      // A missing value weighs nothing wherever it is asked.
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

/// Means of `width` neighbours, `width` − 1 fewer than there are values.
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

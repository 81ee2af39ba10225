internal import Forecasting
internal import RealModule

/// The profile of a cycle, one for each place of it in a longer cycle.
struct CycleShape: Sendable, Hashable, Codable {
  /// The long cycles after which a cycle weighs half.
  private static let halfLife = 3.0

  /// The base periods in the cycle.
  let cycle: Int
  /// Whether the profile multiplies the level; otherwise it is added.
  let isMultiplicative: Bool
  /// The profile in each period of the longer cycle, counted from the first period of the series.
  let figures: [Double]
  /// The standard deviation about the profile at each place of the short cycle, counted likewise.
  let deviations: [Double]
  /// The autocorrelation of neighboring deviations.
  let persistence: Double

  /// The shape of complete values of two cycles at least.
  init(_ values: [Double], cycle: Int, slots: Int) {
    self.cycle = cycle
    let mayMultiply = values.allSatisfy { $0 > 0 }
    let added = Candidate(values, cycle: cycle, slots: slots, isMultiplicative: false)
    let multiplied =
      mayMultiply ? Candidate(values, cycle: cycle, slots: slots, isMultiplicative: true) : nil
    let best = multiplied.map { $0.squares < added.squares ? $0 : added } ?? added
    isMultiplicative = best.isMultiplicative
    let first = values.count % cycle
    let length = slots * cycle
    var figures = [Double](repeating: 0, count: length)
    for (place, profile) in best.profiles.enumerated() {
      // Slots count back from the last cycle.
      let start = values.count - (place + 1) * cycle
      for (k, figure) in profile.enumerated() { figures[((start + k) % length + length) % length] = figure }
    }
    self.figures = figures
    var deviations = [Double](repeating: 0, count: cycle)
    for k in 0..<cycle { deviations[(first + k) % cycle] = best.deviations[k] }
    self.deviations = deviations
    persistence = best.persistence
  }

  /// The profile in a period, counted from the first of the series.
  func figure(_ time: Int) -> Double { figures[time % figures.count] }

  /// The standard deviation about the profile in a period.
  func deviation(_ time: Int) -> Double { deviations[time % cycle] }

  /// The value of a level in a period.
  func value(_ level: Double, at time: Int) -> Double {
    isMultiplicative ? level * figure(time) : level + figure(time)
  }

  /// The levels of the whole cycles of values, counted back from the last, as a series with the longer cycle as its season.
  ///
  /// - Throws: `ForecastError.data` for fewer values than a cycle has.
  func levels(of values: [Double], in series: TimeSeries) throws(ForecastError) -> TimeSeries {
    let first = values.count % cycle
    let levels = stride(from: first, to: values.count, by: cycle).map { start -> Double in
      var sum = 0.0
      var whole = 0.0
      for t in start..<(start + cycle) {
        sum += isMultiplicative ? values[t] : values[t] - figure(t)
        whole += isMultiplicative ? figure(t) : 1
      }
      return whole == 0 ? 0 : sum / whole
    }
    return try TimeSeries(
      levels.map { $0 }, start: Period(.index, ordinal: 1), name: series.name, unit: series.unit, rule: .mean,
      seasonalPeriod: figures.count / cycle)
  }

  /// Values with those of the nearest cycles at the same place where they are missing.
  ///
  /// - Throws: `ForecastError.unseenSeason` for a place without any value.
  static func filled(
    _ values: [Double], cycle: Int, of series: TimeSeries, for model: String
  ) throws(ForecastError) -> [Double] {
    guard values.contains(where: \.isNaN) else { return values }
    var result = values
    for place in 0..<min(cycle, values.count) {
      let times = Array(stride(from: place, to: values.count, by: cycle))
      let seen = times.filter { !values[$0].isNaN }
      guard !seen.isEmpty else {
        throw .unseenSeason(
          model: model, series: series.name, cycle: cycle, first: series.start, places: [place + 1])
      }
      var next = 0
      for t in times where values[t].isNaN {
        while next < seen.count, seen[next] < t { next += 1 }
        let before = next > 0 ? seen[next - 1] : seen[next]
        let after = next < seen.count ? seen[next] : seen[next - 1]
        result[t] = 0.5 * (values[before] + values[after])
      }
    }
    return result
  }

  /// Whether its numbers are those of a shape.
  var isSound: Bool {
    cycle > 0 && !figures.isEmpty && figures.count.isMultiple(of: cycle) && deviations.count == cycle
      && areFinite(figures) && areFinite(deviations) && deviations.allSatisfy { $0 >= 0 }
      && (0..<1).contains(persistence)
  }

  /// The profiles of one kind, and how well they fit.
  private struct Candidate {
    let isMultiplicative: Bool
    /// One profile for each slot, that of the last cycle first.
    var profiles: [[Double]] = []
    /// The weighted squares about the profiles.
    var squares = 0.0
    var deviations: [Double]
    var persistence = 0.0

    init(_ values: [Double], cycle: Int, slots: Int, isMultiplicative: Bool) {
      self.isMultiplicative = isMultiplicative
      deviations = []
      let count = values.count / cycle
      let first = values.count % cycle
      func row(_ age: Int) -> Int { first + (count - 1 - age) * cycle }
      let levels = (0..<count).map { age in
        values[row(age)..<(row(age) + cycle)].reduce(0, +) / Double(cycle)
      }
      func share(_ age: Int, _ k: Int) -> Double {
        let y = values[row(age) + k]
        return isMultiplicative ? y / levels[age] : y - levels[age]
      }
      let decay = Double.exp2(-1 / (CycleShape.halfLife * Double(slots)))
      var weights: [Double] = []
      var weight = 1.0
      for _ in 0..<count {
        weights.append(weight)
        weight *= decay
      }
      var common = [Double](repeating: 0, count: cycle)
      let total = weights.reduce(0, +)
      for age in 0..<count {
        for k in 0..<cycle { common[k] += weights[age] / total * share(age, k) }
      }
      var sums = [Double](repeating: 0, count: slots)
      var effective = sums
      for slot in 0..<slots {
        var profile = [Double](repeating: 0, count: cycle)
        var sum = 0.0
        var squared = 0.0
        for age in stride(from: slot, to: count, by: slots) {
          sum += weights[age]
          squared += weights[age] * weights[age]
        }
        for age in stride(from: slot, to: count, by: slots) {
          for k in 0..<cycle { profile[k] += weights[age] / sum * share(age, k) }
        }
        sums[slot] = sum
        effective[slot] = squared > 0 ? sum * sum / squared : 1
        profiles.append(profile)
      }
      if slots > 1 { drawTogether(common, share, weights: weights, sums: sums, effective: effective) }

      var places = [Double](repeating: 0, count: cycle)
      var products = 0.0
      var product0 = 0.0
      for age in 0..<count {
        var last = 0.0
        for k in 0..<cycle {
          let error = values[row(age) + k] - of(levels[age], profiles[age % slots][k])
          places[k] += weights[age] * error * error
          squares += weights[age] * error * error
          if k > 0 {
            products += weights[age] * error * last
            product0 += weights[age] * last * last
          }
          last = error
        }
      }
      let cycles = effective.reduce(0, +) / Double(slots)
      let inflation = cycles > 1.5 ? cycles / (cycles - 1) : 3
      let all = squares / total / Double(cycle)
      deviations = places.map { (inflation * ($0 + 3 * all) / (total + 3)).squareRoot() }
      persistence = product0 > 0 ? min(max(products / product0, 0), 0.95) : 0
    }

    private func of(_ level: Double, _ figure: Double) -> Double {
      isMultiplicative ? level * figure : level + figure
    }

    /// Draws each slot's profile to the common one by the share of noise in their differences.
    private mutating func drawTogether(
      _ common: [Double], _ share: (Int, Int) -> Double, weights: [Double], sums: [Double],
      effective: [Double]
    ) {
      let slots = profiles.count
      let cycle = common.count
      var noise = 0.0
      for age in weights.indices {
        for k in 0..<cycle {
          let apart = share(age, k) - profiles[age % slots][k]
          noise += weights[age] / sums[age % slots] * apart * apart / Double(cycle * slots)
        }
      }
      for slot in 0..<slots {
        var squares = 0.0
        for k in 0..<cycle {
          let apart = profiles[slot][k] - common[k]
          squares += apart * apart / Double(cycle)
        }
        let own = noise / effective[slot]
        let signal = max(squares - own, 0)
        let kept = signal + own > 0 ? signal / (signal + own) : 0
        for k in 0..<cycle { profiles[slot][k] = common[k] + kept * (profiles[slot][k] - common[k]) }
      }
    }
  }
}

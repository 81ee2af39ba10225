internal import RealModule

/// The means of the latest cycles, counted back from an origin, and the lines and smoothed levels through them.
struct GateLevels: Sendable {
  /// A least-squares line through the latest cycles, by cycles after the last.
  struct Line: Sendable {
    let level: Double
    let slope: Double
    /// The root mean square about it.
    let deviation: Double

    func value(_ ahead: Double) -> Double { level + slope * ahead }
  }

  private static let longest = 32

  /// The latest first.
  let means: [Double]
  /// The smoothed level, with weights that fall by 0.8 and by 0.5 a cycle.
  let slow, quick: Double
  let short, middle, long, all: Line
  /// How much stronger the season is in each of the latest cycles than on average; the latest first.
  let amplitudes: [Double]
  /// The smoothed amplitude.
  let recentAmplitude: Double
  /// What the amplitude gains by a unit of level.
  private let growth: Double
  private let amplitudeCenter: Double
  private let holt: (level: Double, slope: Double)
  private let curvature: (own: Double, middle: Double, square: Double)
  private let values: [Double]
  private let cycle: Int

  init(_ subject: GateSubject, origin n: Int) {
    let x = subject.values
    let m = subject.cycle
    values = x
    cycle = m
    let count = min(n / m, GateLevels.longest)
    let means = (0..<count).map { j -> Double in
      var sum = 0.0
      for t in (n - (j + 1) * m)..<(n - j * m) { sum += x[t] }
      return sum / Double(m)
    }
    self.means = means
    slow = GateLevels.smoothed(means, by: 0.2)
    quick = GateLevels.smoothed(means, by: 0.5)
    short = GateLevels.line(means, 4)
    let middle = GateLevels.line(means, 8)
    self.middle = middle
    long = GateLevels.line(means, 16)
    all = GateLevels.line(means, GateLevels.longest)
    holt = GateLevels.holt(means)
    curvature = GateLevels.curvature(means, about: middle)

    let years = min(count, GateCandidates.places)
    var profile = [Double](repeating: 0, count: m)
    for j in 0..<years {
      let start = n - (j + 1) * m
      for i in 0..<m { profile[i] += (x[start + i] - means[j]) / Double(years) }
    }
    // Where there is no season, the amplitude is 1.
    let little = 1e-3 * Double(m)
    var square = little
    for value in profile { square += value * value }
    amplitudes = (0..<years).map { j in
      let start = n - (j + 1) * m
      var sum = little
      for i in 0..<m { sum += profile[i] * (x[start + i] - means[j]) }
      return sum / square
    }
    recentAmplitude = GateLevels.smoothed(amplitudes, by: 0.4)
    let center = means[..<years].reduce(0, +) / Double(years)
    amplitudeCenter = center
    var products = 0.0
    var squares = 0.25 * Double(years)
    for j in 0..<years {
      products += (amplitudes[j] - 1) * (means[j] - center)
      squares += 1.1 * (means[j] - center) * (means[j] - center)
    }
    growth = products / squares
  }

  /// The level of the last cycle.
  var last: Double { means[0] }
  /// The last change of the level.
  var change: Double { means.count > 1 ? means[0] - means[1] : 0 }
  /// The mean level.
  var mean: Double { means.reduce(0, +) / Double(means.count) }

  /// The level so many cycles before the last, linear between the means.
  func level(_ ago: Double) -> Double {
    guard means.count > 1 else { return means[0] }
    let place = min(max(Int(ago.rounded(.down)), 0), means.count - 2)
    return means[place] + (means[place + 1] - means[place]) * (ago - Double(place))
  }

  /// The mean of the cycle that ends before a period.
  func mean(before end: Int) -> Double {
    values[(end - cycle)..<end].reduce(0, +) / Double(cycle)
  }

  /// The amplitude of the season at a level, by regression.
  func amplitude(at level: Double) -> Double {
    min(max(1 + growth * (level - amplitudeCenter), 0.25), 4)
  }

  /// The level of damped Holt smoothing, so many cycles after the last.
  func damped(_ ahead: Double) -> Double {
    holt.level + holt.slope * 9 * (1 - Double.pow(0.9, ahead))
  }

  /// The level on the line through the first and the last mean.
  func drift(_ ahead: Double) -> Double {
    last + (last - means[means.count - 1]) / Double(max(means.count - 1, 1)) * ahead
  }

  /// The line through the last eight means with half of their curvature.
  func bent(_ ahead: Double) -> Double {
    let apart = ahead - curvature.middle
    return middle.value(ahead) + 0.5 * curvature.own * (apart * apart - curvature.square)
  }

  private static func smoothed(_ means: [Double], by share: Double) -> Double {
    var level = means[means.count - 1]
    for value in means.dropLast().reversed() { level += share * (value - level) }
    return level
  }

  private static func line(_ means: [Double], _ count: Int) -> Line {
    let q = min(count, means.count)
    guard q > 1 else { return Line(level: means[0], slope: 0, deviation: 0) }
    let middle = -0.5 * Double(q - 1)
    var products = 0.0
    var squares = 0.0
    var sum = 0.0
    for j in 0..<q {
      let apart = -Double(j) - middle
      products += apart * means[j]
      squares += apart * apart
      sum += means[j]
    }
    let slope = products / squares
    let level = sum / Double(q) - slope * middle
    var errors = 0.0
    for j in 0..<q {
      let error = means[j] - level + slope * Double(j)
      errors += error * error
    }
    return Line(level: level, slope: slope, deviation: (errors / Double(q)).squareRoot())
  }

  private static func holt(_ means: [Double]) -> (level: Double, slope: Double) {
    var level = means[means.count - 1]
    var slope = 0.0
    for value in means.dropLast().reversed() {
      let error = value - (level + 0.9 * slope)
      level = level + 0.9 * slope + 0.5 * error
      slope = 0.9 * slope + 0.1 * error
    }
    return (level, slope)
  }

  private static func curvature(
    _ means: [Double], about line: Line
  ) -> (own: Double, middle: Double, square: Double) {
    let q = min(8, means.count)
    guard q > 3 else { return (0, 0, 0) }
    let middle = -0.5 * Double(q - 1)
    let square = Double(q * q - 1) / 12
    var products = 0.0
    var squares = 0.0
    for j in 0..<q {
      let apart = -Double(j) - middle
      let bend = apart * apart - square
      products += bend * (means[j] - line.value(-Double(j)))
      squares += bend * bend
    }
    return (products / squares, middle, square)
  }
}

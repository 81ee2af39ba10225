import Foundation

/// The random parts of a series: a level with slope, breaks and waves, a season that may change, and noise.
struct SeriesParts {
  private var level: [Double]
  private var season: [Double]
  private var noise: [Double]
  private let count: Int
  private let isSteady: Bool
  private let prior: Prior
  private var r: Draws

  init(_ draws: inout Draws, count: Int, _ shape: SyntheticSeries.Shape, prior: Prior) {
    r = draws
    self.prior = prior
    self.count = count
    level = [Double](repeating: 0, count: count)
    season = level
    noise = level
    let m = shape.cycle
    let isDrawn = r.chance(prior.steady)
    isSteady = m == 1 || isDrawn
    addLevel(cycle: m)
    addBreaks(cycle: m)
    addWaves(cycle: m)
    if m > 1 {
      let phase = r.whole(0, m - 1)
      addSeason(cycle: m, phase: phase)
      if shape.longer > 0 { addWeek(cycle: m, places: shape.longer / m, phase: phase) }
      let amplitude = r.logUniform(0.15, 12)
      let isOn = r.chance(0.9)
      for t in 0..<count { season[t] *= isOn ? amplitude : 0 }
      addNoise(cycle: m, phase: phase)
    } else {
      addNoise(cycle: 1, phase: 0)
    }
    draws = r
  }

  private mutating func addLevel(cycle m: Int) {
    let root = 1 / Double(m).squareRoot()
    let step = r.chance(prior.movingLevel) ? r.logUniform(0.01, prior.levelNoise) * root : 0
    let isHeavy = r.chance(0.2)
    let damping =
      r.chance(0.4) ? r.uniform(0.7, 0.98) : 1 - exp(r.uniform(-7, -3))
    let sign = r.chance(0.3) ? 1.0 : r.normal() < 0 ? -1 : 1
    let size =
      abs(r.normal()) * (isSteady ? r.logUniform(0.02, prior.steadySlope) : r.logUniform(0.005, prior.slope))
    let slopes = r.chance(isSteady ? 0.8 : prior.sloping)
    let start = slopes ? sign * size / Double(m) : 0
    let moves = r.chance(isSteady ? 0.55 : 0.35)
    let change =
      (isSteady ? r.logUniform(0.003, 0.5) : r.logUniform(0.001, 0.15)) / Double(m) * root * (moves ? 1 : 0)
    let isConstant = r.chance(prior.constantSlope)
    let keep = pow(damping, 1 / Double(m))
    var slope = start
    var sum = 0.0
    for t in 0..<count {
      let shock = isHeavy ? r.student(4) / 1.41 : r.normal()
      sum += step * shock + (isConstant ? start : slope)
      level[t] = sum
      if !isConstant { slope = keep * slope + change * r.normal() }
    }
  }

  private mutating func addBreaks(cycle m: Int) {
    for _ in 0..<3 {
      if r.chance(0.15) {
        let place = r.whole(0, count - 1)
        let slope = r.normal() * r.logUniform(0.01, 0.6) / Double(m)
        for t in place..<count { level[t] += slope * Double(t - place) }
      }
      if r.chance(prior.shifts) {
        let place = r.whole(0, count - 1)
        let jump = 2 * r.normal()
        for t in place..<count { level[t] += jump }
      }
    }
  }

  private mutating func addWaves(cycle m: Int) {
    if r.chance(prior.waves) {
      let persistence = r.chance(0.5) ? r.uniform(0.3, 0.95) : r.uniform(0.9, 0.999)
      let isSecond = r.chance(0.3)
      let angle = 2 * Double.pi / r.logUniform(5, 60)
      let first = isSecond ? 2 * persistence * cos(angle) : persistence
      let second = isSecond ? -persistence * persistence : 0
      var x1 = 0.0
      var x2 = 0.0
      var wave = [Double](repeating: 0, count: count)
      for t in -50..<count {
        let x = first * x1 + second * x2 + r.normal()
        (x2, x1) = (x1, x)
        if t >= 0 { wave[t] = x }
      }
      let size = r.logUniform(0.2, 4) / (deviation(wave) + 1e-9)
      for t in 0..<count { level[t] += size * wave[t] }
    }
    if r.chance(0.15) {
      let m = Double(max(m, 2))
      let length = r.logUniform(6 * m, 80 * m)
      let size = r.logUniform(0.3, 4)
      let phase = r.uniform(0, 6.28)
      for t in 0..<count { level[t] += size * sin(2 * Double.pi * Double(t) / length + phase) }
    }
  }

  /// A smooth, spiky or irregular profile of mean 0 and standard deviation 1.
  private mutating func profile(_ m: Int) -> [Double] {
    guard m > 1 else { return [0] }
    var p = [Double](repeating: 0, count: m)
    let decay = r.uniform(0.5, 2.5)
    for k in 1...max(1, min(m / 2, 6)) {
      let size = r.normal() * pow(Double(k), -decay)
      let phase = r.uniform(0, 2 * Double.pi)
      for i in 0..<m { p[i] += size * sin(2 * Double.pi * Double(k * i) / Double(m) + phase) }
    }
    let kind = r.uniform()
    if kind < 0.4 { for i in 0..<m { p[i] = kind < 0.2 ? r.normal() : p[i] + 0.5 * r.normal() } }
    if r.chance(0.15) { p[r.whole(0, m - 1)] += r.uniform(1, 5) }
    if r.chance(0.25) { for i in 0..<m { p[i] = exp(min(max(p[i], -3), 2)) } }
    let mean = p.reduce(0, +) / Double(m)
    for i in 0..<m { p[i] -= mean }
    let size = deviation(p) + 1e-9
    return p.map { $0 / size }
  }

  private mutating func addSeason(cycle m: Int, phase: Int) {
    let root = 1 / Double(m).squareRoot()
    let first = profile(m)
    for t in 0..<count { season[t] = first[(t + phase) % m] }
    if r.chance(0.4) {
      let other = profile(m)
      let step = r.logUniform(0.001, 0.05) * root * 3
      var share = 0.0
      for t in 0..<count {
        share += step * r.normal()
        season[t] += min(max(share, -1), 1) * other[(t + phase) % m]
      }
    }
    if r.chance(0.4) {
      let step = r.logUniform(0.001, 0.06) * root * 2
      var size = 0.0
      for t in 0..<count {
        size += step * r.normal()
        season[t] *= exp(min(max(size, -1.5), 1.5))
      }
    }
    if m <= 12, r.chance(prior.movingSeason) {
      let step = r.logUniform(0.02, 0.4)
      var own = [Double](repeating: 0, count: m)
      for t in 0..<count {
        own[t % m] += step * r.normal()
        season[t] += own[t % m]
      }
    }
  }

  /// Days of a week that differ in level and in shape, the last two most.
  private mutating func addWeek(cycle m: Int, places q: Int, phase: Int) {
    let offset = r.whole(0, m * q - 1)
    let small = r.logUniform(0.05, 1.2)
    var days = (0..<q).map { _ in r.normal() * small }
    var isEnd = [Double](repeating: 0, count: q)
    for day in max(q - 2, 0)..<q { isEnd[day] = 1 }
    if r.chance(0.7) {
      let size = r.logUniform(0.1, 1.5)
      for day in 0..<q { days[day] = 0.15 * days[day] + isEnd[day] * size * r.normal() }
    }
    guard r.chance(0.8) else { return }
    let end = profile(m)
    let mixed = r.uniform(0, 1)
    let own = r.chance(0.4) ? (0..<q).map { _ in profile(m) } : []
    for t in 0..<count {
      let day = (t + offset) / m % q
      let place = (t + phase) % m
      let share = mixed * isEnd[day]
      season[t] =
        season[t] * (1 - share) + share * end[place] + days[day] + (own.isEmpty ? 0 : 0.3 * own[day][place])
    }
  }

  private mutating func addNoise(cycle m: Int, phase: Int) {
    let isHeavy = r.chance(0.25)
    let memory = r.chance(0.35) ? r.uniform(-0.4, 0.9) : 0
    let fresh = (1 - memory * memory).squareRoot()
    let varies = r.chance(0.25)
    let step = 0.15 / Double(m).squareRoot()
    let byPlace = r.chance(0.25) ? profile(m) : []
    let size =
      (isSteady ? r.logUniform(0.03, min(2.5, prior.noise)) : r.logUniform(0.08, prior.noise))
      * (r.chance(0.04) ? 0.03 : 1)
    var x = 0.0
    var volatility = 0.0
    for t in 0..<count {
      let shock = isHeavy ? r.student(4) / 1.41 : r.normal()
      x = memory * x + fresh * shock
      if varies { volatility += step * r.normal() }
      let place = byPlace.isEmpty ? 0 : 0.35 * byPlace[(t + phase) % m]
      noise[t] = size * x * exp(min(max(volatility, -1.2), 1.2) + place)
    }
  }

  /// The parts put together, with outliers, zeros and rounding.
  func values() -> [Double] {
    var r = r
    let kind = r.uniform()
    let base = r.logUniform(1, 60)
    let scale = r.logUniform(0.01, 0.25)
    let growsNoise = r.chance(0.5)
    let sign = [1.0, 1, 1, -1, 0][r.whole(0, 4)]
    var y = [Double](repeating: 0, count: count)
    for t in 0..<count {
      let total = level[t] + season[t] + noise[t]
      if kind >= prior.multiplicative {
        y[t] = base * sign + total
      } else if kind < 0.45 * prior.multiplicative {
        y[t] = exp(min(max(scale * total, -6), 6))
      } else {
        let l = exp(min(max(scale * level[t], -4), 4))
        y[t] =
          l * max(1 + min(max(scale * season[t], -0.95), 6), 0.02) + scale * noise[t] * (growsNoise ? l : 1)
      }
    }
    let size = deviation(y) + 1e-9
    if r.chance(prior.outliers) {
      let share = r.uniform(0.002, 0.03)
      let far = 3 * size * r.uniform(0.3, 1)
      for t in 0..<count where r.chance(share) { y[t] += far * r.student(3) }
    }
    return SeriesParts.counted(y, size: size, &r)
  }

  /// Demand that is zero in many periods, counts, values cut at zero, and rounded ones.
  private static func counted(_ y: [Double], size: Double, _ r: inout Draws) -> [Double] {
    let kind = r.uniform()
    if kind < 0.03 {
      let zero = r.uniform(0.1, 0.7)
      let factor = r.uniform(0.5, 3)
      return y.map { r.chance(zero) ? 0 : (abs($0 / size) * factor).rounded(.up) }
    }
    if kind < 0.11 {
      let factor = r.logUniform(0.5, 20)
      return y.map { r.poisson(min(abs($0 / size) * factor, 1e5)) }
    }
    if kind < 0.16 {
      let low = y.sorted()[y.count / 10]
      return y.map { max($0 - low, 0) }
    }
    guard kind > 0.85 else { return y }
    let factor = r.logUniform(2, 50)
    return y.map { ($0 / size * factor).rounded() }
  }
}

/// The standard deviation.
private func deviation(_ values: [Double]) -> Double {
  let mean = values.reduce(0, +) / Double(values.count)
  return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
}

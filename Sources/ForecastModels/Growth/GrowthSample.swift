internal import Forecasting
internal import ForesightNumerics
internal import RealModule

/// The observations of a series as totals over base periods, for growth curves.
///
/// A mean over |S| periods becomes the total |S|·y; a last value becomes the one period it belongs to.
struct GrowthSample {
  /// The index in the series of each observation.
  var index: [Int] = []
  /// The offset of the first base period of each total from the start of the series.
  var first: [Double] = []
  /// The number of base periods of each total.
  var count: [Double] = []
  /// The totals.
  var total: [Double] = []
  /// Observation = factor · total.
  var factor: [Double] = []

  /// The totals of a series, checked against the noise distribution.
  init(_ series: TimeSeries, noise: GrowthNoise, model: String, needed: Int) throws(ForecastError) {
    for (i, observation) in series.observations.enumerated() {
      guard let value = observation.value else { continue }
      switch noise {
      case .multiplicative where value <= 0, .poisson where value < 0:
        throw .notPositive(model: model, series: series.name, span: observation.span, value: value)
      default: break
      }
      let (first, count, factor) = GrowthSample.geometry(
        of: observation.span, rule: series.rule, origin: series.start)
      index.append(i)
      self.first.append(first)
      self.count.append(count)
      self.factor.append(factor)
      total.append(value / factor)
    }
    guard total.count >= needed else {
      throw .tooFewObservations(model: model, series: series.name, needed: needed, found: total.count)
    }
    guard total.contains(where: { $0 > 0 }) else {
      let span = series.observations[index[0]].span
      throw .notPositive(model: model, series: series.name, span: span, value: total[0] * factor[0])
    }
    // Sums of squares and the ratios of their terms must not overflow.
    let largest = total.reduce(0) { max($0, abs($1)) }
    guard largest > 1e-140, largest < 1e140 else {
      throw .numerics(
        model: model, series: series.name, .invalidParameter(name: "largest value", value: largest))
    }
  }

  /// Offset from the origin, number of periods and factor of an observation's total.
  static func geometry(
    of span: PeriodSpan, rule: SpanRule, origin: Period
  ) -> (first: Double, count: Double, factor: Double) {
    let offset = Double(origin.distance(to: span.first))
    let count = Double(span.count)
    switch rule {
    case .sum: return (offset, count, 1)
    case .mean: return (offset, count, 1 / count)
    case .last: return (offset + count - 1, 1, 1)
    }
  }

  /// The number of observations.
  var size: Int { total.count }

  /// log |dy/dz| of the observations y by the totals z.
  var logJacobian: Double { factor.reduce(0) { $0 + .log($1) } }

  /// The weighted residual sum for given means of the totals: RSS/|S|, Σ|S|(Δlog)² or the Poisson deviance.
  func objective(_ noise: GrowthNoise, means: (Int) -> Double) -> Double {
    var sum = 0.0
    for i in 0..<size { sum += contribution(noise, i, mean: means(i)) }
    return sum
  }

  /// The term of one observation in the objective.
  func contribution(_ noise: GrowthNoise, _ i: Int, mean: Double) -> Double {
    switch noise {
    case .additive:
      let residual = total[i] - mean
      return residual * residual / count[i]
    case .multiplicative:
      let residual = Double.log(total[i]) - .log(mean)
      return residual * residual * count[i]
    case .poisson:
      return poissonDeviance(total[i], mean)
    }
  }

  /// The Pearson sum that estimates the dispersion: the objective itself, or Σ (z − m)²/m for Poisson noise.
  func pearson(_ noise: GrowthNoise, means: (Int) -> Double) -> Double {
    guard noise == .poisson else { return objective(noise, means: means) }
    var sum = 0.0
    for i in 0..<size {
      let mean = means(i)
      sum += (total[i] - mean) * (total[i] - mean) / mean
    }
    return sum
  }

  /// The standard deviation of one total over σ (or √φ), given its mean.
  func deviation(_ noise: GrowthNoise, _ i: Int, mean: Double) -> Double {
    switch noise {
    case .additive: count[i].squareRoot()
    case .multiplicative: mean / count[i].squareRoot()
    case .poisson: mean.squareRoot()
    }
  }

  /// The residual of one observation over its standard deviation (without σ).
  func scaledResidual(_ noise: GrowthNoise, _ i: Int, mean: Double) -> Double {
    if noise == .multiplicative {
      return (.log(total[i]) - .log(mean)) * count[i].squareRoot()
    }
    return (total[i] - mean) / deviation(noise, i, mean: mean)
  }

  /// The largest total per base period, the scale of the observations.
  var peak: Double {
    var peak = 0.0
    for i in 0..<size { peak = max(peak, total[i] / count[i]) }
    return peak
  }

  /// Whether a weighted residual sum is only rounding error.
  func isExact(_ objective: Double, _ noise: GrowthNoise) -> Bool {
    let unit: Double
    switch noise {
    case .additive: unit = peak * peak
    case .multiplicative: unit = 1
    case .poisson: unit = peak
    }
    return objective <= 1e-24 * Double(size) * unit
  }

  /// The log-likelihood on the scale of the observations, with the dispersion at its maximum; `nil` for a perfect fit.
  ///
  /// Additive: normal with variance |S|σ². Multiplicative: lognormal, Jacobian included. Poisson-type: the normal
  /// distribution with the same mean and variance φΣμ, because a quasi-likelihood is not a density.
  func logLikelihood(_ noise: GrowthNoise, means: (Int) -> Double) -> Double? {
    let n = Double(size)
    let dispersion = pearson(noise, means: means) / n
    guard dispersion > 0 else { return nil }
    var sum = -0.5 * n * (Double.log(2 * .pi * dispersion) + 1) - logJacobian
    for i in 0..<size {
      switch noise {
      case .additive: sum -= 0.5 * .log(count[i])
      case .multiplicative: sum += 0.5 * .log(count[i]) - .log(total[i])
      case .poisson: sum -= 0.5 * .log(means(i))
      }
    }
    return sum
  }

  /// The objective at the best constant mean, the reference for R².
  func totalSum(_ noise: GrowthNoise) -> Double {
    let periods = count.reduce(0, +)
    let level: Double
    switch noise {
    case .multiplicative:
      var sum = 0.0
      for i in 0..<size { sum += count[i] * .log(total[i] / count[i]) }
      level = .exp(sum / periods)
    case .additive, .poisson: level = total.reduce(0, +) / periods
    }
    return objective(noise) { level * count[$0] }
  }
}

/// 2 (z log(z/m) − (z − m)), accurate where z is near m.
func poissonDeviance(_ z: Double, _ m: Double) -> Double {
  guard z > 0 else { return 2 * m }
  let u = (z - m) / m
  if abs(u) < 0.02 {
    // (1+u) log(1+u) − u = Σ (−1)^k u^k / (k(k−1)), k ≥ 2: no cancellation.
    var power = u * u
    var sum = 0.0
    for k in 2...9 {
      sum += power / Double(k * (k - 1))
      power *= -u
    }
    return 2 * m * sum
  }
  return 2 * (z * .log(z / m) - (z - m))
}

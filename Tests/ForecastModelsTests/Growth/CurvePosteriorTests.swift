import Datasets
import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Testing

/// The predictive law of a curve with unidentified capacity, against quadrature over its three parameters.
@Suite struct CurvePosteriorTests {
  /// x = η + r(t − c) of a curve with capacity K, level a = log μ(c) and slope b = d log μ/dt there, in which the prior is
  /// flat.
  static func place(
    gompertz: Bool, logCapacity: Double, level a: Double, slope b: Double
  ) -> (position: Double, rate: Double)? {
    let gap = logCapacity - a
    guard gap > 1e-6 else { return nil }
    if gompertz { return (-log(gap), b / gap) }
    let rest = -expm1(-gap)
    return (log(exp(-gap) / rest), b / rest)
  }

  static func shape(_ x: Double, gompertz: Bool) -> Double {
    gompertz ? exp(-exp(-x)) : 1 / (1 + exp(-x))
  }

  /// P(y ≤ q) at each step by quadrature with weights S^(−n/2) and y | θ Student t on logarithms.
  static func cdf(
    _ y: [Double], gompertz: Bool, step: Int, at quantiles: [Double]
  ) throws -> [Double] {
    let n = y.count
    let centre = Double(n - 1) / 2
    let logs = y.map { log($0) }
    let law = try StudentT(degreesOfFreedom: Double(n), location: 0, scale: 1)
    let line = try ExponentialGrowth().fit(months(y))
    let middle = line.logLevel.value + line.rate.value * centre
    let sigma = line.dispersion.squareRoot()
    let peak = y.max() ?? 1
    var best = Double.infinity
    var found: [(s: Double, mean: Double)] = []
    for i in 0..<90 {
      let logCapacity = log(0.7 * peak) + log(100 / 0.7) * (Double(i) + 0.5) / 90
      for j in 0..<30 {
        let a = middle + sigma * (Double(j) + 0.5 - 15) / 5 + 0.5 * sigma
        for k in 0..<44 {
          let b = line.rate.value + sigma / Double(n) * (Double(k) + 0.5 - 22) / 3
          let ends = place(gompertz: gompertz, logCapacity: logCapacity, level: a, slope: b)
          guard let ends else { continue }
          func mean(_ t: Int) -> Double {
            logCapacity + log(shape(ends.position + ends.rate * (Double(t) - centre), gompertz: gompertz))
          }
          var s = 0.0
          for t in 0..<n {
            let r = logs[t] - mean(t)
            s += r * r
          }
          best = min(best, s)
          found.append((s, mean(n + step)))
        }
      }
    }
    let cells: [(weight: Double, mean: Double, scale: Double)] = found.map {
      (pow($0.s / best, -Double(n) / 2), $0.mean, ($0.s / Double(n)).squareRoot())
    }
    let total = cells.reduce(0) { $0 + $1.weight }
    return quantiles.map { q in
      var sum = 0.0
      for cell in cells where cell.weight > 1e-9 * total / Double(cells.count) {
        sum += cell.weight * law.cdf((log(q) - cell.mean) / cell.scale)
      }
      return sum / total
    }
  }

  /// A curve far below its capacity with 3 % noise.
  static func simulated(gompertz: Bool) -> [Double] {
    let z = RandomStream(seed: 4, name: "posterior").normals(0..<14)
    return (0..<14).map { t in
      let rising = 200 / (1 + exp(-0.25 * (Double(t) - 16)))
      let bending = 200 * exp(-exp(-0.09 * (Double(t) - 14)))
      return (gompertz ? bending : rising) * exp(0.03 * z[t])
    }
  }

  @Test(arguments: [false, true], [false, true])
  func `the forecast is that of the posterior`(gompertz: Bool, isCrude: Bool) throws {
    // Eight years of crude imports leave the capacity open from the last value up.
    let crude = try Datasets.energy.crude().values.compactMap { $0 }
    let values = isCrude ? crude : Self.simulated(gompertz: gompertz)
    let outlook: Forecast
    if gompertz {
      outlook = try GompertzGrowth(noise: .multiplicative).fit(months(values)).forecast(12)
    } else {
      outlook = try LogisticGrowth(noise: .multiplicative).fit(months(values)).forecast(12)
    }
    for step in [0, 11] {
      let levels = [0.1, 0.5, 0.9]
      let quantiles = levels.map { outlook.marginal(step).quantile($0) }
      let found = try Self.cdf(values, gompertz: gompertz, step: step, at: quantiles)
      for (share, level) in zip(found, levels) {
        #expect(abs(share - level) < 0.03, "step \(step): \(share) at \(level)")
      }
    }
  }

  @Test func `a fitted shape is drawn evenly enough to forecast`() throws {
    // Richards on six to ten points has weights that no proposal meets; the ensemble still gives one smooth law.
    let fit = try RichardsGrowth(noise: .multiplicative).fit(Datasets.energy.crude())
    let margin = try fit.forecast(3).marginal(2)
    let quantiles = (1...19).map { margin.quantile(Double($0) / 20) }
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 < $1 })
    #expect(quantiles[9] > 80 && quantiles[9] < 200, "\(quantiles[9])")
  }
}

import ForesightNumerics
import Foundation
import Series
import Testing

@testable import Forecasting

/// A random walk with drift whose parameters are known: yₛ = y₀ + s·μ + σ·(e₁ + … + eₛ), e standard normal.
private struct KnownWalk: PredictiveDistribution {
  let origin: Double
  let drift: Double
  let deviation: Double
  let horizon: Int

  func marginal(_ step: Int) -> any Distribution {
    let steps = Double(step + 1)
    return (try? Normal(mean: origin + steps * drift, standardDeviation: deviation * steps.squareRoot()))
      ?? .standard
  }

  func samplePaths(_ count: Int, seed: UInt64) -> Matrix {
    let stream = RandomStream(seed: seed, name: "known.walk")
    var paths = Matrix(rows: horizon, columns: count, repeating: 0)
    for path in 0..<count {
      var value = origin
      for step in 0..<horizon {
        value += drift + deviation * Normal.standard.quantile(stream.uniform(path * horizon + step))
        paths[step, path] = value
      }
    }
    return paths
  }
}

@Suite("Chances of bounds")
struct ThresholdTests {
  private func walk(drift: Double, horizon: Int) throws -> Forecast {
    let series = try TimeSeries([98, 103, 100], start: .month(2025, 10), name: "walk")
    return Forecast(
      model: "Known walk", series: series,
      distribution: KnownWalk(origin: 100, drift: drift, deviation: 2, horizon: horizon))
  }

  /// The probability that all of n sums of independent steps are positive, from the probability of each.
  ///
  /// Σ pₙ zⁿ = exp(Σ zᵏ P(Sₖ > 0)/k) (E. Sparre Andersen, *Mathematica Scandinavica* 2, 1954).
  private func staying(_ positive: (Int) -> Double, through n: Int) -> Double {
    var p = [1.0]
    for m in 1...n { p.append((1...m).reduce(0) { $0 + positive($1) * p[m - $1] } / Double(m)) }
    return p[n]
  }

  @Test(
    "any and all of a random walk with drift are those of Sparre Andersen's formula",
    arguments: [-0.5, 0, 0.7])
  func walks(drift: Double) throws {
    let n = 12
    let forecast = try walk(drift: drift, horizon: n)
    let paths = forecast.samplePaths(forecast.pathsOfEvents)
    let window = TotalWindow.periods(forecast.start, through: forecast.start + (n - 1))
    let above = Threshold(.above, 100)
    let positive = { (k: Int) in Normal.standard.cdf(drift * Double(k).squareRoot() / 2) }
    let all = try forecast.probability(of: .all, above, over: window, on: paths)
    #expect(abs(all.value - staying(positive, through: n)) < 3 * all.standardError)
    let any = try forecast.probability(of: .any, above, over: window, on: paths)
    let none = staying({ 1 - positive($0) }, through: n)
    #expect(abs(any.value - (1 - none)) < 3 * any.standardError)
    // The opposite side of the same event.
    let allBelow = try forecast.probability(of: .all, Threshold(.below, 100), over: window, on: paths)
    #expect(any.value + allBelow.value == 1)
  }

  @Test("totals of a random walk with drift have the mean and variance of its sum")
  func totals() throws {
    let n = 6
    let forecast = try walk(drift: 0.7, horizon: n)
    let window = TotalWindow.periods(forecast.start, through: forecast.start + (n - 1))
    let total = try forecast.total(over: window)
    let mean = Double(n) * 100 + 0.7 * Double(n * (n + 1)) / 2
    // Var(Σ (n + 1 − k) eₖ) = σ² Σ k².
    let variance = 4 * (1...n).reduce(0) { $0 + Double($1 * $1) }
    let error = (variance / 16_384).squareRoot()
    #expect(abs(total.mean - mean) < 3 * error)
    #expect(abs(total.variance / variance - 1) < 3 * (2.0 / 16_384).squareRoot())
    let threshold = Threshold(.above, mean + variance.squareRoot())
    let p = 1 - Normal.standard.cdf(1)
    #expect(abs(threshold.condition.probability(under: total) - p) < 3 * (p * (1 - p) / 16_384).squareRoot())
  }

  @Test("observed periods of a window decide or drop out")
  func known() throws {
    let forecast = try walk(drift: 0, horizon: 3)
    let paths = forecast.samplePaths(2_000)
    let window = TotalWindow.periods(.month(2025, 11), through: .month(2026, 3))
    let decided = try forecast.probability(of: .any, Threshold(.above, 102), over: window, on: paths)
    #expect(decided.value == 1 && decided.standardError == 0)
    let lost = try forecast.probability(of: .all, Threshold(.above, 102), over: window, on: paths)
    #expect(lost.value == 0)
    let open = try forecast.probability(of: .any, Threshold(.above, 104), over: window, on: paths)
    let ahead = TotalWindow.periods(forecast.start, through: forecast.start + 2)
    #expect(open == (try forecast.probability(of: .any, Threshold(.above, 104), over: ahead, on: paths)))
    #expect(throws: ForecastError.self) {
      try forecast.probability(of: .any, Threshold(.above, 1), over: .year(2027), on: paths)
    }
  }

  @Test("a probability mass at the bound is on neither side")
  func mass() throws {
    let coin = try Empirical([0, 0, 1, 1])
    #expect(Threshold(.above, 1).condition.probability(under: coin) == 0)
    #expect(Threshold(.below, 0).condition.probability(under: coin) == 0)
    #expect(Threshold(.above, 0).condition.holds(0) == false && Threshold(.below, 0).condition.holds(-1))
  }
}

import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Testing

/// A curve that a user would write.
private struct Weibull: GrowthFunction {
  var name: String { "Weibull" }
  var parameters: [GrowthParameter] {
    [GrowthParameter("scale", 1...200), GrowthParameter("shape", 0.3...6)]
  }
  func share<S: DifferentiableScalar>(_ p: [S], at time: S) -> S {
    S(1) - .exp(-S.exp(p[1] * .log(time / p[0])))
  }
}

/// The logistic curve in the parameters of `LogisticGrowth`, up to where time begins.
private struct Logistic: GrowthFunction {
  var name: String { "Logistic" }
  var parameters: [GrowthParameter] {
    [GrowthParameter("rate", 0.01...3), GrowthParameter("middle", -50...100)]
  }
  func share<S: DifferentiableScalar>(_ p: [S], at time: S) -> S {
    S(1) / (.exp(-(p[0] * (time - p[1]))) + 1.0)
  }
}

private struct Bad: GrowthFunction {
  var parameters: [GrowthParameter]
  var name: String { "Bad" }
  func share<S: DifferentiableScalar>(_ p: [S], at time: S) -> S { S(1) }
}

@Suite struct CustomGrowthTests {
  private func series(_ count: Int, noise: Double) throws -> TimeSeries {
    let errors = RandomStream(seed: 3, name: "noise").normals(0..<count)
    let values = (1...count).map { (step: Int) -> Double in
      let share = 1 - exp(-pow(Double(step) / 12, 2))
      return 100 * share + noise * errors[step - 1]
    }
    return try TimeSeries(values, start: .year(1990), name: "launch")
  }

  @Test func `a curve without noise is found to its last digits`() throws {
    let fit = try CustomGrowth(Weibull()).fit(series(25, noise: 0))
    #expect(abs(fit.capacity.value - 100) < 1e-6 && fit.converged)
    let found = fit.parameters.map(\.estimate.value)
    for (value, truth) in zip(found, [100.0, 12, 2]) { #expect(abs(value / truth - 1) < 1e-8) }
    #expect(fit.parameters.map(\.name) == ["capacity", "scale", "shape"])
  }

  @Test func `a full forecaster: errors, intervals, summary, updates, JSON`() throws {
    let whole = try series(30, noise: 1)
    let fit = try CustomGrowth(Weibull()).fit(#require(whole.prefix(24)))
    for parameter in fit.parameters { #expect(parameter.estimate.standardError ?? 0 > 0) }
    let outlook = try fit.forecast(6)
    let inside = zip(try outlook.interval(0.99), whole.values.suffix(6)).allSatisfy { band, value in
      band.lower < value ?? 0 && value ?? 0 < band.upper
    }
    #expect(inside && outlook.mean.allSatisfy { abs($0 - 98) < 4 })
    #expect("\(fit.summary)".contains("shape") && fit.name == "Weibull growth (additive noise)")
    let read = try JSONDecoder().decode(
      FittedSaturatingGrowth<CustomGrowth<Weibull>>.self, from: JSONEncoder().encode(fit))
    #expect(try read.forecast(6).mean == outlook.mean)
    #expect(try fit.updated(to: whole).forecast(1).start == .year(2020))
    let spans = try TimeSeries(
      observations: [
        Observation(
          PeriodSpan(.year(1990), count: 3), fit.series.values.prefix(3).compactMap { $0 }.reduce(0, +))
      ]
        + whole.observations.dropFirst(3))
    #expect(abs(try CustomGrowth(Weibull()).fit(spans).capacity.value - 100) < 2)
  }

  @Test func `the logistic curve written by hand is LogisticGrowth`() throws {
    let values = (1...20).map { (step: Int) -> Double in
      let time = Double(step)
      let growth = 50 / (1 + exp(-0.5 * (time - 9)))
      return growth + sin(7 * time)
    }
    let series = try TimeSeries(values, start: .year(2000))
    let own = try CustomGrowth(Logistic()).fit(series)
    let other = try LogisticGrowth().fit(series)
    #expect(abs(own.capacity.value / other.capacity.value - 1) < 1e-7)
    #expect(abs((own.capacity.standardError ?? 0) / (other.capacity.standardError ?? 1) - 1) < 1e-5)
    #expect(abs((own.logLikelihood ?? 0) - (other.logLikelihood ?? 1)) < 1e-8)
  }

  @Test func `parameters that cannot be fitted are refused`() throws {
    let series = try series(20, noise: 1)
    let names = ["a", "b", "c", "d"]
    for parameters in [
      names.map { GrowthParameter($0, 0...1) }, [GrowthParameter("capacity", 0...1)],
      [GrowthParameter("a", 0...1), GrowthParameter("a", 0...1)], [GrowthParameter("a", 0...0)],
      [GrowthParameter("a", 0...Double.infinity)],
    ] {
      #expect(throws: ForecastError.self) { try CustomGrowth(Bad(parameters: parameters)).fit(series) }
    }
  }
}

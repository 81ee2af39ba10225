import Foundation
import Scenarios
import Testing

@Suite("Closed forms")
struct ClosedFormTests {
  /// First gas uniform on (2030, 2036), a five-year ramp to 50, at the first instant of 2035.
  ///
  /// The age at 2035 is uniform on (−1, 5): the mean flow is 50/6 · ∫₀⁵ (a/5) da = 20.8333, P(≥ 25) = 2.5/6.
  @Test("A uniform start under a linear ramp")
  func uniformStart() throws {
    let run = try Scenario.small(
      smallScenario(
        horizon: "{from: 2026, to: 2045, value: instant}", run: "{draws: 32768, replicates: 8, seed: 1}",
        """
        inputs:
          opening: {unit: decimal-year, basis: judgement, dim: 1, uniform: [2030, 2036]}
        events:
          first_gas: {kind: start, at: opening, opens: line}
        assets:
          line: {capacity: {value: 50, unit: bcm/yr}, start: first_gas, ramp: {shape: linear, years: 5}}
        questions:
          flow: {of: "line[2035]", mean: true, exceed: [25]}
        """)
    ).run()
    let answer = try #require(run["flow"])
    #expect(abs(try #require(answer.row(.mean)?.value) - 125.0 / 6) < 1e-4)
    #expect(abs(try #require(answer.row(.exceed, 25)?.value) - 2.5 / 6) < 1e-4)
  }

  /// A lognormal volume times a lognormal price is lognormal with the sum of the variances.
  @Test("A product of lognormals")
  func lognormalProduct() throws {
    let run = try Scenario.small(
      smallScenario(
        """
        inputs:
          volume: {unit: bcm/yr, basis: judgement, dim: 1, lognormal: {median: 30, sigma: 0.3}}
          price: {unit: USD/kcm, basis: judgement, dim: 2, lognormal: {median: 200, sigma: 0.4}}
        derived:
          revenue: {expr: "convert(volume * price, 'USD bn/yr')", unit: USD bn/yr}
        questions:
          revenue: {of: revenue, mean: true, quantiles: [0.1, 0.5, 0.9]}
        """)
    ).run()
    let answer = try #require(run["revenue"])
    let sigma = 0.5
    let mean = try #require(answer.row(.mean))
    let expected = 6 * exp(sigma * sigma / 2)
    #expect(abs(try #require(mean.value) - expected) < 4 * (try #require(mean.standardError)) + 1e-6)
    for (level, z) in [(0.1, -1.2815515655446004), (0.5, 0), (0.9, 1.2815515655446004)] {
      let row = try #require(answer.row(.quantile, level))
      #expect(
        abs(try #require(row.value) - 6 * exp(sigma * z)) < 4 * (try #require(row.standardError)) + 1e-3)
    }
  }

  /// Var(a + b) = σ_a² + σ_b² + 2 r σ_a σ_b for normals: the sum's 84.13 % quantile is one deviation above the mean.
  @Test("A sum of correlated normals", arguments: [-0.6, 0.0, 0.3, 0.9])
  func correlatedSum(correlation: Double) throws {
    let run = try Scenario.small(
      smallScenario(
        """
        inputs:
          a: {unit: bcm/yr, basis: judgement, dim: 1, normal: {mean: 100, sd: 3}}
          b: {unit: bcm/yr, basis: judgement, dim: 2, normal: {mean: 50, sd: 4}}
        correlations:
          - {between: [a, b], gaussian_copula: \(correlation), parameter: normal-score}
        derived:
          sum: {expr: a + b, unit: bcm/yr}
        questions:
          sum: {of: sum, mean: true, quantiles: [0.841344746068543]}
        """)
    ).run()
    let row = try #require(run["sum"]?.row(.quantile))
    let deviation = (9 + 16 + 24 * correlation).squareRoot()
    #expect(abs(try #require(row.value) - (150 + deviation)) < 4 * (try #require(row.standardError)) + 0.01)
  }

  /// With a hazard h from 2030 on, P(date < 2035) = 1 − exp(−5h).
  @Test("A hazard is an exponential waiting time")
  func hazard() throws {
    let run = try Scenario.small(
      smallScenario(
        """
        events:
          strike: {kind: hazard, after: 2030.0, hazard: 0.2/yr, dim: 1}
        questions:
          soon: {probability: strike < 2035}
          moved: {probability: strike < 2035, do: {strike: 2034}}
          date: {of: strike, quantiles: [0.5]}
        """)
    ).run()
    let soon = try #require(run["soon"]?.row(.probability)?.value)
    #expect(abs(soon - (1 - exp(-1.0))) < 1e-3)
    #expect(run["moved"]?.row(.probability)?.value == 1)
    let median = try #require(run["date"]?.row(.quantile)?.value)
    #expect(abs(median - (2030 + log(2) / 0.2)) < 5e-3)
  }

  /// A start in mid-December opens 1/24 of the year; a ramp of zero years is a step.
  @Test("The ramp is integrated inside the year")
  func integratedRamp() throws {
    func flow(start: String, years: String, in year: Int) throws -> Double? {
      try Scenario.small(
        smallScenario(
          """
          assets:
            line: {capacity: {value: 24, unit: bcm/yr}, start: \(start), ramp: {shape: linear, years: \(years)}}
          questions:
            flow: {of: "line[\(year)]", mean: true}
          """)
      ).run(DrawOptions(draws: 8, replicates: 2))["flow"]?.row(.mean)?.value
    }
    let step = try #require(try flow(start: "2030.9583333333333", years: "0", in: 2030))
    #expect(abs(step - 1) < 1e-9)
    // ∫₀¹ a/4 da = 1/8 in the first year, then 3/8, 5/8, 7/8, 1.
    for (year, share) in [(2029, 0), (2030, 0.125), (2031, 0.375), (2033, 0.875), (2034, 1)] {
      let value = try #require(try flow(start: "2030", years: "4", in: year))
      #expect(abs(value - 24 * share) < 1e-9)
    }
    #expect(try flow(start: "never", years: "4", in: 2034) == 0)
    #expect(try flow(start: "2010", years: "4", in: 2026) == 24)
  }

  @Test("An interruption hits the calendar years whose mid-point lies in it")
  func interruption() throws {
    let run = try Scenario.small(
      smallScenario(
        """
        events:
          cut: {kind: interruption, of: line, after: 2030, hazard: 0.1/yr, lasts: 2 yr, multiply: 0.25, hits: midpoint}
        assets:
          line: {capacity: {value: 40, unit: bcm/yr}, start: 2026}
        questions:
          before: {of: "line[2030]", mean: true, do: {cut: 2030.6}}
          first: {of: "line[2031]", mean: true, do: {cut: 2030.6}}
          second: {of: "line[2032]", mean: true, do: {cut: 2030.6}}
          after: {of: "line[2033]", mean: true, do: {cut: 2030.6}}
          none: {of: "line[2031]", mean: true, do: {cut: never}}
        """)
    ).run(DrawOptions(draws: 8, replicates: 2))
    for (question, flow) in [("before", 40.0), ("first", 10), ("second", 10), ("after", 40), ("none", 40)] {
      #expect(run[question]?.row(.mean)?.value == flow)
    }
  }
}

import Foundation
import Scenarios
import Testing

@Suite("Break-even search")
struct BreakEvenTests {
  private func scenario(
    run: String = "{method: sobol-owen, draws: 2048, replicates: 8, seed: 7}", _ more: String = ""
  ) throws -> Scenario {
    try Scenario.small(
      smallScenario(
        horizon: "{from: 2026, to: 2040, value: instant}", run: run,
        """
        inputs:
          price: {unit: USD/kcm, basis: judgement, dim: 1, lognormal: {median: 240, sigma: 0.2}}
          volume: {unit: bcm/yr, basis: judgement, dim: 2, lognormal: {median: 30, sigma: 0.4}}
          z: {unit: "1", basis: judgement, uniform: [0, 1]}
          opening: {unit: decimal-year, basis: judgement, dim: 3, uniform: [2030, 2036]}
        events:
          first: {kind: start, at: opening, opens: line}
          always: {kind: shock, of: price, mode: additive, add: 1}
        assets:
          line: {capacity: {value: 50, unit: bcm/yr}, start: first, ramp: {shape: linear, years: 5}}
        derived:
          revenue: {expr: "convert(volume * price, 'USD bn/yr')", unit: USD bn/yr}
          bowl: {expr: "(z - 0.4)^2", unit: "1"}
        questions:
          revenue: {of: revenue, mean: true}
          high: {probability: "revenue >= 9"}
          flow: {of: "line[2035]", mean: true}
          bowl: {of: bowl, mean: true}
          opening: {of: opening, mean: true}
        \(more)
        """))
  }

  /// revenue = price · volume / 1000 with the price set: its mean is price · 30 e^{0.08} / 1000, its p quantile price · 30 e^{0.4 z} / 1000, and
  /// P(≥ 9) is one half where price · 30 = 9000.
  @Test("the crossing of a lognormal quantity has its closed form inside four standard errors")
  func closedForms() throws {
    let scenario = try scenario()
    func check(_ found: BreakEven, _ truth: Double) throws {
      let error = try #require(found.standardError)
      #expect(error > 0 && error < 3)
      #expect(abs(found.value - truth) < 4 * error + 1e-3)
      #expect(found.bracket.contains(found.value))
      #expect(found.bracket.upperBound - found.bracket.lowerBound < 400.1e-6)
    }
    let mean = try scenario.checked().breakEven(of: "revenue", varying: "price", over: 100...500, reaching: 9)
    try check(mean, 300 / exp(0.08))
    #expect(mean.unit == "USD bn/yr" && mean.variedUnit == "USD/kcm" && mean.figure.kind == .mean)
    #expect(mean.scan.count == 11 && mean.evaluations == 56)
    // A figure that is proportional to what is varied: the error in the crossing is its relative error.
    let near = try #require(mean.scan.first { $0.figure >= 9 })
    let relative = try #require(near.standardError) / near.figure
    #expect(abs(try #require(mean.standardError) / mean.value / relative - 1) < 0.05)
    let p90 = try scenario.checked().breakEven(
      of: "revenue", varying: "price", over: 100...500, reaching: 9,
      figure: FigureName(kind: .quantile, level: 0.9))
    try check(p90, 300 / exp(0.4 * 1.2815515655446004))
    let half = try scenario.checked().breakEven(of: "high", varying: "price", over: 100...500, reaching: 0.5)
    try check(half, 300)
    #expect(half.figure.kind == .probability && half.unit == "1")
    let same = try scenario.checked().breakEven(
      of: "high", varying: "price", over: 100...500, reaching: 0.5, DrawOptions(threads: 2))
    #expect(same == half)
  }

  /// First gas at T, five years of ramp to 50: the flow of 2035.0 is 10 (2035 − T).
  @Test("a date is set as by do, and a figure may fall")
  func dates() throws {
    let found = try scenario().checked().breakEven(
      of: "flow", varying: "first", over: 2031...2035, reaching: 25)
    #expect(abs(found.value - 2032.5) < 1e-9 && found.standardError == 0)
    #expect(found.variedUnit == "decimal-year")
    let ends = try scenario().checked().breakEven(
      of: "flow", varying: "first", over: 2030...2035, reaching: 50)
    #expect(ends.value == 2030 && ends.bracket == 2030...2030)
  }

  @Test("the standard error is that of the crossing over seeds")
  func coverage() throws {
    var sum = 0.0
    for seed in 1...40 {
      let found = try scenario(run: "{method: monte-carlo, draws: 256, replicates: 8, seed: 1}").checked()
        .breakEven(
          of: "revenue", varying: "price", over: 100...500, reaching: 9, DrawOptions(seed: UInt64(seed)))
      let score = (found.value - 300 / exp(0.08)) / (try #require(found.standardError))
      sum += score * score
    }
    // Student's t with 7 degrees of freedom has variance 1.4; the mean of 40 squares has a standard deviation near 0.5.
    #expect(sum / 40 > 0.5 && sum / 40 < 3)
  }

  @Test("what has no single crossing is refused, and names that cannot be set are suggested")
  func refusals() throws {
    let scenario = try scenario()
    func refused(_ message: String, _ search: () throws -> BreakEven) {
      #expect {
        try search()
      } throws: {
        "\($0)".contains(message)
      }
    }
    refused("from 100.0 to 200.0 the figure goes from 3.24") {
      try scenario.checked().breakEven(of: "revenue", varying: "price", over: 100...200, reaching: 9)
    }
    refused("never reaches 2.0") {
      try scenario.checked().breakEven(of: "revenue", varying: "price", over: 100...200, reaching: 2)
    }
    refused(
      "the figure is not monotone; it goes up over the range, but from 0.160000 at 0.0 to 0.0900000 at 0.1"
    ) {
      try scenario.checked().breakEven(of: "bowl", varying: "z", over: 0...1, reaching: 0.2)
    }
    refused("never reaches 3.0") {
      try scenario.checked().breakEven(of: "revenue", varying: "opening", over: 2030...2036, reaching: 3)
    }
    refused("unknown input or dated event \"prise\"; did you mean \"price\"?") {
      try scenario.checked().breakEven(of: "revenue", varying: "prise", over: 100...200, reaching: 9)
    }
    refused("unknown input or dated event \"always\"") {
      try scenario.checked().breakEven(of: "revenue", varying: "always", over: 100...200, reaching: 9)
    }
    refused("unknown question \"revenu\"; did you mean \"revenue\"?") {
      try scenario.checked().breakEven(of: "revenu", varying: "price", over: 100...200, reaching: 9)
    }
    refused("a condition has a probability, not a figure mean") {
      try scenario.checked().breakEven(
        of: "high", varying: "price", over: 100...200, reaching: 9, figure: FigureName(kind: .mean))
    }
    refused("quantile needs a level") {
      try scenario.checked().breakEven(
        of: "revenue", varying: "price", over: 100...200, reaching: 9, figure: FigureName(kind: .quantile))
    }
    refused("needs a finite range") {
      try scenario.checked().breakEven(of: "revenue", varying: "price", over: 100...100, reaching: 9)
    }
  }
}

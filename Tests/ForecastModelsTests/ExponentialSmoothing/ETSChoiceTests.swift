import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

/// What the choice of a form promises.
@Suite struct ETSChoiceTests {
  private func noise(_ seed: UInt64, _ count: Int) -> [Double] {
    var stream = Philox4x64(key: (seed, 77))
    return (0..<count).map { _ in
      (0..<4).reduce(0) { sum, _ in sum + Double.random(in: -1...1, using: &stream) }
    }
  }

  private func series(
    _ values: [Double?], season: Int, rule: SpanRule = .mean
  ) throws -> TimeSeries {
    try TimeSeries(values, start: Period(.index, ordinal: 1), rule: rule, seasonalPeriod: season)
  }

  /// No form that may be chosen has a lower AICc when it is fitted by itself.
  @Test(arguments: [0, 1, 2]) func `maximum likelihood returns the least criterion`(_ draw: Int) throws {
    let e = noise(UInt64(draw + 1), 48)
    var level = 60.0
    let values = (0..<48).map { t in
      level += draw == 0 ? 0 : 0.3 * e[t] + (draw == 2 ? 0.8 : 0)
      let season: Double = 12 * sin(Double(t) * .pi / 2)
      let factor: Double = draw == 1 ? 1 + 0.1 * e[t] : 1
      return (level + season) * factor + e[t] * 2
    }
    let data = try series(values, season: 4)
    let choice = AutoETS(estimation: .maximumLikelihood)
    let found = try #require(choice.fit(data).concentratedAICc)
    for form in ETSForm.allForms where choice.restrictions.allow(form) && !form.trend.isMultiplicative {
      guard let fit = try? ETS(form, estimation: .maximumLikelihood).fit(data) else { continue }
      #expect(found <= (fit.concentratedAICc ?? .infinity) + 1e-6, "\(form)")
    }
  }

  /// BIC charges more for six indices than this season gains, but it is there beyond doubt.
  @Test(arguments: [5, 6, 7]) func `a weak but sure season of a long series is found`(_ seed: Int) throws {
    let e = noise(UInt64(seed), 730)
    let week = [0.0, 0.3, 0.55, 0.2, -0.1, -0.5, -0.45]
    let values = (0..<730).map { 30 + 1.15 * week[$0 % 7] + 1.6 * e[$0] }
    #expect(try AutoETS().fit(try series(values, season: 7)).form.season != .none)
    let still = (0..<730).map { 30 + 1.6 * e[$0] }
    #expect(try AutoETS().fit(try series(still, season: 7)).form.season == .none)
  }

  /// A shop that is closed in one month of every year.
  @Test(arguments: [
    ETSForm(.additive, .none, .additive), ETSForm(.multiplicative, .additiveDamped, .additive),
    ETSForm(.multiplicative, .none, .multiplicative),
  ])
  func `only the position that is never observed is wide`(_ form: ETSForm) throws {
    let e = noise(21, 72)
    let values = (0..<72).map { t -> Double? in
      let season: Double = 20 * sin(Double(t) * .pi / 6)
      return t % 12 == 7 ? nil : 120 + season + 2 * e[t]
    }
    let fit = try ETS(form).fit(try series(values, season: 12))
    let outlook = try fit.forecast(12)
    let widths = zip(outlook.quantile(0.975), outlook.quantile(0.025)).map { $0 - $1 }
    for (step, width) in widths.enumerated() where step != 7 {
      #expect(width < 24, "step \(step)")
      #expect(widths[7] > 1.5 * width)
    }
    #expect(widths[7] < 200)
    #expect(fit.summary.notes.contains { $0.contains("never observed") })
  }

  /// Twelve months of growth from almost nothing: relative errors of such a size are not those of a model.
  @Test func `growth from almost nothing has intervals of the size of the data`() throws {
    let values = [3.0, 300, 250, 180, 1900, 4700, 8100, 8000, 11_900, 21_000, 19_000, 24_000]
    let outlook = try AutoETS().fit(try series(values, season: 1)).forecast(12)
    #expect(outlook.quantile(0.975).allSatisfy { $0 < 150_000 })
    #expect(outlook.quantile(0.025).allSatisfy { $0 > -50_000 })
  }

  /// Two months that are only known as their sum share it, and the rest of the season is as measured.
  @Test func `positions seen only in a sum are split into equal indices`() throws {
    let e = noise(33, 96)
    let start = Period(.month, ordinal: 24_000)
    let clean = (0..<108).map { t -> Double in 50 + 15 * sin(Double(t) * .pi / 6 + 1) }
    let truth = (0..<96).map { clean[$0] + 0.5 * e[$0] }
    var observations: [Observation] = []
    var t = 0
    while t < 96 {
      let width = t % 12 == 0 ? 2 : 1
      observations.append(
        Observation(PeriodSpan(start + t, count: width), truth[t..<(t + width)].reduce(0, +)))
      t += width
    }
    let data = try TimeSeries(rule: .sum, observations: observations, seasonalPeriod: 12)
    let fit = try AutoETS().fit(data)
    #expect(fit.form.season == .additive)
    let mean = try fit.forecast(12).mean
    let expected = Array(clean[96...])
    let outlook = try fit.forecast(12)
    #expect(abs(mean[0] - mean[1]) < 1)
    #expect(abs(mean[0] + mean[1] - expected[0] - expected[1]) < 3)
    for step in 2..<12 { #expect(abs(mean[step] - expected[step]) < 2, "step \(step)") }
    let widths = zip(outlook.quantile(0.975), outlook.quantile(0.025)).map { $0 - $1 }
    #expect(widths[0] > 3 * widths[5])
    #expect(fit.summary.notes.contains { $0.contains("only observed in sums") })
  }
}

import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import ForecastModels

@Suite("Combinations")
struct CombinationTests {
  static let levels = [0.01, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.99]

  static func series(_ factor: Double = 1, count: Int = 60) throws -> TimeSeries {
    try TimeSeries(
      seasonalSeries(count, period: 12, noise: 0.3).map { factor * ($0 + 40) }, start: .month(2001, 1),
      name: "test", rule: .mean)
  }

  static let mixed: [any Forecaster] = [AutoETS(), Theta(.dynamicOptimised), SeasonalNaive(), Drift()]

  static func close(_ x: [Double], _ y: [Double], _ tolerance: Double = 1e-9) -> Bool {
    x.count == y.count && zip(x, y).allSatisfy { abs($0 - $1) <= tolerance * (abs($0) + abs($1)) }
  }

  @Test(
    "weights are positive and sum to 1, and shrunk wholly they are equal",
    arguments: [
      CombinationRule.mean, .median, .inverseError, .informationCriterion,
      .rollingOrigin(origins: 3, horizon: 6),
    ])
  func weights(rule: CombinationRule) throws {
    let series = try Self.series()
    for shrinkage in [0, 0.3, 1] {
      let fit = try Combination(Self.mixed, rule: rule, shrinkage: shrinkage).fit(series)
      #expect(abs(fit.weights.reduce(0, +) - 1) < 1e-12)
      #expect(fit.weights.allSatisfy { $0 >= shrinkage / Double(fit.members.count) - 1e-12 })
      if shrinkage == 1 {
        #expect(fit.weights.allSatisfy { abs($0 - 1 / Double(fit.members.count)) < 1e-12 })
      }
    }
  }

  @Test("estimated weights are the inverse errors and the Akaike weights of the members themselves")
  func estimatedWeights() throws {
    let series = try Self.series()
    let models: [any Forecaster] = [Naive(), SeasonalNaive()]
    let errors = try models.map { model in
      let residuals = try model.fit(series).residuals[12...].map { $0 ?? .nan }
      return residuals.reduce(0) { $0 + $1 * $1 }
    }
    let fit = try Combination(models, rule: .inverseError, shrinkage: 0).fit(series)
    #expect(abs(fit.weights[0] / fit.weights[1] - errors[1] / errors[0]) < 1e-9)

    let arima = [ARIMA(ARIMAOrder(1, 0, 0)), ARIMA(ARIMAOrder(2, 0, 0))]
    let criteria = try arima.map { try #require(try $0.fit(series).summary.aicc) }
    let ratio = try Combination(arima, rule: .informationCriterion, shrinkage: 0).fit(series).weights
    #expect(abs(log(ratio[0] / ratio[1]) - (criteria[1] - criteria[0]) / 2) < 1e-9)
  }

  @Test("rolling origins weigh by what the members forecast there")
  func rollingWeights() throws {
    let series = try Self.series()
    let models: [any Forecaster] = [Naive(), SeasonalNaive()]
    let errors = try models.map { model in
      var sum = 0.0
      for cut in 52...54 {
        let training = try #require(series.prefix(cut))
        let mean = try model.fit(training).forecast(6).mean
        for step in 0..<6 { sum += abs((series.values[cut + step] ?? .nan) - mean[step]) }
      }
      return sum
    }
    let fit = try Combination(models, rule: .rollingOrigin(origins: 3, horizon: 6), shrinkage: 0).fit(series)
    #expect(abs(fit.weights[0] / fit.weights[1] - errors[1] / errors[0]) < 1e-9)
  }

  @Test("a combination of equal members is that member")
  func identical() throws {
    let series = try Self.series()
    let models: [any Forecaster] = [
      Theta(), SeasonalNaive(), ETS(ETSForm(.multiplicative, .additiveDamped, .multiplicative)),
    ]
    for model in models {
      let alone = try model.fit(series).forecast(15)
      for rule in [CombinationRule.mean, .median] {
        let joined = try Combination([model, model, model], rule: rule).fit(series).forecast(15)
        #expect(Self.close(joined.mean, alone.mean))
        for p in Self.levels { #expect(Self.close(joined.quantile(p), alone.quantile(p))) }
        for step in [0, 14] {
          #expect(
            Self.close(
              [joined.standardDeviation[step]], [alone.standardDeviation[step]],
              alone.distribution is JointStudentT ? 1e-9 : 0.01))
        }
      }
    }
  }

  @Test("the mean is the weighted mean of the members' means; their quantiles are averaged alike")
  func means() throws {
    let series = try Self.series()
    let fit = try Combination(Self.mixed, rule: .inverseError).fit(series)
    let joined = try fit.forecast(15)
    let parts = try fit.members.map { try $0.forecast(15) }
    func average(_ values: [[Double]]) -> [Double] {
      (0..<15).map { step in zip(fit.weights, values).reduce(0) { $0 + $1.0 * $1.1[step] } }
    }
    #expect(Self.close(joined.mean, average(parts.map(\.mean))))
    for p in Self.levels { #expect(Self.close(joined.quantile(p), average(parts.map { $0.quantile(p) }))) }
  }

  @Test("the median lies between the least and the largest member")
  func median() throws {
    let fit = try Combination(Self.mixed, rule: .median).fit(Self.series())
    let means = try fit.members.map { try $0.forecast(15).mean }
    for (step, value) in try fit.forecast(15).mean.enumerated() {
      let sorted = means.map { $0[step] }.sorted()
      #expect(abs(value - 0.5 * (sorted[1] + sorted[2])) < 1e-9)
    }
  }

  @Test("quantiles rise, intervals nest, and cdf, density and variance are those of the quantiles")
  func law() throws {
    for rule in [CombinationRule.mean, .median] {
      let forecast = try Combination(Self.mixed, rule: rule).fit(Self.series()).forecast(15)
      let ladder = Self.levels.map { forecast.quantile($0) }
      for step in 0..<15 {
        #expect(zip(ladder, ladder.dropFirst()).allSatisfy { $0[step] < $1[step] })
        let margin = forecast.marginal(step)
        for (p, quantile) in zip(Self.levels, ladder) {
          #expect(abs(margin.cdf(quantile[step]) - p) < 1e-3)
        }
      }
    }
    // With continuous members, closely.
    let models: [any Forecaster] = [Theta(), SeasonalNaive(), Drift()]
    let margin = try Combination(models).fit(Self.series()).forecast(6).marginal(5)
    var mass = 0.0
    var moment = 0.0
    var square = 0.0
    let low = margin.quantile(1e-6)
    let width = (margin.quantile(1 - 1e-6) - low) / 4000
    for k in 0..<4000 {
      let x = low + (Double(k) + 0.5) * width
      let density = margin.density(x)
      mass += density * width
      moment += density * width * x
      square += density * width * (x - margin.mean) * (x - margin.mean)
    }
    #expect(abs(mass - 1) < 1e-4)
    #expect(abs(moment - margin.mean) < 1e-3 * abs(margin.mean))
    #expect(abs(square - margin.variance) < 5e-3 * margin.variance)
    for p in Self.levels { #expect(abs(margin.cdf(margin.quantile(p)) - p) < 1e-9) }
  }

  @Test("joint paths have the declared margins, and their sums the declared totals")
  func paths() throws {
    let forecast = try Combination(Self.mixed).fit(Self.series()).forecast(12)
    let count = 16_384
    let paths = forecast.samplePaths(count)
    for step in [0, 5, 11] {
      let row = paths.row(step)
      for p in [0.05, 0.25, 0.5, 0.75, 0.95] {
        let share = Double(row.count { $0 <= forecast.quantile(p)[step] }) / Double(count)
        #expect(abs(share - p) < 4 * (p * (1 - p) / Double(count)).squareRoot() + 1e-3)
      }
    }
    let whole = try forecast.total(
      over: .periods(forecast.start, through: forecast.start + 11), paths: count)
    let sums = (0..<count).map { path in
      (0..<12).reduce(0) { $0 + paths[$1, path] } / 12
    }
    let expected = try Empirical(sums)
    for p in Self.levels { #expect(abs(whole.quantile(p) - expected.quantile(p)) < 1e-9) }
    let mean = forecast.mean.reduce(0, +) / 12
    #expect(abs(whole.mean - mean) < 4 * whole.standardDeviation / Double(count).squareRoot())
  }

  @Test("Student t laws of equal freedom stay one, whose sums are exact")
  func closedForm() throws {
    let series = try Self.series()
    let forecast = try Combination([
      ETS(ETSForm(.additive, .none, .none)), ETS(ETSForm(.additive, .none, .none)),
    ])
    .fit(series).forecast(6)
    #expect(forecast.distribution is JointStudentT)
    let alone = try ETS(ETSForm(.additive, .none, .none)).fit(series).forecast(6)
    let window = TotalWindow.periods(alone.start, through: alone.start + 5)
    let ours = try forecast.total(over: window)
    let theirs = try alone.total(over: window)
    for p in Self.levels { #expect(abs(ours.quantile(p) - theirs.quantile(p)) < 1e-9) }
  }

  @Test("the unit of the series does not matter")
  func scaleEquivariance() throws {
    for rule in [CombinationRule.mean, .median, .inverseError] {
      let model = Combination([Theta(.dynamicOptimised), SeasonalNaive(), Drift()], rule: rule)
      let forecast = try model.fit(Self.series()).forecast(12)
      let scaled = try model.fit(Self.series(1024)).forecast(12)
      for p in Self.levels {
        #expect(Self.close(forecast.quantile(p).map { 1024 * $0 }, scaled.quantile(p), 1e-7))
      }
    }
  }

  @Test("a member that fails drops out by name and changes no bit of the others")
  func failure() throws {
    let series = try TimeSeries(
      [3, -1, 4, 1, 5, -9, 2, 6, 5, 3, 5, 8].map { Double($0) }, start: .month(2001, 1), name: "signed",
      rule: .mean)
    let rest: [any Forecaster] = [Theta(), Drift()]
    let failing = Theta(adjustment: .multiplicative)
    let fit = try Combination([rest[0], failing, rest[1]]).fit(series)
    #expect(fit.failures.map(\.member) == [failing.name])
    #expect(fit.summary.notes.contains { $0.contains("left out") })
    let clean = try Combination(rest).fit(series)
    for p in Self.levels { #expect(try fit.forecast(6).quantile(p) == clean.forecast(6).quantile(p)) }
    #expect(throws: ForecastError.self) { try Combination([failing]).fit(series) }
    do {
      _ = try Combination([failing, failing]).fit(series)
    } catch {
      guard case .noMember(_, let name, let reasons) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(name == "signed" && reasons.count == 2)
    }
  }

  @Test("any number of workers gives the same bits")
  func workers() async throws {
    var text = "unique_id,ds,y\n"
    for key in 0..<5 {
      for (t, y) in seasonalSeries(36 + key, period: 4, noise: 0.4).enumerated() {
        text += "s\(key),\(t + 1),\(y + 30)\n"
      }
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("panel.csv")
    try text.write(to: file, atomically: true, encoding: .utf8)
    let panel = try Panel(csv: file.path, seasonalPeriod: 4)
    let model = Combination(Self.mixed)
    var answers: [[Double]] = []
    for workers in [1, 2, 3] {
      let forecasts = try await panel.forecast(model, horizon: 6, workers: workers)
      answers.append(
        try forecasts.flatMap { answer in
          let forecast = try answer.result.get()
          return forecast.mean + forecast.quantile(0.1) + forecast.samplePaths(20).elements
        })
    }
    #expect(answers[0] == answers[1] && answers[0] == answers[2])
  }

  @Test("later data move the members as they would move alone")
  func update() throws {
    let whole = try Self.series()
    let part = try #require(whole.prefix(48))
    let members: [any Forecaster] = [Theta(), ETS(ETSForm(.additive, .none, .additive))]
    let fit = try Combination(members).fit(part)
    let moved = try fit.updated(to: whole).forecast(6)
    let parts = try [
      Theta().fit(part).updated(to: whole).forecast(6),
      ETS(ETSForm(.additive, .none, .additive)).fit(part).updated(to: whole).forecast(6),
    ]
    let expected = (0..<6).map { 0.5 * (parts[0].mean[$0] + parts[1].mean[$0]) }
    #expect(Self.close(moved.mean, expected))
  }
}

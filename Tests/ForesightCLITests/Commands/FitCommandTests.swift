import Datasets
import ForecastModels
import Forecasting
import TestSupport
import Testing

@Suite struct FitCommandTests {
  @Test(arguments: ["multiplicative", "additive", "poisson"])
  func figuresAreTheLibrarys(_ noise: String) throws {
    let run = try Tool.run(
      "fit", "--model", "exponential-growth:noise=\(noise)", "--dataset", "trade/total", "--format", "json")
    #expect(run.status == 0 && run.errors.isEmpty)
    let document = try run.json()
    let law = try #require(GrowthNoise(rawValue: noise))
    let summary = try ExponentialGrowth(noise: law).fit(Datasets.chinaRussiaTrade.total()).summary
    let coefficients = try #require(document["coefficients"]).list
    #expect(coefficients.map { $0["estimate"]?.number } == summary.coefficients.map(\.estimate))
    #expect(coefficients.map { $0["standard_error"]?.number } == summary.coefficients.map(\.standardError))
    #expect(document["aicc"]?.number == summary.aicc)
    #expect(document["r_squared"]?.number == summary.rSquared)
    #expect(document["r_squared"] != nil)
    let facts = try #require(document["facts"]).list
    #expect(facts.map { $0["upper"]?.number } == summary.facts.map(\.upper))
  }

  @Test func textShowsCoefficientsAndCriteria() throws {
    let text = try Tool.run("fit", "--model", "exponential-growth", "--dataset", "trade/total").output
    let parts = [
      "Std. error", "Pr(>|t|)", "rate", "***", "AICc", "doubling time", "Lower 95 %", "USD bn",
      "covering several",
    ]
    for part in parts { #expect(text.contains(part), "\(part)") }
  }

  @Test func optionOfTheModelIsTheSameEitherWay() throws {
    let short = try Tool.run(
      "fit", "--model", "exponential-growth:noise=poisson", "--dataset", "energy/crude")
    let long = try Tool.run(
      "fit", "--model", "exponential-growth", "--option", "noise=poisson", "--dataset", "energy/crude")
    #expect(short.output == long.output)
  }

  @Test func bundledFormTidyFormAndStandardInputAgree() throws {
    let scratch = try Scratch()
    try scratch.file("bundled.csv", "period,value\n2020,1.5\n2021,2.5\n2022,\n2023,7\n2024,8\n")
    try scratch.file(
      "tidy.csv", "unique_id,ds,y\nother,2020,5\na,2020,1.5\na,2021,2.5\na,2022,\na,2023,7\na,2024,8\n")
    let csv = "ds,y\n2020,1.5\n2021,2.5\n2023,7\n2024,8\n"
    let call = ["fit", "--model", "exponential-growth", "--format", "json", "--input"]
    let runs = [
      try Tool.run(call + ["bundled.csv"], in: scratch),
      try Tool.run(call + ["tidy.csv", "--series", "a"], in: scratch),
      try Tool.run(call + ["-"], input: csv),
    ]
    let estimates = try runs.map { run in
      try #require(run.json()["coefficients"]).list.map { $0["estimate"]?.number }
    }
    #expect(estimates[0] == estimates[1] && estimates[1] == estimates[2])
    #expect(try runs.map { try $0.json()["missing"]?.number } == [1, 1, 1])
  }

  @Test func windowOfPeriods() throws {
    let run = try Tool.run(
      "fit", "--model", "drift", "--dataset", "prices/brent", "--from", "2010-01", "--to", "2019-12",
      "--format",
      "json")
    #expect(try run.json()["observations"]?.number == 120)
    #expect(try run.json()["span"]?.text == "2010-01/2019-12")
  }

  @Test func earlierStartThanTheUsualOne() throws {
    let document = try Tool.run(
      "fit", "--model", "mean", "--dataset", "trade/total-annual", "--from", "1990", "--format", "json"
    ).json()
    let all = try Datasets.entry(named: "trade/total-annual").series(from: .year(1990))
    #expect(document["observations"]?.number == Double(all.observedCount))
  }
}

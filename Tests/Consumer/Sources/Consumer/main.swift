import Datasets
import Foresight

let trade = try Datasets.chinaRussiaTrade.total()  // months, and spans such as 2022-01/2022-02
let growth = try ExponentialGrowth().fit(trade)
print(growth.summary)  // coefficients, standard errors, AICc, diagnostics

let outlook = try growth.forecast(24)  // a joint predictive distribution of 24 months
for (period, band) in try zip(outlook.periods, outlook.interval(0.80)) {
  print(period, band.lower, band.upper)
}
let year = try outlook.total(over: .year(2026))  // published months as known, the rest from joint paths
print("2026:", year.mean, "±", year.standardDeviation)

// The Swift in README.md ends here; what follows checks it.
precondition(outlook.horizon == 24 && outlook.start == trade.end + 1)
precondition(growth.growthRate.value > 0)
precondition("\(growth.summary)".contains("Std. error"))
for (inner, outer) in try zip(outlook.interval(0.50), outlook.interval(0.95)) {
  precondition(outer.lower < inner.lower && inner.upper < outer.upper)
}
precondition(year.quantile(0.1) < year.mean && year.mean < year.quantile(0.9))
let again = try outlook.total(over: .year(2026))
precondition(again.mean == year.mean)

let backtest = try RollingOrigin(initial: 36, horizon: 12, step: 12)
  .backtest([ExponentialGrowth(), Mean()], on: trade)
for row in try backtest.scores(.mase, .coverage(0.95)).rows {
  print(row.model, row.scores.map { $0.value ?? .nan })
  precondition(row.failures == 0)
}

let file = try Datasets.path(of: "scenarios/power-of-siberia-2.yaml")
let scenario = try Scenario(contentsOf: file, data: BundledSeries())
let run = try scenario.run(DrawOptions(draws: 2048), questions: ["flow_2040"])
guard let flow = run["flow_2040"]?.row(.mean), let mean = flow.value, let error = flow.standardError else {
  preconditionFailure("the question does not have a mean")
}
print("Power of Siberia-2 in 2040:", mean, "±", error, "bcm per year")
precondition(abs(mean - 18.95) < 0.5 && error > 0)

// What Guides/AddingAModel.md shows of a model of this package.
let brent = try Datasets.prices.brent()
let window = try WindowMean(window: 24).fit(brent)
print(window.summary, try window.forecast(12).interval(0.8))
let rolling = try RollingOrigin(initial: 120, horizon: 12, step: 12).backtest(
  [WindowMean(), Drift()], on: brent)
let corrected = try Conformal(WindowMean(), horizon: 3).fit(brent)
let combined = try Combination([WindowMean(), AutoETS()]).fit(brent)
precondition(rolling.failures.isEmpty && combined.failures.isEmpty)
let bands = try corrected.forecast(3).interval(0.8)
precondition(bands.allSatisfy { $0.lower < $0.upper })
let step = try window.forecast(1).marginal(0)
let spread = window.deviation * window.deviation * (1 + 1.0 / 24) * 23 / 21
precondition(abs(step.mean - window.mean) < 1e-9 && abs(step.variance - spread) < 1e-9 * spread)
var isRefused = false
do {
  _ = try WindowMean(window: 1).fit(brent)
} catch {
  if case .invalidOption = error { isRefused = true }
}
precondition(isRefused, "a window of one value has no deviation")

try await Programs.run()

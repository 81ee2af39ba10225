import Datasets
import Foresight

let trade = try Datasets.chinaRussiaTrade.total()  // months, and spans such as 2022-01/2022-02
let growth = try ExponentialGrowth().fit(trade)
print(growth.summary)  // coefficients, standard errors, AICc, diagnostics

let outlook = try growth.forecast(24)  // a joint predictive distribution of 24 months
for (period, band) in zip(outlook.periods, outlook.interval(0.80)) {
  print(period, band.lower, band.upper)
}
let year = try outlook.total(over: .year(2026))  // published months as known, the rest from joint paths
print("2026:", year.mean, "±", year.standardDeviation)

// What README.md shows ends here; what follows holds it to its word.
precondition(outlook.horizon == 24 && outlook.start == trade.end + 1)
precondition(growth.growthRate.value > 0)
precondition("\(growth.summary)".contains("Std. error"))
for (inner, outer) in zip(outlook.interval(0.50), outlook.interval(0.95)) {
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
  preconditionFailure("the question has no mean")
}
print("Power of Siberia-2 in 2040:", mean, "±", error, "bcm a year")
precondition(abs(mean - 18.95) < 0.5 && error > 0)

import Datasets
import ForecastModels
import Forecasting
import Scenarios
import Testing

@testable import Ledger

@Suite("Runs of forecasts and scenarios")
struct LedgerMakingTests {
  @Test("a forecast's steps are projections of their periods, settled by the figures that come")
  func forecast() throws {
    let whole = try Datasets.entry(named: "prices/brent").series()
    let past = try #require(whole.slice(through: whole.end - 6))
    let run = try LedgerRun(Drift().fit(past).forecast(6), version: "1")
    #expect(run.asOf == "\(past.end)" && run.dataHash.count == 64)
    #expect(run.projections.map(\.horizon) == (1...6).map { Optional($0) })
    let folder = try LedgerFolder()
    let ledger = try Ledger(path: folder.path())
    try ledger.record(run)
    #expect(try ledger.settle(whole, source: "worldbank") == 6)
    #expect(try ledger.settle(whole, source: "worldbank") == 0)
    let score = try #require(try ledger.scores().first)
    let exact = try RollingOrigin(initial: past.count, horizon: 6, step: 6).backtest([Drift()], on: whole)
    let own = exact.outcomes.reduce(0) { $0 + $1.crps } / 6
    #expect(abs(try #require(score.crps) / own - 1) < 5e-3)
  }

  @Test("a scenario's questions are projections; those on other worlds are left out")
  func scenario() throws {
    let path = try Datasets.path(of: "scenarios/power-of-siberia-2.yaml")
    let scenario = try Scenario(contentsOf: path, data: BundledSeries())
    let found = try scenario.run(draws: 512, replicates: 2)
    let run = try LedgerRun(scenario, run: found, data: BundledSeries(), version: "1")
    let answers = found.answers
    #expect(run.fileHash == ContentHash(scenario.text).description)
    for answer in answers {
      let own = run.projections.filter { $0.key == "power-of-siberia-2.\(answer.question)" }
      if answer.given != nil || !answer.interventions.isEmpty { #expect(own.isEmpty) }
      for row in answer.rows where row.kind == .exceed && !own.isEmpty {
        #expect(own.contains { $0.claim == .probability(row.value ?? -1, threshold: row.level) })
      }
      if let mean = answer.row(.mean)?.value, !answer.isDate {
        for case .distribution(let curve) in own.map(\.claim) {
          let middle = curve.quantiles.reduce(0, +) / 200
          #expect(abs(middle - mean) < 0.01 * abs(mean) + 0.05)
        }
      }
    }
    #expect(!run.projections.isEmpty)
  }
}

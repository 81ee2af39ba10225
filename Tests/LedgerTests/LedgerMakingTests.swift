import Datasets
import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
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
    let found = try scenario.run(DrawOptions(draws: 512, replicates: 2))
    let run = try LedgerRun(found, version: "1")
    let answers = found.answers
    // The hash is of the file and of the parts that it extends; of a file alone it is that of its text.
    #expect(run.fileHash == found.fileHash && run.fileHash != ContentHash(scenario.text).description)
    let alone = try Scenario(
      contentsOf: Datasets.path(of: "scenarios/russia-lng-oil.yaml"), data: BundledSeries())
    let small = try alone.run(DrawOptions(draws: 16, replicates: 2))
    #expect(try LedgerRun(small, version: "1").fileHash == ContentHash(alone.text).description)
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

  @Test("a record holds the distributions of the draws that answered, to the bit, and draws nothing")
  func drawnOnce() throws {
    let path = try Datasets.path(of: "scenarios/power-of-siberia-2.yaml")
    let checked = try Scenario(contentsOf: path, data: BundledSeries()).checked()
    let options = DrawOptions(draws: 700, replicates: 3, seed: 11)
    let found = try checked.run(options)
    let run = try LedgerRun(found, version: "1")
    var count = 0
    for answer in found.answers {
      let own = run.projections.filter { $0.key == "power-of-siberia-2.\(answer.question)" }
      for case .distribution(let curve) in own.map(\.claim) {
        let law = try Empirical(checked.samples(of: [answer.of], options)[0])
        #expect(
          curve.quantiles == QuantileCurve.levels.map { min(law.quantile($0), curve.ceiling ?? .infinity) })
        count += 1
      }
    }
    #expect(count > 3)
  }

  @Test("a run that was read from a document says why it cannot be recorded")
  func withoutDraws() throws {
    let path = try Datasets.path(of: "scenarios/power-of-siberia-2.yaml")
    let run = try Scenario(contentsOf: path, data: BundledSeries()).run(DrawOptions(draws: 64, replicates: 2))
    let read = try JSONDecoder().decode(ScenarioRun.self, from: JSONEncoder().encode(run))
    #expect(read == run)
    #expect {
      try LedgerRun(read, version: "1")
    } throws: {
      "\($0)".hasPrefix("the run of power-of-siberia-2 cannot be recorded: it was read from a document")
    }
  }
}

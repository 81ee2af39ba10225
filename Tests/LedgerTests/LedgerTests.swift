import Datasets
import ForecastModels
import Forecasting
import ForesightNumerics
import Foundation
import Scenarios
import Testing

@testable import Ledger

/// A folder that goes with the test.
final class LedgerFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("ledger-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String = "foresight.db") -> String { url.appendingPathComponent(name).path }
}

@Suite("The ledger")
struct LedgerTests {
  static func run(_ projections: [Projection], name: String = "s", model: String = "M") -> LedgerRun {
    LedgerRun(kind: .forecast, name: name, model: model, version: "1", seed: .max, projections: projections)
  }

  static func probability(_ key: String, _ p: Double, threshold: Double? = nil) throws -> Projection {
    try Projection(key: key, claim: .probability(p, threshold: threshold))
  }

  static func normal(_ key: String, mean: Double = 0, spread: Double = 1, horizon: Int? = nil) throws
    -> Projection
  {
    let law = try Normal(mean: mean, standardDeviation: spread)
    return try Projection(
      key: key, claim: .distribution(QuantileCurve(key: key) { law.quantile($0) }), unit: "t",
      horizon: horizon)
  }

  @Test("what is recorded is read back, by another opening of the file too")
  func roundTrip() throws {
    let folder = try LedgerFolder()
    let run = Self.run([
      try Self.probability("a", 0.25), try Self.probability("b", 0.5, threshold: 3),
      try Self.normal("b", mean: 2, horizon: 4),
    ])
    let number = try Ledger(path: folder.path()).record(run)
    let runs = try Ledger(path: folder.path()).runs()
    #expect(runs.map(\.run) == [run] && runs[0].number == number && runs[0].settledCount == 0)
    #expect(runs[0].recorded.hasSuffix("Z"))
    #expect(try Ledger(path: folder.path()).openKeys() == ["a", "b"])
  }

  @Test("Brier, log score, CRPS and coverage are their formulas")
  func scores() throws {
    let folder = try LedgerFolder()
    let ledger = try Ledger(path: folder.path())
    try ledger.record(
      Self.run([
        try Self.probability("rain", 0.8), try Self.probability("snow", 0.3),
        try Self.probability("level", 0.6, threshold: 10), try Self.normal("level", mean: 9, spread: 2),
      ]))
    try ledger.settle(Outcome(key: "rain", value: 1))
    try ledger.settle(Outcome(key: "snow", value: 0))
    try ledger.settle(Outcome(key: "level", value: 10.5, source: "gauge"))
    let score = try #require(try ledger.scores().first)
    #expect(score.probabilityCount == 3 && score.distributionCount == 1)
    let brier = try #require(score.brier)
    #expect(abs(brier - 0.29 / 3) < 1e-12)
    let logarithms = log(0.8) + log(0.7) + log(0.6)
    let logScore = try #require(score.logScore)
    #expect(abs(logScore + logarithms / 3) < 1e-12)
    let exact = try Normal(mean: 9, standardDeviation: 2).crps(10.5)
    #expect(abs(try #require(score.crps) / exact - 1) < 2e-3)
    // z = 0.75: outside the central half, inside four fifths.
    #expect(score.coverage == [0, 1, 1])
    #expect(try ledger.runs()[0].settledCount == 4)
  }

  @Test("groups by name, model and horizon hold their own members")
  func grouping() throws {
    let folder = try LedgerFolder()
    let ledger = try Ledger(path: folder.path())
    for (model, mean) in [("A", 0.0), ("B", 1)] {
      try ledger.record(
        Self.run(
          (1...3).map { (step: Int) in try Self.normal("s@\(step)", mean: mean, horizon: step) }, model: model
        ))
    }
    for step in 1...2 { try ledger.settle(Outcome(key: "s@\(step)", value: Double(step - 1))) }
    let byModel = try ledger.scores(by: [.model])
    #expect(byModel.map(\.model) == ["A", "B"] && byModel.map(\.distributionCount) == [2, 2])
    let all = try ledger.scores(by: [])
    #expect(all.count == 1 && all[0].distributionCount == 4 && all[0].name == nil)
    let byHorizon = try ledger.scores(by: [.horizon])
    #expect(byHorizon.map(\.horizon) == [1, 2])
    // A at step 1 and B at step 2 hit the mean, the others miss it by one: the same scores crosswise.
    #expect(abs(try #require(byHorizon[0].crps) - #require(byHorizon[1].crps)) < 1e-12)
  }

  @Test("calibration counts probabilities and transforms in tenths")
  func calibration() throws {
    let folder = try LedgerFolder()
    let ledger = try Ledger(path: folder.path())
    try ledger.record(
      Self.run([
        try Self.probability("a", 0.95), try Self.probability("b", 1), try Self.probability("c", 0.05),
        try Self.normal("d"),
      ]))
    for (key, value) in [("a", 1.0), ("b", 0), ("c", 0), ("d", 0)] {
      try ledger.settle(Outcome(key: key, value: value))
    }
    let bins = try ledger.calibration()
    #expect(bins.map(\.count) == [1, 0, 0, 0, 0, 0, 0, 0, 0, 2])
    #expect(bins[9].frequency == 0.5 && bins[9].meanProbability == 0.975 && bins[1].frequency == nil)
    #expect(bins.map(\.transformCount).reduce(0, +) == 1)
    // What had probability 0 came: infinitely bad, and said so.
    #expect(try ledger.scores()[0].logScore == .infinity)
  }

  @Test("outcomes are refused where they settle nothing, cannot be, or contradict; a revision stands")
  func settling() throws {
    let folder = try LedgerFolder()
    let ledger = try Ledger(path: folder.path())
    try ledger.record(Self.run([try Self.probability("gas", 0.5), try Self.normal("flow")]))
    #expect(throws: LedgerError.unknownKey("gaz", nearest: "gas")) {
      try ledger.settle(Outcome(key: "gaz", value: 1))
    }
    for (key, value) in [("gas", 0.5), ("gas", .nan), ("flow", .infinity), ("flow", .nan)] {
      #expect(throws: LedgerError.self) { try ledger.settle(Outcome(key: key, value: value)) }
    }
    try ledger.settle(Outcome(key: "flow", value: 1))
    try ledger.settle(Outcome(key: "flow", value: 1))
    #expect(throws: LedgerError.alreadySettled(key: "flow", value: "1.0")) {
      try ledger.settle(Outcome(key: "flow", value: 2))
    }
    let before = try ledger.scores()[0].crps
    try ledger.settle(Outcome(key: "flow", value: 2), revising: true)
    let after = try ledger.scores()
    #expect(after.count == 1 && after[0].distributionCount == 1)
    #expect(try #require(after[0].crps) > #require(before))
  }

  @Test("what cannot be recorded leaves nothing")
  func badProjections() throws {
    let folder = try LedgerFolder()
    let ledger = try Ledger(path: folder.path())
    #expect(throws: LedgerError.self) {
      try ledger.record(Self.run([try Self.normal("a"), try Self.probability("b", 1), try Self.normal("a")]))
    }
    #expect(throws: LedgerError.self) { try Self.probability("a", 1.1) }
    #expect(throws: LedgerError.self) { try Self.probability("", 1) }
    #expect(throws: LedgerError.self) { try QuantileCurve(key: "a") { 1 / ($0 - 0.0025) } }
    #expect(throws: LedgerError.self) { try QuantileCurve(key: "a") { -$0 } }
    #expect(try ledger.runs().isEmpty)
  }

  @Test("a date is scored up to the end of the horizon, never as that")
  func dates() throws {
    let law = try Empirical([2030, 2034, .infinity, .infinity])
    let curve = try QuantileCurve(key: "k", ceiling: 2046) { law.quantile($0) }
    let capped = try Empirical([2030, 2034, 2046, 2046])
    for outcome in [2031, 2040, 2046, 2060, Double.infinity] {
      #expect(abs(curve.crps(outcome) - capped.crps(min(outcome, 2046))) < 1e-9)
    }
    #expect(curve.covers(.infinity, level: 0.8))
  }
}

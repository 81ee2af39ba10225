import Datasets
import Forecasting
import ForesightNumerics
import Foundation
import Testing

@testable import Scenarios

@Suite("Priors from what happened")
struct CalibrationTests {
  @Test("Power of Siberia-1 takes 5.69 years to fill, with an error of 0.033 of its capacity")
  func powerOfSiberia1() throws {
    let ramp = try RampCalibration(Datasets.table("energy/ramp_up_analogues.csv"))
    let line = try #require(ramp.analogues.first { $0.pipeline == "Power of Siberia 1" })
    #expect(abs(line.years - 5.69) < 0.005)
    #expect(abs(line.relativeError - 0.033) < 0.0005)
    #expect(line.note == nil)
    #expect(Set(ramp.omissions.map(\.pipeline)) == ["Blue Stream", "TAP"])
    // Pooling draws every length towards the others, the least certain one most.
    let logs = ramp.analogues.map { log($0.years) }
    for item in ramp.analogues {
      #expect(log(item.pooledYears) > logs.min()! - 1e-9 && log(item.pooledYears) < logs.max()! + 1e-9)
    }
    let p = RampCalibration.probabilities.compactMap { ramp.quantiles[$0] }
    #expect(p.count == 3 && p[0] < p[1] && p[1] < p[2])
  }

  @Test("without spread between units the posterior is the weighted mean, with much of it each unit's own")
  func poolingHasItsLimits() {
    let y = [1.0, 1.4, 2.0]
    let s = [0.1, 0.2, 0.4]
    let weights = s.map { 1 / ($0 * $0) }
    let mean = zip(y, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    let one = PartialPooling(y, standardErrors: s, scale: 1e-4)
    for value in one.means { #expect(abs(value - mean) < 1e-3) }
    let deviation = (1 / weights.reduce(0, +)).squareRoot()
    #expect(abs(one.quantile(0.9) - (mean + 1.2815515655446 * deviation)) < 1e-3)
    let own = PartialPooling(y, standardErrors: s.map { $0 * 1e-3 }, scale: 1)
    for (value, data) in zip(own.means, y) { #expect(abs(value - data) < 1e-3) }
    #expect(abs(own.cdf(own.quantile(0.37)) - 0.37) < 1e-9)
  }

  @Test("face values are scored by the square of what they miss")
  func faceValues() throws {
    let delay = try DelayCalibration(Datasets.table("scenarios/announcements.csv"))
    #expect(delay.stages.map(\.name) == ["before", "after"])
    for stage in delay.stages {
      let count = Double(stage.announcements.count)
      let kept = Double(stage.kept)
      #expect(abs(stage.brier - (kept * 0.01 + (count - kept) * 0.81) / count) < 1e-12)
      #expect(abs(stage.shares.reduce(0, +) - 1) < 1e-12)
      #expect(abs(stage.inTime - (kept + 0.5) / (count + 1)) < 1e-12)
    }
    // A face value of one half scores a quarter whatever came.
    let even = try DelayCalibration(Datasets.table("scenarios/announcements.csv"), faceValue: 0.5)
    #expect(even.stages.allSatisfy { abs($0.brier - 0.25) < 1e-12 })
  }

  @Test("what is learned from other projects forecasts each better than face value and than the base rate")
  func heldOut() throws {
    let delay = try DelayCalibration(Datasets.table("scenarios/announcements.csv"))
    let all = delay.heldOut
    #expect(Set(all.map(\.announcement.project)).count >= 20)
    let own = HeldOutAnnouncement.Scores(meanOf: all.map(\.calibrated))
    let base = HeldOutAnnouncement.Scores(meanOf: all.map(\.baseRate))
    let face = HeldOutAnnouncement.Scores(meanOf: all.map(\.faceValue))
    #expect(own.brier <= 0.75 * face.brier && own.brier < base.brier)
    #expect(own.crps < base.crps && base.crps < face.crps)
  }

  @Test("a project is left out whole, and its own outcome does not forecast it")
  func projectsAreLeftOut() throws {
    func table(_ outcome: String) throws -> DelayCalibration {
      try DelayCalibration(
        CSVTable(
          text:
            "id,project,claim,stage,due,came,known_until\na1,a,x,s,2000,\(outcome),2020\na2,a,x,s,2001,\(outcome),2020\n"
            + "b,b,x,s,2000,1999,2020\nc,c,x,s,2000,2004,2020\n"))
    }
    let kept = try table("1999").heldOut
    let lost = try table("").heldOut
    for k in 0...1 {
      // One of two others in time, by Jeffreys' prior.
      #expect(abs(kept[k].calibrated.inTime - 0.5) < 1e-12)
      #expect(kept[k].calibrated.inTime == lost[k].calibrated.inTime)
    }
    #expect(kept[2].calibrated.inTime > lost[2].calibrated.inTime)
    // At face value: nothing came for ten years is ten times the square of what was promised.
    #expect(abs(lost[0].faceValue.crps - 10 * 0.81) < 1e-9)
    #expect(abs(kept[0].faceValue.crps - 10 * 0.01) < 1e-9)
    // It came after four years of ten.
    #expect(abs(kept[3].faceValue.crps - (4 * 0.81 + 6 * 0.01)) < 1e-9)
  }

  @Test("delays and the share that never comes are found again, through censoring")
  func recovery() throws {
    let never = 0.3
    let mean = 2.0
    let u = RandomStream(seed: 4, name: "delays").uniforms(0..<800)
    var text = "id,claim,stage,due,came,known_until\n"
    for k in 0..<400 {
      let delay = u[k] < never ? .infinity : -mean * log(1 - u[400 + k])
      text += "a\(k),x,late,2000,\(delay < 6 ? "\(2000 + delay)" : ""),2006\n"
    }
    let stage = try #require(DelayCalibration(CSVTable(text: text)).stages.first)
    #expect(abs(stage.never - never) < 0.08)
    let median = try #require(stage.delays[0.5])
    #expect(abs(median - mean * log(2)) < 0.25)
  }

  @Test("the longer nothing comes, the likelier it never will")
  func waitingSays() throws {
    func never(_ until: Double) throws -> Double {
      let rows = (0..<4).map { "a\($0),x,before,2000,,\(until)\n" }.joined()
      let stage = try #require(
        DelayCalibration(CSVTable(text: "id,claim,stage,due,came,known_until\n" + rows)).stages.first)
      return stage.never
    }
    let shares = try [2000.1, 2002, 2005, 2015, 2060].map(never)
    for (a, b) in zip(shares, shares.dropFirst()) { #expect(a < b) }
    // Four that are nearly certain never to come: the posterior of ν is Beta(5, 1).
    #expect(abs(shares[4] - 5.0 / 6) < 0.03)
  }

  @Test("bad tables are typed errors that name the line")
  func badTables() {
    for text in [
      "id,claim,stage,due,came\na,x,s,2000,\n", "id,claim,stage,due,came,known_until\na,x,s,soon,,2006\n",
      "id,claim,stage,due,came,known_until\na,x,s,2000,2010,2006\n",
      "id,claim,stage,due,came,known_until\na,x,s,2010,,2006\n", "id,claim,stage,due,came,known_until\n",
    ] {
      #expect(throws: ForecastError.self) { _ = try DelayCalibration(CSVTable(text: text, file: "t.csv")) }
    }
    let header = "pipeline,year_of_operation,period,throughput_bcm,nameplate_bcm,first_gas\n"
    for rows in [
      "", "a,1,2000,x,10,\n", "a,1,2000,1,-10,\n", "a,1,2000,1,10,\na,2,2001,2,10,\n",
      "a,1,2000,1,10,2005-01\n",
    ] {
      #expect(throws: ForecastError.self) {
        _ = try RampCalibration(CSVTable(text: header + rows, file: "t.csv"))
      }
    }
  }

  @Test("what is printed is pasted into a scenario and runs")
  func lawsAreRead() throws {
    let delay = try DelayCalibration(Datasets.table("scenarios/announcements.csv"))
    let ramp = try RampCalibration(Datasets.table("energy/ramp_up_analogues.csv"))
    for stage in delay.stages {
      let text = """
        schema: scenario/1
        id: printed
        as_of: 2026-01-31
        horizon: {from: 2026, to: 2040, step: year, value: calendar-mean}
        run: {method: monte-carlo, draws: 16384, replicates: 4, seed: 1}
        \(stage.law.joined(separator: "\n"))
        questions:
          lost: {probability: opening == never}
          late: {probability: branch == late}
          kept: {of: opening, quantiles: [0.5], given: branch == in_time}
          wait: {of: opening, quantiles: [0.1, 0.5, 0.9], given: branch == late}
        """
      let scenario = try ScenarioFolder(["printed.yaml": text]).load("printed.yaml")
      #expect(scenario.file.warnings.isEmpty)
      let run = try scenario.run()
      let lost = try #require(run["lost"]?.row(.probability))
      let late = try #require(run["late"]?.row(.probability))
      #expect(abs(try #require(lost.value) - stage.shares[2]) < 0.02)
      #expect(abs(try #require(late.value) - stage.shares[1]) < 0.02)
      #expect(run["kept"]?.row(.quantile, 0.5)?.value == 2030)
      for (level, known) in stage.delays {
        let row = try #require(run["wait"]?.row(.quantile, level))
        // Two decimals are printed.
        #expect(abs(try #require(row.value) - 2030 - known) < 0.01 + 5 * (row.standardError ?? 0))
      }
    }
    let line = "inputs: {ramp_years: {unit: yr, basis: derived, \(ramp.law)}}"
    #expect(try Scenario.small(smallScenario(line)).checked().warnings.isEmpty)
  }
}

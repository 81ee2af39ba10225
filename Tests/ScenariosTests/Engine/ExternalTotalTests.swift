import Forecasting
import ForesightNumerics
import Foundation
import Scenarios
import Testing

/// A derived total, and a series that is fitted for it.
@Suite("External totals")
struct ExternalTotalTests {
  /// Two random walks whose steps have standard deviations 1 and 2, and one for their total that hardly moves.
  private func data() throws -> GivenSeries {
    var all: [String: TimeSeries] = [:]
    for (name, deviation, level) in [("exports", 1.0, 60.0), ("imports", 2, 40), ("whole", 1e-4, 110)] {
      var level = level
      let values = RandomStream(seed: 5, name: name).normals(0..<60).map { step in
        level += deviation * step
        return level
      }
      all[name] = try TimeSeries(values, start: .month(2021, 1), name: name, unit: "Mt", rule: .sum)
    }
    all["dollars"] = try TimeSeries(
      [Double](repeating: 1, count: 60), start: .month(2021, 1), name: "dollars", unit: "USD bn", rule: .sum)
    return GivenSeries(all)
  }

  private func scenario(_ coherence: String, _ more: String = "") throws -> Scenario {
    try Scenario(
      yaml: smallScenario(
        horizon: "{from: 2026, to: 2028}", run: "{draws: 1100, replicates: 2, seed: 9}",
        """
        series:
          exports: {data: exports, unit: Mt, model: naive}
          imports: {data: imports, unit: Mt, model: naive}
          whole: {data: whole, unit: Mt, model: naive}
          dollars: {data: dollars, unit: USD bn, model: naive}
        derived:
          total: {expr: exports + imports, unit: Mt/yr}
          more: {expr: 1.001 * total, unit: Mt/yr}
        questions:
          total: {of: "total[2027]", mean: true}
        coherence: \(coherence)
        \(more)
        """), file: "small.yaml", data: data())
  }

  private func external(_ method: Reconciliation.Method) -> String {
    "{per_path: true, tree: {total: [exports, imports]}, "
      + "external_totals: {reconcile: \(method.rawValue), series: {total: whole}}}"
  }

  private func variance(_ name: String) throws -> Double {
    let values = try data().series(named: name).observations.compactMap(\.value)
    let steps = zip(values.dropFirst(), values).map { $0 - $1 }
    return steps.reduce(0) { $0 + $1 * $1 } / Double(steps.count)
  }

  private let names = ["exports", "imports", "whole", "total"]

  @Test(
    "exports and imports are the total, and its series, on every path, by every method",
    arguments: Reconciliation.Method.allCases)
  func identity(method: Reconciliation.Method) throws {
    let found = try scenario(external(method)).checked().paths(of: names)
    for year in 0..<3 {
      let values = found.map { $0.values[year] }
      #expect(values[3].count == 2200)
      #expect(values[3] == zip(values[0], values[1]).map { $0 + $1 })
      #expect(values[2] == values[3])
    }
    _ = try scenario(external(method)).run()
    // The series in the tree by its own name is the same tree.
    let direct = try scenario("{tree: {whole: [exports, imports]}, reconcile: \(method.rawValue)}")
    #expect(try direct.checked().paths(of: names) == found)
  }

  /// The gap g = t − e − i of a base path is shared out: nothing under bottom-up, a third to each under OLS, and to each part
  /// its variance over the sum of all three under WLS.
  @Test(
    "the gap is shared by the laws of the methods", arguments: [Reconciliation.Method.bottomUp, .ols, .wls])
  func shares(method: Reconciliation.Method) throws {
    let base = try scenario("{tree: {total: [exports, imports]}}").checked().paths(of: names)
    let found = try scenario(external(method)).checked().paths(of: names)
    let variances = try ["exports", "imports", "whole"].map { try variance($0) }
    let sum = variances.reduce(0, +)
    let taken: [Double] =
      switch method {
      case .bottomUp: [0, 0]
      case .ols: [1 / 3, 1 / 3]
      default: [variances[0] / sum, variances[1] / sum]
      }
    var worst = 0.0
    for year in 0..<3 {
      for path in 0..<2200 {
        let own = base.map { $0.values[year][path] }
        let gap = own[2] - own[0] - own[1]
        for part in 0..<2 {
          worst = max(worst, abs(found[part].values[year][path] - own[part] - taken[part] * gap))
        }
      }
    }
    #expect(worst < 1e-8)
  }

  @Test("parts move to a total that is all but certain", arguments: [Reconciliation.Method.wls, .minTShrink])
  func certain(method: Reconciliation.Method) throws {
    let base = try scenario("{tree: {total: [exports, imports]}}").checked().paths(of: names)
    let found = try scenario(external(method)).checked().paths(of: names)
    func spread(_ values: [Double]) -> Double {
      let mean = values.reduce(0, +) / Double(values.count)
      return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
    }
    for year in 0..<3 {
      // Paths of the parts alone are tens off the total; what is left is what its own steps allow.
      let off = zip(base[2].values[year], found[3].values[year]).map { abs($0 - $1) }
      #expect(spread(base[3].values[year]) > 20)
      #expect((off.max() ?? .infinity) < 0.1)
      #expect(spread(found[3].values[year]) < 0.1)
    }
  }

  @Test("a method without a total that it is for is noted; a shock on a part moves the total")
  func standing() throws {
    let alone = "{tree: {total: [exports, imports]}, external_totals: {reconcile: mint-shrink}}"
    let plain = try scenario("{tree: {total: [exports, imports]}}").checked().paths(of: names)
    #expect(try scenario(alone).checked().paths(of: names) == plain)
    #expect(
      try scenario(alone).checked().warnings == [
        "small.yaml:16:77: coherence.external_totals: no total of the tree is a fitted series or has one, so nothing is reconciled"
      ])
    let shock = "events: {cut: {kind: shock, of: exports, mode: additive, add: -5, at: 2027, lasts: 1 yr}}"
    let calm = try scenario(external(.ols)).checked().paths(of: names)
    let hit = try scenario(external(.ols), shock).checked().paths(of: names)
    #expect(zip(hit[3].values[1], calm[3].values[1]).allSatisfy { abs($0 - $1 + 5) < 1e-9 })
    #expect(hit[2].values == hit[3].values && hit[3].values[0] == calm[3].values[0])
  }

  @Test("a derived total that is not the sum of its parts fails the run, within its tolerance")
  func tolerance() throws {
    let text = "tree: {more: [exports, imports]}, external_totals: {reconcile: wls, series: {more: whole}}"
    _ = try scenario("{per_path: true, tolerance: 0.01, \(text)}").run()
    #expect {
      try scenario("{per_path: true, tolerance: 1e-6, \(text)}").run()
    } throws: {
      "\($0)".contains(
        "coherence.tree.more is not exports + imports in 2026 on 2200 of 2200 paths")
    }
  }

  @Test(
    "what cannot be an external total is refused in one message with its place",
    arguments: [
      (
        "{per_path: false, tree: {total: [exports, imports]}}", "false, tree",
        "coherence.per_path must be true, not \"false\""
      ),
      (
        "{tree: {total: [exports, imports]}, external_totals: {series: {total: whole}}}", "external_totals",
        "needs \"reconcile\""
      ),
      (
        "{tree: {total: [exports, imports]}, external_totals: {reconcile: mint}}", "mint}",
        "coherence.external_totals.reconcile must be one of bottom-up, ols, wls or mint-shrink, not \"mint\""
      ),
      (
        "{tree: {total: [exports, imports]}, reconcile: ols, external_totals: {reconcile: ols}}",
        "reconcile: ols, ext",
        "\"reconcile\" cannot be used together with \"external_totals\""
      ),
      (
        "{tree: {total: [exports, imports]}, external_totals: {reconcile: ols, series: {totl: whole}}}",
        "totl",
        "the tree has no total \"totl\"; did you mean \"total\"?"
      ),
      (
        "{tree: {total: [exports, imports]}, external_totals: {reconcile: ols, series: {total: hole}}}",
        "hole",
        "unknown series \"hole\"; did you mean \"whole\"?"
      ),
      (
        "{tree: {total: [exports, imports]}, external_totals: {reconcile: ols, series: {total: more}}}",
        "more",
        "unknown series \"more\""
      ),
      (
        "{tree: {total: [exports, imports]}, external_totals: {reconcile: ols, series: {total: exports}}}",
        "exports}",
        "exports is already in the tree"
      ),
      (
        "{tree: {whole: [exports, imports]}, external_totals: {reconcile: ols, series: {whole: dollars}}}",
        "whole: dollars",
        "the total is itself a fitted series"
      ),
      (
        "{tree: {more: [total]}, external_totals: {reconcile: ols, series: {more: whole}}}", "total]",
        "coherence.tree.more: the total is a fitted series, so its parts must be fitted series; total is not"
      ),
      (
        "{tree: {total: [exports, imports]}, external_totals: {reconcile: ols, series: {total: dollars}}}",
        "total: [",
        "coherence.tree.total: dollars is in USD bn/yr, but its parts are in Mt/yr"
      ),
    ])
  func refusals(coherence: String, place: String, message: String) throws {
    let start = try #require(coherence.range(of: place, options: .backwards)).lowerBound
    let column = 12 + coherence.distance(from: coherence.startIndex, to: start)
    do {
      try scenario(coherence).checked()
      Issue.record("\(coherence) is accepted")
    } catch let error as ScenarioError {
      #expect(error.problems.count == 1 && error.description.contains(message), "\(error)")
      #expect(error.problems.allSatisfy { $0.place.line == 16 && $0.place.column == column }, "\(error)")
    }
  }
}

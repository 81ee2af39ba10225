import Datasets
import Forecasting
import ForesightNumerics
import Foundation
import Scenarios
import Testing

@Suite("Coherent trees")
struct CoherenceTests {
  /// Monthly random walks whose history adds up but for noise: total ≈ north + south, north ≈ a + b.
  private func data() throws -> GivenSeries {
    let noise = (0..<5).map { RandomStream(seed: 11, name: "coherence.\($0)").normals(0..<72) }
    func walk(_ steps: [Double], from level: Double) -> [Double] {
      var level = level
      return steps.map { step in
        level += step
        return level
      }
    }
    let (a, b, south) = (walk(noise[0], from: 60), walk(noise[1], from: 40), walk(noise[2], from: 80))
    let north = (0..<72).map { a[$0] + b[$0] + noise[3][$0] }
    let total = (0..<72).map { north[$0] + south[$0] + 2 * noise[4][$0] }
    var all: [String: TimeSeries] = [:]
    for (name, values) in [("a", a), ("b", b), ("south", south), ("north", north), ("total", total)] {
      all[name] = try TimeSeries(
        values, start: .month(2020, 1), name: name, unit: "Mt", rule: .sum)
    }
    all["late"] = try TimeSeries(
      Array(a.dropLast()), start: .month(2020, 1), name: "late", unit: "Mt", rule: .sum)
    var figures = south.dropLast(2).enumerated().map {
      Observation(PeriodSpan(.month(2020, 1) + $0, count: 1), $1)
    }
    figures.append(Observation(PeriodSpan(.month(2025, 11), count: 2), south[70] + south[71]))
    all["joint"] = try TimeSeries(name: "joint", unit: "Mt", rule: .sum, observations: figures)
    all["early"] = try TimeSeries(
      Array(b.dropLast(2)), start: .month(2020, 1), name: "early", unit: "Mt", rule: .sum)
    all["price"] = try TimeSeries(a, start: .month(2020, 1), name: "price", unit: "Mt", rule: .mean)
    all["dollars"] = try TimeSeries(a, start: .month(2020, 1), name: "dollars", unit: "USD bn", rule: .sum)
    return GivenSeries(all)
  }

  private func scenario(_ sections: String, draws: Int = 1100) throws -> Scenario {
    try Scenario(
      yaml: smallScenario(
        horizon: "{from: 2026, to: 2028}", run: "{draws: \(draws), replicates: 2, seed: 9}",
        """
        series:
          total: {data: total, unit: Mt, model: naive}
          north: {data: north, unit: Mt, model: naive}
          south: {data: south, unit: Mt, model: naive}
          a: {data: a, unit: Mt, model: naive}
          b: {data: b, unit: Mt, model: naive}
          late: {data: late, unit: Mt, model: naive}
          early: {data: early, unit: Mt, model: naive}
          joint: {data: joint, unit: Mt, model: mean}
          price: {data: price, unit: Mt/yr, model: naive}
          dollars: {data: dollars, unit: USD bn, model: naive}
        derived:
          both: {expr: north + south, unit: Mt/yr}
          wrong: {expr: north + 1.001 * south, unit: Mt/yr}
        questions:
          south: {of: "south[2027]", mean: true}
        \(sections)
        """), file: "small.yaml", data: data())
  }

  private func sum(_ a: [Double], _ b: [Double]) -> [Double] { zip(a, b).map { $0 + $1 } }

  private let nested = "tree: {total: [north, south], north: [a, b]}"
  private let names = ["total", "north", "a", "b", "south"]

  @Test(
    "totals are the sums of their parts on every path, to the bit, by every method",
    arguments: Reconciliation.Method.allCases)
  func sums(method: Reconciliation.Method) throws {
    let paths = try scenario("coherence: {\(nested), reconcile: \(method.rawValue)}").checked().paths(
      of: names)
    for year in 0..<3 {
      let values = paths.map { $0.values[year] }
      #expect(values[1] == sum(values[2], values[3]))
      #expect(values[0] == sum(values[1], values[4]))
    }
  }

  @Test("parts stand below their total in an export, if they have no other")
  func exported() throws {
    let text = smallScenario(
      horizon: "{from: 2026, to: 2028}", run: "{draws: 64, replicates: 2, seed: 9}",
      """
      series:
        total: {data: total, unit: Mt, model: naive}
        north: {data: north, unit: Mt, model: naive}
        south: {data: south, unit: Mt, model: naive}
        a: {data: a, unit: Mt, model: naive}
        b: {data: b, unit: Mt, model: naive}
      coherence: {\(nested), reconcile: bottom-up}
      """)
    let names = try Scenario(yaml: text, data: data()).checked().variables().map(\.name)
    #expect(
      Set(names) == ["total", "total|north", "total|south", "total|north|a", "total|north|b"], "\(names)")
    let twice = try scenario("coherence: {\(nested), reconcile: bottom-up}").checked().variables().map(\.name)
    #expect(twice.contains("both|north|a") && twice.contains("both|south") && twice.contains("total"))
  }

  /// The yearly sums of reconciled months are the projection of the yearly sums of the base paths, which the same draws give.
  @Test("every joint path is the projection of the base path", arguments: Reconciliation.Method.allCases)
  func projection(method: Reconciliation.Method) throws {
    let base = try scenario("").checked().paths(of: names)
    let found = try scenario("coherence: {\(nested), reconcile: \(method.rawValue)}").checked().paths(
      of: names)
    let hierarchy = try Hierarchy(["total": ["north", "south"], "north": ["a", "b"]])
    let series = try data()
    var residuals: [String: [Double]] = [:]
    for name in hierarchy.names {
      // The one-step residuals of a random walk are its steps.
      let values = try series.series(named: name).observations.compactMap(\.value)
      residuals[name] = zip(values.dropFirst(), values).map { $0 - $1 }
    }
    let own = try Reconciliation(hierarchy, method: method, residuals: residuals)
    let order = hierarchy.names.compactMap { names.firstIndex(of: $0) }
    var worst = 0.0
    for year in 0..<3 {
      for path in stride(from: 0, to: 2200, by: 7) {
        let expected = own.reconciled(order.map { base[$0].values[year][path] })
        for (place, value) in zip(order, expected) {
          worst = max(worst, abs(found[place].values[year][path] - value))
        }
      }
    }
    #expect(worst < 1e-9)
    if method == .bottomUp { #expect(found[2] == base[2] && found[4] == base[4]) }
  }

  @Test("other questions, more draws and more threads change no draw; pairs stay paired")
  func stability() throws {
    let text = """
      coherence: {\(nested), reconcile: mint-shrink}
      correlations:
        - {between: [total.innovations, north.innovations], estimate: rank, from: history}
        - {between: [total.innovations, south.innovations], estimate: rank, from: history}
      """
    let all = try scenario(text).checked().paths(of: names)
    #expect(
      try scenario(text).checked().paths(of: ["south"], DrawOptions(threads: 2))[0].values == all[4].values)
    let few = try scenario(text, draws: 700).checked().paths(of: ["north[2028]"])[0].values[0]
    #expect(Array(few.prefix(700)) == Array(all[1].values[2].prefix(700)))
    let draw = try scenario(text).checked().draw(2000)
    #expect(draw.value("total", 2028) == all[0].values[2][2000])
    let notes = try scenario(text).run().notes
    #expect(
      notes.contains {
        $0.hasPrefix(
          "total, north, south, a, b: reconciled by mint-shrink from 71 periods, correlations shrunk by ")
      })
    #expect(notes.contains { $0.hasPrefix("the innovations of a, b are drawn independently") })
    let parts = try scenario(text).checked().explain("total[2027]").parts
    #expect(parts.first?.formula == "north + south")
    #expect(parts.last?.formula == "joint paths of naive on south, reconciled by mint-shrink")
  }

  /// The total is known for two months, by month or in one figure, in which one of its parts is not: that part is the rest.
  @Test("what is known of a total is not moved: its open parts take the gap", arguments: ["south", "joint"])
  func known(total: String) throws {
    let ending = try Scenario(
      yaml: smallScenario(
        horizon: "{from: 2025, to: 2026}", run: "{draws: 512, replicates: 1, seed: 9}",
        """
        series:
          whole: {data: \(total), unit: Mt, model: mean}
          early: {data: early, unit: Mt, model: naive}
          a: {data: a, unit: Mt, model: naive}
        coherence: {tree: {whole: [early, a]}, reconcile: wls}
        """), file: "small.yaml", data: data())
    let paths = try ending.checked().paths(of: ["whole", "early", "a"])
    func months(_ name: String, _ count: Int) throws -> [Double] {
      try data().series(named: name).observations.suffix(count).compactMap(\.value)
    }
    let rest = zip(try months("south", 2), try months("a", 2)).reduce(0) { $0 + $1.0 - $1.1 }
    let early = try months("early", 10).reduce(0, +) + rest
    let a = try months("a", 12).reduce(0, +)
    for (values, expected) in zip(paths.map { $0.values[0] }, [early + a, early, a]) {
      #expect(values.allSatisfy { abs($0 - expected) < 1e-9 })
    }
    #expect(paths[0].values[1] == sum(paths[1].values[1], paths[2].values[1]))
  }

  @Test("a shock on a part moves its totals; one on a total is refused")
  func shocks() throws {
    let tree = "coherence: {\(nested), reconcile: ols}"
    let plain = try scenario(tree).checked().paths(of: names)
    let text =
      tree
      + "\nevents: {cut: {kind: shock, of: a, mode: multiplicative, multiply: 0.5, at: 2027, lasts: 1 yr}}"
    let shocked = try scenario(text).checked().paths(of: names)
    #expect(shocked[2].values[1] == plain[2].values[1].map { 0.5 * $0 })
    #expect(shocked[1].values[1] == sum(shocked[2].values[1], shocked[3].values[1]))
    #expect(shocked[0].values[1] == sum(shocked[1].values[1], shocked[4].values[1]))
    #expect(shocked[0].values[0] == plain[0].values[0] && shocked[0].values[2] == plain[0].values[2])
  }

  @Test("totals that are not fitted are checked on every path of a run")
  func identities() throws {
    _ = try scenario("coherence: {tree: {both: [north, south]}}").run()
    _ = try scenario("coherence: {tree: {wrong: [north, south]}, tolerance: 0.01}").run()
    #expect {
      try scenario("coherence: {tree: {wrong: [north, south]}}").run()
    } throws: {
      "\($0)".contains(
        "small.yaml:22:20: coherence.tree.wrong is not north + south in 2026 on 2200 of 2200 paths")
    }
    // An identity on reconciled series holds.
    _ = try scenario(
      "coherence: {tree: {total: [north, south], both: [north, south]}, reconcile: wls}"
    ).run()
  }

  @Test("the published exports, imports and total of China and Russia add up on every path")
  func trade() throws {
    let scenario = try Scenario(
      yaml: smallScenario(
        horizon: "{from: 2026, to: 2027}", run: "{draws: 1024, replicates: 2, seed: 9}",
        """
        series:
          exports: {data: trade/china_russia_trade_segments_exports, from: 2016-01, unit: USD bn, model: auto-ets}
          imports: {data: trade/china_russia_trade_segments_imports, from: 2016-01, unit: USD bn, model: auto-ets}
          total: {data: trade/china_russia_trade_segments_total, from: 2016-01, unit: USD bn, model: auto-ets}
        coherence: {tree: {total: [exports, imports]}, reconcile: mint-shrink}
        correlations:
          - {between: [total.innovations, exports.innovations], estimate: rank, from: history}
          - {between: [total.innovations, imports.innovations], estimate: rank, from: history}
          - {between: [exports.innovations, imports.innovations], estimate: rank, from: history}
        questions:
          total: {of: "total[2026]", mean: true}
        """), file: "trade.yaml", data: BundledSeries())
    let paths = try scenario.checked().paths(of: [
      "exports", "imports", "total", "total[2027] - exports[2027] - imports[2027]",
    ])
    for year in 0..<2 {
      let sums = sum(paths[0].values[year], paths[1].values[year])
      #expect(zip(paths[2].values[year], sums).allSatisfy { abs($0 - $1) <= 1e-9 })
    }
    #expect(paths[3].values[0].allSatisfy { abs($0) <= 1e-9 })
    #expect(paths[2].values[0].allSatisfy { (50...1000).contains($0) })
  }

  @Test(
    "what does not add up is refused in one message with its place",
    arguments: [
      ("{reconcile: ols}", "coherence needs \"tree\""),
      ("{tree: {total: [north, south]}}", "coherence.reconcile is required"),
      ("{tree: {total: [north, suth]}, reconcile: ols}", "unknown name \"suth\"; did you mean \"south\"?"),
      ("{tree: {totl: [north, south]}, reconcile: ols}", "unknown name \"totl\"; did you mean \"total\"?"),
      ("{tree: {total: [north, south]}, reconcile: mint-shrnk}", "did you mean \"mint-shrink\"?"),
      ("{tree: {total: [north, both]}, reconcile: ols}", "both is not"),
      ("{tree: {total: []}, reconcile: ols}", "coherence.tree.total must be a list of parts"),
      ("{tree: {total: [a, a]}, reconcile: ols}", "names a twice"),
      ("{tree: {total: [north, a], north: [a, b]}, reconcile: ols}", "coherence.tree.total counts a twice"),
      ("{tree: {total: [north, a], north: [total, b]}, reconcile: ols}", "depends on itself"),
      ("{tree: {both: [north, south]}, reconcile: ols}", "nothing is reconciled"),
      (
        "{tree: {total: [north, south]}, reconcile: ols, tolerance: -1}",
        "coherence.tolerance must be a number of at least 0"
      ),
      ("{tree: {total: [north, dollars]}, reconcile: ols}", "dollars is in USD bn/yr, not in Mt/yr"),
      ("{tree: {both: [dollars]}}", "coherence.tree.both is in Mt/yr, but its parts are in USD bn/yr"),
      ("{trees: {both: [north, south]}}", "did you mean \"tree\"?"),
      ("{per_path: false, tree: {both: [north, south]}}", "coherence.per_path must be true"),
    ])
  func refusals(coherence: String, message: String) throws {
    do {
      try scenario("coherence: \(coherence)").checked()
      Issue.record("\(coherence) is accepted")
    } catch let error as ScenarioError {
      #expect(error.problems.count == 1 && error.description.contains(message), "\(error)")
      #expect(error.problems.allSatisfy { $0.place.line == 22 })
    }
    do {
      try scenario(
        "coherence: {\(nested), reconcile: ols}\nevents: {cut: {kind: shock, of: north, mode: additive, add: 1}}"
      ).checked()
      Issue.record("a shock on a total is accepted")
    } catch let error as ScenarioError {
      #expect(
        error.description.contains(
          "north is the sum of a and b under coherence; apply the shock to those series"))
    }
  }

  @Test(
    "series that cannot be reconciled are named",
    arguments: [
      (
        "[joint, late]",
        "series joint: 2025-11/2025-12 is one figure, but other series of the tree are forecast from 2025-12"
      ),
      ("[south, price]", "series price: adds up by mean, but total sum"),
    ])
  func unlike(parts: String, message: String) throws {
    let scenario = try scenario("coherence: {tree: {total: \(parts), late: [a]}, reconcile: ols}")
    #expect {
      try scenario.checked().paths(of: ["total"])
    } throws: {
      "\($0)".contains(message) && "\($0)".hasPrefix("small.yaml:22:20")
    }
    #expect(throws: ScenarioError.self) { try scenario.checked().validate() }
  }
}

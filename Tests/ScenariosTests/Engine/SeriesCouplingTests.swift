import Forecasting
import ForesightNumerics
import Foundation
import Scenarios
import Testing

@Suite("Series whose innovations are correlated")
struct SeriesCouplingTests {
  /// Two random walks of 80 months whose steps have a given share in common, and a third of its own.
  private func data(share: Double) throws -> GivenSeries {
    let noise = (0..<3).map { RandomStream(seed: 5, name: "walk.\($0)").normals(0..<80) }
    func walk(_ steps: (Int) -> Double) throws -> TimeSeries {
      var level = 100.0
      return try TimeSeries(
        (0..<80).map { t in
          level += steps(t)
          return level
        }, start: .month(2019, 1), name: "walk", unit: "Mt", rule: .last)
    }
    let rest = (1 - share * share).squareRoot()
    return GivenSeries([
      "a": try walk { noise[0][$0] }, "b": try walk { share * noise[0][$0] + rest * noise[1][$0] },
      "c": try walk { noise[2][$0] },
    ])
  }

  private func scenario(_ correlations: String, share: Double = 0.8, draws: Int = 4096) throws -> Scenario {
    try Scenario(
      yaml: smallScenario(
        horizon: "{from: 2026, to: 2028}", run: "{draws: \(draws), replicates: 2, seed: 9}",
        """
        series:
          x: {data: a, unit: Mt, model: naive}
          y: {data: b, unit: Mt, model: naive}
          z: {data: c, unit: Mt, model: naive}
        correlations: \(correlations)
        questions:
          x: {of: "x[2027]", mean: true}
          y: {of: "y[2027]", mean: true}
        """), file: "small.yaml", data: data(share: share))
  }

  private func spearman(_ a: [Double], _ b: [Double]) -> Double {
    func ranks(_ values: [Double]) -> [Double] {
      var ranks = [Double](repeating: 0, count: values.count)
      for (rank, place) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
        ranks[place] = Double(rank)
      }
      return ranks
    }
    let (x, y) = (ranks(a), ranks(b))
    let mean = Double(a.count - 1) / 2
    let product = zip(x, y).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    let square = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return product / square
  }

  @Test("sums over the horizon have the rank correlation asked; margins and the first series are untouched")
  func given() throws {
    let alone = try scenario("[]").checked().paths(of: ["x", "y", "z"])
    let coupled = try scenario("[{between: [x.innovations, y.innovations], gaussian_copula: 0.7}]").checked()
      .paths(of: ["x", "y", "z"])
    #expect(coupled[0] == alone[0] && coupled[2] == alone[2])
    for replicate in 0..<2 {
      for block in 0..<4 {
        // Whole paths are moved within their block: the same values in another order.
        let range = (replicate * 4096 + block * 1024)..<(replicate * 4096 + (block + 1) * 1024)
        for year in 0..<3 {
          #expect(coupled[1].values[year][range].sorted() == alone[1].values[year][range].sorted())
        }
      }
    }
    // Means of years follow the sums of months closely: 6/π asin(r/2) within four standard errors and that slack.
    let expected = 6 / Double.pi * asin(0.35)
    let means = (0..<2).map { k in
      (0..<8192).map { path in (0..<3).reduce(0) { $0 + coupled[k].values[$1][path] } }
    }
    #expect(abs(spearman(means[0], means[1]) - expected) < 4 / 8192.0.squareRoot() + 0.03)
    #expect(abs(spearman(alone[0].values[2], alone[1].values[2])) < 4 / 8192.0.squareRoot())
  }

  @Test("an estimated correlation is that of the residuals, and is said")
  func estimated() throws {
    let scenario = try scenario("[{between: [x.innovations, y.innovations], estimate: rank, from: history}]")
    let asked = try scenario.checked().paths(of: [
      "x[2026] + x[2027] + x[2028]", "y[2026] + y[2027] + y[2028]",
    ])
    // Steps share 0.8: the estimate from 79 of them has a standard error of about 0.04.
    #expect(abs(spearman(asked[0].values[0], asked[1].values[0]) - 0.78) < 0.16)
    let note = try scenario.run(questions: ["y"]).notes.first { $0.contains("innovations of x and y") }
    #expect(note?.contains("from 79 periods") == true, "\(String(describing: note))")
  }

  @Test("other questions and more draws change no draw")
  func stability() throws {
    let text =
      "[{between: [x.innovations, y.innovations], gaussian_copula: -0.5}, {between: [x.innovations, z.innovations], gaussian_copula: 0.4}]"
    let both = try scenario(text).checked().paths(of: ["x[2027]", "y[2027]", "z[2027]"])
    #expect(try scenario(text).checked().paths(of: ["y[2027]"])[0].values == both[1].values)
    #expect(
      try scenario(text).checked().paths(of: ["z[2027]"], DrawOptions(threads: 2))[0].values == both[2].values
    )
    let few = try scenario(text, draws: 700).checked().paths(of: ["y[2027]"])[0].values[0]
    #expect(Array(few.prefix(700)) == Array(both[1].values[0].prefix(700)))
    let draw = try scenario(text).checked().draw(5000)
    #expect(draw.value("y", 2027) == both[1].values[0][5000])
  }

  @Test(
    "what is no correlation of innovations is refused in one message",
    arguments: [
      ("[{between: [x.innovations, y], gaussian_copula: 0.5}]", "both names"),
      ("[{between: [x.innovations, w.innovations], gaussian_copula: 0.5}]", "unknown series \"w\""),
      ("[{between: [x.innovations, x.innovations], gaussian_copula: 0.5}]", "paired with itself"),
      ("[{between: [x.innovations, y.innovations], gaussian_copula: 1.5}]", "must be a number from -1 to 1"),
      ("[{between: [x.innovations, y.innovations]}]", "needs one of \"gaussian_copula\""),
      ("[{between: [x.innovations, y.innovations], estimate: level}]", "estimate must be rank"),
      ("[{between: [x.innovations, y.innovations], estimate: rank, from: future}]", "from must be history"),
      (
        "[{between: [x.innovations, y.innovations], estimate: rank, gaussian_copula: 0.5}]",
        "cannot be used together"
      ),
      ("[{between: [x.innovations, y.innovations], t_copula: 0.5, df: 4}]", "take gaussian_copula"),
      ("[{between: [a, b], estimate: rank}]", "is for the innovations of series"),
    ])
  func refusals(correlations: String, message: String) throws {
    do {
      try scenario(correlations).checked()
      Issue.record("\(correlations) is accepted")
    } catch let error as ScenarioError {
      #expect(error.problems.count == 1 && error.description.contains(message), "\(error)")
    }
    let impossible = """
      [{between: [x.innovations, y.innovations], gaussian_copula: 0.9}, {between: [x.innovations, z.innovations], \
      gaussian_copula: 0.9}, {between: [y.innovations, z.innovations], gaussian_copula: -0.9}]
      """
    #expect(throws: ScenarioError.self) { try scenario(impossible).run() }
  }
}

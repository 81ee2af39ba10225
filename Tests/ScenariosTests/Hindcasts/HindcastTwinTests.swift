import Datasets
import Forecasting
import Foundation
import Scenarios
import Testing

@Suite("Hindcasts and their twins at face value")
struct HindcastTwinTests {
  private static func scores(_ name: String, named: [String] = []) throws -> [String: ScenarioScore] {
    let scenario = try Scenario(
      contentsOf: Datasets.path(of: "scenarios/\(name).yaml"), data: BundledSeries(), named: named)
    let table = try Datasets.table("scenarios/\(name).outcomes.csv")
    let outcomes = table.rows.map { row in
      ScenarioOutcome(quantity: row.fields[0], value: Double(row.fields[1]) ?? .nan, source: row.fields[2])
    }
    let scores = try scenario.checked().score(outcomes, DrawOptions(draws: 16384, replicates: 4))
    return Dictionary(uniqueKeysWithValues: scores.map { ($0.outcome.quantity, $0) })
  }

  @Test("every outcome names a source of the scenarios' list or of the datasets'")
  func outcomesAreSourced() throws {
    let known = Set(try Datasets.sources().map(\.id)).union(
      try Datasets.table("scenarios/sources.csv").rows.map { $0.fields[0] })
    for name in ["pos1-2020", "altai-2008", "altai-2014", "trade-2019", "claims-2022"] {
      for row in try Datasets.table("scenarios/\(name).outcomes.csv").rows {
        #expect(known.contains(row.fields[2]), "\(name): \(row.fields[2])")
      }
    }
  }

  @Test("the chance of US$200 bn is that of the triangular law of growth")
  func tradeTarget() throws {
    let score = try #require(Self.scores("trade-2019")["trade_2024 >= 200"])
    let growth = exp(log(200 / 107.06) / 6)
    let exact = (1.18 - growth) * (1.18 - growth) / ((1.18 - 0.96) * (1.18 - 1.06))
    let probability = try #require(score.probability)
    #expect(abs(probability - exact) < 1e-3)
    let brier = try #require(score.brier)
    #expect(abs(brier - (1 - exact) * (1 - exact)) < 2e-3)
  }

  @Test("the western line by 2020 is a sum of two triangular dates under half-certain signature")
  func westernLine() throws {
    let score = try #require(Self.scores("altai-2014")["western_gas < 2020"])
    // Date T(2015, 2017, 2030) plus build T(3, 5, 9) below 2020, by a sum over 4,000 cells, times the branch's 0.4.
    func cdf(_ x: Double, _ low: Double, _ mode: Double, _ high: Double) -> Double {
      if x <= low { return 0 }
      if x >= high { return 1 }
      return x < mode
        ? (x - low) * (x - low) / ((high - low) * (mode - low))
        : 1 - (high - x) * (high - x) / ((high - low) * (high - mode))
    }
    var sum = 0.0
    for cell in 0..<4000 {
      let a = 2015 + 15 * Double(cell) / 4000
      let b = a + 15.0 / 4000
      let weight = cdf(b, 2015, 2017, 2030) - cdf(a, 2015, 2017, 2030)
      sum += weight * cdf(2020 - 0.5 * (a + b), 3, 5, 9)
    }
    let probability = try #require(score.probability)
    #expect(abs(probability - 0.4 * sum) < 5e-4)
  }

  @Test(
    "at face value every date is certain, and what did not come scores worst",
    arguments: ["altai-2014", "claims-2022"])
  func faceValue(name: String) throws {
    let own = try Self.scores(name)
    let face = try Self.scores(name, named: ["face_value"])
    for (quantity, score) in face {
      guard let probability = score.probability, let brier = score.brier else { continue }
      #expect(probability == 1, "\(quantity)")
      #expect(brier == (score.outcome.value == 1 ? 0 : 1), "\(quantity)")
    }
    func mean(_ scores: [String: ScenarioScore]) -> Double {
      let values = scores.values.compactMap(\.brier)
      return values.reduce(0, +) / Double(values.count)
    }
    #expect(mean(own) < mean(face))
  }

  @Test("crude and LNG: paths add up, and a halt of all trains leaves the plants")
  func lngAndOil() throws {
    let scenario = try Scenario(
      contentsOf: Datasets.path(of: "scenarios/russia-lng-oil.yaml"), data: BundledSeries())
    let paths = try scenario.checked().samples(of: [
      "lng[2030]", "plants[2030]", "trains[2030]", "trains_open",
    ])
    for k in paths[0].indices {
      #expect(abs(paths[0][k] - paths[1][k] - paths[2][k]) < 1e-9)
      if paths[3][k] >= 2031 { #expect(paths[2][k] == 0) }
    }
  }
}

import Foundation
import Scenarios
import Testing

@Suite("Units")
struct UnitTests {
  /// A file of 60 months with the values 1 to 60.
  private static let months: String = {
    let rows = (0..<60).map { "\(2021 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1),\($0 + 1).0" }
    return (["period,value"] + rows).joined(separator: "\n") + "\n"
  }()

  private func answer(_ series: String, of quantity: String) throws -> ScenarioAnswer {
    let text = smallScenario(
      horizon: "{from: 2027, to: 2029}",
      """
      inputs:
        discount: {unit: USD/bbl, basis: judgement, dim: 1, constant: 2}
      series:
        s: \(series)
      questions:
        q: {of: "\(quantity)", mean: true}
      """)
    let folder = try ScenarioFolder(["u.yaml": text, "p.csv": Self.months])
    let run = try folder.load("u.yaml").run(DrawOptions(draws: 64, replicates: 2))
    return try #require(run["q"])
  }

  @Test("A fitted price or stock keeps its unit, and a total is one per year")
  func fittedUnits() throws {
    func unit(_ rule: String, _ unit: String) throws -> String {
      try answer(
        "{data: {file: p.csv, rule: \(rule)}, unit: \(unit), model: drift}", of: "s[2028]"
      ).unit
    }
    #expect(try unit("mean", "USD/bbl") == "USD/bbl")
    #expect(try unit("last", "bcm") == "bcm")
    #expect(try unit("sum", "bcm") == "bcm/yr")
    let net = try answer(
      "{data: {file: p.csv, rule: mean}, unit: USD/bbl, model: drift}", of: "s[2028] - discount")
    // A drift of 1 a month from 60 on: the mean of months 85 … 96, less 2.
    #expect(abs(try #require(net.row(.mean)?.value) - 88.5) < 1)
  }

  /// The value of an expression of inputs.
  private func value(_ expression: String, _ unit: String, of input: String) throws -> Double {
    let text = smallScenario(
      """
      inputs:
        x: {unit: \(input), basis: judgement, dim: 1, constant: 1}
      derived:
        y: {expr: "\(expression)", unit: \(unit)}
      questions:
        q: {of: y, mean: true}
      """)
    return try #require(try Scenario.small(text).run(DrawOptions(draws: 2))["q"]?.row(.mean)?.value)
  }

  @Test(
    "Conversions have the values of their definitions",
    arguments: [
      ("GW", "TWh/yr", "convert(x, 'TWh/yr')", 8.766), ("kWh", "MJ", "convert(x, 'MJ')", 3.6),
      ("Mtoe", "PJ", "convert(x, 'PJ')", 41.868), ("Mtpa", "t/yr", "convert(x, 't/yr')", 1e6),
      ("boe", "MMBtu", "convert(x, 'MMBtu')", 5.8), ("bcf", "mcm", "convert(x, 'mcm')", 28.316846592),
      ("h/day", "fraction", "convert(x, 'fraction')", 1.0 / 24),
      ("EUR/MtCO2", "EUR/tCO2", "convert(x, 'EUR/tCO2')", 1e-6),
      ("bcm/yr", "PJ/yr", "convert(x, 'PJ/yr', 'gas')", 36), ("Mt", "bcm", "convert(x, 'bcm', 'lng')", 1.36),
      ("bcm", "Mt", "convert(x, 'Mt', 'lng')", 1 / 1.36), ("t", "bbl", "convert(x, 'bbl', 'crude')", 7.33),
    ] as [(String, String, String, Double)])
  func conversions(_ input: String, _ unit: String, _ expression: String, _ expected: Double) throws {
    let found = try value(expression, unit, of: input)
    #expect(abs(found - expected) < 1e-9 * expected)
  }

  @Test(
    "What does not convert says what would",
    arguments: [
      ("convert(x, 'PJ/yr')", "write convert(…, 'PJ/yr', 'gas') or"),
      ("convert(x, 'EUR')", "cannot be converted to EUR"),
      ("convert(x, 'PJ/yr', 'gaz')", "did you mean \"gas\"?"),
      ("convert(x, 'Mt/yr', 'crude')", "does not turn"),
    ])
  func refusals(_ expression: String, _ part: String) throws {
    let error = #expect(throws: ScenarioError.self) { try value(expression, "PJ/yr", of: "bcm/yr") }
    #expect(error?.description.contains(part) == true, "\(String(describing: error))")
  }

  @Test("Currencies do not mix")
  func currencies() throws {
    for currency in ["CNY", "EUR", "RUB", "GBP", "JPY"] {
      #expect(try value("2 * x", "\(currency) bn/yr", of: "\(currency) bn/yr") == 2)
      #expect(throws: ScenarioError.self) { try value("convert(x, 'USD')", "USD", of: currency) }
    }
  }
}

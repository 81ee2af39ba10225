import Foundation
import Scenarios
import Testing
import Yams

/// Short forms of keys, statements of what holds anyway, and what to write instead of keys that stand elsewhere.
@Suite("Short forms and statements")
struct ShortFormTests {
  private static let short = """
    schema: scenario/1
    id: forms
    as_of: 2026-01-31
    units: {flow: bcm/yr, price: USD/kcm, money: USD bn/yr, date: decimal-year}
    horizon: {from: 2026, to: 2040}
    run: {draws: 512, replicates: 2, seed: 3, rng: philox4x64-10, stream_key: [seed, replicate, input-name, draw]}
    inputs:
      opening: {unit: date, basis: judgement, triangular: [2027, 2030, 2035]}
      price: {unit: price, basis: judgement, lognormal: {median: 240, sigma: 0.2}}
      demand: {unit: flow, basis: judgement, knots: {2030: {uniform: [10, 40]}, 2040: {uniform: [20, 60]}}, one_draw: true}
    events:
      first: {kind: start, at: opening, opens: line}
    assets:
      line: {capacity: 50, start: first, ceiling: room}
    derived:
      room: max(0, demand - 5)
      revenue: {expr: "convert(line * price, 'USD bn/yr')", unit: money}
    questions:
      first: {quantiles: [0.5], of: first, never: report}
      flow: {mean: 'line[2035]', exceed: [20]}
      revenue: {mean: 'revenue[2035]', given: 'price > 200'}

    """

  private static let long = short.replacingOccurrences(
    of: "units: {flow: bcm/yr, price: USD/kcm, money: USD bn/yr, date: decimal-year}\n", with: ""
  )
  .replacingOccurrences(
    of: ", rng: philox4x64-10, stream_key: [seed, replicate, input-name, draw]", with: ""
  )
  .replacingOccurrences(of: "unit: date", with: "unit: decimal-year")
  .replacingOccurrences(of: "unit: price", with: "unit: USD/kcm")
  .replacingOccurrences(of: "unit: flow", with: "unit: bcm/yr")
  .replacingOccurrences(of: "unit: money", with: "unit: USD bn/yr")
  .replacingOccurrences(of: ", one_draw: true", with: "")
  .replacingOccurrences(of: "capacity: 50", with: "capacity: {value: 50, unit: bcm/yr}")
  .replacingOccurrences(
    of: "room: max(0, demand - 5)", with: "room: {expr: 'max(0, demand - 5)', unit: bcm/yr}"
  )
  .replacingOccurrences(of: ", never: report", with: "")
  .replacingOccurrences(of: "{mean: 'line[2035]'", with: "{of: 'line[2035]', mean: true")
  .replacingOccurrences(of: "{mean: 'revenue[2035]'", with: "{of: 'revenue[2035]', mean: true")

  @Test("short forms answer as long ones do, to the bit")
  func answers() throws {
    let short = try Scenario.small(Self.short).run()
    #expect(short.answers == (try Scenario.small(Self.long).run()).answers)
    #expect(short["flow"]?.unit == "bcm/yr" && short["revenue"]?.unit == "USD bn/yr")
    let schema = try SchemaCheck(ScenarioSchema.json)
    for text in [Self.short, Self.long] {
      #expect(schema.accepts(try #require(try Yams.compose(yaml: text))))
    }
  }

  @Test(
    "statements of what does not hold, and keys that stand elsewhere, say what to write",
    arguments: [
      ("rng: philox4x64-10", "rng: pcg64", "6:48: run.rng must be philox4x64-10, not \"pcg64\""),
      (
        "[seed, replicate, input-name, draw]", "[seed, draw]",
        "6:75: run.stream_key must be [seed, replicate,"
      ),
      ("one_draw: true", "one_draw: false", "10:115: inputs.demand.one_draw must be true, not \"false\""),
      ("never: report", "never: drop", "questions.first.never must be report, not \"drop\""),
      (
        "exceed: [20]", "never: report",
        "20:30: questions.flow.never applies to dates, but line[2035] is not a date"
      ),
      ("flow: bcm/yr, ", "", "unit: unknown unit \"flow\""),
      ("date: decimal-year", "bcm: m3", "units.bcm cannot stand for m3: bcm is a unit already"),
      (
        "money: USD bn/yr", "money: USD bn/yrs",
        "units.money: unknown unit \"USD bn/yrs\"; did you mean \"yr\"?"
      ),
      (
        "revenue: {expr: \"convert(line * price, 'USD bn/yr')\", unit: money}",
        "revenue: line * price / 1000",
        "17:12: derived.revenue comes out in bcm/yr × USD/kcm, a unit that nothing else in the file has"
      ),
      ("{mean: 'line[2035]', exceed", "{exceed", "questions.flow needs one of \"of\""),
      ("mean: 'line[2035]'", "mean: 'line[2035'", "questions.flow.mean: \"]\" is missing"),
      ("uniform: [10, 40]", "const: 40", "unknown distribution \"const\"; use \"constant\""),
      (
        "lognormal: {median: 240, sigma: 0.2}", "const: 240",
        "inputs.price: unknown key \"const\"; use \"constant\""
      ),
      (
        "ceiling: room", "nominations: {own_price: price, reference: 240, elasticity: -1}",
        "assets.line.nominations: unknown key \"own_price\"; use \"price\""
      ),
      (
        "exceed: [20]", "shapley: true",
        "questions.flow: unknown key \"shapley\"; use scenario sensitivity FILE --question NAME --method shapley"
      ),
      (
        "{mean: 'line[2035]', exceed: [20]}", "{value_of: opening}",
        "questions.flow: unknown key \"value_of\""
      ),
      (
        "questions:\n", "score: []\nquestions:\n",
        "18:1: the scenario: unknown key \"score\"; outcomes stand in a table"
      ),
      (
        "questions:\n", "branches: {a: {weight: 1, says: built, but late}}\nquestions:\n",
        "branches.a: unknown key \"but late\"; put text that contains a comma in quotes"
      ),
      (
        "questions:\n", "series: {s: {data: trade, unit: USD bn, fit: {model: naive}}}\nquestions:\n",
        "series.s: unknown key \"fit\"; write model: NAME"
      ),
    ])
  func messages(found: String, bad: String, message: String) throws {
    let text = Self.short.replacingOccurrences(of: found, with: bad)
    #expect(text != Self.short)
    do {
      try Scenario.small(text).checked()
      Issue.record("\(bad) is accepted")
    } catch {
      #expect(error.description.contains(message), "\(error)")
      // A unit that is not stated is missed in both places that name it.
      #expect(error.problems.count == (found == "flow: bcm/yr, " ? 2 : 1), "\(error)")
    }
  }
}

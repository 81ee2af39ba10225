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
      ("rng: philox4x64-10", "rng: pcg64", "6:48: run.rng is philox4x64-10, not \"pcg64\""),
      ("[seed, replicate, input-name, draw]", "[seed, draw]", "6:75: run.stream_key is [seed, replicate,"),
      ("one_draw: true", "one_draw: false", "10:115: inputs.demand.one_draw is true, not \"false\""),
      ("never: report", "never: drop", "questions.first.never is report, not \"drop\""),
      ("exceed: [20]", "never: report", "20:30: questions.flow.never is of a date, and line[2035] is none"),
      ("flow: bcm/yr, ", "", "unit \"flow\" is no known unit"),
      ("date: decimal-year", "bcm: m3", "units.bcm is m3, and bcm is a unit already"),
      (
        "money: USD bn/yr", "money: USD bn/yrs",
        "units.money \"USD bn/yrs\" is no known unit; did you mean \"yr\"?"
      ),
      (
        "revenue: {expr: \"convert(line * price, 'USD bn/yr')\", unit: money}",
        "revenue: line * price / 1000",
        "17:12: derived.revenue comes out in bcm/yr × USD/kcm, the unit of nothing else in the file"
      ),
      ("{mean: 'line[2035]', exceed", "{exceed", "questions.flow lacks \"of\""),
      ("mean: 'line[2035]'", "mean: 'line[2035'", "questions.flow.mean: \"]\" is missing"),
      ("uniform: [10, 40]", "const: 40", "there is no law \"const\""),
      (
        "lognormal: {median: 240, sigma: 0.2}", "const: 240",
        "inputs.price has no key \"const\": write constant"
      ),
      (
        "ceiling: room", "nominations: {own_price: price, reference: 240, elasticity: -1}",
        "assets.line.nominations has no key \"own_price\": write price"
      ),
      (
        "exceed: [20]", "shapley: true",
        "questions.flow has no key \"shapley\": scenario sensitivity FILE --question NAME --method shapley asks it"
      ),
      (
        "{mean: 'line[2035]', exceed: [20]}", "{value_of: opening}",
        "questions.flow has no key \"value_of\""
      ),
      (
        "questions:\n", "score: []\nquestions:\n",
        "18:1: the scenario has no key \"score\": what came stands in a table"
      ),
      (
        "questions:\n", "branches: {a: {weight: 1, says: built, but late}}\nquestions:\n",
        "branches.a has no key \"but late\"; a text with a comma stands in quotes"
      ),
      (
        "questions:\n", "series: {s: {data: trade, unit: USD bn, fit: {model: naive}}}\nquestions:\n",
        "series.s has no key \"fit\": write model: NAME"
      ),
    ])
  func messages(found: String, bad: String, message: String) throws {
    let text = Self.short.replacingOccurrences(of: found, with: bad)
    #expect(text != Self.short)
    do {
      try Scenario.small(text).validate()
      Issue.record("\(bad) is accepted")
    } catch {
      #expect(error.description.contains(message), "\(error)")
      // A unit that is not stated is missed in both places that name it.
      #expect(error.problems.count == (found == "flow: bcm/yr, " ? 2 : 1), "\(error)")
    }
  }
}

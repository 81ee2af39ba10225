import Datasets
import Foundation
import Scenarios
import Testing

/// One change of the bundled file, the line that must be named and a part of the message.
struct Mutation: CustomTestStringConvertible, Sendable {
  let old: String
  let new: String
  let message: String

  init(_ old: String, _ new: String, _ message: String) {
    self.old = old
    self.new = new
    self.message = message
  }

  var testDescription: String { "\(old) → \(new)" }
}

private let mutations: [Mutation] = [
  Mutation(
    "weight: 0.15", "weight: -0.15", "branches.announced.weight must be a number from 0 to 1, not -0.15"),
  Mutation("weight: 0.15", "weight: 0.25", "must have weights that sum to 1; they sum to 1.1"),
  Mutation("weight: 0.15", "wieght: 0.15", "unknown key \"wieght\"; did you mean \"weight\"?"),
  Mutation("weight: 0.15", "weight: .nan", "branches.announced.weight must be a number from 0 to 1"),
  Mutation("weight: 0.15", "weight: heavy", "must be a number from 0 to 1, not \"heavy\""),
  Mutation("as_of: 2026-01-31", "as_of: 2026-02-31", "as_of must be a date such as 2026-01-31"),
  Mutation("as_of: 2026-01-31", "as_of: 2025-10-01", "dated 2025-10-07, after as_of 2025-10-01"),
  Mutation("schema: scenario/1", "schema: scenario/2", "schema must be scenario/1, not \"scenario/2\""),
  Mutation("value: calendar-mean", "value: calender-mean", "did you mean \"calendar-mean\"?"),
  Mutation("to: 2045", "to: 2020", "not from 2026 to 2020"),
  Mutation("step: year", "step: mont", "did you mean \"month\"?"),
  Mutation("method: sobol-owen", "method: sobel-owen", "did you mean \"sobol-owen\"?"),
  Mutation("draws: 32768", "draws: 0", "run.draws must be a whole number"),
  Mutation("draws: 32768", "draws: 1.5", "run.draws must be a whole number"),
  Mutation("seed: 20260131", "seed: -1", "run.seed must be a whole number"),
  Mutation("unit: decimal-year", "unit: decimal-yeer", "unknown unit \"decimal-yeer\""),
  Mutation(
    "{unit: yr, basis: derived, src: [ramps", "{basis: derived, src: [ramps",
    "inputs.ramp_years needs \"unit\""),
  Mutation(
    "basis: judgement\n    src: [mt25", "basis: judgment\n    src: [mt25", "did you mean \"judgement\"?"),
  Mutation(
    "uniform: [2026.5, 2027.0]", "uniform: [2027.5, 2027.0]", "uniform must be [low, high] with low < high"),
  Mutation(
    "uniform: [2026.5, 2027.0]", "unifrom: [2026.5, 2027.0]", "\"unifrom\"; did you mean \"uniform\"?"),
  Mutation(
    "uniform: [2026.5, 2027.0]", "uniform: [2026.5]", "must be [low, high] with low < high, not [2026.5]"),
  Mutation("triangular: [35, 45, 55]", "triangular: [45, 35, 55]", "with low ≤ mode ≤ high"),
  Mutation(
    "pert: [-1.2, -0.4, -0.05]", "pert: [-1.2, -0.4, .inf]",
    "entry 3 of inputs.elasticity.pert must be a number"),
  Mutation(
    "lognormal: {median: 240, sigma: 0.20}", "lognormal: {median: -240, sigma: 0.20}",
    "median must be a number above 0"),
  Mutation("lognormal: {median: 240, sigma: 0.20}", "lognormal: {median: 240}", "needs \"sigma\""),
  Mutation("p10: 5.0, p50: 6.0, p90: 8.5", "p10: 5.0, p50: 8.0, p90: 8.5", "must have p10 < p50 < p90"),
  Mutation(
    "      stalled:       never", "      stalledd:      never",
    "branch \"stalledd\"; did you mean \"stalled\"?"),
  Mutation("      stalled:       never\n", "", "has no entry for branch \"stalled\""),
  Mutation(
    "unit: bcm/yr, basis: derived, src: [hsn], dim: 9", "unit: bcm/yr, basis: derived, src: [hsn], dim: 8",
    "dimension 8"),
  Mutation("dim: 10", "dim: 0", "dimension 0 picks the branch"),
  Mutation("dim: 10", "dim: 400", "whole number from 1 to 255"),
  Mutation("constant: 60", "constant: sixty", "must be a number, not \"sixty\""),
  Mutation(
    "constant: 60", "constant: 60, uniform: [0, 1]", "\"uniform\" cannot be used together with \"constant\""),
  Mutation(
    "{2030: {triangular: [480", "{twenty: {triangular: [480",
    "a key of inputs.china_demand.knots must be a year"),
  Mutation("gaussian_copula: 0.3", "gaussian_copula: 1.3", "must be a number from -1 to 1"),
  Mutation(
    "between: [china_demand, china_output]", "between: [china_demand, china_otput]",
    "unknown input \"china_otput\""),
  Mutation("parameter: normal-score", "parameter: pearson", "one of normal-score, t-score or spearman"),
  Mutation("contract_date + build_years", "contract_dat + build_years", "did you mean \"contract_date\"?"),
  Mutation("contract_date + build_years", "contract_date + price", "add years (yr) to a date"),
  Mutation("contract_date + build_years", "first_gas + build_years", "depends on itself"),
  Mutation("contract_date + build_years", "contract_date +", "ends where a value is expected"),
  Mutation("opens: ps2", "opens: ps3", "unknown asset \"ps3\""),
  Mutation("hazard: 0.06/yr", "hazard: 0.06", "must be a rate above 0"),
  Mutation("hazard: 0.06/yr", "hazard: -0.06/yr", "must be a rate above 0"),
  Mutation("lasts: 2 yr", "lasts: 2", "must be a length of time"),
  Mutation("times: 1", "times: 3", "more than once is not supported yet"),
  Mutation("kind: shock", "kind: shok", "did you mean \"shock\"?"),
  Mutation("mode: additive", "mode: multiplicative", "use \"multiply\", not \"add\""),
  Mutation("branch == price_dispute", "branch == price_disput", "did you mean \"price_dispute\"?"),
  Mutation("branch == price_dispute", "branch = price_dispute", "use == for equality"),
  Mutation(
    "of: price, mode", "of: prise, mode", "unknown input or series \"prise\"; did you mean \"price\"?"),
  Mutation("shape: linear", "shape: logistick", "did you mean \"logistic\"?"),
  Mutation("clamp: [0.70, 1.00]", "clamp: [1.70, 1.00]", "low ≤ high"),
  Mutation("ceiling: room", "ceiling: price", "assets.ps2.ceiling is in USD/kcm, not in bcm/yr"),
  Mutation("ceiling: room", "ceiling: ps2", "depends on itself"),
  Mutation("utilisation: plateau_utilisation", "utilisation: ramp_years", "not in 1"),
  Mutation("capacity: {value: 50, unit: bcm/yr,", "capacity: {value: 50,", "needs \"unit\""),
  Mutation("convert(ps2 * price, 'USD bn/yr')", "ps2 * price / 1000", "declared in USD bn/yr"),
  Mutation("convert(ps2 * price, 'USD bn/yr')", "convert(ps2 * price, 'bcm/yr')", "cannot be converted"),
  Mutation("unit: USD bn/yr}", "unit: USD/yr}", "the scales differ"),
  Mutation("max(0, china_demand", "max(0, china_demand * 2 + price", "cannot be added"),
  Mutation("model: ramp-to-capacity", "model: ramp-to-capcity", "did you mean \"ramp-to-capacity\"?"),
  Mutation("capacity: 44", "capacitty: 44", "did you mean \"capacity\"?"),
  Mutation("max(ps2[..2032]) >= 10", "max(ps2[..2032])", "not a condition"),
  Mutation("max(ps2[..2032]) >= 10", "max(ps2) >= 10", "needs a range of years"),
  Mutation("max(ps2[..2032]) >= 10", "max(ps2[..2050]) >= 10", "2050 is outside the horizon 2026–2045"),
  Mutation(
    "quantiles: [0.1, 0.5, 0.9], of: first_gas", "quantiles: [0.1, 0.5, 90], of: first_gas",
    "must be a number above 0 and below 1"
  ),
  Mutation("\"ps2[2040]\"", "ps2", "asks about a quantity that has a value every year"),
  Mutation("contract_date < 2027", "contract_date < price", "cannot be compared"),
  Mutation("do: {first_gas: 2031.0}", "do: {first_gaz: 2031.0}", "did you mean \"first_gas\"?"),
  Mutation(
    "questions:", "questions:\n  box: {prim: \"ps2[2035] >= 25\", of: \"ps2[2035]\"}",
    "\"of\" cannot be used together with \"prim\""),
  Mutation("id: power-of-siberia-2", "id: power-of-siberia-2\nid: again", "\"id\" is given twice"),
  Mutation("id: power-of-siberia-2", "idd: power-of-siberia-2", "unknown key \"idd\"; did you mean \"id\"?"),
  Mutation(
    "id: power-of-siberia-2", "id: !!python/object power-of-siberia-2", "tags (!) are not supported"),
  Mutation("weight: 0.15", "weight: !!str 0.15", "tags (!) are not supported"),
  Mutation("inputs:", "inputs:\n  max x: {unit: yr, constant: 1}", "cannot be a name"),
  Mutation("horizon: {", "horizon: {{", "not YAML"),
]

@Suite("Bad files")
struct BadFileTests {
  @Test("Each fault gets a precise message", arguments: mutations)
  func mutation(_ mutation: Mutation) throws {
    let path = try powerOfSiberia2().file.name
    let text = try powerOfSiberia2().text
    let range = try #require(text.range(of: mutation.old), "the file has \(mutation.old)")
    let changed = text.replacingCharacters(in: range, with: mutation.new)
    let folder = path.replacingOccurrences(of: "power-of-siberia-2.yaml", with: "")
    do {
      try Scenario(yaml: changed, file: "bad.yaml", folder: folder, data: BundledSeries()).checked()
      Issue.record("accepted")
    } catch {
      let problem = try #require(
        error.problems.first { $0.what.contains(mutation.message) }, "\(error)")
      #expect(problem.place.file == "bad.yaml")
      #expect(problem.place.line > 0 && problem.place.column > 0)
    }
  }

  @Test("The place is exact")
  func place() throws {
    let text = smallScenario(
      """
      inputs:
        a: {unit: yr, basis: judgement, uniform: [1, 2]}
      derived:
        b: {expr: "a + aa", unit: yr}
      """)
    do {
      try Scenario.small(text).checked()
      Issue.record("accepted")
    } catch {
      #expect(error.description == "small.yaml:9:18: unknown name \"aa\"; did you mean \"a\"?")
    }
  }

  @Test("Several problems come together")
  func several() throws {
    let text = smallScenario(
      """
      inputs:
        a: {unit: yrr, basis: judgement, uniform: [1, 2]}
        b: {unit: yr, basis: judgement, uniform: [2, 1]}
        c: {unit: yr, basis: guess, uniform: [1, 2]}
      """)
    do {
      _ = try Scenario.small(text)
      Issue.record("accepted")
    } catch {
      #expect(error.problems.map(\.place.line) == [7, 8, 9])
    }
  }

  @Test("References and deep nesting are refused at once")
  func bombs() throws {
    var bomb = "a0: &a0 [x, x]\n"
    for level in 1..<40 { bomb += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(throws: ScenarioError.self) { _ = try Scenario.small(bomb) }
    let deep = "a: " + String(repeating: "[", count: 100_000)
    #expect(throws: ScenarioError.self) { _ = try Scenario.small(deep) }
    #expect(throws: ScenarioError.self) {
      _ = try Scenario.small(String(repeating: "- ", count: 100_000) + "x")
    }
  }

  @Test(
    "Text that is no scenario is refused", arguments: ["", "   ", "42", "[1, 2]", "\u{0}", "a: b: c", "'"])
  func noScenario(_ text: String) throws {
    #expect(throws: ScenarioError.self) { _ = try Scenario.small(text) }
  }

  @Test("A quantity that is not a number is named")
  func notANumber() throws {
    let text = smallScenario(
      """
      inputs:
        a: {unit: "1", basis: judgement, uniform: [-1, 1]}
      questions:
        root: {of: sqrt(a), mean: true}
      """)
    do {
      _ = try Scenario.small(text).run(DrawOptions(draws: 64, replicates: 2))
      Issue.record("accepted")
    } catch {
      #expect(error.description.contains("sqrt(a) is not a number on"))
    }
  }
}

import Foundation
import Scenarios
import Testing
import Yams

@Suite("Shared ceilings")
struct SharedCeilingTests {
  static let orders = [["a", "b", "c"], ["c", "a", "b"], ["b", "c"], ["b"]]

  private func text(ceilings: String, horizon: String = "{from: 2026, to: 2045}", limit: String = "")
    -> String
  {
    smallScenario(
      horizon: horizon, run: "{method: sobol-owen, draws: 2048, replicates: 2, seed: 5}",
      """
      inputs:
        opening: {unit: date, dim: 1, basis: judgement, uniform: [2026, 2034]}
        years: {unit: yr, dim: 2, basis: judgement, uniform: [0, 8]}
        room: {unit: bcm/yr, dim: 3, basis: judgement, knots: {2026: {uniform: [-20, 40]}, 2040: {uniform: [20, 120]}}}
        other: {unit: Mt/yr, dim: 4, basis: judgement, uniform: [0, 1]}
      assets:
        a: {capacity: {value: 38, unit: bcm/yr}, start: 2026, expansions: [{at: opening, capacity: 44}]}
        b: {capacity: {value: 12, unit: bcm/yr}, start: opening, ramp: {years: years}, ceiling: 10}
        c: {capacity: {value: 50, unit: bcm/yr}, start: opening + 3, ramp: {shape: concave, years: years}}
        oil: {capacity: {value: 5, unit: Mt/yr}, start: 2026}
      derived:
        looped: {expr: a + 1, unit: bcm/yr}
      ceilings: \(ceilings)
      questions:
        rest: {of: "a[2040]", mean: true}
      """)
  }

  private func ceilings(_ order: [String]) -> String {
    "{shared: {limit: room, order: [\(order.joined(separator: ", "))]}}"
  }

  @Test(
    "each takes the least of its own and what is left, path by path", arguments: orders,
    ["calendar-mean", "instant"])
  func allocation(order: [String], value: String) throws {
    let scenario = try Scenario.small(
      text(ceilings: ceilings(order), horizon: "{from: 2026, to: 2045, value: \(value)}"))
    for year in [2026, 2029, 2034, 2040, 2045] {
      func columns(_ names: [String]) throws -> [[Double]] {
        try scenario.checked().samples(of: names.map { "\($0)[\(year)]" })
      }
      let own = try columns(order.map { "\($0).before_sharing" })
      let flows = try columns(order)
      let rest = try columns([
        "room", "shared", "shared.limit", "a", "a.before_sharing", "oil", "oil.before_sharing",
      ])
      for path in rest[0].indices {
        let limit = max(rest[0][path], 0)
        #expect(rest[2][path] == limit)
        var left = limit
        for place in order.indices {
          #expect(flows[place][path] == min(own[place][path], left))
          left -= flows[place][path]
        }
        #expect(left >= 0 && rest[1][path] == left)
        // The sum is that of what all would send under one ceiling, whatever the order.
        let sum = flows.reduce(0) { $0 + $1[path] }
        let total = own.reduce(0) { $0 + $1[path] }
        #expect(abs(sum - min(total, limit)) < 1e-12 * 100 && sum <= limit * (1 + 1e-15) + 1e-14)
        if !order.contains("a") { #expect(rest[3][path] == rest[4][path]) }
        #expect(rest[5][path] == rest[6][path])
      }
    }
  }

  @Test("the first of the order flows as if it were alone, and those outside as without the ceiling")
  func first() throws {
    let names = (2026...2045).map { "b[\($0)]" }
    let alone = try Scenario.small(text(ceilings: ceilings(["b"]))).checked().samples(of: names)
    #expect(
      try Scenario.small(text(ceilings: ceilings(["b", "c", "a"]))).checked().samples(of: names) == alone)
    let without = try Scenario.small(text(ceilings: "{}")).checked().samples(of: names)
    #expect(try Scenario.small(text(ceilings: ceilings(["a", "c"]))).checked().samples(of: names) == without)
    #expect(without != alone)
  }

  @Test("an explanation adds up to what is left")
  func explanation() throws {
    let scenario = try Scenario.small(text(ceilings: ceilings(["a", "b", "c"])))
    let parts = try scenario.checked().explain("c[2040]").parts
    func part(_ name: String) throws -> ScenarioExplanation.Part {
      try #require(parts.first { $0.name == name }, "\(parts.map(\.name))")
    }
    #expect(try part("c[2040]").formula == "min(before_sharing, shared.limit − a − b)")
    let left = try part("shared.limit[2040]").value - part("a[2040]").value - part("b[2040]").value
    #expect(try part("c[2040]").value == min(part("c.before_sharing[2040]").value, left))
    #expect(try part("room[2040]").kind == "input")
    let rest = try scenario.checked().explain("shared[2040]").parts
    #expect(rest[0].formula == "shared.limit − a − b − c" && rest[0].kind == "ceiling")
    let draw = try scenario.checked().draw(17)
    #expect(draw.value("shared", 2040) == (try scenario.checked().samples(of: ["shared[2040]"]))[0][17])
  }

  @Test(
    "each fault gets one precise message",
    arguments: [
      ("{shared: {limit: room, order: [a, d]}}", "unknown asset \"d\""),
      ("{shared: {limit: room, order: [a, opening]}}", "unknown asset \"opening\""),
      ("{shared: {limit: rom, order: [a, b]}}", "did you mean \"room\"?"),
      ("{shared: {limit: other, order: [a, b]}}", "ceilings.shared.limit is in Mt/yr, not in bcm/yr"),
      (
        "{shared: {limit: room, order: [a, oil]}}",
        "ceilings.shared.order: oil is in Mt/yr, but a is in bcm/yr"
      ),
      ("{shared: {limit: room, order: [a, b, a]}}", "a is listed twice"),
      (
        "{shared: {limit: room, order: [a]}, more: {limit: room, order: [b, a]}}",
        "a is listed under shared already"
      ),
      ("{shared: {limit: room, order: []}}", "must be a list of assets, the first served first"),
      ("{shared: {limit: room}}", "ceilings.shared needs \"order\""),
      ("{shared: {limits: room, order: [a, b]}}", "did you mean \"limit\"?"),
      ("{shared: {limit: looped, order: [a, b]}}", "depends on itself"),
      ("{room: {limit: 5, order: [a, b]}}", "the name \"room\" is used twice"),
      ("{shared: 5}", "must be a mapping"),
    ])
  func faults(ceilings: String, message: String) throws {
    do {
      try Scenario.small(text(ceilings: ceilings)).checked()
      Issue.record("accepted")
    } catch {
      #expect(error.problems.count == 1 && error.problems[0].what.contains(message), "\(error)")
      #expect(message == "depends on itself" || error.problems[0].place.line == 18, "\(error)")
    }
  }

  @Test("the schema knows shared ceilings, and an extending file changes one of them")
  func composition() throws {
    let schema = try SchemaCheck(ScenarioSchema.json)
    let base = text(ceilings: "{shared: {limit: room, order: [a, b]}, small: {limit: 20, order: [c]}}")
    #expect(schema.accepts(try #require(try Yams.compose(yaml: base))))
    #expect(
      !schema.accepts(try #require(try Yams.compose(yaml: base.replacing("order: [c]", with: "orders: [c]"))))
    )
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString + "/")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try base.write(to: folder.appending(path: "base.yaml"), atomically: true, encoding: .utf8)
    let own = try Scenario(
      yaml: "extends: base.yaml\nceilings: {small: {limit: 7, order: [c]}}\n", file: "own.yaml",
      folder: folder.path())
    #expect(own.file.ceilings.map(\.name) == ["shared", "small"])
    #expect(own.file.ceilings[1].limit.text == "7" && own.file.ceilings[0].order == ["a", "b"])
    #expect(try own.checked().counts["ceilings"] == 2)
  }
}

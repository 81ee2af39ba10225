import Datasets
import Testing

@testable import Scenarios

/// A series with the key `to` has values up to that year, and what rests on it has no others.
@Suite struct DrawnYearsTests {
  private static let few = DrawOptions(draws: 16, replicates: 2)

  @Test func `a quantity has the years that its series are drawn for`() throws {
    let flagship = try Scenario(
      contentsOf: Datasets.path(of: "scenarios/power-of-siberia-2.yaml"), data: BundledSeries())
    let checked = try flagship.checked()
    let paths = try checked.paths(of: ["total_trade", "ps2", "total_trade - ps2_revenue"], Self.few)
    #expect(paths[0].years == Array(2026...2030) && paths[0].values.count == 5)
    #expect(paths[1].years == Array(2026...2045) && paths[1].values.count == 20)
    #expect(paths[2].years == paths[0].years)
    #expect(paths.allSatisfy { $0.values.joined().allSatisfy(\.isFinite) })
    let draw = try checked.draw(3, Self.few)
    for part in draw.parts where !part.years.isEmpty { #expect(part.years.count == part.values.count) }
    #expect(draw.parts.first { $0.name == "total_trade" }?.years.last == 2030)
    #expect(draw.parts.first { $0.name == "ps2" }?.years.last == 2045)
  }

  @Test func `a year after it is refused, and the message names the key`() throws {
    let scenario = try Scenario(
      contentsOf: Datasets.path(of: "scenarios/power-of-siberia-2.yaml"), data: BundledSeries())
    let error = try #require(throws: ScenarioError.self) {
      try scenario.checked().paths(of: ["total_trade[2031]"], Self.few)
    }
    #expect(error.description.contains("drawn to 2030, its key to"))
  }
}

import Datasets
import Forecasting
import TestSupport
import Testing

@Suite struct DatasetsCommandTests {
  @Test func everyBundledSeriesIsListed() throws {
    let run = try Tool.run("datasets")
    #expect(run.status == 0 && run.errors.isEmpty)
    for entry in Datasets.catalogue { #expect(run.output.contains("\n" + entry.name + " ")) }
    let rows = try Tool.run("datasets", "list", "--format", "json").json().list
    #expect(rows.map { $0["name"]?.text } == Datasets.catalogue.map(\.name))
    let csv = try CSVTable(text: Tool.run("datasets", "list", "--format", "csv").output)
    #expect(csv.rows.map { $0.fields[0] } == Datasets.catalogue.map(\.name))
  }

  @Test func csvOfEverySeriesReadsBack() throws {
    for name in ["trade/total", "energy/lng", "prices/usd-cny"] {
      let entry = try Datasets.entry(named: name)
      let csv = try Tool.run("datasets", "show", name, "--format", "csv").output
      let series = try entry.series()
      let read = try TimeSeries(table: CSVTable(text: csv), name: name, rule: entry.rule)
      #expect(read.observations == series.observations)
      #expect(read.unit == series.unit)
    }
  }

  @Test func showCitesEverySource() throws {
    let text = try Tool.run("datasets", "show", "energy/crude").output
    let cited = Set(try Datasets.energy.crude().observations.compactMap(\.source))
    for source in cited.flatMap({ $0.split(separator: ";") }) { #expect(text.contains("\n\(source): ")) }
  }

  @Test func figuresInJSONAreTheFile() throws {
    let document = try Tool.run("datasets", "show", "energy/lng", "--format", "json").json()
    let figures = try #require(document["figures"]).list
    #expect(figures.map { $0["value"]?.number } == (try Datasets.energy.lng().values))
    #expect(figures[2]["value"] == .null)
  }
}

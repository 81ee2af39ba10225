import Datasets
import Forecasting
import ForecastModels
import Testing

@Suite struct GrowthCommandTests {
  @Test func figuresAreTheLibrarys() throws {
    let run = try Tool.run("growth", "--dataset", "energy/crude", "--format", "json")
    #expect(run.status == 0 && run.errors.isEmpty)
    let documents = try run.json().list
    let rows = GrowthSurvey().rows(try Datasets.energy.crude())
    #expect(documents.count == rows.count)
    for (document, row) in zip(documents, rows) {
      #expect(document["model"]?.text == row.model)
      let fit = try row.fit.get()
      #expect(document["aicc"]?.number == fit.aicc)
      #expect(document["rate_per_year_upper"]?.number == fit.figures.ratePerYear?.upper)
      #expect(document["mase"]?.number == (try row.backtest.get().mase))
      if case .unidentified(let bound) = fit.figures.capacityStatus {
        #expect(document["capacity_status"]?.text == "unidentified")
        #expect(document["capacity_lower"]?.number == bound && document["capacity_upper"] != nil)
      }
    }
  }

  @Test func textTellsCapacityFailuresAndOrigins() throws {
    let text = try Tool.run("growth", "--dataset", "energy/lng", "--dataset", "energy/crude").output
    for part in [
      "Series energy/lng, Mt", "needs at least 4 observations", "No rolling origin", "not identified", "≥ ",
      "Rolling origin: 3 origins, 1 period ahead", "Doubling", "AICc",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func csvHasARowAModel() throws {
    let csv = try Tool.run("growth", "--dataset", "energy/lng", "--format", "csv").output
    let lines = csv.split(separator: "\n")
    #expect(lines.count == 8 && lines[0].hasPrefix("series,unit,first,last,observations,model"))
    let columns = lines[0].split(separator: ",", omittingEmptySubsequences: false).count
    #expect(lines[1].split(separator: ",", omittingEmptySubsequences: false).count == columns)
  }

  @Test func whatIsNotThereIsRefused() throws {
    try Tool.refuses(["growth"], naming: ["--dataset NAME or --all"])
    try Tool.refuses(["growth", "--all", "--dataset", "energy/lng"], naming: ["either"])
    try Tool.refuses(["growth", "--dataset", "energy/crud"], naming: ["did you mean \"energy/crude\"?"])
    try Tool.refuses(["growth", "--all", "--noise", "aditive"], naming: ["additive"])
  }
}

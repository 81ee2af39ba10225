import Datasets
import ForecastModels
import Forecasting
import Foundation
import TestSupport
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

  @Test func textHasTheNumbersOfEveryModel() throws {
    let text = try Tool.run("growth", "--dataset", "energy/lng", "--dataset", "energy/crude").output
    for part in ["Series energy/lng, Mt", "No rolling origin", "Rolling origin: 3 origins, 1 period ahead"] {
      #expect(text.contains(part), "\(part)")
    }
    let tables = text.components(separatedBy: "Series ")
    let lines = try #require(tables.last).split(separator: "\n")
    for row in GrowthSurvey().rows(try Datasets.energy.crude()) {
      let fit = try row.fit.get()
      let trial = try row.backtest.get()
      let name = String(row.model.prefix { $0 != "(" }.dropLast(row.model.contains("(") ? 1 : 0))
      let line = try #require(lines.first { $0.hasPrefix(name + " ") }, "\(name)")
      let cells = line.split(separator: " ").map(String.init)
      var expected = [try #require(trial.mase)].map { NumberText.fixed($0, 2) }
      expected += [fit.aicc].compactMap { $0.map { NumberText.fixed($0, 1) } }
      expected += [NumberText.significant(trial.crps, 3)]
      if let rate = fit.figures.ratePerYear?.value { expected.append(NumberText.significant(rate, 4)) }
      switch fit.figures.capacityStatus {
      case .identified(let lower, let upper):
        expected += [lower, upper].map { NumberText.significant($0, 4) }
      case .unidentified(let lower): expected += ["identified", "≥", NumberText.significant(lower, 4)]
      case .given, nil: break
      }
      for cell in expected { #expect(cells.contains(cell), "\(cell) in \(line)") }
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

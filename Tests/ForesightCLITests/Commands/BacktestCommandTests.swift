import Datasets
import ForecastModels
import Forecasting
import Testing

@testable import ForesightCLI

@Suite struct BacktestCommandTests {
  private let call = [
    "backtest", "--models", "naive,drift,exponential-growth", "--dataset", "energy/crude", "--horizon", "2",
    "--initial", "4",
  ]

  private func expected() throws -> Backtest {
    try RollingOrigin(initial: 4, horizon: 2)
      .backtest([Naive(), Drift(), ExponentialGrowth()], on: Datasets.energy.crude())
  }

  @Test func scoresAndTestsAreTheLibrarys() throws {
    let document = try Tool.run(call + ["--metrics", "mae,crps,coverage-80", "--format", "json"]).json()
    let table = try expected().scores(.mae, .crps, .coverage(0.8))
    let models = try #require(document["models"]).list
    #expect(models.map { $0["model"]?.text } == table.rows.map(\.model))
    for (model, row) in zip(models, table.rows) {
      #expect(model["scores"]?["mae"]?.number == row.scores[0].value)
      #expect(model["scores"]?["crps"]?.number == row.scores[1].value)
      #expect(model["scores"]?["coverage-80"]?.number == row.scores[2].value)
    }
    let best = try #require(models[0]["model"]?.text)
    #expect(models[0]["diebold_mariano"] == .null)
    for pair in try expected().comparisons(loss: .absolute) where pair.first == best || pair.second == best {
      let other = try #require(
        models.first { $0["model"]?.text == (pair.first == best ? pair.second : pair.first) })
      let test = try #require(pair.test)
      #expect(other["diebold_mariano"]?["p_value"]?.number == test.pValue)
      let sign = pair.first == best ? -1.0 : 1
      #expect(other["diebold_mariano"]?["statistic"]?.number == sign * test.statistic)
    }
  }

  @Test func rowsAreTheTable() throws {
    let csv = try CSVTable(text: Tool.run(call + ["--metrics", "rmse", "--format", "csv"]).output)
    let table = try expected().scores(.rmse)
    #expect(csv.header == ["unique_id", "model", "rmse", "failures", "dm", "dm_p_value"])
    #expect(csv.rows.map { $0.fields[1] } == table.rows.map(\.model))
    #expect(csv.rows.map { Double($0.fields[2]) } == table.rows.map { $0.scores[0].value })
  }

  @Test func stepsAreShownOnDemand() throws {
    let text = try Tool.run(call + ["--by-steps"]).output
    #expect(text.contains("MASE by periods ahead"))
    #expect(!(try Tool.run(call).output.contains("by periods ahead")))
  }

  @Test func failuresOfOneModelAreNotes() throws {
    let run = try Tool.run(
      "backtest", "--models", "seasonal-naive,drift", "--dataset", "trade/total", "--horizon", "3",
      "--initial",
      "100")
    #expect(run.status == 0)
    #expect(run.output.contains("Seasonal naive failed at"))
  }

  @Test func modelsAreSeparatedWithTheirOptions() {
    #expect(
      BacktestCommand.separated(["a,b:x=1,y=2,c", "d:z=3"]) == ["a", "b:x=1,y=2", "c", "d:z=3"])
  }

  @Test(arguments: [
    (["--models", "naive,drft"], "\"drift\""),
    (["--models", "naive,naive"], "twice"),
    (["--models", "naive", "--metrics", "masee"], "\"mase\""),
    (["--models", "naive", "--metrics", "coverage-120"], "120"),
    (["--models", "naive", "--initial", "0"], "initial"),
    (["--models", "naive", "--initial", "50"], "52"),
    (["--models", "naive", "--step", "0"], "step"),
    (["--models", "naive", "--window", "slidng"], "\"sliding\""),
    (["--models", "naive", "--loss", "cubic"], "squared"),
    (["--models", "seasonal-naive:season=40"], "Seasonal"),
  ]) func badCalls(_ options: [String], _ part: String) throws {
    try Tool.refuses(
      ["backtest", "--dataset", "energy/crude", "--horizon", "2"] + options, naming: [part])
  }
}

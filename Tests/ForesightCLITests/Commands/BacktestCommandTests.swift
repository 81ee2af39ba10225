import Datasets
import ForecastModels
import Forecasting
import TestSupport
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
    let csv = try CSVTable(
      text: Tool.run(call + ["--metrics", "rmse", "--digits", "17", "--format", "csv"]).output)
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

  /// Models of one name are told apart by what was typed; others keep their names.
  @Test func modelsOfOneNameAreLabelled() throws {
    let typed = ["ets:form=ANN", "ets:form=ANN,bounds=admissible", "naive"]
    let run = try Tool.run(
      "backtest", "--models", typed.joined(separator: ","), "--dataset", "energy/crude", "--horizon", "1",
      "--initial", "6", "--format", "json", "--metrics", "mae")
    let models = try #require(run.json()["models"]).list.compactMap { $0["model"]?.text }
    #expect(Set(models) == [typed[0], typed[1], "Naive"])
    try Tool.refuses(
      ["backtest", "--models", "naive,naive", "--dataset", "energy/crude", "--horizon", "1"],
      naming: ["naive", "twice"])
  }

  /// A benchmark is named as the model was asked for, or as the table names it.
  @Test func benchmarksHaveEitherName() throws {
    let scores = try ["naive", "Naive"].map { name in
      try Tool.run(call + ["--metrics", "owa:\(name)", "--format", "json"]).json()["models"]
    }
    #expect(scores[0] != nil && scores[0] == scores[1])
    try Tool.refuses(call + ["--metrics", "owa:driff"], naming: ["driff"])
  }

  /// Fifty replicates with five thousand paths each are scored in seconds.
  @Test func bootstrapsAreScored() throws {
    let rows = (0..<40).map { (t: Int) -> String in
      let month = t % 12 + 1
      let level = 100 + (t * t * 31) % 17 * (t + 5)
      return "\(2020 + t / 12)-\(month < 10 ? "0" : "")\(month),\(level)\n"
    }
    let clock = ContinuousClock()
    let time = try clock.measure {
      let run = try Tool.run(
        [
          "backtest", "--input", "-", "--models", "bootstrap:model=ets,model.form=MAM", "--horizon", "2",
          "--initial", "36", "--step", "2", "--metrics", "crps",
        ], input: "period,value\n" + rows.joined())
      #expect(run.status == 0 && run.output.contains("Bootstrap"), "\(run.errors)")
    }
    #expect(time < .seconds(120))
  }
}

import Foundation
import TestSupport
import Testing

/// `scenario run --draw`, `explain`, `compare`, `condition`, `plot` and `export` at the command line.
@Suite struct ScenarioStudyCommandTests {
  private let few = ["--draws", "256", "--replicates", "2"]

  @Test func aDrawIsTheExplanationsMedianPath() throws {
    let explained = try Tool.run(
      ["scenario", "explain", "power-of-siberia-2", "ps2[2040]", "--format", "json"] + few
    ).json()
    let number = Int(try #require(explained["median_draw"]?.number))
    let draw = try Tool.run(
      ["scenario", "run", "power-of-siberia-2", "--draw", "\(number)", "--format", "json"] + few
    ).json()
    let flow = try #require(draw["parts"]?.list.first { $0["name"]?.text == "ps2" })
    let years = try #require(flow["years"]).list.map(\.number)
    let place = try #require(years.firstIndex(of: 2040))
    #expect(flow["values"]?.list[place].number == explained["p50"]?.number)
    let text = try Tool.run(["scenario", "explain", "power-of-siberia-2", "ps2[2040]"] + few).output
    for part in [
      "Median path: draw", "contract_date", "judgement, mt25, belova", "power-of-siberia-2.yaml:", "room",
    ] {
      #expect(text.contains(part), "\(part)")
    }
  }

  @Test func comparisonsAndConditionsAnswerInEveryForm() throws {
    let compare = ["scenario", "compare", "power-of-siberia-2", "--set", "assets.ps2.capacity=38"] + few
    let document = try Tool.run(compare + ["--format", "json"]).json()
    let flow = try #require(document["differences"]?.list.first { $0["question"]?.text == "flow_2040" })
    #expect(try #require(flow["difference"]?.number) < 0)
    #expect(try Tool.run(compare + ["--format", "csv"]).output.hasPrefix("question,of,unit,first,second"))
    #expect(try Tool.run(compare).output.contains("assets.ps2.capacity=38"))
    let condition = ["scenario", "condition", "power-of-siberia-2", "--given", "first_gas < 2033"] + few
    let text = try Tool.run(condition).output
    #expect(text.contains("given first_gas < 2033") && text.contains("paths satisfy the condition"))
    #expect(text.contains("so the answer is imprecise"))
    let set = try Tool.run(
      ["scenario", "condition", "power-of-siberia-2", "--do", "first_gas=never", "--format", "json"] + few
    ).json()
    let answer = try #require(set["answers"]?.list.first { $0["question"]?.text == "flow_2040" })
    #expect(answer["figures"]?.list.first { $0["name"]?.text == "mean" }?["value"]?.number == 0)
  }

  @Test func plotsAndExportsHoldTheFigures() throws {
    let fan = try Tool.run(["scenario", "plot", "power-of-siberia-2", "ps2", "--format", "csv"] + few).output
    #expect(fan.hasPrefix("year,mean,p2.5,p10,p50,p90,p97.5\n2026,"))
    #expect(
      try Tool.run(["scenario", "plot", "power-of-siberia-2", "ps2"] + few).output.contains("o median"))
    let curve = try Tool.run(
      ["scenario", "plot", "power-of-siberia-2", "first_gas", "--format", "json"] + few
    ).json()
    let points = try #require(curve["curve"]).list.compactMap { $0["probability"]?.number }
    #expect(points.count == 101 && zip(points, points.dropFirst()).allSatisfy { $0 >= $1 } && points[0] == 1)
    let rows = try Tool.run(["scenario", "export", "cn-ru-trade", "--paths", "3", "--region", "Asia"] + few)
      .output
      .split(separator: "\n").map { $0.split(separator: ",") }
    #expect(rows[0].joined(separator: ",") == "model,scenario,region,variable,unit,year,value")
    func value(_ variable: String) -> Double? {
      rows.first { $0[1] == "cn-ru-trade draw 2" && $0[3] == variable && $0[5] == "2028" }.flatMap {
        Double($0[6])
      }
    }
    let parts = try #require(value("total_trade|exports")) + #require(value("total_trade|imports"))
    #expect(abs(try #require(value("total_trade")) - parts) < 1e-9)
    #expect(rows.dropFirst().allSatisfy { $0[2] == "Asia" })
  }

  /// The hindcast of Power of Siberia-1, with its first prior of utilisation, by the independent implementation: .34 .76 1.22 1.64 2.10 5.11, mean 1.86.
  @Test func hindcastsAreScored() throws {
    let prior = "inputs.utilisation.pert=[0.70,0.93,1.02]"
    let document = try Tool.run("scenario", "score", "pos1-2020", "--set", prior, "--format", "json").json()
    let scores = try #require(document["scores"]).list.compactMap { $0["crps"]?.number }
    for (score, expected) in zip(scores, [0.34, 0.76, 1.22, 1.64, 2.10, 5.11]) {
      // Its deliveries are rounded to 0.1, those scored here to 0.01.
      #expect(abs(score - expected) < 0.05, "\(scores)")
    }
    let mean = try #require(document["mean_crps"]?.number)
    #expect(abs(mean - 1.86) < 0.03)
    // That prior had no room for what a full line can carry; the file's own has, and scores better.
    let own = try Tool.run("scenario", "score", "pos1-2020", "--format", "json").json()
    #expect(try #require(own["mean_crps"]?.number) < mean)
    let altai = try Tool.run("scenario", "score", "altai-2008", "--format", "json").json()
    let score = try #require(altai["scores"]?.list.first)
    let said = try #require(score["probability"]?.number)
    #expect(abs(try #require(score["brier"]?.number) - said * said) < 1e-15)
    #expect(abs(try #require(score["log_score"]?.number) + log(1 - said)) < 1e-12)
    let scratch = try Scratch()
    try scratch.file("o.csv", "quantity,outcome\nline[2020],never\n")
    try Tool.refuses(
      ["scenario", "score", "pos1-2020", "--outcomes", "o.csv"] + few,
      naming: ["line[2020]", "never is a date"], in: scratch)
    try Tool.refuses(["scenario", "score", "pos1-44"], naming: ["no outcomes"])
  }

  @Test func refusals() throws {
    for (arguments, parts) in [
      (["run", "power-of-siberia-2", "--draw", "999999999"], ["no draw 999999999"]),
      (["run", "power-of-siberia-2", "--draw", "1", "--questions", "flow_2035"], ["--questions"]),
      (["explain", "power-of-siberia-2", "ps3[2035]"], ["ps3", "did you mean"]),
      (["explain", "power-of-siberia-2", "ps2"], ["every year"]),
      (["compare", "power-of-siberia-2"], ["--set"]),
      (["compare", "power-of-siberia-2", "cn-ru-trade"], ["no question can be compared"]),
      (["condition", "power-of-siberia-2"], ["--given"]),
      (["condition", "power-of-siberia-2", "--do", "price"], ["name=number"]),
      (["condition", "power-of-siberia-2", "--given", "price >"], ["price >"]),
      (["plot", "power-of-siberia-2", "ps2[2077]"], ["2077"]),
      (["export", "power-of-siberia-2", "--paths", "0"], ["--paths must be from 1"]),
      (["export", "altai-2008"], ["no yearly quantity"]),
      (["condition", "power-of-siberia-2", "--do", "prise=3"], ["prise", "did you mean \"price\""]),
    ] { try Tool.refuses(["scenario"] + arguments, naming: parts) }
  }
}

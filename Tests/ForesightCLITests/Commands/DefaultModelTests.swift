import Foundation
import TestSupport
import Testing

@Suite struct DefaultModelTests {
  /// Four weeks of hours with a day and a week.
  static let hours: String = {
    var rows = "period,value\n"
    for t in 0..<672 {
      let day = t / 24 + 1
      let value = 100 + 10 * (t % 24 < 12 ? 1 : -1) + ((t / 24) % 7 > 4 ? 30 : 0) + (t * t) % 3
      rows += "2024-01-\(day < 10 ? "0" : "")\(day)T\(t % 24 < 10 ? "0" : "")\(t % 24),\(value)\n"
    }
    return rows
  }()

  @Test(arguments: [
    ["forecast", "--horizon", "2", "--model", "ridge-ar"], ["fit", "--model", "mstl"],
    ["fit", "--model", "linear-regression:season=fourier:1"], ["decompose"],
    ["backtest", "--models", "naive,mean", "--horizon", "24", "--step", "200"],
  ]) func everyCommandTakesSeveralSeasons(_ call: [String]) throws {
    let run = try Tool.run(call + ["--input", "-", "--season", "24+168"], input: Self.hours)
    #expect(run.status == 0, "\(run.errors)")
    if call.contains("linear-regression:season=fourier:1") { #expect(run.output.contains("sin 1 of 168")) }
    if call == ["decompose"] { #expect(run.output.contains("Season of 168")) }
  }

  @Test(arguments: ["24+x", "", "24+24", "0", "1+7", "1000001", "24++168"])
  func seasonsWithoutMeaningAreRefused(_ season: String) throws {
    let run = try Tool.run(["fit", "--model", "mean", "--input", "-", "--season", season], input: Self.hours)
    #expect(run.status == 2 && run.output.isEmpty && run.errors.contains("--season"))
  }

  @Test func theDomainAndRobustnessOfTheDefaultHaveFlags() throws {
    let rows = "period,value\n" + (0..<40).map { "\(1980 + $0),\(($0 * 7) % 10)\n" }.joined()
    func run(_ options: [String]) throws -> Tool.Run {
      try Tool.run(["forecast", "--input", "-", "--horizon", "3", "--format", "csv"] + options, input: rows)
    }
    let flags = try run(["--domain", "0..9", "--robust"])
    let named = try run(["--model", "auto:domain=0..9,robust=true"])
    #expect(flags.status == 0 && flags.output == named.output)
    let refusals = [
      (["--domain", "0..4"], "between 0.0 and 4.0"), (["--domain", "low"], "domain"),
      (["--domain", "unit", "--model", "naive"], "--domain"), (["--robust", "--model", "ets"], "--robust"),
      (["--domain", "unit", "--option", "domain=real"], "twice"),
    ]
    for (options, word) in refusals {
      let refused = try run(options)
      #expect(refused.status == 2 && refused.errors.contains(word), "\(refused.errors)")
    }
    let backtest = try Tool.run(
      ["backtest", "--input", "-", "--horizon", "2", "--step", "10", "--models", "naive", "--robust"],
      input: rows)
    #expect(backtest.status == 2 && backtest.errors.contains("not among the models"))
  }

  @Test func theMembersOfTheDefaultAreShown() throws {
    let run = try Tool.run("models", "show", "auto")
    #expect(run.status == 0 && run.output.contains("What it is for") && run.output.contains("Temporal blend"))
    #expect(try !Tool.run("models", "show", "naive").output.contains("What it is for"))
  }
}

@Suite struct HolidayOptionTests {
  /// Three hundred days of 2023, doubled on the days of China's Spring Festival and on October 1 to 6.
  private static let days: String = {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var rows = "unique_id,ds,y\n"
    for month in 1...10 {
      for day in 1...lengths[month - 1] {
        let isHoliday = month == 1 && (22...25).contains(day) || month == 10 && (1...6).contains(day)
        let value = (20 + (day * day + month) % 5) * (isHoliday ? 2 : 1)
        rows += "shop,2023-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day),\(value)\n"
      }
    }
    return rows
  }()

  @Test(arguments: [
    ["forecast", "--model", "mean", "--horizon", "40"], ["fit", "--model", "mean"],
    ["backtest", "--models", "mean,naive", "--horizon", "5", "--step", "60"],
    ["batch", "--model", "mean", "--horizon", "3"],
  ]) func everyCommandTakesHolidays(_ call: [String]) throws {
    let run = try Tool.run(
      call + ["--input", "-", "--holidays", "CN,RU", "--holiday-window", "1,1"], input: Self.days)
    #expect(run.status == 0, "\(run.errors)")
    if call[0] == "fit" { #expect(run.output.contains("effect of CN Spring Festival")) }
  }

  @Test(arguments: [
    (["--holidays", "CX"], "CX"), (["--holidays", ""], "holidays"),
    (["--holiday-window", "1,1"], "--holidays"),
    (["--holidays", "CN", "--holiday-window", "1"], "--holiday-window"),
    (["--holidays", "CN", "--holiday-window", "1,99"], "--holiday-window"),
    (["--holidays", "CN,cn"], "once"),
  ]) func holidaysWithoutMeaningAreRefused(_ options: [String], _ word: String) throws {
    let run = try Tool.run(["fit", "--model", "mean", "--input", "-"] + options, input: Self.days)
    #expect(run.status == 2 && run.output.isEmpty && run.errors.contains(word), "\(run.errors)")
  }
}

@Suite struct BacktestRegressorTests {
  @Test func modelsThatTakeVariablesHaveThemAndOthersGoWithout() throws {
    let scratch = try Scratch()
    let rows = (0..<40).map { (year: 1980 + $0, x: Double(($0 * 7) % 11)) }
    let variables = try scratch.file(
      "x.csv", "period,x\n" + rows.map { "\($0.year),\($0.x)\n" }.joined()
    ).path
    let data = "period,value\n" + rows.map { "\($0.year),\(20 + 3 * $0.x)\n" }.joined()
    let call = [
      "backtest", "--input", "-", "--horizon", "2", "--step", "4", "--format", "csv", "--metrics", "mae",
    ]
    let run = try Tool.run(
      call + ["--models", "linear-regression,mean", "--regressors", variables], input: data)
    #expect(
      run.status == 0 && run.output.contains("Linear regression") && run.output.contains("Mean"),
      "\(run.errors)")
    #expect(run.output.split(separator: "\n").dropFirst().first?.contains("Linear regression") ?? false)
    let refused = try Tool.run(call + ["--models", "mean,naive", "--regressors", variables], input: data)
    #expect(refused.status == 2 && refused.errors.contains("none of the models"))
  }
}

import ForecastModels
import Forecasting
import Foundation
import TestSupport
import Testing

/// Bad input and bad calls: one line, the right exit code, nothing on standard output.
@Suite struct RefusalTests {
  /// A file and what the message must name.
  struct BadFile: CustomTestStringConvertible {
    let name: String
    let text: String
    let parts: [String]
    var testDescription: String { name }
  }

  static let badFiles = [
    BadFile(name: "number", text: "period,value\n2020-01,1\n2020-02,x\n", parts: ["bad.csv:3:", "\"x\""]),
    BadFile(name: "not finite", text: "period,value\n2020-01,1\n2020-02,inf\n", parts: ["bad.csv:3:"]),
    BadFile(name: "hexadecimal", text: "period,value\n2020-01,1\n2020-02,0x10\n", parts: ["bad.csv:3:"]),
    BadFile(name: "NUL", text: "period,value\n2020-01,1\n2020-02,3\0\n", parts: ["bad.csv:3:"]),
    BadFile(name: "period", text: "period,value\n2020-01,1\n2020-13,2\n", parts: ["bad.csv:3:", "2020-13"]),
    BadFile(
      name: "duplicate", text: "period,value\n2020-01,1\n2020-01,2\n",
      parts: ["bad.csv:3:", "more than once"]),
    BadFile(
      name: "overlap", text: "period,value\n2020-01/2020-02,1\n2020-02,2\n",
      parts: ["bad.csv:3:", "overlaps"]),
    BadFile(
      name: "day or month", text: "period,value\n02/02/2020,1\n03/02/2020,2\n",
      parts: ["bad.csv:3:", "2020-02-03", "2020-03-02", "--date-order"]),
    BadFile(name: "pair", text: "period,value\n1/2,1\n2/2,2\n", parts: ["bad.csv:2:", "--frequency index"]),
    BadFile(
      name: "units", text: "period,value,unit\n2020-01,1,Mt\n2020-02,2,kt\n",
      parts: ["bad.csv:3:", "Mt", "kt"]),
    BadFile(
      name: "frequencies", text: "period,value\n2020-01,1\n2020-Q2,2\n", parts: ["bad.csv:3:", "quarter"]),
    BadFile(name: "field count", text: "period,value\n2020-01,1,2\n", parts: ["bad.csv:2:"]),
    BadFile(name: "quote", text: "period,value\n2020-01,\"1\n", parts: ["bad.csv:2:", "quote"]),
    BadFile(name: "column", text: "when,value\nx,1\ny,2\n", parts: ["bad.csv:1:", "dates", "--date"]),
    BadFile(
      name: "decimal mark", text: "period;value\n2020-01;1,500\n2020-02;2,500\n",
      parts: ["bad.csv:2:", "1500", "1.5", "--decimal"]),
    BadFile(
      name: "columns", text: "period\ta\tb\n2020-01\t1\t2\n2020-02\t1\t2\n",
      parts: ["bad.csv:1:", "a", "--value"]),
    BadFile(
      name: "column twice", text: "period,value,value\n2020,1,2\n", parts: ["bad.csv:1:", "more than once"]),
    BadFile(name: "empty", text: "", parts: ["bad.csv"]),
    BadFile(name: "header alone", text: "period,value\n", parts: ["bad.csv"]),
    BadFile(
      name: "negative", text: "period,value\n2020,1\n2021,2\n2022,-3\n2023,4\n",
      parts: ["bad.csv:4:", "positive", "2022"]),
    BadFile(name: "too short", text: "period,value\n2020,1\n2021,2\n", parts: ["bad.csv", "2"]),
    BadFile(
      name: "huge gap", text: "period,value\n1,1\n999999999,2\n", parts: ["bad.csv:3:", "2/999999998"]),
    BadFile(
      name: "smallest integer", text: "period,value\n-9223372036854775808,1\n2020,2\n",
      parts: ["bad.csv:2:"]),
    BadFile(name: "largest integer", text: "ds,y\n9223372036854775807,1\n", parts: ["bad.csv:2:"]),
    BadFile(
      name: "several series", text: "unique_id,ds,y\na,1,1\nb,1,2\n", parts: ["bad.csv", "--series"]),
  ]

  @Test(arguments: badFiles) func badFile(_ file: BadFile) throws {
    let scratch = try Scratch()
    try scratch.file("bad.csv", file.text)
    let call = ["fit", "--model", "exponential-growth", "--input", "bad.csv"]
    try Tool.refuses(call, naming: file.parts, in: scratch)
    try Tool.refuses(call + ["--format", "json"], naming: file.parts, in: scratch)
  }

  @Test func badStandardInput() throws {
    try Tool.refuses(
      ["fit", "--model", "drift", "--input", "-"], naming: ["standard input:3:"],
      input: "period,value\n2020,1\n2021,?\n")
  }

  /// A device without an end is refused before it fills the memory.
  @Test(arguments: ["fit", "batch"]) func endlessDevices(_ verb: String) throws {
    let scratch = try Scratch()
    let options = verb == "batch" ? ["--horizon", "2", "--output", "out.csv"] : []
    try Tool.refuses(
      [verb, "--model", "drift", "--input", "/dev/zero"] + options, naming: ["/dev/zero"], in: scratch)
  }

  @Test func filesThatCannotBeRead() throws {
    let scratch = try Scratch()
    try Data([0x70, 0xFF, 0xFE, 0x0A]).write(to: scratch.folder.appending(path: "latin.csv"))
    for (file, part) in [
      ("none.csv", "no such file"), (".", "directory"), ("latin.csv", "latin.csv:1: no column holds dates"),
    ] {
      try Tool.refuses(
        ["fit", "--model", "drift", "--input", file], naming: [file, part], in: scratch)
      try Tool.refuses(["scenario", "validate", "./" + file], naming: [file], in: scratch)
    }
  }

  @Test func pipesAreReadLikeFiles() throws {
    let series = "period,value\n2020,1\n2021,3\n2022,4\n"
    let run = try Tool.run(["fit", "--model", "drift", "--input", "/dev/stdin"], input: series)
    #expect(run.status == 0 && run.output.hasPrefix("Drift"))
  }

  @Test(arguments: [
    (
      ["forecast", "--model", "drift", "--dataset", "trade/total", "--horizon", "-1"],
      "--horizon must be at least 1, not -1"
    ),
    (
      ["forecast", "--model", "drift", "--dataset", "trade/total", "--horizon", "3", "--level", "-5"],
      "--level must be a percentage from 1 to below 100, not -5"
    ),
    (
      ["backtest", "--models", "", "--dataset", "trade/total", "--horizon", "3"],
      "--models must name at least one model"
    ),
    (
      ["scenario", "run", "power-of-siberia-2", "--questions", ""],
      "--questions must name at least one question"
    ),
  ]) func valuesThatMeanNothing(_ arguments: [String], _ part: String) throws {
    try Tool.refuses(arguments, naming: [part])
  }

  @Test func outputThatCannotBeWritten() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "\"$0\" datasets > /dev/full 2> \"$1\"", try Tool.program().path]
    let scratch = try Scratch()
    let errors = try scratch.file("err", "")
    process.arguments?.append(errors.path)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
    let text = try String(contentsOf: errors, encoding: .utf8)
    #expect(text.hasPrefix("foresight: cannot write") && text.split(separator: "\n").count == 1)
  }

  @Test func readerThatGoesAway() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let scratch = try Scratch()
    let errors = try scratch.file("err", "")
    process.arguments = [
      "-c", "\"$0\" datasets show prices/gas-europe 2> \"$1\" | head -1 > /dev/null", try Tool.program().path,
      errors.path,
    ]
    try process.run()
    process.waitUntilExit()
    #expect(try String(contentsOf: errors, encoding: .utf8) == "")
  }

  @Test(arguments: [
    (["forcast"], ["forcast", "\"forecast\""]),
    (["datasets", "shw"], ["\"show\""]),
    (["help", "forcast"], ["\"forecast\""]),
    (["fit", "--model", "exponental-growth", "--dataset", "trade/total"], ["\"exponential-growth\""]),
    (["fit", "--model", "drift", "--dataset", "trade/totl"], ["\"trade/total\""]),
    (["fit", "--mdel", "drift", "--dataset", "trade/total"], ["--mdel", "--model"]),
    (["fit", "--model", "exponential-growth:nose=poisson", "--dataset", "trade/total"], ["\"noise\""]),
    (
      ["fit", "--model", "exponential-growth", "--option", "noise=poison", "--dataset", "trade/total"],
      ["\"poisson\""]
    ),
    (["fit", "--model", "drift", "--dataset", "trade/total", "--format", "jsn"], ["\"json\""]),
    (["models", "show", "drft"], ["\"drift\""]),
    (["fit", "--model", "ets:", "--dataset", "trade/total"], ["ets:", "name:option=value"]),
    (["datasets", "show", "brent"], ["\"prices/brent\""]),
  ]) func mistypedName(_ call: [String], _ parts: [String]) throws {
    try Tool.refuses(call, naming: parts)
  }

  @Test(arguments: [
    (["--horizon", "0"], "horizon"),
    (["--horizon=-3"], "horizon"),
    (["--horizon", "99999999999"], "horizon"),
    (["--horizon", "ten"], "ten"),
    (["--horizon", "3", "--level", "120"], "120"),
    (["--horizon", "3", "--level", "0.8"], "0.8"),
    (["--horizon", "3", "--level", "nan"], "level"),
    (["--horizon", "3", "--from", "soon"], "soon"),
    (["--horizon", "3", "--from", "2031-01"], "2031-01"),
    (["--horizon", "3", "--total", "2040"], "2040"),
    (["--horizon", "3", "--total", "x"], "x"),
    (["--horizon", "3", "--from", "2024-05", "--to", "2023-01"], "--from 2024-05: is after --to 2023-01"),
    (["--horizon", "3", "--to", "2001-01"], "--to 2001-01"),
    (["--horizon", "3", "--from", "2001-01", "--to", "2002-01"], "--to 2002-01"),
    (["--horizon", "3", "--season", "0"], "season"),
    (["--horizon", "3", "--rule", "mean"], "--rule"),
    (["--horizon", "3", "--option", "season"], "--option season"),
    (["--horizon", "3", "--input", "y.csv"], "--dataset"),
  ]) func badOption(_ options: [String], _ part: String) throws {
    try Tool.refuses(["forecast", "--model", "drift", "--dataset", "trade/total"] + options, naming: [part])
  }

  /// Values at the edge of what a Double holds: an answer, or one line that says why there is none.
  @Test(arguments: Registry.models.map(\.name) + ["linear-regression:covariance=hac"])
  func noModelTrapsOnHugeValues(_ model: String) throws {
    let csv =
      "period,value\n2020,1e308\n2021,1.2e308\n2022,1.4e308\n2023,1.7e308\n2024,1.7e308\n2025,1.6e308\n"
    let run = try Tool.run(
      "forecast", "--model", model, "--input", "-", "--horizon", "3", "--format", "json", input: csv)
    #expect([0, 1, 2].contains(run.status), "\(run.errors)")
    if run.status == 0 {
      #expect(try run.json()["steps"]?.list.count == 3)
    } else {
      #expect(run.output.isEmpty && run.errors.split(separator: "\n").count == 1)
    }
  }

  /// A figure that is out of range is named with the range; digits that say nothing are left out.
  @Test func rangesAreNamed() throws {
    let csv = "period,value\n2020,1e300\n2021,2e300\n2022,3e300\n2023,1.5e300\n2024,2.5e300\n2025,1.9e300\n"
    try Tool.refuses(
      ["fit", "--model", "ets", "--input", "-"], status: 1, naming: ["1.34e300", "3.2e-145", "3.12e144"],
      input: csv)
    try Tool.refuses(
      ["fit", "--model", "naive", "--input", "-"], status: 1,
      naming: ["variance is not a finite number", "1.8e296"], input: csv)
  }

  /// Working days have no value at two places of the week: the message says at which.
  @Test func seasonsWithoutAValueAreNamed() throws {
    // 2024-01-01 is a Monday.
    let days = (1...28).filter { ($0 - 1) % 7 < 5 }
    let csv = "period,value\n" + days.map { "2024-01-\($0 < 10 ? "0" : "")\($0),\(10 + $0 % 3)\n" }.joined()
    let part = "has no value at positions 6 and 7 of the 7-period cycle that starts at 2024-01-01"
    let calls = [["forecast", "--model", "seasonal-naive", "--horizon", "1"], ["decompose"]]
    for call in calls {
      try Tool.refuses(
        call + ["--input", "-", "--frequency", "day"], naming: ["standard input: ", part], input: csv)
    }
  }

  @Test(arguments: ["croston", "sba", "tsb", "adida", "imapa"])
  func negativeDemandHasItsLine(_ model: String) throws {
    try Tool.refuses(
      ["fit", "--model", model, "--input", "-"],
      naming: ["standard input:4: ", "at least 0.0; series \"standard input\" has -3.0 at 2022"],
      input: "period,value\n2020,1\n2021,0\n2022,-3\n2023,4\n")
  }

  /// A fault of external variables names their file, with column and period.
  @Test func faultsOfRegressorsAreThoseOfTheirFile() throws {
    let scratch = try Scratch()
    let years = Array(2000...2019)
    try scratch.file("y.csv", "period,value\n" + years.map { "\($0),\($0 * 37 % 11)\n" }.joined())
    func variables(_ years: [Int], hole: Int? = nil) -> String {
      "period,a,b\n" + years.map { "\($0),\($0 == hole ? "" : "\($0 * 5 % 7)"),1.\($0 % 9)\n" }.joined()
    }
    try scratch.file("x_na.csv", variables(years, hole: 2003))
    try scratch.file("x_short.csv", variables(Array(2000...2015)))
    try scratch.file("x.csv", variables(years))
    let call = ["forecast", "--input", "y.csv", "--model", "linear-regression", "--horizon", "2"]
    try Tool.refuses(
      call + ["--regressors", "x_na.csv"],
      naming: ["x_na.csv:5: ", "\"\" in column \"a\" at 2003 is not a finite number"], in: scratch)
    try Tool.refuses(
      call + ["--regressors", "x_short.csv"],
      naming: ["foresight: x_short.csv: regressor a has no value for 2016"], in: scratch)
    try Tool.refuses(
      call + ["--regressors", "x.csv"],
      naming: ["foresight: x.csv: regressor a has no value for 2020"], in: scratch)
    let fit = ["fit", "--input", "y.csv", "--model", "linear-regression", "--regressors", "x.csv"]
    #expect(try Tool.run(fit + ["--save", "m.json"], in: scratch).status == 0)
    try Tool.refuses(
      ["forecast", "--fitted", "m.json", "--horizon", "2", "--regressors", "x_short.csv"],
      naming: ["foresight: x_short.csv: regressor a has no value for 2020"], in: scratch)
  }

  @Test func oneIsSingular() throws {
    try Tool.refuses(
      ["backtest", "--models", "naive", "--input", "-", "--horizon", "1"],
      naming: ["needs at least 2 periods", "covers 1"], input: "period,value\n2020,1\n")
    let run = try Tool.run(
      "forecast", "--model", "mean", "--input", "-", "--horizon", "1", input: "period,value\n2020,1\n2021,3\n"
    )
    #expect(run.output.contains("1 period after 2021"))
  }
}

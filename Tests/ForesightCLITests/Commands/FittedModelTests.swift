import Foundation
import TestSupport
import Testing

@Suite("Fitted models in files")
struct FittedModelTests {
  private static func rows(_ count: Int) -> String {
    "period,value\n"
      + (0..<count).map { t in
        let value = 50.0 + Double(t) + 5 * sin(Double(t) / 2) + Double(t * 37 % 11)
        return "\(2015 + t / 12)-\(t % 12 < 9 ? "0" : "")\(t % 12 + 1),\(value)\n"
      }.joined()
  }

  @Test(
    "a saved model forecasts as the fit does, to the bit",
    arguments: [
      "auto", "auto-ets", "auto-arima", "dotm", "auto-ces", "drift", "seasonal-naive",
      "conformal:model=naive",
    ])
  func savedModelsForecastTheSame(model: String) throws {
    let scratch = try Scratch()
    _ = try scratch.file("y.csv", Self.rows(60))
    let fit = try Tool.run("fit", "--input", "y.csv", "--model", model, "--save", "m.json", in: scratch)
    #expect(fit.status == 0, "\(fit.errors)")
    let read = try Tool.run(
      "forecast", "--fitted", "m.json", "--horizon", "6", "--format", "csv", in: scratch)
    let made = try Tool.run(
      "forecast", "--input", "y.csv", "--model", model, "--horizon", "6", "--format", "csv", in: scratch)
    #expect(read.status == 0 && !read.output.isEmpty)
    // The name of the series is that of the file; everything else is the same.
    #expect(read.output == made.output)
  }

  @Test("a series given beside it moves the state, not the parameters")
  func laterSeriesMoveTheState() throws {
    let scratch = try Scratch()
    _ = try scratch.file("early.csv", Self.rows(60))
    _ = try scratch.file("late.csv", Self.rows(66))
    _ = try Tool.run("fit", "--input", "early.csv", "--model", "drift", "--save", "m.json", in: scratch)
    let document = try JSONDecoder().decode(
      JSON.self, from: Data(contentsOf: scratch.folder.appending(path: "m.json")))
    guard case .object(let fields) = document, case .object(let estimates)? = fields["estimates"],
      case .number(let drift)? = estimates["drift"]
    else {
      Issue.record("no drift in the document")
      return
    }
    let run = try Tool.run(
      "forecast", "--fitted", "m.json", "--input", "late.csv", "--horizon", "2", "--digits", "17", "--format",
      "csv",
      in: scratch)
    let means = run.output.split(separator: "\n").dropFirst().compactMap { line -> Double? in
      let cells = line.split(separator: ",")
      return cells.compactMap { Double($0) }.first
    }
    #expect(means.count == 2)
    if means.count == 2 { #expect(abs(means[1] - means[0] - drift) < 1e-6) }
  }

  @Test("a series that ends before the fit, and options of a series that is not given, are refused")
  func whatWouldBeIgnoredIsRefused() throws {
    let scratch = try Scratch()
    _ = try scratch.file("early.csv", Self.rows(60))
    _ = try scratch.file("late.csv", Self.rows(66))
    _ = try Tool.run("fit", "--input", "late.csv", "--model", "drift", "--save", "m.json", in: scratch)
    let call = ["forecast", "--fitted", "m.json", "--horizon", "2"]
    try Tool.refuses(
      call + ["--input", "early.csv"], naming: ["through 2020-06", "ends before that, at 2019-12"],
      in: scratch)
    for option in [["--season", "4"], ["--from", "2016-01"], ["--to", "2018-01"]] {
      try Tool.refuses(call + option, naming: [option[0], "--fitted"], in: scratch)
    }
    // A model is not written over the data it was fitted to.
    try Tool.refuses(
      ["fit", "--input", "late.csv", "--model", "drift", "--save", "./late.csv"], naming: ["--save"],
      in: scratch)
  }

  @Test(
    "revised values are used from the first period on, and those that are not are named",
    arguments: ["ets:form=ANN", "mstl:model=ets,model.form=ANN", "auto"])
  func revisedValuesAreUsedOrNamed(model: String) throws {
    let scratch = try Scratch()
    let rows = Self.rows(60).split(separator: "\n").map(String.init)
    let revised = rows.enumerated().map { place, row -> String in
      guard place > 54 else { return row }
      let cells = row.split(separator: ",")
      return "\(cells[0]),\(1.5 * (Double(cells[1]) ?? 0))"
    }
    _ = try scratch.file("y.csv", rows.joined(separator: "\n") + "\n")
    _ = try scratch.file("revised.csv", revised.joined(separator: "\n") + "\n")
    _ = try Tool.run("fit", "--input", "y.csv", "--model", model, "--save", "m.json", in: scratch)
    let call = ["forecast", "--fitted", "m.json", "--horizon", "2"]
    func means(_ arguments: [String]) throws -> ([Double], JSON) {
      let run = try Tool.run(call + ["--format", "json"] + arguments, in: scratch)
      #expect(run.status == 0, "\(run.errors)")
      let document = try run.json()
      return ((document["steps"]?.list ?? []).compactMap { $0["mean"]?.number }, document["notes"] ?? .null)
    }
    let (held, none) = try means([])
    let (whole, silent) = try means(["--input", "revised.csv"])
    let (late, said) = try means(["--input", "revised.csv", "--from", "2016-01"])
    #expect(none == .list([]) && silent == .list([]))
    #expect(whole.count == 2 && zip(whole, held).allSatisfy { $0 > $1 + 1 }, "\(whole) \(held)")
    #expect(zip(late, held).allSatisfy { abs($0 - $1) < 1e-9 * $1 })
    let old = Double(rows[55].split(separator: ",")[1]) ?? 0
    let note =
      "6 values from 2019-07 on differ from those fitted (first: 2019-07, \(old) fitted, \(1.5 * old) given); "
      + "they were not used: give the series from its first period, 2015-01, or fit again"
    #expect(said == .list([.text(note)]))
    let text = try Tool.run(call + ["--input", "revised.csv", "--from", "2016-01"], in: scratch)
    #expect(text.output.hasSuffix("\n\n\(note)\n") && text.errors.isEmpty)
    let csv = try Tool.run(
      call + ["--input", "revised.csv", "--from", "2016-01", "--format", "csv"], in: scratch)
    #expect(csv.errors == "foresight: \(note)\n" && !csv.output.contains("differ"))
  }

  @Test("what is no fitted model is refused in one line that names the file")
  func badFilesAreRefused() throws {
    let scratch = try Scratch()
    _ = try scratch.file("y.csv", Self.rows(60))
    _ = try Tool.run("fit", "--input", "y.csv", "--model", "auto-ces", "--save", "m.json", in: scratch)
    let sealed = try String(contentsOf: scratch.folder.appending(path: "m.json"), encoding: .utf8)
    let hash = try #require(sealed.range(of: ",\"sha256\":\"[0-9a-f]{64}\"", options: .regularExpression))
    let whole = sealed.replacingCharacters(in: hash, with: "")
    for (name, text, part) in [
      ("cut.json", String(whole.prefix(whole.count / 2)), "not a fitted model"),
      ("empty.json", "", "not a fitted model"),
      ("other.json", "{\"format\":\"x\"}", "x is not the format"),
      ("later.json", whole.replacing("\"version\":1", with: "\"version\":9"), "version 9 is newer"),
      ("list.json", "[1,2]", "not a fitted model"),
      ("gains.json", whole.replacing("\"gains\":[", with: "\"gains\":[7,"), "gains"),
    ] {
      _ = try scratch.file(name, text)
      try Tool.refuses(["forecast", "--fitted", name, "--horizon", "3"], naming: [name, part], in: scratch)
    }
    try Tool.refuses(
      ["forecast", "--fitted", "none.json", "--horizon", "3"], naming: ["none.json"], in: scratch)
    try Tool.refuses(
      ["forecast", "--fitted", "m.json", "--model", "naive", "--horizon", "3"], naming: ["--model"],
      in: scratch)
    try Tool.refuses(
      ["forecast", "--fitted", "m.json", "--dataset", "prices/brent", "--to", "2016-01", "--horizon", "3"],
      naming: ["2016-01"], in: scratch)
  }

  @Test("a model with external variables is written, read and brought to a later series")
  func externalVariables() throws {
    let scratch = try Scratch()
    let rows = Self.rows(60)
    _ = try scratch.file("y.csv", rows)
    let lines = rows.split(separator: "\n").map(String.init)
    _ = try scratch.file("early.csv", lines.prefix(51).joined(separator: "\n") + "\n")
    var waves = "period,wave\n"
    for month in 0..<72 {
      let (year, number) = (2015 + month / 12, month % 12 + 1)
      waves += "\(year)-\(number < 10 ? "0" : "")\(number),\(month % 7)\n"
    }
    _ = try scratch.file("x.csv", waves)
    for model in ["arima:order=1-0-0", "linear-regression:errors=ar1"] {
      _ = try Tool.run(
        "fit", "--input", "early.csv", "--model", model, "--regressors", "x.csv", "--save", "m.json",
        in: scratch)
      let direct = try Tool.run(
        "forecast", "--input", "early.csv", "--model", model, "--regressors", "x.csv", "--horizon", "6",
        in: scratch)
      let read = try Tool.run(
        "forecast", "--fitted", "m.json", "--regressors", "x.csv", "--horizon", "6", in: scratch)
      #expect(read.output.split(separator: "\n").suffix(6) == direct.output.split(separator: "\n").suffix(6))
      let later = try Tool.run(
        "forecast", "--fitted", "m.json", "--input", "y.csv", "--regressors", "x.csv", "--horizon", "6",
        in: scratch)
      #expect(later.status == 0 && later.output != read.output)
      try Tool.refuses(
        ["forecast", "--fitted", "m.json", "--horizon", "3"], naming: ["--regressors"], in: scratch)
    }
    _ = try Tool.run("fit", "--input", "y.csv", "--model", "drift", "--save", "d.json", in: scratch)
    try Tool.refuses(
      ["forecast", "--fitted", "d.json", "--regressors", "x.csv", "--horizon", "3"],
      naming: ["does not use external variables"],
      in: scratch)
  }
}

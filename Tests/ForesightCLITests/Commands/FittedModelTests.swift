import Foundation
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
      "forecast", "--fitted", "m.json", "--input", "late.csv", "--horizon", "2", "--format", "csv",
      in: scratch)
    let means = run.output.split(separator: "\n").dropFirst().compactMap { line -> Double? in
      let cells = line.split(separator: ",")
      return cells.compactMap { Double($0) }.first
    }
    #expect(means.count == 2)
    if means.count == 2 { #expect(abs(means[1] - means[0] - drift) < 1e-6) }
  }

  @Test("what is no fitted model is refused in one line that names the file")
  func badFilesAreRefused() throws {
    let scratch = try Scratch()
    _ = try scratch.file("y.csv", Self.rows(60))
    _ = try Tool.run("fit", "--input", "y.csv", "--model", "auto-ces", "--save", "m.json", in: scratch)
    let whole = try String(contentsOf: scratch.folder.appending(path: "m.json"), encoding: .utf8)
    for (name, text, part) in [
      ("cut.json", String(whole.prefix(whole.count / 2)), "no fitted model"),
      ("empty.json", "", "no fitted model"),
      ("other.json", "{\"format\":\"x\"}", "x is no format"),
      ("later.json", whole.replacing("\"version\":1", with: "\"version\":9"), "version 9 is later"),
      ("list.json", "[1,2]", "no fitted model"),
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
}

import ForecastModels
import Forecasting
import Foundation
import TestSupport
import Testing

@Suite struct BatchCommandTests {
  /// Forty series; the 4th and the 30th have a bad row, the 11th is too short.
  private static let csv: String = {
    var text = "unique_id,ds,y,extra\n"
    for series in 0..<40 {
      for step in 1...(series == 10 ? 2 : 12) {
        let isBad = (series == 3 || series == 29) && step == 5
        let value = isBad ? "bad" : "\(100 + (series * 37 + step * step * 11) % 23)"
        text += "\"s,\(series)\",\(step),\(value),x\n"
      }
    }
    return text
  }()

  private func batch(_ options: [String], in scratch: Scratch) throws -> Tool.Run {
    try Tool.run(
      ["batch", "--input", "in.csv", "--model", "drift", "--horizon", "3"] + options, in: scratch)
  }

  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.file("in.csv", Self.csv)
    return scratch
  }

  private func text(_ name: String, _ scratch: Scratch) throws -> String {
    try String(contentsOf: scratch.folder.appending(path: name), encoding: .utf8)
  }

  @Test func rowsAreTheLibrarysInTheOrderOfTheInput() throws {
    let scratch = try scratch()
    let run = try batch(["--levels", "90"], in: scratch)
    #expect(run.status == 0)
    #expect(run.errors.hasPrefix("foresight: 3 of 40 series failed") && run.errors.contains("in.csv:"))
    let table = try CSVTable(text: run.output)
    #expect(table.header == ["unique_id", "ds", "mean", "lo-90", "hi-90"])
    let panel = try Panel(text: Self.csv)
    var expected: [[String]] = []
    for index in 0..<panel.count {
      guard case .success(let forecast) = panel.forecast(index, Drift(), horizon: 3).result else { continue }
      let interval = try forecast.interval(0.9)
      for (step, mean) in forecast.mean.enumerated() {
        expected.append([
          panel.keys[index], forecast.periods[step].description, "\(mean)", "\(interval[step].lower)",
          "\(interval[step].upper)",
        ])
      }
    }
    #expect(table.rows.map(\.fields) == expected)
    #expect(expected.count == 37 * 3)
  }

  @Test func standardInputAndThreadsChangeNothing() throws {
    let scratch = try scratch()
    let one = try batch(["--threads", "1"], in: scratch)
    let many = try batch(["--threads", "7"], in: scratch)
    let piped = try Tool.run(
      ["batch", "--input", "-", "--output", "-", "--model", "drift", "--horizon", "3"], input: Self.csv)
    #expect(one.output == many.output && one.output == piped.output)
    #expect(try batch(["--output", "out.csv"], in: scratch).output.isEmpty)
    #expect(try text("out.csv", scratch) == one.output)
    #expect(!FileManager.default.fileExists(atPath: scratch.folder.appending(path: "out.csv.partial").path))
  }

  @Test func everyFailureIsNamedOnce() throws {
    let scratch = try scratch()
    _ = try batch(["--failures", "failed.csv"], in: scratch)
    let failed = try CSVTable(text: text("failed.csv", scratch))
    #expect(failed.rows.map { $0.fields[0] } == ["s,3", "s,10", "s,29"])
    #expect(failed.rows[0].fields[1].hasPrefix("in.csv:42:"))
  }

  /// Wherever the interruption fell, the file ends up as that of one run.
  @Test func resumptionGivesTheSameFile() throws {
    let scratch = try scratch()
    _ = try batch(["--output", "whole.csv", "--failures", "whole-failed.csv"], in: scratch)
    let whole = try text("whole.csv", scratch)
    for share in [0.0, 0.003, 0.1, 0.31, 0.32, 0.5, 0.77, 0.999, 1.0] {
      let part = String(whole.prefix(Int(Double(whole.count) * share)))
      try scratch.file("out.csv.partial", part)
      let run = try batch(["--output", "out.csv", "--failures", "failed.csv", "--resume"], in: scratch)
      #expect(run.status == 0)
      #expect(try text("out.csv", scratch) == whole)
      #expect(try text("failed.csv", scratch) == text("whole-failed.csv", scratch))
      try FileManager.default.removeItem(at: scratch.folder.appending(path: "out.csv"))
    }
  }

  @Test func resumptionOfAnotherRunIsRefused() throws {
    let scratch = try scratch()
    let whole = try batch([], in: scratch).output
    let part = String(whole.prefix(whole.count / 2))
    let call = ["batch", "--input", "in.csv", "--output", "out.csv", "--resume"]
    for options in [
      ["--model", "naive", "--horizon", "3"], ["--model", "drift", "--horizon", "2"],
      ["--model", "drift", "--horizon", "4"], ["--model", "drift", "--horizon", "3", "--levels", "80"],
    ] {
      try scratch.file("out.csv.partial", part)
      try Tool.refuses(call + options, naming: ["out.csv.partial"], in: scratch)
      #expect(try text("out.csv.partial", scratch) == part)
    }
    try FileManager.default.removeItem(at: scratch.folder.appending(path: "out.csv.partial"))
    try scratch.file("out.csv", whole)
    let done = try batch(["--output", "out.csv", "--resume"], in: scratch)
    #expect(done.status == 0 && done.errors.contains("is already complete"))
  }

  @Test func objectsAreLines() throws {
    let scratch = try scratch()
    let run = try batch(["--format", "json"], in: scratch)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 37)
    for line in lines {
      let object = try JSONDecoder().decode(JSON.self, from: Data(line.utf8))
      #expect(object["steps"]?.list.count == 3)
    }
  }

  @Test(arguments: ["csv", "json"]) func nothingButFailuresIsAFailedRun(_ format: String) throws {
    try Tool.refuses(
      ["batch", "--input", "-", "--model", "drift", "--horizon", "1", "--format", format], status: 1,
      naming: ["1 of 1 series failed", "standard input:2:"], input: "unique_id,ds,y\na,1,?\n")
  }

  /// Nothing is written over the input or over another output, whatever the paths look like.
  @Test(arguments: [
    ["--output", "in.csv"], ["--output", "./in.csv"], ["--output", "folder/../in.csv"],
    ["--output", "link.csv"], ["--failures", "in.csv"], ["--failures", "link.csv"],
    ["--output", "out.csv", "--failures", "./out.csv"],
    ["--output", "out.csv", "--failures", "folder/../out.csv.partial"],
  ]) func theInputIsKept(_ options: [String]) throws {
    let scratch = try scratch()
    let folder = scratch.folder
    try FileManager.default.createDirectory(
      at: folder.appending(path: "folder"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: "link.csv").path, withDestinationPath: "in.csv")
    try Tool.refuses(
      ["batch", "--input", "in.csv", "--model", "drift", "--horizon", "3"] + options,
      naming: [options[options.count - 2]], in: scratch)
    #expect(try text("in.csv", scratch) == Self.csv)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["folder", "in.csv", "link.csv"])
  }

  /// The file that an unfinished run left is no input of the run that would finish it.
  @Test func anUnfinishedFileIsNoInput() throws {
    let scratch = try Scratch()
    try scratch.file("out.csv.partial", Self.csv)
    try Tool.refuses(
      [
        "batch", "--input", "out.csv.partial", "--output", "out.csv", "--model", "drift", "--horizon", "3",
      ], naming: ["--output"], in: scratch)
    #expect(try text("out.csv.partial", scratch) == Self.csv)
  }

  @Test func aDeviceKeepsItsPlace() throws {
    let scratch = try scratch()
    let sink = scratch.folder.appending(path: "sink").path
    try FileManager.default.createSymbolicLink(atPath: sink, withDestinationPath: "/dev/null")
    let run = try batch(["--output", "sink"], in: scratch)
    #expect(run.status == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: sink) == "/dev/null")
    #expect(!FileManager.default.fileExists(atPath: sink + ".partial"))
  }

  @Test(arguments: [
    (["--output", "none/out.csv"], "none/out.csv"), (["--output", "."], "directory"),
    (["--levels", "80,120"], "120"), (["--levels", ""], "level"), (["--threads", "0"], "threads"),
    (["--resume"], "--output"), (["--columns", "a,b"], "--columns"), (["--columns", "id,ds,y"], "\"id\""),
    (["--season", "0"], "season"), (["--failures", "-"], "--failures"),
    (["--frequency", "mont"], "\"month\""),
  ]) func badCalls(_ options: [String], _ part: String) throws {
    let scratch = try scratch()
    try Tool.refuses(
      ["batch", "--input", "in.csv", "--model", "drift", "--horizon", "3"] + options, naming: [part],
      in: scratch)
  }

  /// A row without an id fails alone: the others are forecast, and only a run of nothing else fails.
  @Test func aBlankIdIsABadRow() throws {
    let call = ["batch", "--input", "-", "--model", "naive", "--horizon", "1"]
    let some = try Tool.run(call, input: "unique_id,ds,y\na,1,1\na,2,3\na,3,2\n ,1,1\n")
    #expect(some.status == 0 && some.output.contains("a,4,") && some.errors.contains("standard input:5:"))
    try Tool.refuses(call, status: 1, naming: ["standard input:2:"], input: "unique_id,ds,y\n ,1,1\n")
    try Tool.refuses(
      ["forecast", "--input", "-", "--model", "naive", "--horizon", "1"],
      naming: ["standard input:3:", "series name"],
      input: "unique_id,ds,y\na,1,1\n,2,1\n")
  }

  /// One stray date leaves the other series months, and is named.
  @Test func aStrayDateIsNamed() throws {
    var text = "unique_id,ds,y\n"
    for key in ["a", "b"] {
      for month in 0..<24 {
        let isStray = key == "b" && month == 20
        let digits = month % 12 < 9 ? "0\(month % 12 + 1)" : "\(month % 12 + 1)"
        text += "\(key),\(2010 + month / 12)-\(digits)-0\(isStray ? 2 : 1),\(month)\n"
      }
    }
    let scratch = try Scratch()
    try scratch.file("in.csv", text)
    let run = try Tool.run(
      ["batch", "--input", "in.csv", "--model", "naive", "--horizon", "1"], in: scratch)
    #expect(run.output.contains("\na,2012-01-01,") && run.output.contains("\nb,2011-12-02,"))
    // Of 2010-01-01 through 2011-12-01, 700 days, 24 have a row.
    for part in [
      "months in 1 series, days in 1 series", "series b: Dates were read as days: 676 of 700 have no row",
      "line 46 (2011-09-02) is not the first of a month, unlike the others", "--frequency month",
    ] { #expect(run.errors.contains(part)) }
    let months = try Tool.run(
      ["batch", "--input", "in.csv", "--model", "naive", "--horizon", "1", "--frequency", "month"],
      in: scratch)
    #expect(months.output.contains("\nb,2012-01-01,"))
    let single = try Tool.run(
      [
        "forecast", "--input", "in.csv", "--series", "b", "--model", "naive", "--horizon", "1", "--format",
        "csv",
      ],
      in: scratch)
    #expect(single.output.contains("b,2011-12-02,") && single.errors.contains("line 46"))
  }

  @Test func inputThatCannotBeRead() throws {
    let scratch = try scratch()
    try scratch.file("empty.csv", "")
    for (file, part) in [("none.csv", "no such file"), (".", "."), ("empty.csv", "empty.csv")] {
      try Tool.refuses(
        ["batch", "--model", "drift", "--horizon", "3", "--input", file], naming: [file, part],
        in: scratch)
    }
  }
}

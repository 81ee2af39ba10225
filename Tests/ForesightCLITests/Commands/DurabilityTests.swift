import Foundation
import Testing

@Suite("Files are written whole or not at all")
struct DurabilityTests {
  private static let rows = (1...40).flatMap { series in
    (1...12).map { "s\(series),\($0),\(Double(series * $0 % 17) + 0.5)" }
  }
  private static let csv = (["unique_id,ds,y"] + rows).joined(separator: "\n") + "\n"

  private func scratch() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.file("in.csv", Self.csv)
    return scratch
  }

  private func call(_ more: [String] = [], model: String = "drift") -> [String] {
    ["batch", "--input", "in.csv", "--output", "out.csv", "--model", model, "--horizon", "3"] + more
  }

  private func text(_ name: String, _ scratch: Scratch) throws -> String {
    try String(contentsOf: scratch.folder.appending(path: name), encoding: .utf8)
  }

  private func exists(_ name: String, _ scratch: Scratch) -> Bool {
    FileManager.default.fileExists(atPath: scratch.folder.appending(path: name).path)
  }

  @Test("A complete batch leaves neither an unfinished file nor a manifest")
  func nothingIsLeft() throws {
    let scratch = try scratch()
    #expect(try Tool.run(call(), in: scratch).status == 0)
    #expect(exists("out.csv", scratch))
    #expect(!exists("out.csv.partial", scratch) && !exists("out.csv.partial.manifest", scratch))
  }

  @Test("A second run on a locked file is an error, and the file stays as it is")
  func lock() throws {
    let scratch = try scratch()
    let file = try scratch.file("out.csv.partial", "held\n")
    let handle = try FileHandle(forUpdating: file)
    #expect(flock(handle.fileDescriptor, LOCK_EX | LOCK_NB) == 0)
    try Tool.refuses(call(), naming: ["another run is writing out.csv.partial"], in: scratch)
    #expect(try text("out.csv.partial", scratch) == "held\n")
    try handle.close()
    #expect(try Tool.run(call(), in: scratch).status == 0)
  }

  @Test("An unfinished file is not opened through a symbolic link")
  func symbolicLink() throws {
    let scratch = try scratch()
    try scratch.file("victim", "precious")
    let link = scratch.folder.appending(path: "out.csv.partial").path
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "victim")
    try Tool.refuses(call(), naming: ["out.csv.partial is a symbolic link"], in: scratch)
    #expect(try text("victim", scratch) == "precious")
  }

  @Test("A file that is replaced keeps its mode", arguments: ["batch", "fit"])
  func mode(_ command: String) throws {
    let scratch = try scratch()
    let name = command == "batch" ? "out.csv" : "fit.json"
    let path = try scratch.file(name, "old").path
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    try scratch.file("one.csv", "period,value\n" + (1...9).map { "\(2010 + $0),\($0)\n" }.joined())
    let fit = ["fit", "--input", "one.csv", "--model", "drift", "--save", "fit.json"]
    #expect(try Tool.run(command == "batch" ? call() : fit, in: scratch).status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o640)
    #expect(try text(name, scratch) != "old")
    let left = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
    #expect(!left.contains { $0.hasSuffix(".partial") })
  }

  /// What an interrupted run leaves: the first rows and the manifest of them.
  private func interrupted(_ scratch: Scratch, rows: Int) throws {
    #expect(try Tool.run(call(), in: scratch).status == 0)
    let whole = try text("out.csv", scratch)
    try FileManager.default.removeItem(at: scratch.folder.appending(path: "out.csv"))
    let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
    try scratch.file("out.csv.partial", lines.prefix(rows).joined(separator: "\n") + "\n")
  }

  @Test("Rows of another input, or of nobody, are not taken up", arguments: ["input", "row"])
  func staleRows(_ what: String) throws {
    let scratch = try scratch()
    try interrupted(scratch, rows: 31)
    if what == "input" {
      try scratch.file("in.csv", Self.csv.replacingOccurrences(of: "s2,3,", with: "s2,3,9"))
    } else {
      var lines = try text("out.csv.partial", scratch).components(separatedBy: "\n")
      lines[5] = lines[5].replacingOccurrences(of: ",1", with: ",2")
      lines[4] = lines[4] + "9"
      try scratch.file("out.csv.partial", lines.joined(separator: "\n"))
    }
    try Tool.refuses(call(["--resume"]), naming: ["out.csv.partial", "remove it to start over"], in: scratch)
  }

  @Test("A manifest of another run refuses to be resumed")
  func otherManifest() throws {
    let scratch = try scratch()
    try interrupted(scratch, rows: 31)
    try scratch.file("out.csv.partial.manifest", "foresight 0.0.0; input 0; model naive\n")
    try Tool.refuses(
      call(["--resume"]), naming: ["another input, model, options or version"], in: scratch)
  }

  @Test("Control characters of names are shown, not sent to the terminal")
  func controlCharacters() throws {
    let scratch = try scratch()
    try scratch.file("esc.csv", "unique_id,ds,y\n\"a\u{1B}[31mred\",1,1\n\"a\u{1B}[31mred\",2,x\n")
    let run = try Tool.run(
      ["batch", "--input", "esc.csv", "--model", "naive", "--horizon", "2"], in: scratch)
    #expect(run.errors.contains("a\\x1b[31mred") && !run.errors.contains("\u{1B}"))
    try scratch.file(
      "esc.yaml",
      """
      schema: scenario/1
      id: "x\\e[31m"
      horizon: {from: 2026, to: 2027}
      inputs: {v: {unit: "1", basis: judgement, dim: 1, uniform: [0, 1]}}
      questions: {q: {of: v, mean: true}}
      """)
    let text = try Tool.run(["scenario", "run", "esc.yaml", "--draws", "4"], in: scratch)
    #expect(text.output.contains("x\\x1b[31m") && !text.output.contains("\u{1B}"))
  }

  @Test("What is not a ledger file is not recorded in", arguments: [":memory:", "file:x.db", "/dev/null"])
  func ledger(_ path: String) throws {
    try Tool.refuses(
      ["ledger", "record", "k@2026", "--probability", "0.5", "--ledger", path], naming: [path],
      in: try scratch())
  }

  @Test("Files without an end are read up to a limit", arguments: ["/dev/zero", "pipe"])
  func endless(_ path: String) throws {
    let scratch = try scratch()
    #expect(mkfifo(scratch.folder.appending(path: "pipe").path, 0o600) == 0)
    try Tool.refuses(["scenario", "validate", path], naming: [path, "cannot be read: "], in: scratch)
    try scratch.file("own.yaml", "extends: \(path)\nid: own\n")
    try Tool.refuses(
      ["scenario", "validate", "own.yaml"], naming: ["own.yaml:1:10", "cannot be read: "], in: scratch)
  }

  @Test(
    "Counts that no run can have are errors",
    arguments: ["-9223372036854775807", "-1", "0", "9223372036854775807", "nan", "1e308"])
  func counts(_ value: String) throws {
    let scratch = try scratch()
    try scratch.file(
      "s.yaml", "schema: scenario/1\nid: s\nhorizon: {from: 2026, to: 2027}\nquestions: {}\n")
    for option in ["--draws", "--replicates", "--threads"] {
      try Tool.refuses(
        ["scenario", "run", "s.yaml", option, value], naming: [option.dropFirst(2).description], in: scratch)
    }
    for option in ["--threads", "--horizon", "--season"] {
      let given = option == "--horizon" ? Array(call().dropLast(2)) : call()
      try Tool.refuses(given + [option, value], naming: [option.dropFirst(2).description], in: scratch)
    }
  }

  @Test("More variables than values are named as the reason")
  func manyVariables() throws {
    let scratch = try Scratch()
    let names = (0..<60).map { "x\($0)" }
    let periods = (0..<30).map { "\(1990 + $0)" }
    try scratch.file(
      "y.csv", "period,value\n" + periods.prefix(28).enumerated().map { "\($1),\($0 * $0 % 11)\n" }.joined())
    let rows = periods.enumerated().map { row, period in
      ([period] + names.indices.map { "\((row * row * ($0 + 3) + row * $0) % 101)" }).joined(separator: ",")
    }
    try scratch.file(
      "x.csv", (["period," + names.joined(separator: ",")] + rows).joined(separator: "\n") + "\n")
    try Tool.refuses(
      ["forecast", "--model", "auto-arima", "--input", "y.csv", "--regressors", "x.csv", "--horizon", "2"],
      naming: ["with 60 external variables needs at least 6", "has 28"], in: scratch)
  }

  @Test("Auto and regressions name the variables too", arguments: ["auto", "linear-regression", "arima"])
  func manyVariables(_ model: String) throws {
    let scratch = try Scratch()
    let names = (0..<60).map { "x\($0)" }
    let rows = (0..<60).map { row in
      (["\(1960 + row)"] + names.indices.map { "\((row * row * ($0 + 3) + row * $0) % 101)" }).joined(
        separator: ",")
    }
    try scratch.file(
      "x.csv", (["period," + names.joined(separator: ",")] + rows).joined(separator: "\n") + "\n")
    try scratch.file(
      "y.csv", "period,value\n" + (0..<48).map { "\(1960 + $0),\(100 + $0 + $0 % 7)\n" }.joined())
    try Tool.refuses(
      ["forecast", "--model", model, "--input", "y.csv", "--regressors", "x.csv", "--horizon", "6"],
      naming: ["with 60 external variables needs at least 6", "has 48"], in: scratch)
  }

  @Test(
    "A limit of the system that is too low is said, and the process ends",
    arguments: [
      ("-v 150000", "memory of the process is limited to 150000 KiB"),
      ("-v 500000", "500000 KiB (ulimit -v)"),
      ("-s 64", "64 KiB (ulimit -s)"), ("-s 512", "stack of the process is limited to 512 KiB"),
      ("-n 12", "limited to 12 (ulimit -n)"),
    ])
  func systemLimit(_ limit: String, _ message: String) throws {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let program = try Tool.program().path
    process.arguments = ["-c", "ulimit \(limit) && exec \"$0\" --version 2> errors", program]
    process.currentDirectoryURL = scratch.folder
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 2)
    #expect(try text("errors", scratch).contains(message))
  }

  @Test("Standard streams that are closed do not give their place to a file")
  func closedStreams() throws {
    let scratch = try scratch()
    try scratch.file("bad.csv", "unique_id,ds,y\na,1,x\n" + (1...12).map { "b,\($0),\($0)\n" }.joined())
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let command = "exec \"$0\" batch --input bad.csv --model drift --horizon 1 --output out.csv <&- >&- 2>&-"
    process.arguments = ["-c", command, try Tool.program().path]
    process.currentDirectoryURL = scratch.folder
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(try text("out.csv", scratch).hasSuffix("hi-95\nb,13,13.0,13.0,13.0,13.0,13.0\n"))
  }

  @Test("Keys of the same look in different Unicode forms are different series")
  func unicodeForms() throws {
    let scratch = try Scratch()
    let keys = ["caf\u{e9}", "cafe\u{301}"]
    let rows = keys.enumerated().flatMap { place, key in
      (1...12).map { "\(key),\($0),\($0 + 100 * place)\n" }
    }
    try scratch.file("long.csv", "unique_id,ds,y\n" + rows.joined())
    try scratch.file(
      "wide.csv", "ds,\(keys[0]),\(keys[1])\n" + (1...12).map { "\($0),\($0),\($0 + 100)\n" }.joined())
    for name in ["long.csv", "wide.csv"] {
      let run = try Tool.run(
        ["batch", "--input", name, "--model", "drift", "--horizon", "1"], in: scratch)
      #expect(run.status == 0, "\(run.errors)")
      let lines = run.output.split(separator: "\n").dropFirst()
      #expect(lines.count == 2)
      for (line, (key, mean)) in zip(lines, zip(keys, ["13.0", "113.0"])) {
        #expect(line.utf8.starts(with: "\(key),13,\(mean),".utf8), "\(line)")
      }
    }
  }

  @Test("Columns that differ in case alone are an error unless an option names one")
  func columnsInCase() throws {
    let scratch = try Scratch()
    let rows = (1...12).map { "\($0),\($0),\(10 * $0)\n" }.joined()
    try scratch.file("case.csv", "period,value,VALUE\n" + rows)
    try scratch.file("tidy.csv", "ds,y,Y\n" + rows)
    let call = ["--model", "drift", "--horizon", "1"]
    try Tool.refuses(
      ["forecast", "--input", "case.csv"] + call, naming: ["\"value\", \"VALUE\"", "--value NAME"],
      in: scratch)
    try Tool.refuses(
      ["batch", "--input", "tidy.csv"] + call, naming: ["\"y\" more than once"], in: scratch)
    for (name, mean) in [("value", "13.000"), ("VALUE", "130.00")] {
      let run = try Tool.run(["forecast", "--input", "case.csv", "--value", name] + call, in: scratch)
      #expect(run.status == 0 && run.output.contains(mean), "\(run.errors)")
    }
  }

  @Test("A message quotes the beginning and the end of what is long")
  func shortEchoes() throws {
    let scratch = try Scratch()
    let digits = String(repeating: "9", count: 200_000)
    let words = String(repeating: "word ", count: 40_000)
    try scratch.file("number.csv", "period,value\n2020,\(digits)\n2021,2\n")
    try scratch.file("words.csv", "period,value\n2020,\(words)\n2021,2\n")
    try scratch.file("key.csv", "unique_id,ds,y\n\(digits),1,x\n")
    for call in [
      ["forecast", "--input", "number.csv", "--horizon", "1"],
      ["forecast", "--input", "words.csv", "--horizon", "1"],
      ["forecast", "--dataset", "trade/total", "--horizon", digits], ["models", "show", digits],
    ] {
      let run = try Tool.run(call, in: scratch)
      #expect(run.status == 2 && run.errors.utf8.count < 5_000 && run.errors.contains("…"), "\(call[0])")
    }
    let batch = try Tool.run(
      ["batch", "--input", "key.csv", "--horizon", "1", "--model", "drift"], in: scratch)
    #expect(batch.status == 1 && batch.errors.utf8.count < 1_000, "\(batch.errors.utf8.count)")
  }
}

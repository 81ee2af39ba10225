import Foundation
import Ledger
import TestSupport
import Testing

@Suite struct LedgerCommandTests {
  private static let call = [
    "forecast", "--dataset", "prices/brent", "--to", "2026-01", "--model", "drift", "--horizon", "6",
    "--ledger",
    "foresight.db", "--format", "csv",
  ]

  @Test func recordSettleAndScore() throws {
    let scratch = try Scratch()
    let forecast = try Tool.run(Self.call, in: scratch)
    #expect(forecast.status == 0 && forecast.errors == "foresight: recorded as run 1 in foresight.db\n")
    // Recording changes nothing of the answer.
    #expect(try forecast.output == Tool.run(Self.call.dropLast(4) + ["--format", "csv"], in: scratch).output)
    let scenario = try Tool.run(
      [
        "scenario", "run", "power-of-siberia-2", "--draws", "256", "--replicates", "2", "--ledger",
        "foresight.db",
      ],
      in: scratch)
    #expect(scenario.status == 0 && scenario.errors.contains("run 2"))
    let runs = try Tool.run("ledger", "list", "--format", "json", in: scratch).json().list
    #expect(runs.map { $0["kind"]?.text } == ["forecast", "scenario"])
    #expect(runs[1]["file_hash"]?.text?.count == 64 && runs[1]["data_hash"]?.text?.count == 64)
    #expect(
      try Tool.run("ledger", "settle", "--dataset", "prices/brent", in: scratch).output == "6 settled\n")
    #expect(
      try Tool.run("ledger", "settle", "--dataset", "prices/brent", in: scratch).output == "0 settled\n")
    #expect(
      try Tool.run("ledger", "settle", "power-of-siberia-2.by_2032", "0", "--source", "gacc", in: scratch)
        .status == 0)
    let score = try Tool.run("ledger", "score", "--by", "name", "--format", "json", in: scratch).json()
    let scores = try #require(score["scores"]).list
    #expect(scores.map { $0["name"]?.text } == ["power-of-siberia-2", "prices/brent"])
    #expect(scores[1]["distributions"]?.number == 6 && scores[0]["probabilities"]?.number == 1)
    let text = try Tool.run("ledger", "score", in: scratch).output
    #expect(text.contains("Calibration") && text.contains("Drift"))
    let open = try Tool.run("ledger", "list", "--open", in: scratch).output
    #expect(open.hasPrefix("Key\n") && !open.contains("prices/brent"))
  }

  @Test func outcomesOfAFileAreEnteredAllOrNone() throws {
    let scratch = try Scratch()
    _ = try Tool.run(Self.call, in: scratch)
    try scratch.file(
      "some.csv", "key,outcome,source\nprices/brent@2026-02,70,x\nprices/brent@2026-99,71,x\n")
    try Tool.refuses(
      ["ledger", "settle", "--outcomes", "some.csv"], naming: ["prices/brent@2026-99", "did you mean"],
      in: scratch)
    #expect(try Tool.run("ledger", "list", "--open", in: scratch).output.contains("prices/brent@2026-02"))
    try scratch.file("bad.csv", "key,outcome\nprices/brent@2026-02,seventy\n")
    try Tool.refuses(
      ["ledger", "settle", "--outcomes", "bad.csv"], naming: ["bad.csv:2", "seventy"], in: scratch)
  }

  @Test func refusals() throws {
    let scratch = try Scratch()
    try Tool.refuses(["ledger", "list"], naming: ["foresight.db", "no such file"], in: scratch)
    try scratch.file("notes.txt", String(repeating: "text ", count: 900))
    try Tool.refuses(["ledger", "score", "--ledger", "notes.txt"], naming: ["is not a ledger"], in: scratch)
    try Tool.refuses(["ledger", "settle", "key"], naming: ["outcome"], in: scratch)
    try Tool.refuses(["ledger", "settle"], naming: ["--outcomes"], in: scratch)
    _ = try Tool.run(Self.call, in: scratch)
    try Tool.refuses(["ledger", "score", "--by", "size"], naming: ["name, model, horizon"], in: scratch)
    try Tool.refuses(
      ["ledger", "settle", "prices/brent@2026-02", "x"], naming: ["is not an outcome"], in: scratch)
  }

  /// Processes write at once, every other one is killed while it may be writing: what was acknowledged is there, whole.
  @Test func killedWritersLoseNothingAcknowledged() async throws {
    let scratch = try Scratch()
    _ = try Tool.run(Self.call, in: scratch)
    let program = try Tool.program()
    let folder = scratch.folder
    let acknowledged = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<24 {
        group.addTask {
          let process = Process()
          process.executableURL = program
          process.arguments = Self.call
          process.currentDirectoryURL = folder
          let errors = folder.appending(path: "err\(number)")
          try Data().write(to: errors)
          process.standardError = try FileHandle(forWritingTo: errors)
          process.standardOutput = FileHandle.nullDevice
          try process.run()
          if number.isMultiple(of: 2) {
            try await Task.sleep(for: .milliseconds(15 * number))
            kill(process.processIdentifier, SIGKILL)
          }
          process.waitUntilExit()
          return try String(contentsOf: errors, encoding: .utf8).contains("recorded as run")
        }
      }
      return try await group.reduce(1) { $0 + ($1 ? 1 : 0) }
    }
    let runs = try Ledger(path: folder.appending(path: "foresight.db").path).runs()
    // A run may have been kept just before its writer was killed, and not said.
    #expect(runs.count >= acknowledged && acknowledged >= 13)
    #expect(runs.allSatisfy { $0.run.projections.count == 6 })
  }

  /// A normal law through three quantiles has the CRPS of a normal law at its median, σ(√2 − 1)/√π.
  @Test func projectionsOfOthersAreScored() throws {
    let scratch = try Scratch()
    let first = try Tool.run(
      "ledger", "record", "ps2.by_2032", "--probability", "0.2", "--by", "desk", in: scratch)
    #expect(first.status == 0 && first.output == "1 recorded as run 1 in foresight.db\n")
    _ = try scratch.file(
      "survey.csv",
      "key,probability,threshold,p10,p50,p90,unit\nps2.flow,,,10,20,30,bcm\nps2.flow,0.7,15,,,,bcm\n")
    let second = try Tool.run(
      "ledger", "record", "--projections", "survey.csv", "--by", "survey", in: scratch)
    #expect(second.output == "2 recorded as run 2 in foresight.db\n")
    let runs = try Tool.run("ledger", "list", "--format", "json", in: scratch).json().list
    #expect(runs.map { $0["kind"]?.text } == ["record", "record"])
    #expect(runs.map { $0["model"]?.text } == ["desk", "survey"])
    _ = try Tool.run("ledger", "settle", "ps2.by_2032", "1", in: scratch)
    _ = try Tool.run("ledger", "settle", "ps2.flow", "20", in: scratch)
    let scores = try Tool.run("ledger", "score", "--by", "model", "--format", "json", in: scratch).json()
    let rows = scores["scores"]?.list ?? []
    let desk = rows.first { $0["model"]?.text == "desk" }
    let survey = rows.first { $0["model"]?.text == "survey" }
    #expect(abs((desk?["brier"]?.number ?? 9) - 0.64) < 1e-12)
    #expect(abs((survey?["brier"]?.number ?? 9) - 0.09) < 1e-12)
    let sigma = 10 / 1.2815515655446004
    let crps = sigma * (2.0.squareRoot() - 1) / Double.pi.squareRoot()
    #expect(abs((survey?["crps"]?.number ?? 9) / crps - 1) < 0.01)
    for call in [
      ["ps2.x"], ["ps2.x", "--probability", "1.2"], ["ps2.x", "--p10", "3", "--p50", "2", "--p90", "4"],
      ["ps2.x", "--p10", "1", "--p50", "2"], ["ps2.x", "--probability", "0.1", "--p50", "2"],
    ] {
      try Tool.refuses(["ledger", "record"] + call, naming: ["ps2.x"], in: scratch)
    }
    _ = try scratch.file("bad.csv", "key,probability\na.b,0.5\na.c,x\n")
    try Tool.refuses(["ledger", "record", "--projections", "bad.csv"], naming: ["bad.csv:3"], in: scratch)
    #expect(try Tool.run("ledger", "list", "--format", "json", in: scratch).json().list.count == 2)
  }
}
